"""Where the bytes of papers are: outside the journal, under their own digest, never overwritten."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings

_CHUNK: Final = 1024 * 1024

DAY: Final = 24 * 3600
"""Seconds for which a file is left alone, whether a paper names it or not."""


class Altered(ValueError):  # noqa: N818
    """A file that is not, or no longer, what its digest says."""


def place_of(institution: str, sha256: str) -> Path:
    """Where a file of an institution lies."""
    return Path(settings.MEDIA_ROOT) / institution / sha256[:2] / sha256


def preview_of(institution: str, sha256: str) -> Path:
    """Where the PDF that was made of a file lies: beside the file, and gone with it."""
    place = place_of(institution, sha256)
    return place.with_name(f"{place.name}.pdf")


def put(institution: str, file: IO[bytes]) -> tuple[str, int]:
    """Keep the bytes; give their digest and size. The same bytes are kept once."""
    size = 0
    digest = hashlib.sha256()
    home = Path(settings.MEDIA_ROOT) / institution
    home.mkdir(parents=True, exist_ok=True)
    file.seek(0)
    with NamedTemporaryFile(dir=home, prefix=".new-", delete=False) as kept:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    place = place_of(institution, digest.hexdigest())
    place.parent.mkdir(exist_ok=True)
    os.chmod(kept.name, settings.FILE_UPLOAD_PERMISSIONS)
    os.replace(kept.name, place)
    return digest.hexdigest(), size


def take(institution: str, sha256: str) -> IO[bytes]:
    """The bytes, open for reading and found to be those of the digest. Raises `Altered`."""
    try:
        file = place_of(institution, sha256).open("rb")
    except OSError as error:
        raise Altered(sha256) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Altered(sha256)
    file.seek(0)
    return file


def hold(institution: str, sha256: str) -> bool:
    """Whether there is a file of that digest; if so, it counts as put there just now."""
    try:
        os.utime(place_of(institution, sha256))
    except OSError:
        return False
    return True


def remove(institution: str, sha256: str) -> None:
    """Remove the file of that digest, if it is there, and what was made of it."""
    place_of(institution, sha256).unlink(missing_ok=True)
    preview_of(institution, sha256).unlink(missing_ok=True)


def aged(institution: str) -> Iterator[Path]:
    """Every file of an institution that was put there more than a day ago, unfinished ones too."""
    home = Path(settings.MEDIA_ROOT) / institution
    for path in home.rglob("*"):
        if _is_aged(path):
            yield path


def remove_aged(path: Path) -> bool:
    """Remove a file, unless somebody has put it there anew since it was looked at."""
    if not _is_aged(path):
        return False
    path.unlink(missing_ok=True)
    return True


def _is_aged(path: Path) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return S_ISREG(found.st_mode) and time.time() - found.st_mtime > DAY
