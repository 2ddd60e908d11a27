"""Plays worked cases: given, when, then (`yishi case run`).

What a case goes on from is played once and remembered, so that many cases share a beginning.
"""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import msgspec

from yishi.cases.asking import QUESTIONS
from yishi.cases.casting import Stage, convert, read_file, set_up
from yishi.cases.expecting import check_verdict
from yishi.cases.keeping import again, ref_of
from yishi.cases.misfit import nearest
from yishi.cases.model import Case, Result, Step, StepResult
from yishi.cases.tree import Tree, read_tree
from yishi.cases.wanted import WANTED, Outcomes
from yishi.chronicle.history import History
from yishi.procedure.act import Act, Deed
from yishi.procedure.kinds import ACTS
from yishi.procedure.reading import Thing
from yishi.procedure.verdict import outcome
from yishi.roster.events import ROSTER_EVENTS
from yishi.values.text import ERASED
from yishi.wording import Catalogue, Names

THINGS = get_args(Thing)
"""What a case may ask to read."""

DEEPEST = 20
"""How many cases may go on from one another."""

Key = tuple[str, str, tuple[tuple[str, str], ...]]


class Runner:
    """Plays cases, remembering the beginnings they share.

    `overrides` gives, by body, a charter's text to enact instead of the cast's own.
    """

    def __init__(self, language: str = "zh", overrides: Mapping[str, str] | None = None) -> None:
        self.catalogue = Catalogue(language)
        self.overrides = dict(overrides or {})
        self._stages: dict[tuple[Path, str], Stage] = {}

    def run(self, path: Path) -> tuple[Result, Stage]:
        """Play a case; raises `Faulty` when the file cannot be used."""
        path = path.resolve()
        tree, case = self._read(path)
        stage = self._stage(path, tree, case, 0)
        stage = msgspec.structs.replace(stage, history=stage.history.fork())
        result = Result(str(path), case.case, [], play=case.play == "true")
        self._play(tree, case, stage, result, "")
        return result, stage

    def _read(self, path: Path) -> tuple[Tree, Case]:
        return _parsed(str(path), read_file(path))

    def _stage(self, path: Path, tree: Tree, case: Case, depth: int) -> Stage:
        """Where a case begins: its cast set up, or the case it goes on from played."""
        if depth > DEEPEST:
            raise tree.fault("case.circle", "after")
        if case.cast:
            key = ((path.parent / case.cast).resolve(), "")
            if key not in self._stages:
                self._stages[key] = set_up(key[0], self.overrides)
            return self._stages[key]
        key = ((path.parent / case.after).resolve(), case.until)
        if key not in self._stages:
            self._stages[key] = self._beginning(*key, tree, depth)
        return self._stages[key]

    def _beginning(self, path: Path, until: str, after: Tree, depth: int) -> Stage:
        tree, case = self._read(path)
        stage = self._stage(path, tree, case, depth + 1)
        stage = msgspec.structs.replace(stage, history=stage.history.fork())
        result = Result(str(path), case.case, [])
        if not self._play(tree, case, stage, result, until) and until:
            raise after.fault("case.no_label", "until", label=until)
        failed = next((s for s in result.steps if s.failures), None)
        if failed is not None:
            raise tree.fault("case.beginning_failed", "steps", failed.number - 1)
        return stage

    def _play(self, tree: Tree, case: Case, stage: Stage, result: Result, until: str) -> bool:
        """Play the steps, up to a label if one is given; whether the label was met."""
        at = max((one.at for one in stage.history.done), default=datetime.max.replace(tzinfo=UTC))
        for number, step in enumerate(case.steps):
            at = self._time(tree, stage, step, number, at)
            result.steps.append(self._step(tree, stage, step, number, at))
            if until and step.label == until:
                return True
        return False

    def _time(self, tree: Tree, stage: Stage, step: Step, number: int, at: datetime) -> datetime:
        return _moment(tree, stage, step.at, number, "at") if step.at else at

    def _held(self, tree: Tree, stage: Stage, step: Step, number: int) -> datetime | None:
        if not step.held_at:
            return None
        return _moment(tree, stage, step.held_at, number, "held_at")

    def _step(self, tree: Tree, stage: Stage, step: Step, number: int, at: datetime) -> StepResult:
        line = tree.line("steps", number)
        result = StepResult(number + 1, line, "", step.label, at.isoformat(), step.by)
        if sum(map(bool, (step.do, step.ask, step.roster, step.replay))) != 1:
            raise tree.fault("case.one_thing", "steps", number)
        if step.do:
            self._act(tree, stage, step, number, at, result)
        elif step.ask:
            self._ask(tree, stage.history, step, number, at, result)
        elif step.roster:
            self._enrol(tree, stage.history, step, number, at, result)
        else:
            self._again(stage, result)
        return result

    def _act(
        self,
        tree: Tree,
        stage: Stage,
        step: Step,
        number: int,
        at: datetime,
        result: StepResult,
    ) -> None:
        history = stage.history
        _check_expected(tree, step, number)
        act = self._built(tree, stage, step, number)
        deed = Deed(
            act=act,
            actor=step.by,
            at=at,
            reason=step.reason or None,
            behalf=step.behalf or None,
            held_at=self._held(tree, stage, step, number),
        )
        verdict = history.do(deed)
        result.what, result.outcome = step.do, outcome(verdict)
        charter = history.state.charters.get(getattr(verdict, "charter", None) or "")
        names = Names(history.state, charter)
        check_verdict(step, verdict, result, self.catalogue, names)

    def _built(self, tree: Tree, stage: Stage, step: Step, number: int) -> Act:
        kind = ACTS.get(step.do)
        if kind is None:
            said = {"act": step.do, "near": nearest(step.do, ACTS)}
            raise tree.fault("case.unknown_act", "steps", number, "do", **said)
        if not step.by:
            raise tree.fault("case.nobody", "steps", number)
        if ERASED in str(step.with_) or ERASED in step.reason:
            raise tree.fault("case.erased_sign", "steps", number)
        fields = _with_zone(dict(step.with_), stage)
        if str(fields.get("ref", "")).startswith("words:"):
            words = fields["ref"].removeprefix("words:")
            fields["ref"] = ref_of(stage, words)
            if fields["ref"] is None:
                raise tree.fault("case.no_such_words", "steps", number, "with", "ref", words=words)
        if "charter_file" in fields:
            where = ("steps", number, "with", "charter_file")
            name: str = convert(tree, fields.pop("charter_file"), str, *where)
            fields["text"] = read_file((Path(tree.file).parent / name).resolve())
        known = _fields_of(kind)
        for name in fields:
            if name not in known:
                said = {"field": name, "act": step.do, "near": nearest(name, known)}
                raise tree.fault("case.unknown_field", "steps", number, "with", name, **said)
        built: Act = convert(tree, fields, kind, "steps", number, "with")
        return built

    def _ask(
        self,
        tree: Tree,
        history: History,
        step: Step,
        number: int,
        at: datetime,
        result: StepResult,
    ) -> None:
        known = step.body in history.state.bodies
        if (step.body or step.ask in ("reminders", "report", "charter")) and not known:
            raise tree.fault("case.unknown_body", "steps", number, "body", body=step.body)
        if step.expect is not None:
            convert(tree, step.expect, WANTED[step.ask], "steps", number, "expect")
        if step.ask == "read" and step.thing not in THINGS:
            raise tree.fault("case.unknown_thing", "steps", number, "thing", thing=step.thing)
        try:
            answer = QUESTIONS[step.ask](history, step, at)
        except ValueError as error:
            raise tree.fault(
                "case.time", "steps", number, time=f"{step.start} {step.to}"
            ) from error
        result.what, result.thing = step.ask, step.thing
        result.said = tuple(answer.shown)
        names = Names(history.state)
        result.failures = tuple(self.catalogue.sentence(m, names) for m in answer.failures)
        result.evidence = tuple(answer.evidence)
        result.outcome = "failed" if answer.failures else "answered"

    def _enrol(
        self,
        tree: Tree,
        history: History,
        step: Step,
        number: int,
        at: datetime,
        result: StepResult,
    ) -> None:
        kinds = {kind.name(): kind for kind in ROSTER_EVENTS}
        for name, fields in step.roster.items():
            if name not in kinds:
                said = {"event": name, "near": nearest(name, kinds)}
                raise tree.fault("case.unknown_event", "steps", number, "roster", name, **said)
            event = convert(tree, fields, kinds[name], "steps", number, "roster", name)
            _check_event(tree, history, event, at, number)
            history.happened((event,), at)
        result.what, result.outcome = "roster", "accepted"

    def _again(self, stage: Stage, result: StepResult) -> None:
        differences = again(stage)
        result.what = "replay"
        result.failures = tuple(
            self.catalogue.text("case.replayed_otherwise", seq=d.seq, act=d.act)
            for d in differences
        )
        result.outcome = "failed" if differences else "answered"


def _moment(tree: Tree, stage: Stage, said: str, number: int, key: str) -> datetime:
    """A time of a step, in the zone of the institution where it names none."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError as error:
        raise tree.fault("case.time", "steps", number, key, time=said) from error
    if not MINYEAR < moment.year < MAXYEAR:
        raise tree.fault("case.time", "steps", number, key, time=said)
    return moment if moment.tzinfo else moment.replace(tzinfo=stage.zone)


@lru_cache(maxsize=512)
def _parsed(file: str, text: str) -> tuple[Tree, Case]:
    tree = read_tree(file, text)
    case: Case = convert(tree, tree.data, Case)
    if bool(case.cast) == bool(case.after):
        raise tree.fault("case.cast_or_after")
    return tree, case


def _check_expected(tree: Tree, step: Step, number: int) -> None:
    """An act comes to one of four outcomes; only what is rejected names a field and a sentence."""
    if step.expect is not None:
        convert(tree, step.expect, Outcomes, "steps", number, "expect")
    for key in ("says", "field"):
        if getattr(step, key) and step.expect != "rejected":
            raise tree.fault("case.only_rejected", "steps", number, key, key=key)


@lru_cache(maxsize=64)
def _fields_of(kind: type[Act]) -> frozenset[str]:
    return frozenset(field.name for field in msgspec.structs.fields(kind))


def _check_event(tree: Tree, history: History, event: Any, at: datetime, number: int) -> None:
    """A change of the roster comes after what has happened, and names what there is."""
    state = history.state
    if state.latest is not None and at < state.latest:
        raise tree.fault("case.time_runs_back", "steps", number, "at")
    new = {"PersonEntered": "person", "UnitOpened": "unit"}.get(type(event).__name__)
    for name, known in (("person", state.roster.people), ("unit", state.roster.units)):
        value = getattr(event, name, None)
        if value is not None and (value in known) == (name == new):
            message = "case.taken" if name == new else f"case.unknown_{name}"
            raise tree.fault(message, "steps", number, "roster", id=value)


def _with_zone(fields: dict[str, Any], stage: Stage) -> dict[str, Any]:
    starts = fields.get("starts_at")
    if isinstance(starts, str):
        try:
            moment = datetime.fromisoformat(starts)
        except ValueError:
            return fields
        aware = moment if moment.tzinfo else moment.replace(tzinfo=stage.zone)
        fields["starts_at"] = aware.isoformat()
    return fields


def run_case(path: Path | str, overrides: Mapping[str, str] | None = None) -> Result:
    """Play one case file; `overrides` gives other texts for bodies' charters."""
    return Runner(overrides=overrides).run(Path(path))[0]


def case_files(path: Path) -> list[Path]:
    """The case files a path means: itself, or every case below a folder, in order."""
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*.yaml") if "cases" in p.parts or path.name == "cases")
    return [p for p in found if p.read_bytes().lstrip().startswith(b"case:")]
