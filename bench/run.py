"""What the core does in a second, each figure beside a bare loop of the same run.

`make bench` prints the table. The meetings are made by the seeded simulation: one month and ten
years of the shipped cast. Work and bare loop take turns, and every figure is the median of the
rounds, in seconds of this process; figures of different machines say nothing about one another,
the ratios do (docs/performance.md).
"""

from __future__ import annotations

import gc
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from time import process_time

import msgspec

from yishi.cases.casting import Stage
from yishi.cases.keeping import lines_of
from yishi.cases.simulation import after, simulate
from yishi.chronicle.history import History, Transaction
from yishi.journal import ZERO, encode_line, verify
from yishi.procedure.act import Deed
from yishi.procedure.decide import decide, fold, place
from yishi.procedure.setting import Setting
from yishi.procedure.state import State

ROUNDS = 9
LEAST = 0.05
"""Seconds that a round takes at least; short work is done several times over."""

MORE = 3
"""Months of meetings whose deeds are judged, with the month or the ten years behind them."""

CAST = Path(__file__).resolve().parent.parent / "charters" / "cast.yaml"
SPANS = {"1 month": 1, "10 years": 120}
SEED = "bench"

Pair = tuple[Deed, State]
Work = Callable[[], int]


class Bench(msgspec.Struct, frozen=True):
    """One line of the table: the work, and the loop that does the least of it."""

    what: str
    span: str
    work: Work
    bare: Work
    target: str


class Span(msgspec.Struct, frozen=True):
    """So many months of meetings, and the deeds that came after them."""

    name: str
    stage: Stage
    pairs: list[Pair]


# ── judging ───────────────────────────────────────────────────────────────────────────────────


def span_of(name: str, months: int) -> Span:
    """The meetings of a span, with the deeds of the months after it and the states they met."""
    stage = simulate(CAST, seed=SEED, months=months + MORE)
    begins = after(stage.history.done[0].at, months)
    history, pairs = parted(stage.history, begins)
    return Span(name, msgspec.structs.replace(stage, history=history), pairs)


def parted(history: History, begins: datetime) -> tuple[History, list[Pair]]:
    """What happened before that time, and each deed since with the state it met."""
    before, pairs, state = History(), list[Pair](), State()
    for one in history.done:
        if one.at < begins:
            before.done.append(one)
        elif one.deed is not None:
            pairs.append((one.deed, state))
        state = _next(state, one)
        if one.at < begins:
            before.state = state
    return before, pairs


def _next(state: State, one: Transaction) -> State:
    after_it = fold(state, one.events, one.at)
    return after_it if one.events else msgspec.structs.replace(after_it, latest=one.at)


def alike(spans: Sequence[Span]) -> list[list[Pair]]:
    """For each span deeds of the same mix, since some acts have more rules than others."""
    counts = [Counter(deed.act.name() for deed, _ in span.pairs) for span in spans]
    room = {name: min(count[name] for count in counts) for name in counts[0]}
    return [list(_first(span.pairs, room)) for span in spans]


def _first(pairs: Iterable[Pair], room: dict[str, int]) -> Iterable[Pair]:
    taken: dict[str, int] = defaultdict(int)
    for deed, state in pairs:
        name = deed.act.name()
        taken[name] += 1
        if taken[name] <= room.get(name, 0):
            yield deed, state


def judging(pairs: Sequence[Pair]) -> Work:
    """Each deed judged by the full charters that bind it."""

    def work() -> int:
        for deed, state in pairs:
            decide(deed, state)
        return len(pairs)

    return work


def bare_judging(pairs: Sequence[Pair]) -> Work:
    """As many empty checks called as rules bear on each deed, and their answers gathered."""
    settings = [place(deed, state) for deed, state in pairs]
    checks = [
        [_keeps] * len(s.book.for_act(s.act.name())) for s in settings if isinstance(s, Setting)
    ]

    def work() -> int:
        for mine in checks:
            kept = []
            for check in mine:
                finding = check(mine)
                if finding:
                    kept.append(finding)
        return len(checks)

    return work


def _keeps(setting: object) -> bool:
    return setting is not None


# ── folding ───────────────────────────────────────────────────────────────────────────────────


def folding(history: History) -> Work:
    """Everything that happened folded from the empty state; charters have been read before."""
    done = history.done
    number = sum(len(one.events) for one in done)

    def work() -> int:
        state = State()
        for one in done:
            state = fold(state, one.events, one.at)
        return number

    return work


def bare_folding(history: History) -> Work:
    """For each event one subject replaced in one persistent map, and the state with it."""
    number = sum(len(one.events) for one in history.done)
    subject = next(iter(history.state.items.values()))

    def work() -> int:
        state = history.state
        for _ in range(number):
            item = msgspec.structs.replace(subject, status="submitted")
            state = msgspec.structs.replace(state, items=state.items.set(item.id, item))
        return number

    return work


# ── verifying ─────────────────────────────────────────────────────────────────────────────────


def verifying(stored: Sequence[bytes]) -> Work:
    """The whole journal verified as `yishi journal verify` does it, from lines in memory."""

    def work() -> int:
        report = verify(stored)
        assert report.first_bad is None
        return report.lines

    return work


def bare_verifying(stored: Sequence[bytes]) -> Work:
    """The chain alone, from the stored bytes: cut out, hash, compare, follow; nothing is read."""
    domain, starts = b"yishi-journal-v1\n", len(b'{"entry":')
    behind, before = b',"hash":"', b'"prev":"'
    sha256 = hashlib.sha256

    def work() -> int:
        prev = ZERO.encode()
        for raw in stored:
            end = raw.rfind(behind)
            entry = raw[starts:end]
            at = entry.rfind(before) + len(before)
            assert entry[at : at + 64] == prev
            prev = raw[end + len(behind) : end + len(behind) + 64]
            assert sha256(domain + entry).hexdigest().encode() == prev
        return len(stored)

    return work


# ── measuring ─────────────────────────────────────────────────────────────────────────────────


def benches() -> list[Bench]:
    """All that is measured, one month and ten years side by side."""
    spans = [span_of(name, months) for name, months in SPANS.items()]
    judged, folded, verified = [], [], []
    for span, pairs in zip(spans, alike(spans), strict=True):
        history = span.stage.history
        stored = [encode_line(line) for line in lines_of(span.stage)]
        acts = sum(one.deed is not None for one in history.done)
        print(f"{span.name}: {acts} acts, {len(stored)} entries; then {len(pairs)} acts judged")
        judged.append(("acts judged", span.name, judging(pairs), bare_judging(pairs)))
        folded.append(("events folded", span.name, folding(history), bare_folding(history)))
        verified.append(("entries verified", span.name, verifying(stored), bare_verifying(stored)))
    return [
        *(Bench(*one, "10,000/s") for one in judged),
        *(Bench(*one, "100,000/s") for one in folded),
        *(Bench(*one, "25 %") for one in verified),
    ]


def paces(works: Sequence[Work]) -> list[list[float]]:
    """How many a second each does, round by round; they take turns, so that all share the noise."""
    times = [max(1, round(LEAST / _spent(work, 1)[0])) for work in works]
    rounds = [[_pace(work, n) for work, n in zip(works, times, strict=True)] for _ in range(ROUNDS)]
    return [list(mine) for mine in zip(*rounds, strict=True)]


def _pace(work: Work, times: int) -> float:
    spent, done = _spent(work, times)
    return done / spent


def _spent(work: Work, times: int) -> tuple[float, int]:
    gc.collect()
    gc.disable()
    begun = process_time()
    done = sum(work() for _ in range(times))
    spent = process_time() - begun
    gc.enable()
    return spent, done


def main() -> int:
    """Measure and print."""
    measured = benches()
    print(f"\n{'per second':<18}{'span':<10}{'figure':>10}{'bare loop':>12}{'ratio':>8}  at least")
    for one, other in zip(measured[::2], measured[1::2], strict=True):
        found = paces([one.work, one.bare, other.work, other.bare])
        _show(one, found[0], found[1])
        _show(other, found[2], found[3])
        apart = median(b / a for a, b in zip(found[0], found[2], strict=True)) - 1
        print(f"{'':<18}{other.span} against {one.span}: {apart:+.1%}")
    print("\nacts judged: within 10 % between the spans")
    return 0


def _show(one: Bench, work: Sequence[float], bare: Sequence[float]) -> None:
    ratio = median(w / b for w, b in zip(work, bare, strict=True))
    figures = f"{median(work):>10,.0f}{median(bare):>12,.0f}{ratio:>8.1%}"
    print(f"{one.what:<18}{one.span:<10}{figures}  {one.target}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
