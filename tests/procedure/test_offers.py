"""What is offered can be done; what is withheld cannot, however it is filled."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from random import Random

import msgspec
import pytest

from tests.procedure.acting import OFFERED, Company
from tests.procedure.filling import fillings
from tests.procedure.stages import CHARTERS, MONTH, WEEK, after, at_first, forked, moments, played
from yishi.cases.casting import Stage, set_up
from yishi.cases.runner import case_files
from yishi.procedure.act import Act, Deed
from yishi.procedure.decide import SUBJECTS, decide
from yishi.procedure.fillings import Asking
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld, ask, bars_others, may
from yishi.procedure.subjects import subjects
from yishi.procedure.verdict import Accepted

CASES = case_files(CHARTERS)
SHARDS = 4


@cache
def random_stages() -> tuple[Stage, ...]:
    """States that random people came to."""
    found = []
    for seed, start in enumerate((at_first(), after(MONTH, "minutes_issued"))):
        company = Company(forked(start), Random(seed))
        for number in range(480):
            company.step()
            if number % 40 == 39:
                found.append(forked(company.stage))
    return tuple(found)


def harvested(shard: int) -> Iterator[Company]:
    """States of the month, the week, every other case and the random runs."""
    stages = [
        *islice(moments(MONTH), 20, None, 12),
        *islice(moments(WEEK), 16, None, 12),
        *(played(case) for case in CASES),
        *random_stages(),
    ]
    for stage in stages[shard::SHARDS]:
        yield Company(forked(stage), Random(shard))


@pytest.mark.parametrize("shard", range(SHARDS))
def test_an_offer_names_act_subject_and_fields_and_its_example_stands(shard: int) -> None:
    for company in harvested(shard):
        person = company.chance.choice(company.people)
        offers = [o for o in may(company.state, person, company.at) if isinstance(o, Offer)]
        for offer in offers:
            names = {f.name for f in msgspec.structs.fields(ACTS[offer.act])}
            deed = Deed(act=offer.example, actor=person, at=company.at, reason="因故")

            assert set(offer.subject) | set(offer.fields) == names
            assert set(offer.subject) & set(offer.fields) == set()
            assert all(getattr(offer.example, k) == v for k, v in offer.subject.items())
            assert isinstance(decide(deed, company.state), Accepted), offer


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_filling_of_a_withheld_act_stands(shard: int) -> None:
    tried = 0
    for company in harvested(shard):
        for name in _shuffled(company):
            kind = ACTS[name]
            for subject in islice(subjects(kind, company.state), 3):
                person = company.chance.choice(company.people)
                answer = ask(company.state, person, company.at, kind, subject)
                if isinstance(answer, Offer):
                    continue
                for act in fillings(company, kind, subject, 60):
                    deed = Deed(act=act, actor=person, at=company.at, reason="因故")
                    tried += 1
                    assert not isinstance(decide(deed, company.state), Accepted), (answer, act)

    assert tried > 30_000


def test_questions_that_a_refusal_spares_would_have_found_nothing_that_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [
        (company.state, company.chance.choice(company.people), company.at)
        for company in islice(harvested(0), None, None, 2)
    ]
    spared = [answered(may(*one)) for one in asked]

    monkeypatch.setattr(Asking, "hinges", lambda self, citation: None)
    for one, answers in zip(asked, spared, strict=True):
        assert answered(may(*one)) == answers


def answered(answers: tuple[Offer | Withheld, ...]) -> list[Offer | tuple[str, dict[str, str]]]:
    """Each offer as it is; of what is withheld, that it is."""
    return [one if isinstance(one, Offer) else (one.act, one.subject) for one in answers]


def _shuffled(company: Company) -> Iterator[str]:
    names = sorted(set(OFFERED))
    while names:
        yield names.pop(company.chance.randint(0, len(names) - 1))


def named_by(kind: type[Act]) -> list[str]:
    """The existing subjects that an act has to name, whether any is in hand just now or not."""
    required = {f.name for f in msgspec.structs.fields(kind) if f.required} - {kind.new}
    return [name for name in ("body", *SUBJECTS) if name in required]


def test_what_stands_by_chance_is_offered_too() -> None:
    stood = 0
    for company in (c for shard in range(SHARDS) for c in islice(harvested(shard), 12)):
        for _ in range(500):
            kind, person = (
                ACTS[company.chance.choice(OFFERED)],
                company.chance.choice(company.people),
            )
            act = company.anything(kind)
            deed = Deed(act=act, actor=person, at=company.at, reason="因故") if act else None
            if deed is None or not isinstance(decide(deed, company.state), Accepted):
                continue
            subject = {name: getattr(act, name) for name in named_by(kind)}
            stood += 1

            assert subject in list(subjects(kind, company.state, subject or None)), act
            assert isinstance(ask(company.state, person, company.at, kind, subject), Offer), act

    assert stood > 30


def offered(stage: Stage, person: str, about: dict[str, str] | None = None) -> dict[str, Offer]:
    state = stage.history.state
    assert state.latest is not None
    found = may(state, person, state.latest, about)
    return {one.act: one for one in found if isinstance(one, Offer)}


def test_a_note_is_offered_when_every_item_is_decided() -> None:
    offer = offered(after(MONTH, "sitting_closed"), "xiao")["note_record"]

    assert offer.subject == {"sitting": "oct"}
    assert "item" in offer.fields


def test_an_old_decision_is_published_when_it_is_asked_about() -> None:
    stage = played(MONTH)
    state = stage.history.state
    in_hand = {s for log in state.bodies.values() for s in log.planned}
    old = [d for d in state.decisions.values() if not d.published and d.sitting not in in_hand]

    assert old
    for decision in old:
        assert "publish_decision" in offered(stage, "chen", {"decision": decision.id})


def test_an_unknown_subject_has_no_offers() -> None:
    assert offered(at_first(), "chen", {"decision": "nowhere"}) == {}


def test_a_new_id_is_one_that_nothing_has() -> None:
    stage = at_first()
    company = Company(stage, Random(0))
    for _ in range(4):
        offer = offered(stage, "li")["submit_item"]
        assert isinstance(company.do(offer.example, "li"), Accepted)


def rewritten(body: str, *changes: tuple[str, str]) -> Stage:
    """The shipped cast with a charter of other words."""
    text = (CHARTERS / body / "2017-03-21.md").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return set_up(CHARTERS / "cast.yaml", {body: text})


STRICT_MORNINGS = """kind: usual_day
modality: must
parts: [S2-2.5]
weekday: 5
half: morning
"""
USUAL_AFTERNOONS = """kind: usual_day
modality: presumed
parts: [S2-2.5]
weekday: 5
half: afternoon
"""


def test_a_meeting_that_is_tied_to_mornings_can_be_called() -> None:
    extra = ("modality: may\nparts: [S2-2.6]\nallowed: true", "modality: must\nallowed: false")
    stage = rewritten("zhurenbangonghui", (USUAL_AFTERNOONS, STRICT_MORNINGS), extra)

    offers = offered(stage, "chen", {"body": "zhurenbangonghui"})

    assert offers["convene"].example.starts_at.isoweekday() == 5
    assert offers["convene"].example.starts_at.hour < 12


def test_a_decision_that_has_to_name_its_tasks_is_offered_with_one() -> None:
    needs = "kind: needs\nacts: [decide_item]\nfields: [tasks]\n```\n\n```rule\nkind: summed_up"
    spot = "kind: spot_tasks\nparts: [S2-1.3b]\nallowed: true\n"
    at_any_time = (f"{spot}during: section_reports", spot)
    stage = rewritten("zhurenbangonghui", ("kind: summed_up", needs), at_any_time)
    before = after(WEEK, "item_presented")
    for done in before.history.done[len(stage.history.done) :]:
        assert done.deed is not None
        stage.history.do(done.deed)

    offer = offered(stage, "chen")["decide_item"]

    assert offer.example.tasks


def test_a_sitting_is_moved_once_an_item_that_would_be_late_is_off_its_agenda() -> None:
    company = Company(at_first(), Random(0))
    company.at = company.at.replace(month=11, day=26)
    form = {"item": "late", "title": "迟报的议题", "matter": "other", "content": "有。"}
    moved = {"sitting": "s", "starts_at": "2026-11-30T09:00:00+08:00"}
    done: list[object] = []
    for actor, name, fields in (
        (
            "li",
            "submit_item",
            {**form, "body": "chuwuhui", "lead_unit": "business", "written": True},
        ),
        ("wang", "collate_item", {"item": "late"}),
        ("chen", "approve_item", {"item": "late"}),
        (
            "chen",
            "convene",
            {"sitting": "s", "body": "chuwuhui", "starts_at": "2026-12-30T09:00:00+08:00"},
        ),
        ("wang", "set_agenda", {"sitting": "s", "items": ["late"]}),
        ("chen", "move_sitting", moved),
        ("wang", "set_agenda", {"sitting": "s", "items": []}),
        ("chen", "move_sitting", moved),
    ):
        done.append(company.do(msgspec.convert(fields, ACTS[name]), actor))

    stood = [isinstance(verdict, Accepted) for verdict in done]
    assert stood == [True, True, True, True, True, False, True, True]


ABOUT = ("person", "member", "rapporteur")
"""Fields that name the one person an act is about."""


def about_people(company: Company) -> Iterator[tuple[type[Act], str, dict[str, str]]]:
    """Every act that is about one person, the field that names them, and what it is done in."""
    for kind in ACTS.values():
        for field in ABOUT:
            if hasattr(kind, field) and field != kind.new:
                for subject in islice(subjects(kind, company.state), 2):
                    if not set(ABOUT) & set(subject):
                        yield kind, field, subject


def test_what_bars_somebody_from_acting_for_one_other_bars_them_for_all() -> None:
    barred = set()
    for stage in (*islice(moments(MONTH), 20, None, 40), *islice(moments(WEEK), 16, None, 40)):
        company = Company(forked(stage), Random(7))
        person = company.chance.choice(company.people)
        for kind, field, about in about_people(company):
            asked = ({**about, field: p} for p in company.people if p != person)
            answers = [ask(company.state, person, company.at, kind, one) for one in asked]
            if any(bars_others(company.state, company.at, answer) for answer in answers):
                barred.add(kind.name())
                assert not any(isinstance(answer, Offer) for answer in answers), (kind, person)
    assert {"mark_present", "record_absence", "state_position", "present_item"} <= barred
