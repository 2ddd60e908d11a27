"""Office documents as PDF, by LibreOffice where it is installed: bounded, offline, then gone."""

import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Final

from django.conf import settings

from yishi.papers.apart import SOURCE, Bounds
from yishi.papers.content import DOCX, ENDINGS, ODT, PPTX, XLSX

CONVERTED: Final = (DOCX, XLSX, PPTX, ODT)
"""Kinds that are made PDF of."""

BOUNDS: Final = Bounds(memory=4096, seconds=90, writes=300)

OFFLINE: Final = ("unshare", "--user", "--map-current-user", "--net")
"""Before the program, where the system lets it: without any network."""

PROFILE: Final = Path(__file__).with_name("profile.xcu")
"""Settings of the program: no macros, no links followed, nothing asked."""


class NotConverted(RuntimeError):  # noqa: N818
    """No PDF came of it; `args[0]` is the reason: `no_program`, `not_made`."""


def program() -> str:
    """Where LibreOffice is; empty where it is not, or is not to be used."""
    return shutil.which(settings.OFFICE) or "" if settings.OFFICE else ""


def convert(file: IO[bytes], kind: str, out: Path) -> None:
    """Write the document to `out` as PDF, working beside it. Raises `NotConverted`."""
    found = program()
    if not found:
        raise NotConverted("no_program")
    with TemporaryDirectory(prefix="office-", dir=out.parent) as place:
        home = Path(place)
        user = home / "profile/user"
        user.mkdir(parents=True)
        shutil.copyfile(PROFILE, user / "registrymodifications.xcu")
        given = home / f"paper{ENDINGS[kind][0]}"
        with given.open("wb") as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy)
        _run(_command(found, home, given), home)
        made = home / "out/paper.pdf"
        if not made.is_file() or not made.stat().st_size:
            raise NotConverted("not_made")
        shutil.move(made, out)


def _command(found: str, home: Path, given: Path) -> list[str]:
    bounds = (str(BOUNDS.memory), str(BOUNDS.seconds), str(BOUNDS.writes))
    return [
        *(sys.executable, "-m", "yishi.papers.inside.whole", *bounds),
        *(OFFLINE if offline() else ()),
        *(found, f"-env:UserInstallation={(home / 'profile').as_uri()}"),
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        *("--convert-to", "pdf", "--outdir", str(home / "out"), str(given)),
    ]


def _run(command: list[str], home: Path) -> None:
    """Run it in a group of its own, and end the whole group with it."""
    env = {"HOME": str(home), "TMPDIR": str(home), "PATH": os.environ.get("PATH", os.defpath)}
    env |= {"PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    nothing = subprocess.DEVNULL
    with subprocess.Popen(
        command,
        env=env,
        cwd=home,
        start_new_session=True,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
    ) as running:
        try:
            running.wait(timeout=BOUNDS.seconds)
        except subprocess.TimeoutExpired as error:
            raise NotConverted("not_made") from error
        finally:
            _end(running.pid)


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


@cache
def offline() -> bool:
    """Whether this system lets a program be started without any network."""
    try:
        tried = subprocess.run([*OFFLINE, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0
