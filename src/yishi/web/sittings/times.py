"""When each item is expected to come, by the minutes that the office plans: an estimate only."""

from datetime import datetime, timedelta

from yishi.procedure.state import Sitting


def expected(sitting: Sitting) -> dict[str, datetime]:
    """The clock time at which each item that waits may come; none after one without minutes.

    It follows from what has happened alone, so that every screen tells the same.
    """
    if not sitting.durations or sitting.status not in ("convened", "open"):
        return {}
    clock = _over(sitting) if sitting.status == "open" else sitting.starts_at
    found: dict[str, datetime] = {}
    for item in (i for i in sitting.agenda if _waits(sitting, i)):
        if clock is None:
            break
        found[item] = clock
        minutes = sitting.durations.get(item)
        clock = clock + timedelta(minutes=minutes) if minutes else None
    return found


def _over(sitting: Sitting) -> datetime | None:
    """When the item in hand is done, if it goes as planned."""
    item = sitting.current or ""
    talk, minutes = sitting.deliberations.get(item), sitting.durations.get(item)
    if talk is None or talk.begun_at is None or not minutes:
        return None
    return talk.begun_at + timedelta(minutes=minutes)


def _waits(sitting: Sitting, item: str) -> bool:
    talk = sitting.deliberations.get(item)
    return item != sitting.current and (talk is None or talk.outcome is None)
