"""No two modules that need each other: late imports count, those for types alone do not."""

import ast
from collections.abc import Iterator

from tests.house.source import modules


def _modules() -> dict[str, ast.Module]:
    """Every module by its dotted name; a package by its own."""
    trees = {}
    for file, text in modules():
        name = f"yishi.{file.removesuffix('.py')}".replace("/", ".")
        trees[name.removesuffix(".__init__")] = ast.parse(text)
    return trees


def _imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from _imports(node)


def _needs(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """Which modules each module imports from, as far as they are these."""
    needs = dict[str, set[str]]()
    for name, tree in trees.items():
        said = set[str]()
        for node in _imports(tree):
            if isinstance(node, ast.Import):
                said |= {alias.name for alias in node.names}
            else:
                base = node.module or ""
                whole = {f"{base}.{alias.name}" for alias in node.names}
                said |= {one if one in trees else base for one in whole}
        needs[name] = (said & trees.keys()) - {name}
    return needs


def circles(needs: dict[str, set[str]]) -> list[list[str]]:
    """What is left when whatever needs nothing more, and whatever nothing more needs, is gone."""
    left = {name: set(said) for name, said in needs.items()}
    while True:
        free = {name for name, said in left.items() if not said & left.keys()}
        free |= left.keys() - set().union(*left.values(), set())
        if not free:
            return [sorted(left)] if left else []
        left = {name: said for name, said in left.items() if name not in free}


def test_no_module_needs_one_that_needs_it() -> None:
    assert circles(_needs(_modules())) == []


def test_a_circle_is_seen_wherever_it_is_closed() -> None:
    late = ast.parse("def f():\n    from b import x")
    types = ast.parse("if TYPE_CHECKING:\n    from a import X")

    assert circles(_needs({"a": late, "b": ast.parse("import c"), "c": ast.parse("import a")}))
    assert not circles(_needs({"a": late, "b": types}))
