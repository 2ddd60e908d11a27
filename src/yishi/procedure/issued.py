"""Minutes that are out, and the files that they went out as (会议纪要, 原件; pure)."""

from datetime import datetime

import msgspec

from yishi.values.text import Digest, Id


class Original(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it was issued (原件): which paper, in which form, and the digest of its bytes."""

    paper: Id
    form: Id
    digest: Digest


class Minutes(msgspec.Struct, frozen=True):
    """What was settled, issued to be carried out (会议纪要)."""

    number: int
    issued_at: datetime
    signed_by: tuple[str, ...] = ()
    files: tuple[Original, ...] = ()
    """The originals; none for minutes of which no file was kept when they went out."""

    def original(self, paper: str, form: str) -> str:
        """The digest of the file that went out; empty where none was kept."""
        return next((f.digest for f in self.files if (f.paper, f.form) == (paper, form)), "")
