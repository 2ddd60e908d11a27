"""The project's own files, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/yishi"

PURE = ("values", "charter", "roster", "procedure")
"""Packages without clock, chance, file, network or framework, in every module."""

PURE_MODULES = tuple(
    f"journal/{name}.py" for name in ("canonical", "chain", "faults", "model", "verifier")
)
"""Of the journal: all that decides what is sound; the store writes files."""


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control that is there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts() -> Iterator[tuple[str, str]]:
    """Every file under version control that is text, by its name in the project."""
    for path in tracked():
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def modules(*packages: str) -> Iterator[tuple[str, str]]:
    """The modules of packages (all without any), by name and with their text."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not packages or name.split("/")[0] in packages or name in packages:
            yield name, path.read_text(encoding="utf-8")


def pure_modules() -> Iterator[tuple[str, str]]:
    """The modules that have to be pure."""
    return modules(*PURE, *PURE_MODULES)


def documented(tree: ast.Module) -> Iterator[ast.AST]:
    """Every docstring of a module, and texts that stand alone to explain the line above."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def literals(text: str) -> Iterator[tuple[int, str]]:
    """Every text in the code that is no docstring, with its line."""
    tree = ast.parse(text)
    explaining = {id(node) for node in documented(tree)}
    for node in ast.walk(tree):
        if id(node) in explaining or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value
