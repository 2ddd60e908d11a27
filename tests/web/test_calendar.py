"""The calendar: meetings, the days that the rules name, what is due, days of rest."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.demonstration import demonstrate
from tests.web.pressing import text
from yishi.clerk.memory import MEMORY
from yishi.web.calendar.views import Day

pytestmark = pytest.mark.django_db


def days(person: str, month: str = "2026-11", slug: str = PLACE) -> dict[date, Day]:
    page = client_of(person, slug=slug).get(f"/calendar?month={month}")
    assert page.status_code == 200
    return {day.on: day for week in page.context["weeks"] for day in week}


def named(day: Day) -> list[tuple[str, str, str]]:
    return [(one.kind, one.body, one.citation.label) for one in day.named]


def test_meetings_stand_on_their_day_with_their_hour(on) -> None:
    play_into(WEEK, "noticed")
    on("2026-11-05T09:00")

    found = days("luo")
    [(row, clock)] = found[date(2026, 11, 6)].sittings
    assert (row.subject, clock) == ("w45", "15:00")
    assert not found[date(2026, 11, 13)].sittings


def test_each_body_has_the_days_of_its_own_rules(on) -> None:
    play_into(MONTH, "minutes")
    on("2026-11-03T09:00")

    found = days("li")
    assert ("last_day", "chuwuhui", "五(一)") in named(found[date(2026, 11, 25)])
    usual = [on.day for on, day in found.items() if ("usual_day", "chuwuhui", "二") in named(day)]
    assert 30 in usual
    assert 16 not in usual

    play_into(WEEK, "minutes", slug="other")
    week = days("li", slug="other")
    fridays = [
        on for on, day in week.items() if ("usual_day", "zhurenbangonghui", "二") in named(day)
    ]
    assert fridays
    assert {day.isoweekday() for day in fridays} == {5}
    assert not any(
        one.kind == "last_day" and one.body == "zhurenbangonghui"
        for day in week.values()
        for one in day.named
    )


def test_the_last_day_for_a_notice_stands_there_until_it_is_out(on) -> None:
    play_into(MONTH, "convened")
    on("2026-10-28T09:00")
    month = days("li", "2026-10")
    [held] = [day for day, found in month.items() if found.sittings]
    before = held - timedelta(days=1)

    assert ("notice", "chuwuhui", "二") in named(month[before])

    play_into(MONTH, "noticed", slug="other")
    after = days("li", "2026-10", slug="other")
    assert not any(one.kind == "notice" for day in after.values() for one in day.named)


def test_who_may_convene_begins_the_form_on_a_usual_day_that_has_no_meeting_yet(on) -> None:
    play_into(WEEK, "noticed")
    on("2026-11-05T09:00")

    links = {
        on.day: one.link
        for on, day in days("chen").items()
        for one in day.named
        if one.body == "zhurenbangonghui" and on.month == 11
    }
    assert links[6] == ""
    assert "starts_at=2026-11-13T15%3A00" in links[13]
    form = client_of("chen").get(links[13]).content.decode()
    assert 'value="2026-11-13T15:00"' in form
    assert not any(one.link for day in days("li").values() for one in day.named)


def test_tasks_stand_on_the_day_they_are_due_for_those_who_carry_them(on) -> None:
    play_into(WEEK, "minutes")
    on("2026-11-10T09:00")

    mine = {t.subject for t in days("luo")[date(2026, 11, 30)].tasks}
    assert mine == {"t-queue"}
    assert not days("wu")[date(2026, 11, 30)].tasks


def test_days_of_rest_and_worked_weekends_are_told_and_a_year_without_them_is_too(on) -> None:
    play_into(MONTH, "minutes")
    on("2026-11-03T09:00")
    calendar = MEMORY.at(PLACE).state.calendar

    october = days("li", "2026-10")
    assert 2026 in calendar.confirmed
    assert october[date(2026, 10, 1)].rests
    assert october[date(2026, 10, 1)].moved
    page = client_of("li").get("/calendar?month=2031-05")
    assert page.context["unconfirmed"] == [2031]
    assert "2031年的节假日安排还没有录入" in text(page)


@pytest.mark.parametrize("said", ["", "2026-13", "x", "1900-01", "2026-1", "2026-01'"])
def test_what_is_no_month_shows_the_one_that_is_running(said: str, on) -> None:
    play_into(MONTH, "minutes")
    on("2026-11-03T09:00")

    page = client_of("li").get("/calendar", {"month": said})
    assert page.context["shown"] == "2026-11"


def test_it_asks_as_often_for_a_busy_month_as_for_an_empty_one() -> None:
    demonstrate(12)
    client = client_of("chen")

    def asked(month: str) -> int:
        client.get(f"/calendar?month={month}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/calendar?month={month}")
        return sum(one["sql"].startswith("SELECT") for one in seen.captured_queries)

    counts = {month: asked(month) for month in ("2026-12", "2026-06", "2019-01")}
    assert set(counts.values()) == {6}, counts


EARLY = "chuwuhui/cases/04-opened-early.yaml"
"""A meeting announced for 28 December that was opened on 30 November."""


def test_a_meeting_opened_on_another_day_stands_on_the_day_it_was_held(on) -> None:
    play_into(EARLY, "")
    on("2027-01-05T09:00")

    november, december = days("li"), days("li", "2026-12")
    [(row, clock)] = november[date(2026, 11, 30)].sittings
    assert (row.subject, clock) == ("dec", "09:00")
    assert not december[date(2026, 12, 28)].sittings


def test_lists_and_its_page_go_by_that_day_too(on) -> None:
    play_into(EARLY, "")
    on("2027-01-05T09:00")

    client = client_of("chen")
    assert "2026年11月30日09:00" in text(client.get("/sittings/"))
    assert "2026年12月28日" not in text(client.get("/sittings/"))
    page = text(client.get("/sittings/dec"))
    assert "2026年11月30日09:00 星期一" in page
    assert "开会时间 2026年12月28日09:00" in page, "what was announced stays among the facts"
