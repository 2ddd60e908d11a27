"""What one body has in hand: its rules, its sittings, what waits for the next one (pure)."""

from datetime import date, datetime, timedelta

import msgspec

from yishi.values.maps import Map


class Explanation(msgspec.Struct, frozen=True):
    """Why a period went by without a sitting, as somebody said it; a later one stands beside it."""

    words: str
    by: str
    at: datetime


class Practice(msgspec.Struct, frozen=True):
    """A house practice as it was switched on, and off where it was (单位惯例)."""

    kind: str
    """sign_in · recusal · quorum · report_limit · speech_limit"""
    since: date
    at: datetime
    by: str
    limit: int = 0
    """Minutes, for a limit of time."""
    num: int = 0
    den: int = 0
    """So many in so many of all members, for a number present."""
    until: date | None = None
    """The first day on which it holds no more."""
    ended_at: datetime | None = None

    def lasts(self, day: date) -> bool:
        """Whether it holds on that day or on a later one, as far as is settled."""
        return self.until is None or self.until > max(day, self.since)

    def holds(self, day: date, seen: datetime) -> bool:
        """Whether it holds on a day, for what began at that moment."""
        begun = self.since <= day and self.at <= seen
        over = self.until is not None and self.until <= day
        # What is switched off goes on for a meeting that had begun.
        return begun and not (over and self.ended_at is not None and self.ended_at <= seen)


class BodyLog(msgspec.Struct, frozen=True):
    """What one body has in hand: small, whatever the years behind it."""

    versions: tuple[tuple[date, str], ...] = ()
    """(in force from, digest) of the charters enacted for it."""
    enacted: Map[str, date] = Map()
    """Decision → the day from which the version that it enacted is in force."""
    repealed: Map[str, date] = Map()
    """Decision → the first day on which the rules that it ended are no longer in force."""
    ended: tuple[date, ...] = ()
    """Days from which its rules were no longer in force, each until others came into force."""
    planned: tuple[str, ...] = ()
    """Sittings convened or open, and those closed whose record or minutes are owed."""
    waiting: tuple[str, ...] = ()
    """Items not yet at an end."""
    carried: tuple[str, ...] = ()
    """Items that the next sitting takes up without anybody asking again."""
    numbers: Map[int, int] = Map()
    """Year → number of the latest sitting in it."""
    minutes: Map[int, int] = Map()
    held: tuple[datetime, ...] = ()
    """Starts of the sittings opened."""
    extra: tuple[datetime, ...] = ()
    """Those of them that were called on need, beside the ordinary ones."""
    explained: Map[str, tuple[Explanation, ...]] = Map()
    """Period (`2026-08`, `2026-W33`) → why there was no sitting, in the order it was said."""
    receipts: Map[str, tuple[tuple[str, str], ...]] = Map()
    """Digest of a charter → (section, who acknowledged it for the section)."""
    practices: tuple[Practice, ...] = ()
    """House practices in the order in which they were switched on, those switched off too."""

    def version_on(self, on: date) -> str | None:
        """The digest of the charter in force on a day; None before the first, and once ended."""
        begun = [version for version in self.versions if version[0] <= on]
        if not begun:
            return None
        since, digest = begun[-1]
        return None if any(since < end <= on for end in self.ended) else digest

    def last_day(self, on: date) -> date:
        """That day, or, where no rules are in force any more, the last one on which they were."""
        past = [end for end in self.ended if end <= on]
        return past[-1] - timedelta(days=1) if past and self.version_on(on) is None else on
