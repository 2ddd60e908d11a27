"""What is installed from a wheel is all there: words, pages, charters; and what runs it fits."""

import re
import shlex
import subprocess
import tomllib
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

import pytest

from tests.house.source import ROOT, tracked

BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
NAMES = [path.relative_to(ROOT).as_posix() for path in tracked()]
UNITS = ("yishi.service", "yishi-live.service", "yishi-tick.service")


def packed(name: str) -> bool:
    """Whether a file that is no module comes with its package."""
    for package, patterns in BUILD["package-data"].items():
        folder = f"src/{package.replace('.', '/')}/"
        inside = name.removeprefix(folder)
        if inside != name and any(_fits(inside, pattern) for pattern in patterns):
            return True
    return False


def _fits(inside: str, pattern: str) -> bool:
    folder, deep, last = pattern.partition("/**/")
    if not deep:
        return PurePosixPath(inside).match(pattern) and "/" not in inside
    return inside.startswith(f"{folder}/") and fnmatchcase(inside.rpartition("/")[2], last)


def test_every_file_that_a_package_needs_comes_with_it() -> None:
    needed = [n for n in NAMES if n.startswith("src/yishi/") and not n.endswith(".py")]

    assert len(needed) > 100
    assert [name for name in needed if not packed(name)] == []


def test_every_charter_comes_with_the_software() -> None:
    patterns = [pattern for each in BUILD["data-files"].values() for pattern in each]
    charters = [
        n for n in NAMES if re.fullmatch(r"charters/[^/]+/[^/]+\.md|charters/[^/]+\.yaml", n)
    ]

    assert len(charters) > 3
    assert [n for n in charters if not any(PurePosixPath(n).match(p) for p in patterns)] == []
    for target, (first, *_) in BUILD["data-files"].items():
        assert target == f"share/yishi/{PurePosixPath(first).parent}"


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_runs_something_that_is_there_with_the_same_settings(unit: str) -> None:
    said = (ROOT / "deploy" / unit).read_text(encoding="utf-8")
    (line,) = re.findall(r"^ExecStart=(.+)$", said, re.M)
    program, *arguments = shlex.split(line)

    assert program.startswith("/opt/yishi/venv/bin/")
    assert "EnvironmentFile=/etc/yishi/environment" in said
    assert "StateDirectory=yishi" in said
    assert "User=yishi" in said
    for module in (a for a in arguments if a.startswith("yishi.")):
        path, _, name = module.partition(":")
        file = ROOT / "src" / f"{path.replace('.', '/')}.py"
        file = (
            file
            if file.exists()
            else ROOT / "src" / f"{path.rpartition('.')[0].replace('.', '/')}.py"
        )
        source = file.read_text(encoding="utf-8")
        assert (name or module.rpartition(".")[2]) in source or file.stem == "wsgi"


def test_the_command_of_an_installation_is_a_shell_script_and_can_be_run() -> None:
    command = ROOT / "deploy/yishi"

    assert command.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", command], check=True)


def test_the_proxy_lets_in_more_than_the_largest_paper() -> None:
    said = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    settings = (ROOT / "src/yishi/site/settings.py").read_text(encoding="utf-8")
    lets, taken = (
        re.search(r"client_max_body_size (\d+)m", said),
        re.search(r'"YISHI_UPLOAD_MB", (\d+)', settings),
    )

    assert lets is not None
    assert taken is not None
    assert int(lets[1]) > int(taken[1])


def test_every_setting_of_the_example_is_one_that_the_guide_explains() -> None:
    example = (ROOT / "deploy/environment.example").read_text(encoding="utf-8")
    guide = (ROOT / "docs/operator-guide.md").read_text(encoding="utf-8")
    names = re.findall(r"^([A-Z_]+)=", example, re.M)

    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in guide] == []
