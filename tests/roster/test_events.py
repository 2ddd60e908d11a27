"""What happens to the roster: each event adds to it, and the old roster stays as it was."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.roster.town import AUTUMN, SPRING, SUMMER, TOWN, enrolled
from yishi.roster.events import (
    ROSTER_EVENTS,
    PersonEntered,
    PostFilled,
    PostVacated,
    UnitClosed,
    UnitOpened,
)
from yishi.values.wire import pack, unpack

DAY = timedelta(days=1)


def test_a_unit_opened_is_there_from_its_day_on() -> None:
    opened = UnitOpened(unit="c", called="信息科", kind="section", since=AUTUMN)
    roster = enrolled(opened, roster=TOWN)

    assert "c" in [unit.id for unit in roster.open_units("section", AUTUMN)]
    assert "c" not in [unit.id for unit in roster.open_units("section", AUTUMN - DAY)]
    assert "c" not in TOWN.units


def test_a_unit_closed_is_there_up_to_and_including_its_day_and_known_for_ever() -> None:
    roster = enrolled(UnitClosed(unit="b", until=SUMMER), roster=TOWN)

    assert "b" in [unit.id for unit in roster.open_units("section", SUMMER)]
    assert "b" not in [unit.id for unit in roster.open_units("section", SUMMER + DAY)]
    assert roster.units["b"].name == "业务科"


def test_a_person_entered_is_known_by_id_and_the_name_is_sealed() -> None:
    entered = PersonEntered(person="xiao", called="肖雨")

    assert enrolled(entered).people["xiao"] == "肖雨"
    assert pack(entered).facts == {"person": "xiao"}
    assert pack(entered).texts == {"called": "肖雨"}


def test_a_post_filled_joins_those_who_hold_it_already_in_the_order_of_filling() -> None:
    more = PostFilled(person="liu", post="主任", since=AUTUMN)

    assert [a.person for a in enrolled(more, roster=TOWN).holding(("主任",), AUTUMN)] == [
        "chen",
        "liu",
    ]


@pytest.mark.parametrize(
    "other",
    [
        PostVacated(person="liu", post="主任", until=SUMMER),
        PostVacated(person="chen", post="副主任", until=SUMMER),
        PostVacated(person="chen", post="主任", unit="a", until=SUMMER),
    ],
)
def test_vacating_ends_that_persons_post_in_that_unit_and_no_other(other: PostVacated) -> None:
    kept = enrolled(other, roster=TOWN)
    ended = enrolled(PostVacated(person="chen", post="主任", until=SUMMER), roster=TOWN)

    assert [a.person for a in kept.holding(("主任",), AUTUMN)] == ["chen"]
    assert list(ended.holding(("主任",), AUTUMN)) == []
    assert [a.person for a in ended.holding(("主任",), SUMMER)] == ["chen"]


def test_a_post_held_again_after_a_break_has_two_terms() -> None:
    roster = enrolled(
        PostVacated(person="chen", post="主任", until=SPRING + DAY),
        PostFilled(person="chen", post="主任", since=AUTUMN),
        roster=TOWN,
    )
    held = [on for on in (SPRING, SUMMER, AUTUMN) if list(roster.holding(("主任",), on))]

    assert held == [SPRING, AUTUMN]


def test_an_ended_term_is_not_made_longer_by_vacating_again() -> None:
    late = PostVacated(person="liu", post="科室负责人", unit="b", until=AUTUMN)

    assert [
        a.person for a in enrolled(late, roster=TOWN).holding(("科室负责人",), AUTUMN, "b")
    ] == ["wang"]


EXAMPLES = (
    UnitOpened(unit="c", called="信息科", kind="section", since=AUTUMN),
    UnitClosed(unit="a", until=AUTUMN),
    PersonEntered(person="xiao", called="肖雨"),
    PostFilled(person="liu", post="副主任", since=AUTUMN),
    PostVacated(person="liu", post="科室负责人", unit="a", until=AUTUMN),
)


def test_every_kind_of_event_has_its_example() -> None:
    assert tuple(type(event) for event in EXAMPLES) == ROSTER_EVENTS


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.name())
def test_an_event_is_written_and_read_again_alike(event: Any) -> None:
    packed = pack(event)

    assert unpack(type(event), packed.facts, packed.texts) == event
    assert event.stream() == "roster"


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: event.name())
def test_an_event_with_a_field_too_many_is_not_read(event: Any) -> None:
    packed = pack(event)

    with pytest.raises(msgspec.ValidationError):
        unpack(type(event), {**packed.facts, "extra": 1}, packed.texts)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (UnitOpened, {"unit": "", "called": "科", "kind": "section", "since": "2026-01-01"}),
        (UnitOpened, {"unit": "c", "called": " ", "kind": "section", "since": "2026-01-01"}),
        (UnitOpened, {"unit": "c", "called": "科" * 201, "kind": "section", "since": "2026-01-01"}),
        (UnitOpened, {"unit": "c", "called": "科\x00", "kind": "section", "since": "2026-01-01"}),
        (UnitClosed, {"unit": "c", "until": "2026-02-30"}),
        (PostFilled, {"person": "a b", "post": "主任", "since": "2026-01-01"}),
    ],
)
def test_an_event_with_impossible_ids_names_or_days_is_not_read(kind: Any, facts: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        unpack(kind, facts, {})
