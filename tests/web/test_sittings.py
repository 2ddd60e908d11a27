"""Meetings: the list with what may be convened, and the page of one meeting."""

from datetime import datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import msgspec
import pytest
from openpyxl import load_workbook

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure import evolve
from yishi.procedure.attendance import RequestLeave
from yishi.procedure.calling import UsualDay
from yishi.procedure.convening import CallOff, Convene, MoveSitting, SetAgenda
from yishi.procedure.deliberation import SittingOpened
from yishi.procedure.enact import book_of, digests_on
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted
from yishi.register.models import SittingRow
from yishi.web.acts.proposed import proposed_start
from yishi.web.answers import REMEMBERED
from yishi.web.office import Office
from yishi.web.sittings.proposal import proposals

pytestmark = pytest.mark.django_db

ROLES = ("chen", "liu", "xiao", "guan", "li", "deng")


def state() -> State:
    return MEMORY.at(PLACE).state


def named(context, which: str) -> list[str]:
    return [one["row"].subject for one in context[which]]


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def test_meetings_ahead_come_first_and_past_ones_the_latest_first() -> None:
    play_into(MONTH, "next")
    context = client_of("deng").get("/sittings/").context

    assert named(context, "ahead") == ["nov"]
    assert named(context, "past") == ["oct"]


def test_the_list_links_a_record_and_minutes_only_for_their_readers() -> None:
    play_into(MONTH, "minutes")
    mine = client_of("liu").get("/sittings/").content.decode()
    other = client_of("guan").get("/sittings/").content.decode()

    assert "/sittings/oct/record" in mine
    assert "/sittings/oct/minutes" in mine
    assert "/sittings/oct/record" not in other
    assert "/sittings/oct/minutes" not in other
    assert "已印发" in other


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?body=chuwuhui", ["oct"]),
        ("?body=zhurenbangonghui", []),
        ("?year=2026", ["oct"]),
        ("?state=closed", ["oct"]),
        ("?state=called_off", []),
        ("?year=0000&state=x&page=999", ["oct"]),
        ("?year=99999999999999999999&body=%00&page=x", []),
    ],
)
def test_the_list_is_asked_by_body_year_and_state_and_takes_any_nonsense(
    query: str, found: list[str]
) -> None:
    play_into(MONTH, "closed")
    page = client_of("liu").get(f"/sittings/{query}")

    assert page.status_code == 200
    assert named(page.context, "past") == found


def test_the_list_can_be_had_as_a_spreadsheet() -> None:
    play_into(MONTH, "minutes")
    sheet = load_workbook(BytesIO(client_of("liu").get("/sittings.xlsx").content)).active
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][0] == "会议"
    assert rows[1][0] == "处务会2026年第1次会议"
    assert rows[1][-1] == "〔2026〕1号"


def test_nobody_sees_the_list_without_signing_in(client) -> None:
    assert client.get("/sittings/").status_code == 302
    assert client.get("/sittings/oct/room").status_code == 302


@pytest.mark.parametrize(("until", "count"), [("minutes", 8), ("", 8)])
def test_the_list_asks_as_often_whatever_there_is(
    until: str, count: int, django_assert_num_queries
) -> None:
    play_into(MONTH, until)
    client = client_of("chen")
    client.get("/sittings/")
    REMEMBERED.forget()
    with django_assert_num_queries(count):
        client.get("/sittings/")


# ── convening ─────────────────────────────────────────────────────────────────────────────────


def test_whoever_convenes_is_proposed_a_usual_day_and_told_the_rules() -> None:
    play_into(MONTH, "closed")
    page = client_of("chen").get("/sittings/")
    proposed = {one.body: one for one in page.context["proposals"]}

    assert set(proposed) == {"chuwuhui", "zhurenbangonghui"}
    for body, one in proposed.items():
        book = book_of(state(), digests_on(state(), body, one.start.date()))
        assert book.rule(UsualDay).covers(one.start)
        assert state().calendar.is_workday(one.start.date())
        assert one.notice_until > page.context["office"].now
    assert "二" in text(page)


def test_nobody_else_is_proposed_a_meeting() -> None:
    play_into(MONTH, "closed")

    assert client_of("liu").get("/sittings/").context["proposals"] == ()


def test_no_meeting_is_proposed_in_a_period_that_has_one() -> None:
    play_into(MONTH, "convened")
    one = next(p for p in client_of("chen").get("/sittings/").context["proposals"])
    planned = state().sittings["oct"].starts_at

    assert one.body == "chuwuhui"
    assert (one.start.year, one.start.month) != (planned.year, planned.month)


def test_a_meeting_on_need_leaves_the_month_its_ordinary_one(on) -> None:
    play_into(MONTH, "approved")
    chair = client_of("chen")

    def proposed() -> datetime:
        [one] = [p for p in chair.get("/sittings/").context["proposals"] if p.body == "chuwuhui"]
        return one.start

    on(f"{state().latest:%Y-%m-%dT%H:%M}")
    before = proposed()
    need = {"kind": "extra", "need": "上级要求当周答复。"}
    starts = state().latest + timedelta(days=1)
    act = Convene(sitting="x", body="chuwuhui", starts_at=starts, **need)
    assert isinstance(do(PLACE, "chen", act, at=state().latest).verdict, Accepted)
    assert (starts.year, starts.month) == (before.year, before.month)

    assert proposed() == before
    asker = Office(Account.objects.get(person="chen"), "zh")
    opened = SittingOpened(sitting="x", by="chen", year=2026, number=9)
    told = opened.apply(state(), starts)
    told = evolve.log(told, "chuwuhui", planned=())
    asker.held = msgspec.structs.replace(asker.held, state=told)
    assert proposed_start(asker, "chuwuhui") == before


@pytest.mark.parametrize("which", [0, 1])
def test_the_proposed_meeting_stands_as_it_is_proposed(which: int) -> None:
    play_into(MONTH, "closed")
    client = client_of("chen")
    one = client.get("/sittings/").context["proposals"][which]
    page = client.get(one.link)
    starts = parse_qs(urlsplit(one.link).query)["starts_at"][0]

    assert starts in page.content.decode()
    assert press(client, page, "convene", kind="ordinary").status_code == 302
    made = state().sittings[state().bodies[one.body].planned[-1]]
    assert made.starts_at == one.start


# ── one meeting ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("person", ROLES)
@pytest.mark.parametrize("until", ["convened", "noticed", "leave-requested", "closed", "minutes"])
def test_the_page_of_a_meeting_works_for_everybody_at_every_stage(person: str, until: str) -> None:
    play_into(MONTH, until)
    page = client_of(person).get("/sittings/oct")

    assert page.status_code == 200
    assert "处务会" in text(page)


def test_titles_are_for_those_who_may_read_the_item() -> None:
    play_into(MONTH, "present")
    for person in ("chen", "zeng", "xiao"):
        assert "窗口叫号系统更新" in text(client_of(person).get("/sittings/oct"))
    called_in = text(client_of("guan").get("/sittings/oct"))
    other = text(client_of("luo").get("/sittings/oct"))

    assert "窗口叫号系统更新" in called_in
    assert "督查科岗位调整" not in called_in
    for title in ("窗口叫号系统更新", "督查科岗位调整", "2027年大厅运行经费预算"):
        assert title not in other
    assert "第4项" in other


def test_who_has_no_place_in_it_sees_neither_leave_nor_receipts_nor_course() -> None:
    play_into(MONTH, "leave-requested")
    other, mine = (text(client_of(p).get("/sittings/oct")) for p in ("deng", "liu"))

    assert "何立" in mine
    for said in ("何立", "未阅", "召集会议 陈志远"):
        assert said not in other


def test_the_reason_of_a_leave_is_for_who_asked_and_who_grants() -> None:
    play_into(MONTH, "leave-requested")
    reason = "赴省里参加培训"

    assert reason in text(client_of("he").get("/sittings/oct"))
    assert reason in text(client_of("chen").get("/sittings/oct"))
    for person in ("liu", "xiao", "deng"):
        assert reason not in text(client_of(person).get("/sittings/oct"))


def test_a_leave_is_granted_and_told_by_one_press_each() -> None:
    play_into(MONTH, "leave-requested")
    chair, absentee = client_of("chen"), client_of("he")

    assert press(chair, chair.get("/sittings/oct"), "grant_leave").status_code == 302
    assert press(absentee, absentee.get("/sittings/oct"), "tell_office").status_code == 302
    leave = state().sittings["oct"].leaves["he"]
    assert (leave.status, leave.told) == ("granted", True)


def test_a_receipt_is_the_readers_own_act_and_not_the_pages() -> None:
    play_into(MONTH, "leave-requested")
    client = client_of("liu")
    page = client.get("/sittings/oct")

    assert "liu" not in state().sittings["oct"].notice.received
    assert press(client, page, "receive_notice").status_code == 302
    assert "liu" in state().sittings["oct"].notice.received
    assert forms(client.get("/sittings/oct"), "receive_notice") == []


def test_the_gap_is_told_when_the_chair_is_away_and_nobody_may_preside() -> None:
    play_into(MONTH, "leave-requested")
    assert client_of("liu").get("/sittings/oct").context["gap"] == ()

    asked = do(PLACE, "chen", RequestLeave(sitting="oct", person="chen"), reason="出差。")
    assert isinstance(asked.verdict, Accepted)
    gap = client_of("liu").get("/sittings/oct").context["gap"]
    assert [(g.message.id, g.citation.label) for g in gap] == [
        ("deputy_chair.nobody_named", "第七条")
    ]


def test_a_meeting_moved_and_called_off_says_why() -> None:
    play_into(MONTH, "noticed")
    later = MEMORY.at(PLACE).state.latest + timedelta(days=400)
    moved = do(PLACE, "chen", MoveSitting(sitting="oct", starts_at=later), reason="会场冲突。")
    assert isinstance(moved.verdict, Accepted)
    assert "会场冲突。" in text(client_of("liu").get("/sittings/oct"))

    off = do(PLACE, "chen", CallOff(sitting="oct"), reason="停电。")
    assert isinstance(off.verdict, Accepted)
    page = text(client_of("liu").get("/sittings/oct"))
    assert "停电。" in page
    assert "会议已经取消，议程不再有效" in page
    assert "议程还没有编排" not in page


def test_a_notice_is_given_again_only_on_purpose_and_only_when_something_changed() -> None:
    play_into(MONTH, "leave-requested")
    client = client_of("xiao")
    again = press(client, client.get("/do/give_notice?sitting=oct"), "give_notice")
    assert again.status_code == 409
    assert "没有变" in text(again)

    agenda = state().sittings["oct"].agenda
    act = SetAgenda(sitting="oct", items=agenda[::-1])
    assert isinstance(do(PLACE, "xiao", act).verdict, Accepted)
    page = client_of("xiao").get("/sittings/oct")
    assert "再次发出通知" in text(page)
    assert page.context["acts"]["notice_again"]["offers"]


def test_an_act_that_stands_somewhere_on_the_page_stands_there_once() -> None:
    play_into(MONTH, "convened")
    page = client_of("xiao").get("/sittings/oct").content.decode()

    assert page.count("/do/set_agenda") == 1
    assert page.count("/do/give_notice") == 1


def test_the_next_step_names_posts_as_the_body_prints_them() -> None:
    play_into(MONTH, "told")
    page = client_of("xiao").get("/do/open_sitting?sitting=oct")

    assert "请由主任宣布开会" in text(page)
    assert "director" not in text(page)


@pytest.mark.parametrize("path", ["nowhere", "%00", "o" * 300, "oct%20"])
def test_an_unknown_meeting_has_no_page(path: str) -> None:
    play_into(MONTH, "convened")
    for tail in ("", "/room", "/record", "/minutes"):
        assert client_of("chen").get(f"/sittings/{path}{tail}").status_code == 404


@pytest.mark.parametrize(
    ("case", "until", "where"),
    [
        (MONTH, "agenda", "oct"),
        (MONTH, "minutes", "oct"),
        (MONTH, "", "oct"),
        (WEEK, "minutes", "w45"),
    ],
)
@pytest.mark.parametrize("person", ["chen", "deng"])
def test_the_page_of_a_meeting_asks_as_often_whatever_happened(
    case: str, until: str, where: str, person: str, django_assert_num_queries
) -> None:
    play_into(case, until)
    client = client_of(person)
    client.get(f"/sittings/{where}")
    REMEMBERED.forget()
    # Whoever finds the notice there finds out whether the office has a template for it.
    with django_assert_num_queries(6):
        client.get(f"/sittings/{where}")


def test_who_may_read_the_report_of_a_meeting_is_led_to_it() -> None:
    play_into(MONTH, "")

    for person in ("chen", "xiao", "li"):
        page = client_of(person).get("/sittings/oct").content.decode()
        assert 'href="/reports/?sitting=oct"' in page
    assert "/reports/?sitting=oct" not in client_of("guan").get("/sittings/oct").content.decode()


def test_the_weekday_of_a_meeting_is_that_of_the_institutions_own_day() -> None:
    play_into(MONTH, "convened")
    early = datetime(2026, 11, 6, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    SittingRow.objects.filter(subject="oct").update(starts_at=early)

    assert "2026年11月6日02:00 星期五" in text(client_of("xiao").get("/sittings/"))


def test_the_proposed_hour_is_the_usual_one_whenever_the_last_meeting_was() -> None:
    play_into(WEEK, "")
    body, now = "zhurenbangonghui", state()
    usual = now.bodies[body].held[-1]
    odd = msgspec.structs.replace(now.bodies[body], held=(usual, usual, usual.replace(hour=2)))
    account = Account.objects.create_user("chen", None, institution=PLACE, person="chen")
    office = Office(account, "zh")
    told = msgspec.structs.replace(now, bodies=now.bodies.set(body, odd))
    office.held = msgspec.structs.replace(office.held, state=told)

    start = next(one.start for one in proposals(office) if one.body == body)

    assert start is not None
    assert start.hour == usual.astimezone(office.zone).hour


def test_whoever_has_convened_goes_on_at_the_page_of_that_meeting() -> None:
    play_into(MONTH, "approved")
    starts = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=3)
    fields = {"subject.body": "chuwuhui", "starts_at": f"{starts:%Y-%m-%dT%H:%M}", "next": "/"}
    fields |= {"kind": "extra", "need": "急事。"}

    answer = client_of("chen").post("/do/convene", {"key": "once", **fields})

    (sitting,) = MEMORY.at(PLACE).state.sittings
    assert answer["Location"] == f"/sittings/{sitting}"


def test_where_an_act_will_depart_and_nothing_else_is_to_be_filled_in_the_reason_is_asked_at_once(
    on,
) -> None:
    """A meeting moved to this very hour needs a new notice, which comes too late (二)."""
    play_into(WEEK, "told")
    on("2026-11-06T14:00")
    soon = datetime(2026, 11, 6, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    moved = do(PLACE, "chen", MoveSitting(sitting="w45", starts_at=soon), reason="会场冲突。")
    assert isinstance(moved.verdict, Accepted)

    form = client_of("tan").get("/do/give_notice?sitting=w45")
    assert "这样办与一般规定不同" in text(form)
    assert "您填写的内容都还在下面" not in text(form)
    assert 'name="reason"' in form.content.decode()

    told = press(client_of("tan"), form, "give_notice", reason="会场冲突，提前开会。")
    assert "这样办与一般规定不同" not in text(told)
    assert told.status_code == 302
    assert state().sittings["w45"].notice
