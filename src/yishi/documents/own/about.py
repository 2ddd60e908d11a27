"""What a file says of itself and the engine does not fill: of the paper, not of the template."""

from collections.abc import Callable, Iterator
from typing import Any, Final

SAID: Final = frozenset(("keywords", "category", "Manager", "Company", "property"))
"""What stays only where somebody put a field there: in the file's core, its application's part,
and among the properties that people named themselves.
"""
GONE: Final = "lastPrinted"
PARTS: Final = ("/core-properties", "/extended-properties", "/custom-properties")
FIELD: Final = "{{"


def fields(made: Any) -> list[str]:
    """The words in which there is a field."""
    every = (_words(one) for _, root in _roots(made) for one in root if _named(one) in SAID)
    return [said for said in every if FIELD in said]


def fill(made: Any, put: Callable[[str], str]) -> None:
    """Fill the fields, and take out everything else that is of whoever drew the template."""
    from docx.opc.oxml import serialize_part_xml

    for part, root in _roots(made):
        for one in list(root):
            said = _words(one)
            if _named(one) in SAID and FIELD in said:
                (one[0] if len(one) else one).text = put(said)
            elif _named(one) in (*SAID, GONE):
                root.remove(one)
        if not hasattr(part, "element"):
            part._blob = serialize_part_xml(root)


def _roots(made: Any) -> Iterator[tuple[Any, Any]]:
    """The parts that tell of the file, each with its elements."""
    from docx.opc.oxml import parse_xml

    for link in made.part.package.rels.values():
        if not link.is_external and link.reltype.endswith(PARTS):
            part = link.target_part
            yield part, part.element if hasattr(part, "element") else parse_xml(part.blob)


def _named(one: Any) -> str:
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""


def _words(one: Any) -> str:
    return "".join(one.itertext())
