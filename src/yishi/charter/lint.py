"""What a readable charter still owes its readers. The kinds of rules are linted elsewhere."""

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, Final

from yishi.charter.header import REQUIRED, day
from yishi.charter.model import Charter, Fault

LONGEST_QUOTE: Final = 120
"""Characters beyond which a quote is no longer short."""

EXPECTED: Final = ("document", "issued", "adopted_by")
"""Header keys that a charter should have though it can be read without them.

Posts are not among them: a rule that names an undeclared post is a fault where it stands, and
rules that name none, as the general ones, need no posts."""


SAYS: Final[dict[str, tuple[str, ...]]] = {
    "document": ("raw", "reading"),
    "issued": ("raw", "reading"),
    "adopted_by": ("body", "year", "number", "before_journal"),
}
"""What the mappings of the header may say."""

KNOWN: Final = (*REQUIRED, *EXPECTED, "posts", "units")
"""Every key that a header may have."""


def lint(charter: Charter) -> tuple[Fault, ...]:
    """Every fault of form, in the order of the lines."""
    found = [fault for check in CHECKS for fault in check(charter)]
    return tuple(sorted(found, key=lambda fault: fault.line))


def header_keys(charter: Charter) -> Iterator[Fault]:
    """A charter says where it comes from."""
    for key in EXPECTED:
        if not charter.header.get(key):
            line = charter.header_lines.get(key, 1)
            yield Fault(line, "charter.header_key_expected", {"key": key}, "warning")


def header_words(charter: Charter) -> Iterator[Fault]:
    """The header has no key that nobody would read: one misspelt would be as good as left out."""
    yield from _unknown(charter, charter.header, KNOWN)
    for key, known in SAYS.items():
        said = charter.header.get(key)
        if isinstance(said, dict):
            yield from _unknown(charter, said, known, f"{key}.")
        elif said:
            yield Fault(_line(charter, key), "charter.value_not_mapping", {"key": key})


def header_values(charter: Charter) -> Iterator[Fault]:
    """Year and number are numbers, the day of issue is a day, before the journal is yes or no."""
    adopted, issued = charter.header.get("adopted_by"), charter.header.get("issued")
    if isinstance(adopted, dict) and adopted:
        for key in ("year", "number"):
            value, path = adopted.get(key), f"adopted_by.{key}"
            if not value:
                yield Fault(_line(charter, path), "charter.header_key_missing", {"key": path})
            elif not (isinstance(value, str) and value.isdecimal()):
                yield Fault(_line(charter, path), "charter.value_not_number", {"key": path})
        if adopted.get("before_journal", "true") not in ("true", "false"):
            path = "adopted_by.before_journal"
            yield Fault(_line(charter, path), "charter.value_not_truth", {"key": path})
    if isinstance(issued, dict) and issued.get("reading") and not day(issued["reading"]):
        path = "issued.reading"
        yield Fault(_line(charter, path), "charter.date_malformed", {"key": path})


def _unknown(
    charter: Charter, given: dict[str, Any], known: tuple[str, ...], under: str = ""
) -> Iterator[Fault]:
    for key in given:
        if key not in known:
            path, near = f"{under}{key}", get_close_matches(key, known, 1, 0)[0]
            said: dict[str, str | int | list[str]] = {"key": path, "near": near}
            yield Fault(_line(charter, path), "charter.header_key_unknown", said)


def _line(charter: Charter, key: str) -> int:
    return charter.header_lines.get(key, charter.header_lines.get(key.partition(".")[0], 1))


def names(charter: Charter) -> Iterator[Fault]:
    """A printed name or alias means one post or unit."""
    taken: dict[str, str] = {}
    for group, members in (("posts", charter.posts), ("units", charter.units)):
        for key, own in members.items():
            path = f"{group}.{key}"
            for name in own:
                first = taken.setdefault(name, path)
                if first != path:
                    line = charter.header_lines.get(path, 1)
                    yield Fault(line, "charter.name_ambiguous", {"name": name, "first": first})


def meanings(charter: Charter) -> Iterator[Fault]:
    """A clause with a rule says in plain words what it means."""
    for clause in charter.clauses:
        if clause.rules and not clause.meaning.strip():
            yield Fault(clause.line, "charter.meaning_missing", {"label": clause.label})


def accounted(charter: Charter) -> Iterator[Fault]:
    """A clause holds a rule, says why not, declares a silence, or only gathers others."""
    for clause, after in zip(charter.clauses, (*charter.clauses[1:], None), strict=True):
        parent = after is not None and after.level > clause.level
        if not (parent or clause.rules or clause.omissions or clause.silences):
            yield Fault(clause.line, "charter.clause_unaccounted", {"label": clause.label})


def parts(charter: Charter) -> Iterator[Fault]:
    """A part that has a rule cannot also be declared to have none."""
    ruled = {part: rule.id for _, rule in charter.rules() for part in rule.parts}
    for _, omission in charter.omissions():
        for part in omission.parts:
            if part in ruled:
                params: dict[str, str | int | list[str]] = {"part": part, "rule": ruled[part]}
                yield Fault(omission.line, "charter.part_contradicted", params)


def silences(charter: Charter) -> Iterator[Fault]:
    """A silence is declared once."""
    seen: Counter[str] = Counter()
    for _, silence in charter.silences():
        if seen[silence.topic]:
            params: dict[str, str | int | list[str]] = {"topic": silence.topic}
            yield Fault(silence.line, "charter.silence_repeated", params, "warning")
        seen[silence.topic] += 1


def quotes(charter: Charter) -> Iterator[Fault]:
    """Only the operative words are quoted."""
    for clause in charter.clauses:
        for quote in clause.quotes:
            if len(quote) > LONGEST_QUOTE:
                params: dict[str, str | int | list[str]] = {
                    "label": clause.label,
                    "length": len(quote),
                    "limit": LONGEST_QUOTE,
                }
                yield Fault(clause.line, "charter.quote_long", params, "warning")


CHECKS: Final[tuple[Callable[[Charter], Iterator[Fault]], ...]] = (
    header_keys,
    header_words,
    header_values,
    names,
    meanings,
    accounted,
    parts,
    silences,
    quotes,
)
