"""A seeded simulation: years of meetings of an institution's bodies, through the engine only.

Three doors, each the same every time for the same arguments:

- `deeds(state, …)` is a generator of deeds, each with its actor and time, in order of time. It is
  sent the verdict on each and goes on from that alone, so that any clerk can do the deeds: this
  package's `History`, or one that writes to a database::

      office = deeds(state, seed="1", start=start, until=until)
      deed = next(office)
      while True:
          verdict = clerk.do(deed)
          deed = office.send(verdict)      # StopIteration at the end

  The state is the institution's before the first deed: founded, with its roster and charters.
- `simulate(cast, …)` founds the institution of a cast file and plays everything: a `Stage`, whose
  journal `yishi.cases.keeping` writes.
- `invented(…)` makes up a cast, larger or smaller, for an institution of another name; its text
  is an ordinary cast file, and `simulate_text` plays it.

The simulation knows no body: which rhythm, which day, which form, who does what and in which
order the chair speaks it reads from the charters in force. Habits, words, names and holidays are
data beside `yishi.cases.simulating`. A year whose holiday notice is not among them is played
all the same; the verdicts that used it say so.
"""

import hashlib
from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from pathlib import Path

from yishi.cases.casting import Stage, set_up, set_up_text
from yishi.cases.keeping import ref_of
from yishi.cases.simulating.invention import invented
from yishi.cases.simulating.stage import run
from yishi.procedure.act import Deed
from yishi.procedure.state import State
from yishi.procedure.verdict import Verdict

__all__ = ["deeds", "invented", "simulate", "simulate_text"]


def deeds(
    state: State,
    *,
    seed: str,
    start: datetime,
    until: datetime,
    place_of: Callable[[str], str] | None = None,
    staying: frozenset[str] = frozenset(),
    package_of: Callable[[str], str] | None = None,
) -> Generator[Deed, Verdict, State]:
    """Deeds of an office from `start` until `until`; what is going on then is left open.

    `place_of` gives the journal's reference of a sealed text by its words; without it nobody
    asks for an erasure. `package_of` makes the package of a meeting for the archive and gives its
    digest; without it nobody archives. Whoever is `staying` keeps every post to the end.
    """
    return run(state, seed, start, until, place_of, staying, package_of)


def simulate(cast: Path, *, seed: str, months: int, start: date | None = None) -> Stage:
    """Found the institution of a cast file on `start`, or its own day, and let it meet."""
    return _played(set_up(cast, {}, start), seed, months)


def simulate_text(
    cast: str, charters: Path, *, seed: str, months: int, start: date | None = None
) -> Stage:
    """The same for the text of a cast; the charters it names lie in that folder."""
    return _played(
        set_up_text(str(charters / "cast.yaml"), cast, charters, {}, start), seed, months
    )


def _played(stage: Stage, seed: str, months: int) -> Stage:
    history = stage.history
    on = history.state.founded_on
    assert on is not None
    start = datetime(on.year, on.month, on.day, 8, tzinfo=stage.zone)
    until = after(start, months)
    office = deeds(
        history.state,
        seed=seed,
        start=start,
        until=until,
        place_of=lambda words: _sealed(stage, words),
        package_of=lambda sitting: _packed(stage, sitting),
    )
    try:
        deed = next(office)
        while True:
            deed = office.send(history.do(deed))
    except StopIteration:
        return stage


def _sealed(stage: Stage, words: str) -> str:
    """Where words lie that somebody wrote before: the office erases no others."""
    ref = ref_of(stage, words)
    assert ref is not None
    return ref


def _packed(stage: Stage, sitting: str) -> str:
    """Stands for the digest of a package: no file is made here."""
    said = f"{stage.institution}/{sitting}/{len(stage.history.done)}"
    return hashlib.sha256(said.encode()).hexdigest()


def after(start: datetime, months: int) -> datetime:
    """The same day so many months later, or the first of the month after where there is none."""
    years, month = divmod(start.month - 1 + months, 12)
    first = start.replace(year=start.year + years, month=month + 1, day=1)
    return first + timedelta(days=start.day - 1)
