"""Minutes on their way out and after: the draft, the files that went out (会议纪要, 原件; pure)."""

from datetime import date, datetime
from itertools import count
from typing import Final

import msgspec
from msgspec.structs import replace

from yishi.procedure.publication import Publication
from yishi.values.maps import Map
from yishi.values.text import Digest, Id

PUBLIC: Final = "minutes-public"
"""The paper that is published of minutes."""


class Original(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file as it was issued (原件): which paper, in which form, and the digest of its bytes."""

    paper: Id
    form: Id
    digest: Digest


class Passed(msgspec.Struct, frozen=True):
    """Somebody has looked the draft through, or put their name to it (核对, 签批)."""

    step: str
    """check · sign_off"""
    by: str
    at: datetime


class Correction(msgspec.Struct, frozen=True):
    """What a member would have corrected in the draft (修改意见), and what became of it."""

    id: str
    by: str
    at: datetime
    words: str
    reason: str
    item: str | None = None
    """The point that it is about; none: the minutes as a whole."""
    status: str = "open"
    """open · taken · declined"""
    answer: str | None = None
    """Why the office did not take it."""


class Corrected(msgspec.Struct, frozen=True):
    """A document that corrects issued minutes and names them (更正); they stay as they went out."""

    number: int
    """By which it is found among what corrects the same minutes: `issue`, unless that is taken."""
    at: datetime
    by: str
    words: str
    reason: str
    issue: int = 0
    """Its number among what the body issued in that year."""
    year: int = 0
    """The year in which it was issued; 0 where the number is of the year of the meeting."""
    files: tuple[Original, ...] = ()
    signed_by: tuple[str, ...] = ()
    passed: tuple[Passed, ...] = ()
    """Who looked it through or signed it off before it went out."""
    received: tuple[str, ...] = ()
    """Who has said that they read it, in that order."""
    reminded: datetime | None = None
    """When those who had not were reminded last."""
    asked: tuple[Correction, ...] = ()
    """What members would have had otherwise while it was a draft, and what became of that."""


class Hidden(msgspec.Struct, frozen=True):
    """What of minutes stays closed in what is published of them (略去, 隐去)."""

    left_out: tuple[str, ...] = ()
    """Items of which nothing is told."""
    without: tuple[str, ...] = ()
    """Other parts of which nothing is told: opening · closing · unbound · people."""
    uncorrected: tuple[int, ...] = ()
    """Numbers of the corrections that are about what is left out or told by an excerpt."""
    masked: tuple[tuple[str, str], ...] = ()
    """People whose names are masked, each with the name as it was then known."""
    excerpts: tuple[tuple[str, Publication], ...] = ()
    """Items of which only the excerpt of their decision is told, as it was then public."""

    @property
    def anything(self) -> bool:
        """Whether anything does."""
        parts = self.left_out or self.without or self.uncorrected or self.excerpts
        return bool(parts or self.masked)

    @property
    def excerpted(self) -> tuple[str, ...]:
        """The items that are told by an excerpt."""
        return tuple(item for item, _ in self.excerpts)

    @property
    def every_mask(self) -> tuple[tuple[str, str], ...]:
        """Everybody whose name is masked: whoever is in an excerpt is in all that tells it."""
        excerpts = (one for _, public in self.excerpts for one in public.masked)
        return tuple(dict.fromkeys((*self.masked, *excerpts)))

    @property
    def every_masked(self) -> tuple[str, ...]:
        """Those people, each once."""
        return tuple(dict.fromkeys(person for person, _ in self.every_mask))


class Proposal(msgspec.Struct, frozen=True):
    """That minutes be published, and what of them stays closed (提请公开)."""

    number: int
    """Counts what was proposed for these minutes."""
    at: datetime
    by: str
    reason: str
    hidden: Hidden = Hidden()
    corrections: int = 0
    """How many corrections were out when it was proposed: they go with it."""


class Withdrawn(msgspec.Struct, frozen=True):
    """That what was published is public no more (撤下)."""

    at: datetime
    by: str
    reason: str


class Declined(msgspec.Struct, frozen=True):
    """That what was proposed is not published (不予公开)."""

    at: datetime
    by: str
    reason: str


class Version(msgspec.Struct, frozen=True):
    """Minutes as they were published, by an approval of its own (公开版)."""

    number: int
    """Counts what was published of these minutes."""
    at: datetime
    by: str
    proposal: Proposal
    files: tuple[Original, ...] = ()
    withdrawn: Withdrawn | None = None


class Minutes(msgspec.Struct, frozen=True):
    """What was settled, issued to be carried out (会议纪要)."""

    number: int
    issued_at: datetime
    signed_by: tuple[str, ...] = ()
    files: tuple[Original, ...] = ()
    """The originals; none for minutes of which no file was kept when they went out."""
    received: tuple[str, ...] = ()
    """Who has said that they read them, in that order."""
    reminded: datetime | None = None
    """When those who had not were reminded last."""
    corrected: tuple[Corrected, ...] = ()
    """The documents that correct them, in order."""
    proposal: Proposal | None = None
    """That they be published, as long as nobody has answered it."""
    proposed: int = 0
    """How often that was proposed."""
    declined: Declined | None = None
    """Why what was proposed last is not published; None where it is, or waits."""
    versions: tuple[Version, ...] = ()
    """What was published of them, in order; a later one takes the place of those before."""
    nth: int = 0
    """The how many-th meeting of its year they are of; 0 where that was not told with them."""

    @property
    def public(self) -> Version | None:
        """What is public of them now."""
        last = self.versions[-1] if self.versions else None
        return last if last is not None and last.withdrawn is None else None

    @property
    def publishing(self) -> str:
        """How far publishing them has come: none · proposed · published · reproposed."""
        if self.public is None:
            return "none" if self.proposal is None else "proposed"
        return "published" if self.proposal is None else "reproposed"

    def version(self, number: str) -> Version | None:
        """What was published under that number."""
        return next((one for one in self.versions if str(one.number) == number), None)

    def free(self, number: int) -> int:
        """That number, or the next by which neither they nor what corrects them are found."""
        taken = {self.number, *(one.number for one in self.corrected)}
        return next(n for n in count(number) if n not in taken)

    def correction(self, number: int | None) -> "Corrected | None":
        """The document of that number that corrects them."""
        return next((one for one in self.corrected if one.number == number), None)

    def delivered(self, number: int | None) -> "Minutes | Corrected | None":
        """What went out: the minutes themselves, or what corrects them under that number."""
        return self if number is None else self.correction(number)

    def original(self, paper: str, form: str, about: str = "") -> str:
        """The digest of the file that went out; of a correction or of what was published, by its
        number; or empty.
        """
        others: tuple[Corrected | Version, ...] = self.corrected
        others = self.versions if paper == PUBLIC else others
        held = next((one.files for one in others if str(one.number) == about), ())
        files = held if about else self.files
        return next((f.digest for f in files if (f.paper, f.form) == (paper, form)), "")

    @property
    def every_file(self) -> tuple[Original, ...]:
        """The originals of the minutes, of what corrects them and of what was published."""
        corrected = (file for one in self.corrected for file in one.files)
        public = (file for one in self.versions for file in one.files)
        return (*self.files, *corrected, *public)


class Round(msgspec.Struct, frozen=True):
    """The draft sent to members for what they would correct (征求意见)."""

    at: datetime
    people: tuple[str, ...]
    by: str
    """Who sent it, and is told of the answers."""
    answer_by: date | None = None
    agreed: tuple[str, ...] = ()
    """Who has said that there is nothing to correct."""
    earlier: int = 0
    """How many corrections had been asked for before it was sent."""
    lapsed: datetime | None = None
    """When the draft was changed, so that what was answered is of another one."""


class Draft(msgspec.Struct, frozen=True):
    """The minutes before they go out (会议纪要稿): what may be worded, never what was decided."""

    opening: str | None = None
    closing: str | None = None
    points: Map[str, str] = Map()
    """Item → words that explain it, beside what was decided."""
    order: tuple[str, ...] = ()
    """Items in the order of the minutes where it is another than the agenda's."""
    changed_at: datetime | None = None
    sent: Round | None = None
    corrections: tuple[Correction, ...] = ()
    passed: tuple[Passed, ...] = ()
    """Of the draft as it is: what is changed is to be passed anew."""
    unsigned: tuple[str, ...] = ()
    """Who had signed before it was changed, so that it is to be signed anew."""

    def changed(self, at: datetime, **words: object) -> "Draft":
        """The draft worded otherwise: whoever passed it passed another one."""
        return replace(self, changed_at=at, passed=(), **words)

    def reopened(self, at: datetime, signed: tuple[str, ...]) -> "Draft":
        """The draft of which neither signatures nor the answers of a round hold any more."""
        sent = replace(self.sent, lapsed=self.sent.lapsed or at) if self.sent else None
        return replace(self, sent=sent, unsigned=tuple(dict.fromkeys((*self.unsigned, *signed))))

    def in_order(self, items: tuple[str, ...]) -> tuple[str, ...]:
        """Items as the office has put them; what it has not put anywhere comes at its own place."""
        return self.order if sorted(self.order) == sorted(items) else items

    def stands(self, step: str) -> Passed | None:
        """Who passed the draft as it is now."""
        return next((one for one in reversed(self.passed) if one.step == step), None)

    def asked(self, person: str) -> str:
        """How somebody stands to the round: `unsent`, `elsewhere`, `asked`, `answered`.

        A draft that was changed since is sent to nobody until it is sent round again.
        """
        if self.sent is None or not self.in_round:
            return "unsent"
        if person not in self.sent.people:
            return "elsewhere"
        return "answered" if person in self.answered else "asked"

    @property
    def in_round(self) -> bool:
        """Whether members have been sent the draft as it is now."""
        return self.sent is not None and self.sent.lapsed is None

    @property
    def answered(self) -> tuple[str, ...]:
        """Who has answered the round: nothing to correct, or something asked for since."""
        if self.sent is None or not self.in_round:
            return ()
        since = (c.by for c in self.corrections[self.sent.earlier :])
        found = dict.fromkeys((*self.sent.agreed, *since))
        return tuple(p for p in self.sent.people if p in found)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who was asked and has not answered."""
        if self.sent is None or not self.in_round:
            return ()
        return tuple(p for p in self.sent.people if p not in self.answered)

    @property
    def open(self) -> tuple[Correction, ...]:
        """What members asked for and nobody has answered."""
        return tuple(one for one in self.corrections if one.status == "open")


class Corrigendum(msgspec.Struct, frozen=True):
    """A correction of issued minutes before it goes out (更正稿): the same steps as for minutes."""

    words: str
    reason: str
    draft: Draft = Draft()
    """Who was sent it, what they asked for, who passed it."""
    signed: tuple[str, ...] = ()
