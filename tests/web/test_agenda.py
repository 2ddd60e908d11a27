"""The agenda as the office builds it, and what a reader is told when it has changed."""

import re
from datetime import timedelta

import msgspec
import pytest
from django.http import HttpResponse

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.models import Message
from yishi.procedure.act import Act
from yishi.procedure.attendance import RequestLeave
from yishi.procedure.convening import Convene, SetAgenda
from yishi.procedure.state import Sitting
from yishi.procedure.telling import GiveNotice, ReceiveNotice
from yishi.procedure.verdict import Accepted
from yishi.web.sittings.times import expected

pytestmark = pytest.mark.django_db

FORM = "/do/set_agenda?sitting=oct"


def meeting(which: str = "oct") -> Sitting:
    return MEMORY.at(PLACE).state.sittings[which]


def done(person: str, act: Act, reason: str = "") -> None:
    verdict = do(PLACE, person, act, reason=reason or None).verdict
    assert isinstance(verdict, Accepted), verdict


def convene_another() -> None:
    """A meeting two days after October's."""
    starts = meeting().starts_at + timedelta(days=1)
    done("chen", Convene(sitting="later", body="chuwuhui", starts_at=starts), "另有急事。")


@pytest.fixture(autouse=True)
def before_the_meeting(on) -> None:
    """It is the morning after the notice, two days before the meeting."""
    on("2026-10-28T09:00")


# ── the form ──────────────────────────────────────────────────────────────────────────────────


def order(page: HttpResponse) -> list[str]:
    return [row.choice.value for row in page.context["form"].order if row.chosen]


def test_the_form_begins_with_the_agenda_as_it_stands_in_its_order() -> None:
    play_into(MONTH, "noticed")
    backwards = meeting().agenda[::-1]
    done("xiao", SetAgenda(sitting="oct", items=backwards, durations=(5, 0, 15, 20)))
    page = client_of("xiao").get(FORM)

    assert order(page) == list(backwards)
    fields = forms(page, "set_agenda")[0]
    assert [fields[f"durations.{i}"] for i in backwards] == [["5"], [""], ["15"], ["20"]]


def test_an_arrow_changes_the_order_in_the_form_and_nothing_else() -> None:
    play_into(MONTH, "noticed")
    client, before = client_of("xiao"), meeting().agenda
    first, second, *others = before
    page = client.get(FORM)
    moved = press(
        client, page, "set_agenda", items__move=f"down:{first}", **{f"durations__{first}": "25"}
    )

    assert moved.status_code == 200
    assert order(moved) == [second, first, *others]
    assert forms(moved, "set_agenda")[0][f"durations.{first}"] == ["25"]
    assert meeting().agenda == before

    assert press(client, moved, "set_agenda").status_code == 302
    assert meeting().agenda == (second, first, *others)
    assert dict(meeting().durations) == {first: 25}


@pytest.mark.parametrize("wanted", ["up:{first}", "down:{last}", "up:nothing", "x", ""])
def test_an_arrow_that_leads_nowhere_changes_nothing(wanted: str) -> None:
    play_into(MONTH, "noticed")
    first, *_, last = meeting().agenda
    client = client_of("xiao")
    said = wanted.format(first=first, last=last)
    moved = press(client, client.get(FORM), "set_agenda", items__move=said)

    assert order(moved) == list(meeting().agenda)


@pytest.mark.parametrize("minutes", ["a", "-5", "601", "1000", "９９９９"])
def test_minutes_that_are_none_are_said_at_the_form(minutes: str) -> None:
    play_into(MONTH, "noticed")
    client, first = client_of("xiao"), meeting().agenda[0]
    page = press(client, client.get(FORM), "set_agenda", **{f"durations__{first}": minutes})

    assert page.status_code == 422
    assert not meeting().durations
    assert minutes in page.content.decode()


def test_the_line_with_minutes_that_are_none_is_named_marked_and_led_to() -> None:
    play_into(MONTH, "noticed")
    client, (first, second, third, *_) = client_of("xiao"), meeting().agenda
    wrong = {f"durations__{second}": "-5", f"durations__{third}": "x"}
    page = press(client, client.get(FORM), "set_agenda", **{f"durations__{first}": "5"}, **wrong)

    fields = {
        item: re.search(rf'<input name="durations\.{item}"[^>]*>', page.content.decode()).group()
        for item in (first, second, third)
    }
    assert ["aria-invalid" in one for one in fields.values()] == [False, True, True]
    assert ["autofocus" in one for one in fields.values()] == [False, True, False]
    for item in (second, third):
        title = MEMORY.at(PLACE).state.items[item].title
        assert f"“{title}”的预计分钟要填0到600的数字" in text(page)
        named = re.search(r'aria-describedby="([^"]*)"', fields[item]).group(1)
        assert f'id="{named}"' in page.content.decode()
    assert "请填写0到600" not in text(page)


# ── when each item may come ───────────────────────────────────────────────────────────────────


def test_expected_times_follow_the_minutes_and_stop_where_none_are_planned() -> None:
    play_into(MONTH, "noticed")
    a, b, c, d = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=(a, b, c, d), durations=(10, 30, 0, 5)))
    start = meeting().starts_at

    assert expected(meeting()) == {
        a: start,
        b: start + timedelta(minutes=10),
        c: start + timedelta(minutes=40),
    }
    shown = text(client_of("liu").get("/sittings/oct"))
    assert f"预计 {start + timedelta(minutes=10):%H:%M}" in shown
    assert "只作参考" in shown


def test_without_minutes_no_time_is_told() -> None:
    play_into(MONTH, "noticed")

    assert expected(meeting()) == {}
    assert "预计" not in text(client_of("liu").get("/sittings/oct"))


def test_in_the_room_the_next_item_comes_when_the_present_one_is_planned_to_be_done() -> None:
    play_into(MONTH, "agenda")
    items = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=items, durations=(20,) * len(items)))
    planned = meeting().durations
    play_into(MONTH, "budget-presented", slug="other")
    held = MEMORY.at("other").state.sittings["oct"]
    held = msgspec.structs.replace(held, durations=planned)
    talk = held.deliberations[held.current]
    following = held.agenda[held.agenda.index(held.current) + 1]

    soon = expected(held)
    assert soon[following] == talk.begun_at + timedelta(minutes=20)
    assert held.current not in soon


# ── editions ──────────────────────────────────────────────────────────────────────────────────


def test_a_reader_sees_what_changed_since_the_edition_they_acknowledged() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    first, *others = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=tuple(others)))

    liu, wang = client_of("liu"), client_of("wang")
    page = liu.get("/sittings/oct")
    title = MEMORY.at(PLACE).state.items[first].title
    assert "议程第2版" in text(page)
    assert "您已阅的是议程第1版，现在是第2版" in text(page)
    assert f"不再列入：《{title}》" in text(page)
    assert "您已阅的是" not in text(wang.get("/sittings/oct"))

    assert press(liu, page, "receive_notice").status_code == 302
    assert "您已阅的是" not in text(liu.get("/sittings/oct"))


def test_a_page_that_shows_an_earlier_edition_acknowledges_that_one() -> None:
    play_into(MONTH, "noticed")
    liu = client_of("liu")
    page = liu.get("/sittings/oct")
    done("xiao", SetAgenda(sitting="oct", items=meeting().agenda[1:]))

    assert press(liu, page, "receive_notice").status_code == 302
    assert meeting().editions.read["liu"] == 1
    assert "您已阅的是议程第1版" in text(liu.get("/sittings/oct"))
    assert "只阅旧版 1 人" in text(client_of("xiao").get("/sittings/oct"))


def test_an_edition_that_there_is_not_is_refused_where_it_is_sent() -> None:
    play_into(MONTH, "noticed")
    liu = client_of("liu")
    page = press(liu, liu.get("/sittings/oct"), "receive_notice", edition="7")

    assert page.status_code == 409
    assert "议程没有这一版" in text(page)


def test_each_is_told_of_the_change_as_far_as_they_may_know() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    first, *others = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=tuple(others)))

    told = {m.person: m for m in Message.objects.filter(kind__startswith="outbox.agenda")}
    assert set(told) == set(meeting().people) - {"xiao"}
    assert told["liu"].kind == "outbox.agenda_dropped"
    assert told["liu"].params == {"sitting": "oct", "edition": 2, "dropped": [first]}
    assert told["wang"].kind == "outbox.agenda"


def test_who_read_it_as_it_is_again_is_told_that_nothing_more_is_needed() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    agenda = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=agenda[::-1]))
    done("xiao", SetAgenda(sitting="oct", items=agenda))

    told = Message.objects.filter(person="liu", kind__startswith="outbox.agenda").order_by("id")
    assert [one.kind for one in told] == ["outbox.agenda", "outbox.agenda_again"]
    assert "您已阅的是" not in text(client_of("liu").get("/sittings/oct"))


def test_who_read_only_an_earlier_notice_is_not_told_that_nothing_more_is_needed() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    agenda = meeting().agenda
    done("xiao", SetAgenda(sitting="oct", items=agenda[::-1]))
    done("xiao", GiveNotice(sitting="oct"))
    done("xiao", SetAgenda(sitting="oct", items=agenda))

    told = Message.objects.filter(person="liu", kind__startswith="outbox.agenda").order_by("id")
    assert not meeting().has_read("liu")
    assert [one.kind for one in told] == ["outbox.agenda", "outbox.agenda"]


# ── to the next meeting ───────────────────────────────────────────────────────────────────────


def test_an_item_is_moved_to_the_next_meeting_with_its_own_question() -> None:
    play_into(MONTH, "agenda")
    office, item = client_of("xiao"), meeting().agenda[1]
    assert "移到下次会议" not in text(office.get("/sittings/oct"))
    convene_another()
    assert f"/sittings/oct/onward/{item}" in office.get("/sittings/oct").content.decode()

    address = f"/sittings/oct/onward/{item}"
    key = office.get(address).context["key"]
    assert item in meeting().agenda
    for _ in range(2):
        assert office.post(address, {"key": key}).status_code == 302
    assert item not in meeting().agenda
    assert meeting("later").agenda == (item,)
    assert MEMORY.at(PLACE).state.items[item].sitting == "later"


def test_what_somebody_else_has_set_since_is_not_overwritten_and_is_told() -> None:
    play_into(MONTH, "agenda")
    convene_another()
    office, (other, item, *_) = client_of("xiao"), meeting().agenda
    address = f"/sittings/oct/onward/{item}"
    seen = office.get(address).context["office"].seq
    done("tan", SetAgenda(sitting="later", items=()))
    page = office.post(address, {"key": "k", "seen": str(seen)}, follow=True)
    assert "没有列入下次会议" in text(page)
    assert MEMORY.at(PLACE).state.items[item].status == "approved"

    seen = office.get(f"/sittings/oct/onward/{other}").context["office"].seq
    done("tan", SetAgenda(sitting="oct", items=meeting().agenda[::-1]))
    page = office.post(
        f"/sittings/oct/onward/{other}", {"key": "l", "seen": str(seen)}, follow=True
    )
    assert "议题没有移走" in text(page)
    assert other in meeting().agenda


@pytest.mark.parametrize("person", ["chen", "li", "deng"])
def test_nobody_but_the_office_moves_an_item(person: str) -> None:
    play_into(MONTH, "agenda")
    convene_another()
    item = meeting().agenda[1]
    client = client_of(person)

    assert "移到下次会议" not in text(client.get("/sittings/oct"))
    assert client.get(f"/sittings/oct/onward/{item}").status_code == 404
    assert client.post(f"/sittings/oct/onward/{item}", {"key": "k"}).status_code == 404
    assert item in meeting().agenda


def test_the_builder_moves_a_line_to_the_next_meeting_at_once_and_keeps_what_was_typed() -> None:
    play_into(MONTH, "agenda")
    convene_another()
    client, agenda = client_of("xiao"), meeting().agenda
    item, rest = agenda[1], (agenda[0], *agenda[2:])
    page = client.get(FORM)
    assert f'value="on:{item}"' in page.content.decode()
    assert 'value="off:' not in page.content.decode()

    typed = {f"durations.{agenda[0]}": "25"}
    fields = forms(page, "set_agenda")[0] | typed | {"items": list(agenda[::-1])}
    sent = {k: v for k, v in fields.items() if not k.startswith("items.place") and v != []}
    answer = client.post("/do/set_agenda", {**sent, "items.move": f"on:{item}"})
    assert answer.status_code == 200
    assert "议题已移到下次会议的议程" in text(answer)
    assert meeting().agenda == rest
    assert meeting("later").agenda == (item,)
    assert order(answer) == list(rest[::-1])
    assert 'value="25"' in answer.content.decode()

    assert press(client, answer, "set_agenda").status_code == 302
    assert meeting().agenda == rest[::-1]


def test_a_line_that_was_not_moved_wipes_nothing_that_another_has_set_since() -> None:
    play_into(MONTH, "agenda")
    convene_another()
    client, agenda = client_of("xiao"), meeting().agenda
    page = client.get(FORM)
    done("tan", SetAgenda(sitting="oct", items=agenda[::-1]))

    fields = {k: v for k, v in forms(page, "set_agenda")[0].items() if v != []}
    answer = client.post("/do/set_agenda", {**fields, "items.move": f"on:{agenda[1]}"})
    assert "议题没有移走" in text(answer)
    again = press(client, answer, "set_agenda")
    assert again.status_code == 409
    assert meeting().agenda == agenda[::-1]


def test_whoever_may_not_move_it_has_the_form_back_and_nothing_is_moved() -> None:
    play_into(MONTH, "agenda")
    agenda = meeting().agenda
    client = client_of("xiao")
    fields = {k: v for k, v in forms(client.get(FORM), "set_agenda")[0].items() if v != []}
    answer = client.post("/do/set_agenda", {**fields, "items.move": f"on:{agenda[1]}"})
    assert answer.status_code == 200
    assert meeting().agenda == agenda


def test_while_no_next_meeting_is_convened_a_line_is_kept_for_it_and_can_be_put_back() -> None:
    play_into(MONTH, "agenda")
    client, agenda = client_of("xiao"), meeting().agenda
    item, rest = agenda[1], (agenda[0], *agenda[2:])
    page = client.get(FORM)
    assert page.content.decode().count("data-off") == page.content.decode().count('value="off:')
    assert f'value="off:{item}"' in page.content.decode()

    off = press(client, page, "set_agenda", items__move=f"off:{item}")
    assert order(off) == list(rest)
    assert meeting().agenda == agenda
    assert off.content.decode().count('data-off role="status">提交以后不在这次会议的议程上') == 1

    assert press(client, off, "set_agenda").status_code == 302
    assert meeting().agenda == rest
    assert MEMORY.at(PLACE).state.items[item].status == "approved"
    again = press(client, client.get(FORM), "set_agenda", items=[*rest, item])
    assert again.status_code == 302
    assert meeting().agenda == (*rest, item)


@pytest.mark.parametrize("path", ["oct/onward/nothing", "nowhere/onward/budget", "oct/onward/%00"])
def test_what_is_not_there_cannot_be_moved(path: str) -> None:
    play_into(MONTH, "agenda")

    assert client_of("xiao").get(f"/sittings/{path}").status_code == 404


# ── the receipts ──────────────────────────────────────────────────────────────────────────────


def test_the_page_says_who_read_who_did_not_and_who_asked_for_leave() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    done("he", RequestLeave(sitting="oct", person="he"), "培训。")
    receipts = client_of("xiao").get("/sittings/oct").context["receipts"]

    assert receipts.read == ("liu",)
    assert "wang" in receipts.unread
    assert receipts.excused == ("he",)


def test_one_press_reminds_those_who_have_not_read_and_nobody_else() -> None:
    play_into(MONTH, "noticed")
    done("liu", ReceiveNotice(sitting="oct"))
    office = client_of("xiao")
    assert forms(client_of("chen").get("/sittings/oct"), "remind_readers") == []

    assert press(office, office.get("/sittings/oct"), "remind_readers").status_code == 302
    told = set(Message.objects.filter(kind="outbox.unread").values_list("person", flat=True))
    assert told == set(meeting().people) - {"xiao", "liu"}
    assert "提醒过未阅的人" in text(office.get("/sittings/oct"))


def test_there_is_no_press_to_remind_when_all_have_read() -> None:
    play_into(MONTH, "noticed")
    for person in meeting().people:
        if person != "xiao":
            done(person, ReceiveNotice(sitting="oct"))

    assert forms(client_of("xiao").get("/sittings/oct"), "remind_readers") == []
