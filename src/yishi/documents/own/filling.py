"""Looks a template through, or fills it: in a process apart, which may take so much and no more."""

import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

import msgspec

from yishi.documents.own.fields import FIELDS, sample
from yishi.procedure.verdict import Message

SECONDS: Final = 10
MEMORY: Final = 1024
"""Megabytes."""

LARGEST: Final = 16 * 1024 * 1024
"""Bytes of a file that is filled."""

PARAGRAPH: Final = "\a"
"""With this sign the engine begins a paragraph like the one in which it stands."""

ANY_DAY: Final = date(2000, 1, 1)
LONGEST: Final = 255
"""Characters of what a file says of itself."""

PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")
"""What of a file's own properties the engine fills too."""


class Asked(msgspec.Struct, frozen=True):
    """A template, and what to fill it with; nothing to fill it with asks what is wrong with it."""

    paper: str
    template: bytes
    values: dict[str, Any] | None = None
    called: str = ""
    """What the paper is called: the file says so of itself."""
    dated: date = ANY_DAY


class Answered(msgspec.Struct, frozen=True):
    """The file, or what is wrong."""

    made: bytes = b""
    faults: list[tuple[str, dict[str, Any]]] = []


def main() -> None:
    """Answer what comes in; whoever asks ends this process where it takes too long."""
    _limited()
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Asked)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer(asked)))


def _limited() -> None:
    """Bound this process, and tie it to whoever asked and to the clock, as those for papers are."""
    try:
        from yishi.papers.inside.__main__ import bound
        from yishi.papers.inside.tied import tie
    except ImportError:  # not on every system; whoever asked still ends it
        return
    tie(2 * SECONDS + 5)
    bound(MEMORY, SECONDS, 0)


def answer(asked: Asked) -> Answered:
    """What is wrong with a template, or the template filled."""
    if asked.values is None:
        return Answered(faults=_faults(asked))
    try:
        made = _filled(asked, asked.values)
    except Exception:
        # It was looked through when it came. What it trips over since is told as it would be then.
        if found := _faults(asked):
            return Answered(faults=found)
        raise
    if len(made) > LARGEST:
        return Answered(faults=[("template.too_much", {})])
    return Answered(made)


def _faults(asked: Asked) -> list[tuple[str, dict[str, Any]]]:
    return [(one.id, dict(one.params)) for one in list(_wrong(asked))[:20]]


def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    for table in (env.globals, env.filters, env.tests):
        table.clear()
    return env


def _filled(asked: Asked, values: dict[str, Any]) -> bytes:
    """The template filled: each line of words a paragraph, or where that cannot be, a line."""
    from yishi.documents.own import packed

    try:
        made = _rendered(asked, _in_paragraphs(values))
        if not packed.holds(made, PARAGRAPH.encode()):
            return made
    except ValueError:
        # Properties of the file take no such sign; nothing else is wrong with it.
        pass
    return _rendered(asked, values)


def _in_paragraphs(held: Any) -> Any:
    """The same with the engine's sign for a new paragraph where a line ends."""
    if isinstance(held, str):
        return held.replace("\n", PARAGRAPH)
    if isinstance(held, list):
        return [_in_paragraphs(one) for one in held]
    return {name: _in_paragraphs(one) for name, one in held.items()}


def _rendered(asked: Asked, values: dict[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    from yishi.documents.own import about, packed

    held, out, env = DocxTemplate(BytesIO(asked.template)), BytesIO(), _environment()
    held.init_docx()
    _of_the_paper(held.docx, asked)
    about.fill(held.docx, lambda said: str(env.from_string(said).render(values)))
    held.render(values, env, autoescape=True)
    held.save(out)
    return packed.without_clock(out.getvalue())


def _of_the_paper(made: Any, asked: Asked) -> None:
    """What the file says of itself is of the paper, not of the template or of who drew it.

    A field that somebody put there stays to be filled.
    """
    about = made.core_properties
    of_ours = {"title": asked.called[:LONGEST], "author": "", "comments": ""}
    for name, said in of_ours.items():
        if "{{" not in (getattr(about, name) or ""):
            setattr(about, name, said)
    about.last_modified_by = ""
    about.created = about.modified = datetime.combine(asked.dated, time())
    # Who once commented is listed by name, with the address, after the comments are gone.
    links = made.part.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/people")]:
        del links[key]


def _wrong(asked: Asked) -> Iterator[Message]:
    from yishi.documents.own import grammar, packed

    refused = packed.refused(asked.template)
    if refused is not None:
        yield refused
        return
    fields, env = FIELDS[asked.paper], _environment()
    sources = _sources(asked.template)
    if sources is None:
        yield Message("template.no_docx")
        return
    found = [fault for one in sources for fault in grammar.faults(env, one, fields)]
    yield from found
    if not found and not _stands(asked, env, sources):
        yield Message("template.broken")


def _sources(template: bytes) -> list[Any] | None:
    """Every part that the engine fills, as it reads it; nothing where it cannot be opened."""
    from docxtpl import DocxTemplate

    from yishi.documents.own import about
    from yishi.documents.own.grammar import Source

    held = DocxTemplate(BytesIO(template))
    try:
        held.init_docx()
        said, others = [held.get_xml()], about.fields(held.docx)
        for kind in (held.HEADER_URI, held.FOOTER_URI):
            said += [held.get_part_xml(part) for _, part in held.get_headers_footers(kind)]
    except Exception:
        # Whatever the engine cannot open is no template: there is nothing to tell apart here.
        return None
    notes = (p for p in held.docx.part.package.parts if "footnotes+xml" in p.content_type)
    said += [part.blob.decode("utf-8", "replace") for part in notes]
    told = [getattr(held.docx.core_properties, name) or "" for name in PROPERTIES]
    parts = [
        Source(re.sub(r"<w:p([ >])", r"\n<w:p\1", held.patch_xml(one)), markup=one) for one in said
    ]
    return [*parts, *map(Source, (*told, *others))]


HOLDERS: Final = frozenset(("body", "hdr", "ftr", "p", "r", "tbl", "tr", "tc", "footnote"))
"""Elements that hold others and no text of their own."""


def _bare(part: Any) -> bool:
    """Whether words stand between elements, where readers drop them or stop."""
    held = (e for e in part.iter() if isinstance(e.tag, str))
    within = (e for e in held if e.tag.rpartition("}")[2] in HOLDERS)
    return any((t or "").strip() for e in within for t in (e.text, *(c.tail for c in e)))


def _stands(asked: Asked, env: Any, sources: list[Any]) -> bool:
    """Whether what comes of it is a file again: tried with something in every field."""
    import docx
    from docx.opc.oxml import parse_xml

    values = sample(FIELDS[asked.paper])
    try:
        for one in sources:
            said = env.from_string(one.text).render(values)
            if said.lstrip().startswith("<") and _bare(parse_xml(said.encode())):
                return False
        docx.Document(BytesIO(_filled(asked, values)))
    except (SyntaxError, KeyError, ValueError, AttributeError):
        return False
    return True
