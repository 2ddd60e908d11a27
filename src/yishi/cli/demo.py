"""`yishi demo`: institutions with years of meetings behind them, made by the engine from a seed."""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from yishi.cases.casting import Stage, set_up, set_up_text
from yishi.cases.simulation import after, deeds, invented
from yishi.cases.staging import BEGINS, leftovers, phrases, staged
from yishi.cases.tree import Faulty
from yishi.chronicle.history import History, Transaction
from yishi.cli.database import opened
from yishi.procedure.act import Deed
from yishi.procedure.charters import InstitutionFounded
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Message
from yishi.wording import Catalogue

FIRST = "demo"
"""The short name of the first demonstration institution."""


KEPT = timedelta(days=100)
"""For how long back a demonstration has the files of what it issued; before, none were kept."""


def add_parser(subparsers: Any, common: argparse.ArgumentParser, catalogue: Catalogue) -> None:
    """Add `demo`."""
    parser = subparsers.add_parser("demo", help=catalogue.text("cli.demo"), parents=[common])
    parser.add_argument("--years", type=int, default=1, help=catalogue.text("cli.demo_years"))
    parser.add_argument(
        "--institutions", type=int, default=1, help=catalogue.text("cli.demo_institutions")
    )
    parser.add_argument("--seed", default="1", help=catalogue.text("cli.demo_seed"))
    parser.add_argument("--charters", type=Path, help=catalogue.text("cli.demo_charters"))
    parser.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace, catalogue: Catalogue) -> int:
    """Make the institutions that are not there yet."""
    if not (1 <= args.years <= 30 and 1 <= args.institutions <= 500):
        raise Faulty("yishi demo", 0, Message("site.demo_bounds"))
    opened(migrate=True)
    for number in range(args.institutions):
        make(number, args.years, args.seed, args.charters, catalogue)
    return 0


def is_there() -> bool:
    """Whether the first demonstration institution has been made."""
    from yishi.journal.tables.models import Chain

    return Chain.objects.filter(slug=FIRST).exists()


def make(number: int, years: int, seed: str, charters: Path | None, catalogue: Catalogue) -> None:
    """Make one institution; leave alone one that is there already.

    Without a folder named, it plays by the charters that come with the software.
    """
    from django.conf import settings
    from django.db import transaction

    from yishi.clerk.bulk import take_in
    from yishi.journal.tables.models import Chain

    slug = FIRST if number == 0 else f"{FIRST}-{number + 1}"
    if Chain.objects.filter(slug=slug).exists():
        print(catalogue.text("site.demo_there", slug=slug))
        return
    now = datetime.now().astimezone().replace(microsecond=0)
    print(catalogue.text("site.demo_making", slug=slug, years=years), flush=True)
    tell, out = Progress(slug), Outgoing(slug, now - KEPT)
    stage = _stage(number, slug, years, seed, charters or settings.CHARTERS, now)
    now = now.astimezone(stage.zone)
    founded(stage, _named(number, catalogue))
    play(stage, seed, now, shipped=number == 0, tell=tell.played, files=out.of)
    with transaction.atomic():
        told = tell.kept(iter(stage.history.done), len(stage.history.done))
        take_in(slug, told, tell.listed, out.issued)
        _accounts(slug, stage)
        _phrases(slug)
    tell.done()
    if out.bare:
        print(catalogue.text("site.demo_bare", slug=slug, n=out.bare))
    entries = Chain.objects.get(slug=slug).seq
    print(catalogue.text("site.demo_made", slug=slug, acts=len(stage.history.done), seq=entries))


def _stage(number: int, slug: str, years: int, seed: str, charters: Path, now: datetime) -> Stage:
    start = after(now, -12 * years).date()
    if number == 0:
        return set_up(charters / "cast.yaml", {}, start)
    names = ["general/2017-01-01.md", "chuwuhui/2017-03-21.md", "zhurenbangonghui/2017-03-21.md"]
    size = 3 + number % 6
    text = invented(slug, charters, names, seed=f"{seed}/{number}", sections=size, counters=size)
    return set_up_text(str(charters / "cast.yaml"), text, charters, {}, start)


def play(
    stage: Stage,
    seed: str,
    now: datetime,
    shipped: bool,
    tell: Callable[[float], None] = lambda part: None,
    files: Callable[[Deed, History], Deed] = lambda deed, history: deed,
) -> None:
    """Years of meetings; in the shipped office, also what is going on just now.

    `files` gives what is issued the files that go out with it.
    """
    history = stage.history
    first = max(one.at for one in history.done).replace(hour=8)
    until = (now - timedelta(days=now.isoweekday() + 7 * (now.isoweekday() < BEGINS + 1))).replace(
        hour=23, minute=0, second=0
    )
    # What is going on just now is done by people of the cast, in the posts that it gives them.
    staying = frozenset(history.state.roster.people if shipped else ())
    until = until if shipped else now
    office = deeds(history.state, seed=seed, start=first, until=until, staying=staying)
    try:
        deed = next(office)
        while True:
            tell((deed.at - first) / (now - first))
            deed = office.send(history.do(files(deed, history)))
    except StopIteration:
        pass
    if not shipped:
        return
    for deed in list(leftovers(history.state, until, "因工作安排调整，改期另行召集。")):
        history.do(deed)
    for deed in staged(now, lambda: history.state):
        verdict = history.do(files(deed, history))
        if not isinstance(verdict, Accepted):
            raise Faulty("staging.yaml", 0, Message("site.demo_refused", {"act": deed.act.name()}))


def _named(number: int, catalogue: Catalogue) -> str:
    key = "site.demo_name_more" if number else "site.demo_name"
    return catalogue.text(key, number=number + 1)


def founded(stage: Stage, called: str, demonstration: bool = True) -> None:
    """Let the founding say that it is a demonstration, and what it is called, if anything.

    What it was founded with counts its days in a zone, not in an offset.
    """
    said: dict[str, Any] = {"zone": "Asia/Shanghai", "demonstration": demonstration}
    said |= {"called": called} if called else {}
    history, done = stage.history, tuple(stage.history.done)
    history.state = State()
    history.done.clear()
    for one in done:
        events = tuple(
            msgspec.structs.replace(e, **said) if isinstance(e, InstitutionFounded) else e
            for e in one.events
        )
        history.done.append(msgspec.structs.replace(one, events=events))
        history.state = history.done[-1].upon(history.state)


class Outgoing:
    """What an institution issues while it is played: its files, to be kept with its journal."""

    def __init__(self, slug: str, since: datetime) -> None:
        """Nothing has gone out; files are made from that moment on."""
        from django.conf import settings
        from django.utils.module_loading import import_string

        self.slug, self.since = slug, since
        self.issued, self.bare = list[Any](), 0
        self._made = import_string(settings.ISSUED)

    def of(self, deed: Deed, history: History) -> Deed:
        """The deed with the digests of its files; as it is where it has none."""
        from yishi.clerk.bulk import Issued
        from yishi.documents.pdf import NoFont, Unprintable

        if deed.at < self.since:
            return deed
        try:
            act, files = self._made(self.slug, deed, history)
        except (NoFont, Unprintable):
            self.bare += 1
            return deed
        if not files:
            return deed
        self.issued.append(Issued(act.sitting, deed.at, files))
        return msgspec.structs.replace(deed, act=act)


def _accounts(slug: str, stage: Stage) -> None:
    """An account for everybody, with no password: one steps into it, nobody signs in to it."""
    from yishi.accounts.models import Account

    for person in stage.history.state.roster.people:
        name = person if slug == FIRST else f"{slug}-{person}"
        Account.objects.create_user(name, None, institution=slug, person=person)


def _phrases(slug: str) -> None:
    """The phrases of its office, which the office may change as any other's may."""
    from yishi.phrases.models import Phrase

    Phrase.objects.bulk_create(
        Phrase(institution=slug, place=place, words=words)
        for place, every in phrases().items()
        for words in every
    )


class Progress:
    """How far an institution has come, in parts of a hundred: played, then kept, then listed."""

    def __init__(self, slug: str) -> None:
        self.slug, self.live = slug, sys.stderr.isatty()
        self.step = 1 if self.live else 10
        self.told = self.count = self.heard = 0

    def played(self, part: float) -> None:
        """So much of the years has been played: half of the work."""
        self._tell(int(50 * part))

    def kept(self, told: Iterator[Transaction], count: int) -> Iterator[Transaction]:
        """The same transactions, told of as they are taken in."""
        self.count = count
        for n, one in enumerate(told, 1):
            self._tell(50 + int(20 * n / count))
            yield one

    def listed(self, seq: int) -> None:
        """One more of them has come into the lists."""
        self.heard += 1
        self._tell(70 + int(30 * self.heard / self.count))

    def _tell(self, percent: int) -> None:
        if percent >= self.told + self.step:
            self.told = percent
            end = "" if self.live else "\n"
            before = "\r" if self.live else ""
            print(f"{before}{self.slug} {percent}%", end=end, file=sys.stderr, flush=True)

    def done(self) -> None:
        """Leave the line to what is said next."""
        if self.live:
            print("\r" + " " * (len(self.slug) + 5) + "\r", end="", file=sys.stderr, flush=True)
