"""What a page says to a person: nothing of the program's own language, nothing in the other one."""

import html
import re
from functools import cache
from pathlib import Path

from yishi.procedure.state import State
from yishi.wording.source import load

_TYPED = re.compile(r"<textarea\b[^>]*>.*?</textarea>|<(script|style)\b.*?</\1>", re.DOTALL)
_MARKED = re.compile(r'<span lang="zh">([^<]*)</span>')
"""Chinese words of an English page, marked for screen readers: part of the text around them."""
_TAG = re.compile(r"<[^>]*>")
_SAID = re.compile(r'\s(?:title|placeholder|aria-label|alt)="([^"]*)"')
_WORDS = re.compile(r"[a-zA-Z\u4e00-\u9fff]{2}")
_ID = re.compile(r"\b[a-z][a-z_]*(?:\.[a-z][a-z_]*)+\b")
_SNAKE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_PLACE = re.compile(r"\{[a-z_]+(?::[a-z_.]+)?\}")


def texts_of(page: str) -> list[str]:
    """Each piece of text that a person reads, and each that is read out to them."""
    bare = _MARKED.sub(r"\1", _TYPED.sub("", page))
    pieces = (*_TAG.split(bare), *_SAID.findall(bare))
    return [said for piece in pieces if (said := html.unescape(piece).strip())]


def faults_of(page: str, language: str, own: frozenset[str]) -> list[str]:
    """What a page says that it should not; `own` are the institution's own words and ids."""
    foreign, found = _foreign(language) - own, []
    for said in texts_of(page):
        if said in foreign:
            found.append(f"in the other language: {said}")
        found += [f"placeholder: {said}" for _ in _PLACE.findall(said)]
        found += [f"id: {one}" for one in _ID.findall(said) if one in _ids()]
        found += [f"name: {one}" for one in _SNAKE.findall(said) if one not in own]
    return found


@cache
def _ids() -> frozenset[str]:
    return frozenset(key.rpartition(".")[0] for key in load("zh"))


@cache
def _foreign(language: str) -> frozenset[str]:
    """Texts of the other language's catalogue that this one does not have too."""
    mine, other = load(language), load("en" if language == "zh" else "zh")
    return frozenset(t for t in other.values() if _WORDS.search(t) and t not in mine.values())


def own_words(state: State) -> frozenset[str]:
    """Words and ids that are the institution's own, in whatever language it wrote them."""
    roster = state.roster
    words = {unit.name for unit in roster.units.values()} | {*roster.people.values()}
    words |= {*roster.appointments, state.called, *(item.title for item in state.items.values())}
    for charter in state.charters.values():
        words |= {charter.name, charter.title}
        words |= {name for posts in charter.posts.values() for name in posts}
        words |= {name for units in charter.units.values() for name in units}
        words |= {str(r.params["label"]) for _, r in charter.rules() if "label" in r.params}
        words |= {
            said for clause in charter.clauses for said in _headed(clause.label, clause.heading)
        }
    kinds = ("items", "sittings", "tasks", "decisions", "adjustments", "postings", "bodies")
    words |= {key for kind in kinds for key in getattr(state, kind)}
    return frozenset({*words, *roster.people, *roster.units})


def _headed(label: str, heading: str) -> set[str]:
    """A clause's label and heading, and the heading without its number."""
    bare = re.split(r"[、.）)\s]\s*", heading, maxsplit=1)[-1]
    return {label, heading, bare}


def static(path: str) -> bool:
    """Whether an address is a file beside the pages."""
    return Path(path).suffix in (".css", ".svg", ".ico")
