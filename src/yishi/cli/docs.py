"""`yishi docs`: the reference pages, written from the code, the charters and the cases."""

import argparse
from pathlib import Path
from typing import Any

from yishi.cases.proof import parts_of
from yishi.cases.runner import Runner, case_files
from yishi.cases.tree import Faulty
from yishi.cli.reference import acts_page, clauses_page, events_page, language_page
from yishi.cli.template_fields import templates_page
from yishi.procedure.verdict import Message
from yishi.wording import Catalogue


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `docs`."""
    parser = subparsers.add_parser("docs", help=catalogue.text("cli.docs"), parents=[common])
    parser.add_argument("--check", action="store_true", help=catalogue.text("cli.docs_check"))
    parser.add_argument("--root", type=Path, default=Path(), help=catalogue.text("cli.docs_root"))
    parser.set_defaults(run=run_docs)


def run_docs(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Write the reference pages, or check them; 1 when one is no longer true."""
    stale = 0
    for path, text in pages(args.root).items():
        if args.check:
            same = path.exists() and path.read_text(encoding="utf-8") == text
            stale += not same
            if not same:
                print(catalogue.text("docs.stale", path=path.name))
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(catalogue.text("docs.written", path=path.name))
    return 1 if stale else 0


def pages(root: Path) -> dict[Path, str]:
    """Every generated page with its text. Raises `Faulty` where there are no charters."""
    charters = [p for p in sorted((root / "charters").glob("*/*.md")) if _has_parts(p)]
    if not charters:
        raise Faulty(str(root), 0, Message("docs.no_charters"))
    runner = Runner()
    results = [runner.run(file)[0] for file in case_files(root / "charters")]
    proof = {path: parts_of(path, results) for path in charters}
    chinese, english = Catalogue("zh"), Catalogue("en")
    return {
        root / "docs/acts.md": acts_page(chinese, english),
        root / "docs/charter-language.md": language_page(chinese, english),
        root / "docs/clauses.md": clauses_page(proof, chinese),
        root / "docs/events.md": events_page(chinese),
        root / "docs/word-templates.md": templates_page(chinese),
    }


def _has_parts(charter: Path) -> bool:
    return charter.with_suffix(".parts.yaml").exists()
