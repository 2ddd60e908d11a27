"""The command line as a person meets it: what is typed, what comes out, how it ends."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from yishi.cli.main import main

ROOT = Path(__file__).parents[2]


class Ran(msgspec.Struct, frozen=True):
    """A command that has run."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line."""
        return self.out.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def yishi(capsys, monkeypatch) -> Run:
    """Run a command in the project's folder; a traceback would fail the test."""
    monkeypatch.chdir(ROOT)

    def run(*words: object) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def write(tmp_path) -> Callable[..., Path]:
    """Write a file of a name; what it holds is text or bytes."""

    def put(name: str, held: str | bytes = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held.encode() if isinstance(held, str) else held)
        return path

    return put


@pytest.fixture(params=["missing", "folder", "binary", "not utf-8", "unreadable"])
def unusable(request, write, tmp_path, monkeypatch) -> tuple[Path, str]:
    """A file that cannot be read as text, and what is said of it."""
    if request.param == "missing":
        return tmp_path / "none.md", "没有这个文件"
    if request.param == "folder":
        write("folder/inner.txt")
        return tmp_path / "folder", "文件夹"
    if request.param == "unreadable":
        path = write("closed.md", "case: x")
        monkeypatch.setattr(Path, "read_text", _refuse)
        return path, "读不出来"
    held = b"\x00\xff\xfe\x80" * 9 if request.param == "binary" else "议事规则".encode("gbk")
    return write("bytes.md", held), "读不出来"


def _refuse(path: Path, *_: object, **__: object) -> str:
    raise PermissionError(13, "Permission denied", str(path))
