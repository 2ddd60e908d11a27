"""`yishi charter lint|show`: is a charter sound, and what does it say."""

import argparse
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from yishi.cases.casting import read_file
from yishi.cases.tree import Faulty, read_tree
from yishi.charter.coverage import unaccounted
from yishi.charter.model import Charter, Fault
from yishi.charter.reader import read
from yishi.charter.versions import same_day
from yishi.cli.showing import shown
from yishi.procedure.charters import GENERAL
from yishi.procedure.lint import lint
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue, Names

LONGEST = 2_000_000
"""Bytes that a file may have before it is refused unread."""

NOBODY = Names(State())
"""For sentences that name nobody of an institution."""

Read = tuple[Path, Charter | None, tuple[Fault, ...]]


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `charter` with its subcommands."""
    parser = subparsers.add_parser("charter", help=catalogue.text("cli.charter"), parents=[common])
    inner = parser.add_subparsers(dest="action", required=True)
    check = inner.add_parser("lint", help=catalogue.text("cli.charter_lint"), parents=[common])
    check.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path("charters")],
        help=catalogue.text("cli.charter_paths"),
    )
    check.add_argument("--text", type=Path, help=catalogue.text("cli.charter_text"))
    check.add_argument("--notes", action="store_true", help=catalogue.text("cli.charter_notes"))
    check.set_defaults(run=run_lint)
    show = inner.add_parser("show", help=catalogue.text("cli.charter_show"), parents=[common])
    show.add_argument("paths", nargs="+", type=Path, help=catalogue.text("cli.charter_show_paths"))
    show.set_defaults(run=run_show)


def run_lint(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Every fault with file and line; 1 when one of them is an error."""
    charters = [_read(path) for path in _files(args.paths)]
    general = _general(args.paths, charters)
    adopted = _adopted(args.text, charters) if args.text else None
    errors = warnings = 0
    for path, charter, faults in charters:
        if charter is not None:
            faults = (*faults, *_linted(charter, general, path))
        for fault in faults:
            errors += fault.level == "error"
            warnings += fault.level == "warning"
            if fault.level != "note" or args.notes:
                print(_told(path, fault, catalogue))
    for path, fault in _same_day(charters):
        errors += 1
        print(_told(path, fault, catalogue))
    said = {"charters": len(charters), "errors": errors, "warnings": warnings}
    print(catalogue.text("lint.count", **said))
    left = _left_out(args, *adopted, catalogue) if adopted else 0
    return 1 if errors or left else 0


def _same_day(charters: Iterable[Read]) -> Iterator[tuple[Path, Fault]]:
    """Each version that comes into force on the day of one read before it, with its file."""
    before: list[Charter] = []
    for path, charter, _ in charters:
        if charter is not None:
            faults = (fault for one in before for fault in same_day((one, charter)))
            yield from ((path, fault) for fault in islice(faults, 1))
            before.append(charter)


def _linted(charter: Charter, general: Charter | None, path: Path) -> list[Fault]:
    """What lint finds; without the general rules at hand nobody can say who is competent."""
    found = lint(charter, general, _parts(path))
    if general is not None or charter.body == GENERAL:
        return list(found)
    known = [fault for fault in found if fault.message != "lint.nobody_competent"]
    return [Fault(1, "lint.no_general", {}, "warning"), *known]


def _told(path: Path, fault: Fault, catalogue: Catalogue) -> str:
    """Where, how bad, what is wrong, and what would be right."""
    message = Message(fault.message, {k: _value(v) for k, v in fault.params.items()})
    said, following = (say(message, NOBODY) for say in (catalogue.sentence, catalogue.next))
    level = catalogue.word("levels", fault.level)
    words = catalogue.word("shapes", "phrases").join(one for one in (said, following) if one)
    return f"{path}:{fault.line}: {level}: {words}"


def _value(value: str | int | list[str]) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _adopted(path: Path, charters: Iterable[Read]) -> tuple[Charter | None, str]:
    """The one charter that an adopted text is compared with, and the text; checked before all."""
    read = [(charter, faults) for _, charter, faults in charters if not _is_general(charter)]
    if len(read) != 1:
        raise Faulty(str(path), 0, Message("lint.one_charter", {"found": len(read)}))
    text = read_file(path)
    if not text.strip():
        raise Faulty(str(path), 1, Message("lint.text_empty"))
    return read[0][0], text


def _is_general(charter: Charter | None) -> bool:
    return charter is not None and charter.body == GENERAL


def _left_out(
    args: argparse.Namespace, charter: Charter | None, whole: str, catalogue: Catalogue
) -> int:
    """The sentences of the adopted text that no clause accounts for; how many."""
    if charter is None:
        return 0
    first, text = cut(whole, charter.title)
    left = 0
    for one in unaccounted(charter, text):
        where = f"{args.text}:{one.line + first}"
        if one.level == "error":
            left += 1
            print(f"{where}: {catalogue.text('lint.sentence_left_out', sentence=one.sentence)}")
        elif args.notes:
            pieces = catalogue.text("lint.pieces_left_out", pieces="; ".join(one.fragments))
            print(f"{where}: {pieces}")
    print(catalogue.text("lint.left_out_count", left=left))
    return left


def cut(text: str, title: str) -> tuple[int, str]:
    """The part of a published file that holds the rules of that title: (lines before, text).

    A file may hold several rules one after the other; another's title is a whole line that ends
    like this one's. The whole file is taken when the title does not stand in it as a line.
    """
    lines = text.splitlines()
    starts = [n for n, line in enumerate(lines) if line.strip() == title]
    if not starts:
        return 0, text
    start, kin = starts[0], re.compile(r"^\S{4,40}" + re.escape(title[-4:]) + "$")
    after = (n for n in range(start + 1, len(lines)) if kin.match(lines[n].strip()))
    return start, "\n".join(lines[start : next(after, len(lines))])


def run_show(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Print charters in plain words; 1 when one cannot be read."""
    charters = [_read(path) for path in _files(args.paths)]
    general = _general(args.paths, charters)
    bad = 0
    for path, charter, faults in charters:
        if charter is None:
            bad += 1
            for fault in faults:
                print(_told(path, fault, catalogue))
        else:
            print(shown(charter, general, catalogue))
    return 1 if bad else 0


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*.md") if "cases" not in p.parts)
        else:
            found.append(path)
    if not found:
        raise Faulty(str(next(iter(paths), "")), 0, Message("lint.no_charters"))
    return found


def _read(path: Path) -> Read:
    if path.exists() and path.stat().st_size > LONGEST:
        raise Faulty(str(path), 0, Message("case.too_long", {"limit": LONGEST}))
    charter, faults = read(read_file(path))
    return path, charter, faults


def _general(paths: Iterable[Path], charters: Iterable[Read]) -> Charter | None:
    """The general rules: among the charters read, in the folders around them, or here."""
    for _, charter, _ in charters:
        if charter is not None and charter.body == GENERAL:
            return charter
    around = [folder for path in paths for folder in path.resolve().parents]
    for folder in (*around, Path("charters").resolve()):
        for beside in sorted(folder.glob(f"{GENERAL}/*.md"), reverse=True):
            return _read(beside)[1]
    return None


def _parts(path: Path) -> dict[str, int] | None:
    beside = path.with_suffix(".parts.yaml")
    if not beside.exists():
        return None
    tree = read_tree(str(beside), read_file(beside))
    return {str(part): tree.line(part) for part in tree.data}
