"""Who holds which post when: both ends of a term count."""

from datetime import date, timedelta

import msgspec
import pytest

from tests.roster.town import AUTUMN, SPRING, SUMMER, TOWN
from yishi.roster.model import Appointment

DAY = timedelta(days=1)
HEAD = ("科室负责人",)


@pytest.mark.parametrize(
    ("on", "held"),
    [(SPRING - DAY, False), (SPRING, True), (SUMMER, True), (SUMMER + DAY, False)],
)
def test_a_post_is_held_from_its_first_to_its_last_day(on: date, held: bool) -> None:
    assert Appointment("liu", "副主任", None, SPRING, SUMMER).holds(on) is held


def test_a_post_without_an_end_is_held_for_good() -> None:
    assert Appointment("liu", "副主任", None, SPRING).holds(date(2999, 1, 1))


def test_a_term_that_ends_before_it_begins_is_never_held() -> None:
    backwards = Appointment("liu", "副主任", None, SUMMER, SPRING)

    assert not any(backwards.holds(on) for on in (SPRING, SPRING + DAY, SUMMER))


def test_on_the_day_of_the_change_both_hold_the_post() -> None:
    assert [a.person for a in TOWN.holding(HEAD, SUMMER, "b")] == ["liu", "wang"]
    assert [a.person for a in TOWN.holding(HEAD, SUMMER + DAY, "b")] == ["wang"]


def test_a_post_may_have_no_holder_or_several() -> None:
    assert list(TOWN.holding(("副主任",), SUMMER)) == []
    assert {a.person for a in TOWN.holding(HEAD, AUTUMN)} == {"liu", "wang"}


def test_a_post_is_known_by_any_of_its_names() -> None:
    named = TOWN.holding(("管理处主任", "主任"), SPRING)

    assert [a.person for a in named] == ["chen"]


def test_one_unit_is_asked_about_or_all() -> None:
    assert [a.unit for a in TOWN.holding(HEAD, AUTUMN, "a")] == ["a"]
    assert list(TOWN.holding(("主任",), AUTUMN, "a")) == []


def test_all_that_a_person_holds_on_a_day() -> None:
    assert {(a.post, a.unit) for a in TOWN.posts_of("wang", AUTUMN)} == {
        ("科室负责人", "b"),
        ("科员", "a"),
    }
    assert list(TOWN.posts_of("nobody", AUTUMN)) == []


def test_the_units_of_a_person_leave_out_posts_without_one() -> None:
    assert TOWN.units_of("wang", AUTUMN) == {"a", "b"}
    assert TOWN.units_of("chen", AUTUMN) == frozenset()


def test_the_staff_of_a_unit_are_each_named_once_in_the_order_of_ids() -> None:
    assert TOWN.staff("a", AUTUMN) == ("liu", "wang")
    assert TOWN.staff("a", SPRING) == ("wang",)
    assert TOWN.staff("nowhere", AUTUMN) == ()


def test_units_are_found_by_their_printed_names() -> None:
    assert [unit.id for unit in TOWN.named(("办公室", "管理处办公室"))] == ["a"]
    assert TOWN.named(("综合科",)) == ()


def test_open_units_of_a_kind_come_in_the_order_of_ids_and_within_their_time() -> None:
    assert [unit.id for unit in TOWN.open_units("section", SPRING)] == ["a", "b"]
    assert TOWN.open_units("section", SPRING - DAY) == ()
    assert TOWN.open_units("counter", SPRING) == ()
    assert [unit.id for unit in TOWN.open_units("counter", SUMMER)] == ["tax"]


def test_a_roster_does_not_change() -> None:
    with pytest.raises(AttributeError):
        TOWN.units = TOWN.units  # type: ignore[misc]
    with pytest.raises(AttributeError):
        TOWN.units["a"].name = "综合科"  # type: ignore[misc]
    assert msgspec.structs.replace(TOWN) == TOWN
