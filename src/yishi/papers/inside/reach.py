"""What a packed document fetches or runs as it is opened: judged by its XML as parsed, by value.

How a value is written (quotes, prefixes, references, charset) is the parser's affair: what is
looked for in the bytes themselves is missed as soon as somebody writes it otherwise.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final
from xml.parsers import expat

from yishi.papers.inside import formulas, svg
from yishi.papers.inside.near import SCHEME, near

ENDINGS: Final = (".xml", ".rels", ".vml", ".svg")
"""Parts that are XML whatever else is said of them."""

_RUNS: Final = {"DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "LINK", "DATABASE"}
_PICTURES: Final = {"INCLUDEPICTURE", "IMPORT"}
_LOOSE: Final = re.compile(rf"\b(?:{'|'.join(sorted(_RUNS | _PICTURES))})\b", re.IGNORECASE)
_FIRST: Final = re.compile(r"[\"\s]*([^\s\"\\]+)(.?)", re.DOTALL)
_SAID: Final = re.compile(r"\"([^\"]*)\"|(\S+)")
_SWITCH: Final = re.compile(r"\\+\S$")
_LONGEST: Final = 64 * 1024
"""Characters of the code of a field; people write a line."""

_CLICKED: Final = {"http", "https", "mailto"}
_BESIDE: Final = {
    *("attachedtemplate", "image", "audio", "video", "media"),
    *("externallinkpath", "xlpathmissing", "xllibrary", "xlstartup", "xlalternatestartup"),
}
"""Kinds of links that may lead to a file of whoever opens the document, or beside it."""
_NEVER: Final = {
    *("afchunk", "frame", "subdocument", "control", "activexcontrolbinary"),
    *("vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"),
}
"""Kinds of links that bring something that runs, or a document that nobody has looked through."""


class Harm(Exception):  # noqa: N818
    """`args[0]`: `away` (fetches), `active` (runs), `macros`, `entities`."""


def look(pieces: Iterable[bytes], doctype: bool = False) -> str:
    """What is wrong with a part: what `Harm` says, or `broken`; nothing where nothing is."""
    try:
        _Part(doctype).read(pieces)
    except Harm as harm:
        return str(harm.args[0])
    except (expat.ExpatError, ValueError, LookupError):
        return "broken"
    return ""


def types(pieces: Iterable[bytes]) -> set[str]:
    """Names (`/word/x.bin`) and endings (`.bin`) of parts that their package says are XML.

    Raises `Harm`, and ValueError for what is no XML.
    """
    part = _Part(False)
    try:
        part.read(pieces)
    except (expat.ExpatError, LookupError) as error:
        raise ValueError(str(error)) from error
    return part.xml


def is_xml(name: str, said: set[str]) -> bool:
    """Whether a part is to be parsed: by its name, or by what its package says of it."""
    low = name.lower()
    ending = low.rpartition(".")[2]
    return low.endswith(ENDINGS) or f"/{low}" in said or f".{ending}" in said


class _Field:
    """A field of a text: its code as far as it is known, or already what came of it."""

    def __init__(self) -> None:
        self.code: list[str] = []
        self.length = 0
        self.result = False
        self.nested = False

    def add(self, said: str) -> None:
        self.code.append(said)
        self.length += len(said)
        if self.length > _LONGEST:
            raise Harm("active")

    def named(self) -> bool:
        """Whether its name is complete: one that another field makes can be any."""
        first = _FIRST.match("".join(self.code))
        return first is not None and (first[2] != "" or first[1].startswith("="))

    def judge(self) -> None:
        code = re.sub("[“”]", '"', "".join(self.code))
        first = _FIRST.match(code)
        name = first[1].upper() if first else ""
        if name in _RUNS:
            raise Harm("active")
        if name in _PICTURES and first is not None:
            said = [a or b for a, b in _SAID.findall(code[first.end(1) :])]
            if self.nested or not all(near(one) for one in said if not _SWITCH.match(one)):
                raise Harm("away")


class _Part:
    """One part, told element by element as the parser comes to them."""

    def __init__(self, doctype: bool) -> None:
        self.xml: set[str] = set()
        self.loose = _Field()
        self.fields: list[_Field] = []
        self.depth = 0
        self.hears = 0
        """How deep the element is whose words belong to a field; 0 for none."""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.EntityDeclHandler = self._entities
        self.parser.StartDoctypeDeclHandler = self._typed_before
        self.parser.ProcessingInstructionHandler = self._styled_before
        self.doctype = doctype
        self.before: set[str] = set()
        """What harm stands before the first element, if it is one to which that is harm."""
        self.drawing = False
        self.wholly = 0
        """How deep the element is whose words are judged once they are all there; 0 for none."""

    def read(self, pieces: Iterable[bytes]) -> None:
        """All of it; one that is empty says nothing."""
        some = False
        for piece in pieces:
            some = some or bool(piece)
            self.parser.Parse(piece, False)
        if some:
            self.parser.Parse(b"", True)
        for field in self.fields:
            field.judge()
        if _LOOSE.search("".join(self.loose.code)):
            raise Harm("active")

    def _entities(self, *_: Any) -> None:
        raise Harm("entities")

    def _typed_before(self, *_: Any) -> None:
        self.before.add("" if self.doctype else "entities")

    def _styled_before(self, name: str, _: str) -> None:
        self.before.add("away" if name == "xml-stylesheet" else "")

    def _root(self, name: str) -> None:
        """A drawing may have a type of document, and no sheet of styles from elsewhere."""
        self.drawing = name == "svg"
        harm = "away" if self.drawing else "entities"
        if harm in self.before:
            raise Harm(harm)

    def _begins(self, element: str, said: dict[str, str]) -> None:
        self.depth += 1
        name = element.rpartition(":")[2]
        if self.depth == 1:
            self._root(name)
        judge = _JUDGED.get(name)
        if judge is not None:
            judge(self, said)
        if self.drawing:
            self._draws(name, said)
            return
        for key, value in said.items():
            if key.endswith(_POINTS):
                _points(name, key.rpartition(":")[2], value)
            elif key.endswith("formula"):
                self._refuse("away", formulas.runs(value))

    def _draws(self, name: str, said: dict[str, str]) -> None:
        harm = svg.harm(name, said)
        if harm:
            raise Harm(harm)
        if name == "style":
            self._hear_all(lambda rules: self._refuse("away", svg.styled(rules)))

    def _refuse(self, harm: str, whether: bool) -> None:
        if whether:
            raise Harm(harm)

    def _ends(self, _: str) -> None:
        if self.depth == self.hears:
            self.hears = 0
            self._listen()
        if self.depth == self.wholly:
            self.wholly = 0
            self._listen()
            self.judge("".join(self.whole))
        self.depth -= 1

    def _hear(self, field: _Field) -> None:
        if not self.hears:
            self.hears, self.heard = self.depth, field
            self._listen()

    def _hear_all(self, judge: Callable[[str], None]) -> None:
        """Judge all the words of this element together, whoever else hears them."""
        if not self.wholly:
            self.wholly, self.judge = self.depth, judge
            self.whole: list[str] = []
            self._listen()

    def _listen(self) -> None:
        heard = self.hears or self.wholly
        self.parser.CharacterDataHandler = self._words if heard else None

    def _words(self, said: str) -> None:
        if self.hears:
            self.heard.add(said)
        if self.wholly:
            self.whole.append(said)

    # ── fields ────────────────────────────────────────────────────────────────────────────────

    def code(self, _: dict[str, str]) -> None:
        """The code of the field in which it stands; of none, it is taken for one all the same."""
        self._hear(self.fields[-1] if self.fields else self.loose)

    def text(self, _: dict[str, str]) -> None:
        """What came of a field may be code of the one around it."""
        around = next((one for one in reversed(self.fields) if not one.result), None)
        if around is not None:
            self._hear(around)

    def mark(self, said: dict[str, str]) -> None:
        """Where a field begins, where its code ends, where it ends."""
        kind = _one(said, "fldCharType")
        if kind == "begin":
            self._within()
            self.fields.append(_Field())
        elif self.fields and kind == "separate":
            self.fields[-1].judge()
            self.fields[-1].result = True
        elif self.fields and kind == "end":
            self.fields.pop().judge()

    def simple(self, said: dict[str, str]) -> None:
        """A field in one element."""
        self._within()
        field = _Field()
        field.add(_one(said, "instr"))
        field.judge()

    def _within(self) -> None:
        if self.fields and not self.fields[-1].result:
            self.fields[-1].nested = True
            if not self.fields[-1].named():
                raise Harm("active")

    def formula(self, _: dict[str, str]) -> None:
        """A formula of a spreadsheet, or a name that stands for one."""
        self._hear_all(lambda said: self._refuse("away", formulas.runs(said)))

    # ── what belongs to the package ───────────────────────────────────────────────────────────

    def link(self, said: dict[str, str]) -> None:
        """A relationship: by its kind, and by where it leads."""
        kind = said.get("Type", "").strip().rstrip("/").rpartition("/")[2].lower()
        target = said.get("Target", "")
        within = said.get("TargetMode", "Internal").strip().lower() == "internal"
        if kind in _NEVER:
            raise Harm("away" if not within else "active")
        if within and near(target):
            return
        scheme = SCHEME.match(target.strip())
        followed = kind == "hyperlink" and scheme and scheme[1].lower() in _CLICKED
        beside = kind in {"hyperlink", *_BESIDE} and near(target)
        if not followed and not beside:
            raise Harm("away")

    def typed(self, said: dict[str, str]) -> None:
        """What the package says that a part is."""
        kind = said.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind:
            raise Harm("macros")
        if "activex" in kind:
            raise Harm("active")
        if kind.partition(";")[0].strip().endswith(("/xml", "+xml")):
            name, ending = said.get("PartName", "").lower(), said.get("Extension", "").lower()
            self.xml |= {name} if name else {f".{ending}"}

    def source(self, said: dict[str, str]) -> None:
        """A connection of a workbook to a database or to a service."""
        self._refuse("away", bool(_one(said, "connection").strip()))

    def runs(self, _: dict[str, str]) -> None:
        """An element that is there for nothing else."""
        raise Harm("active")


def _one(said: dict[str, str], name: str) -> str:
    """An attribute, whatever its prefix; all that are called so, where there are several."""
    return " ".join(value for key, value in said.items() if key.rpartition(":")[2] == name)


_POINTS: Final = ("href", "src", "action", "url", "sourceFile")
_FETCHED: Final = {
    *("imagedata", "fill", "stroke", "webPr", "textPr"),
    *("image", "object", "object-ole", "fill-image", "section-source", "plugin", "applet"),
    *("floating-frame", "background-image", "table-source", "cell-range-source"),
}
"""Elements whose address is fetched, not followed."""


def _points(element: str, key: str, value: str) -> None:
    low = value.strip().lower()
    if low.startswith(("vnd.sun.star.script:", "ppaction://program", "ppaction://macro")):
        raise Harm("active")
    if element in _FETCHED and not near(value):
        raise Harm("away")


_JUDGED: Final[dict[str, Callable[[_Part, dict[str, str]], None]]] = {
    "instrText": _Part.code,
    "delInstrText": _Part.code,
    "t": _Part.text,
    "fldChar": _Part.mark,
    "fldSimple": _Part.simple,
    "Relationship": _Part.link,
    "dbPr": _Part.source,
    **dict.fromkeys(
        ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"),
        _Part.formula,
    ),
    "Override": _Part.typed,
    "Default": _Part.typed,
    **dict.fromkeys(("ddeLink", "event-listener", "dde-source", "dde-connection-decl"), _Part.runs),
}
