"""What is under version control speaks of the project only: no machine's paths, no index hosts."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import texts

_ROOTS = "|".join(("work", "tmp", "root", "home", "Users", "mnt", "private"))
MACHINE = re.compile(rf"(?<![\w.:)/\"'`-])/(?:{_ROOTS})/\w[\w./-]*|\b[A-Z]:\\[A-Z]\w+")
"""An absolute path of somebody's machine, where it is not part of an address or a longer path."""

HOSTS = re.compile(
    r"\b(?:[\w-]+\.)*(?:"
    + "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("debian", "org"),
            ("tsinghua", "edu", "cn"),
            ("aliyun", "com"),
            ("aliyuncs", "com"),
        )
    )
    + r")\b|--(?:extra-)?index-url[ =]|(?:proxy|mirror)s?\.[\w-]+\.(?:com|org|net|cn)\b"
)
"""Hosts of package indexes and their mirrors, and options that name one."""

QUOTED = re.compile(r"(?<=[\"'`(= ])/(?:" + _ROOTS + r")(?=/)")


def out_of_place(text: str) -> Iterator[tuple[int, str]]:
    """Paths of a machine and hosts of an index, with their lines."""
    for number, line in enumerate(text.splitlines(), 1):
        for pattern in (MACHINE, QUOTED, HOSTS):
            for found in pattern.finditer(line):
                yield number, found[0]


def test_no_path_of_a_machine_and_no_host_of_an_index() -> None:
    found = [
        f"{name}:{line}: {what}" for name, text in texts() for line, what in out_of_place(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    "bad",
    [
        "see /" + "tmp/notes.txt",
        'ROOT = "/' + 'work/main"',
        "cd /" + "home/li/yishi",
        "https://files.python" + "hosted.org/packages/x.whl",
        "pip install --index" + "-url https://x.example/simple",
        "C:" + "\\Users",
        "https://mirror.example" + "-host.com/simple",
    ],
)
def test_each_of_them_would_be_found(bad: str) -> None:
    assert list(out_of_place(bad))


@pytest.mark.parametrize("good", ["src/yishi/web", "a/home/b", "/dev/null", "before/after", "1/2"])
def test_paths_within_the_project_may_stand(good: str) -> None:
    assert list(out_of_place(good)) == []


# Tests that cannot fail.


def asserts(text: str) -> bool:
    """Whether a test module holds anything that can fail."""
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr in ("raises", "fail"))
        or (isinstance(node, ast.Name) and node.id == "expect")
        for node in ast.walk(ast.parse(text))
    )


def test_every_test_module_holds_something_that_can_fail() -> None:
    tests = [(name, text) for name, text in texts() if re.search(r"(^|/)test_\w+\.py$", name)]

    assert tests
    assert [name for name, text in tests if not asserts(text)] == []


def test_a_test_module_without_any_would_be_found() -> None:
    assert not asserts("def test_it():\n    run()\n")
    assert asserts("def test_it():\n    assert run()\n")
