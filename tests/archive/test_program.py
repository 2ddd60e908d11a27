"""The program in a package: it has to run where nobody installs anything newer."""

import ast
from collections.abc import Iterator

import pytest

from yishi.archive.bag import program

NEWER = ("removeprefix", "removesuffix", "file_digest", "is_relative_to", "bit_count", "reversed")
"""What Python 3.7 has not, or not of everything that it has now."""
HOLDERS = ("list", "dict", "set", "frozenset", "tuple", "type", "Callable", "Iterable", "Iterator")


def run_through(node: ast.AST) -> Iterator[ast.AST]:
    """Everything but types that are only told."""
    for name, held in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for one in held if isinstance(held, list) else (held,):
            if isinstance(one, ast.AST):
                yield one
                yield from run_through(one)


def too_new(source: str) -> list[str]:
    """What would fail on Python 3.7; raises SyntaxError where it would not even be read."""
    tree = ast.parse(source, feature_version=(3, 7))
    found = []
    for node in run_through(tree):
        named = getattr(node, "attr", None) or getattr(node, "id", "")
        if named in NEWER:
            found.append(named)
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in HOLDERS:
            found.append(ast.unparse(node))
        if isinstance(node, ast.BinOp) and ast.unparse(node).endswith(" | None"):
            found.append(ast.unparse(node))
    return found


def test_the_program_in_a_package_runs_on_every_python_from_3_7_on() -> None:
    source = program().decode()

    assert source.count("from __future__ import annotations") == 1
    assert too_new(source) == []


def test_what_is_too_new_would_be_found() -> None:
    for source in ("faults = list[str]()", "Or = str | None", "'ab'.removeprefix('a')"):
        assert len(too_new(source)) == 1, source
    with pytest.raises(SyntaxError):
        too_new("while held := file.read(): ...")
    assert too_new("def f(a: list[str] | None) -> dict[str, int]: ...") == []
