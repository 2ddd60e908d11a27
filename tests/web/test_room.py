"""The room: one page that differs by who looks, and everything that is done there by one press."""

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.utils import timezone

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import forms, press, shown, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.outbox.models import Message
from yishi.procedure.attendance import LeaveRoom, MarkPresent, Recuse
from yishi.procedure.convening import CallOff, Convene, MoveSitting
from yishi.procedure.deliberation import PassTurn, SettlePosition, StatePosition
from yishi.procedure.minutes import SetTask
from yishi.procedure.staffing import NameSubstitute
from yishi.procedure.state import Item, Sitting
from yishi.procedure.verdict import Accepted
from yishi.web.answers import REMEMBERED
from yishi.web.sittings.talk import Speaker, Talk

pytestmark = pytest.mark.django_db

OCT, W45 = "/sittings/oct/room", "/sittings/w45/room"
MEMBERS = ("liu", "zeng", "wang", "li", "zhou", "wu")


def sitting(subject: str = "oct") -> Sitting:
    return MEMORY.at(PLACE).state.sittings[subject]


def sitting_item(subject: str) -> Item:
    return MEMORY.at(PLACE).state.items[subject]


def seen(person: str, path: str = OCT) -> HttpResponse:
    page = client_of(person).get(path)
    assert page.status_code == 200
    return page


def pressed(person: str, act: str, path: str = OCT, which: int = 0, **typed: object) -> None:
    """A person opens the room, fills in the form for the act, sends it, and is back in the room."""
    client = client_of(person)
    answer = press(client, client.get(path), act, which, **typed)
    assert (answer.status_code, answer.headers.get("Location")) == (302, path)


# ── who sees what ─────────────────────────────────────────────────────────────────────────────


def test_whoever_has_a_place_in_the_meeting_has_the_room() -> None:
    play_into()

    for person in ("chen", "liu", "he", "zeng", "li", "xiao", "tan", "guan"):
        assert client_of(person).get(OCT).status_code == 200


def test_whoever_has_none_finds_no_such_page() -> None:
    play_into()

    for person in ("deng", "luo"):
        assert client_of(person).get(OCT).status_code == 404


@pytest.mark.parametrize("view", ["room", "screen", "code"])
def test_a_meeting_called_off_says_so_and_leads_on_wherever_it_was_open(view: str) -> None:
    play_into(MONTH, "noticed")
    before = client_of("chen").get(OCT).content.decode()
    do(PLACE, "chen", CallOff(sitting="oct"), reason="停电。")

    page = client_of("chen").get(f"/sittings/oct/{view}", follow=True)

    assert "会议已取消" not in before
    assert page.status_code == 200
    assert "会议已取消 停电。" in text(page)
    assert "data-ended" in page.content.decode()
    assert 'href="/sittings/oct"' in page.content.decode()
    assert client_of("luo").get(f"/sittings/oct/{view}", follow=True).status_code == 404


def test_a_meeting_that_was_moved_says_so_in_its_room_and_on_the_wall() -> None:
    play_into(MONTH, "noticed")
    assert "已改期" not in text(seen("liu"))
    later = MEMORY.at(PLACE).state.latest + timedelta(days=400)
    moved = do(PLACE, "chen", MoveSitting(sitting="oct", starts_at=later), reason="会场冲突。")
    assert isinstance(moved.verdict, Accepted)

    for person, path in (("liu", OCT), ("xiao", "/sittings/oct/screen")):
        assert f"会议已改期，改到{later.year}年{later.month}月{later.day}日" in text(
            seen(person, path)
        )


def test_the_next_speaker_has_a_form_and_the_others_are_told_whose_turn_it_is() -> None:
    play_into()
    mine, later = seen("liu"), seen("zhou")

    assert len(forms(mine, "state_position")) == 1
    assert "您是下一位" in text(mine)
    assert forms(later, "state_position") == []
    assert "您前面还有 4 位" in text(later)
    assert "现在请刘敏发言" in text(later)
    assert shown(later)["talk"].mine_closed[0].citation.label == "五(二)2"


def test_the_chairs_own_position_is_closed_with_its_clause_until_all_have_spoken() -> None:
    play_into()
    page = seen("chen")

    assert forms(page, "state_position") == []
    assert [(g.message.id, g.citation.label) for g in shown(page)["talk"].mine_closed] == [
        ("speaks_last.waiting", "五(二)3")
    ]
    assert forms(page, "decide_item") == []
    assert shown(page)["talk"].putting_off
    assert "everyone_heard.waiting" in {
        g.message.id for _, grounds in shown(page)["talk"].closed for g in grounds
    }


def test_stances_that_would_be_refused_are_not_offered() -> None:
    play_into()
    assert shown(seen("liu"))["talk"].mine.stances == ("for", "against", "abstain")

    play_into(WEEK, "queue-presented", slug="other")
    page = client_of("liu", slug="other").get(W45)
    assert shown(page)["talk"].mine.stances == ("for", "against", "abstain", "none")


def test_the_secretary_enters_for_the_next_speaker_only() -> None:
    play_into()
    talk = shown(seen("xiao"))["talk"]

    assert [one.person for one in talk.speakers if one.enter] == ["liu"]


def test_who_is_called_in_waits_until_the_item_and_sees_nothing_of_the_others() -> None:
    play_into()
    page = seen("guan")

    assert shown(page)["talk"] is None
    assert "前面还有 1 项议题" in text(page)
    assert "窗口叫号系统更新" in text(page)
    for said in ("2027年大厅运行经费预算", "督查科岗位调整", "汇报预算测算", "何立"):
        assert said not in text(page)
    assert shown(page)["quiet"]


def test_who_is_called_in_hears_the_item_while_it_runs_and_is_then_let_go() -> None:
    play_into(MONTH, "platform-heard")
    page = seen("guan")
    assert shown(page)["talk"].item == "platform"
    assert "先修后换" in text(page)

    pressed("chen", "decide_item", outcome="postpone", words="没有形成多数，缓议。")
    after = seen("guan")
    assert shown(after)["talk"] is None
    assert "已经议完" in text(after)
    assert "先修后换" not in text(after)


def test_who_was_never_in_the_room_does_not_read_what_was_said_there() -> None:
    play_into(MONTH, "budget-heard")
    page = seen("he")

    assert shown(page)["talk"] is None
    assert "培训费偏低" not in text(page)


def test_the_page_looks_again_by_itself_only_where_somebody_asked_and_no_form_is_open() -> None:
    play_into()

    for person in ("zeng", "guan", "chen"):
        asked_nothing, watching = seen(person), seen(person, f"{OCT}?watch=on")
        assert f'href="{OCT}?watch=on"' in asked_nothing.content.decode()
        assert "Refresh" not in asked_nothing.headers
        assert watching.headers["Refresh"] == f"20; url={OCT}?watch=again"
        assert "停止自动刷新" in text(watching)
    for person in ("liu", "xiao"):
        writing = seen(person, f"{OCT}?watch=on")
        assert "Refresh" not in writing.headers
        assert "自动刷新" not in text(writing)


def test_whoever_writes_something_goes_on_watching_afterwards() -> None:
    play_into()

    pressed("liu", "state_position", f"{OCT}?watch=on", stance="for", words="同意。")

    assert seen("liu", f"{OCT}?watch=on").headers["Refresh"].startswith("20; url=")


def test_looking_again_by_itself_is_no_use_of_the_session_and_pressing_is(
    settings, monkeypatch
) -> None:
    play_into()
    client, now = client_of("zeng"), timezone.now()
    settings.IDLE_SECONDS = 600

    def after(minutes: int, path: str) -> int:
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return client.get(path).status_code

    assert after(0, f"{OCT}?watch=on") == 200
    again = client.get(f"{OCT}?watch=on").headers["Refresh"].partition("url=")[2]
    assert "停止自动刷新" in text(client.get(again))
    assert [after(minutes, again) for minutes in (5, 9, 11)] == [200, 200, 302]

    client = client_of("zeng")
    now = timezone.now()
    assert [after(minutes, OCT) for minutes in (0, 5, 9, 11)] == [200] * 4


# ── what nothing takes back ───────────────────────────────────────────────────────────────────


def test_what_nothing_takes_back_is_asked_once_more_on_the_spot_and_everything_else_is_not() -> (
    None
):
    play_into(MONTH, "decided")
    chair = seen("chen").content.decode()
    closing = chair.partition('<details class="sure">')[2].partition("</details>")[0]

    assert "宣布散会" in closing.partition("</summary>")[0]
    assert 'action="/do/close_sitting"' in closing
    assert "散会以后不能再发言、表态、作决定" in closing
    assert "确定宣布散会" in closing
    roll = seen("xiao").content.decode().partition('action="/do/leave_room"')
    assert roll[1]
    assert "确定离席" not in roll[2]
    pressed("chen", "close_sitting")
    assert sitting().status == "closed"


@pytest.mark.parametrize(
    ("until", "person", "path", "act"),
    [
        ("closed", "xiao", "/sittings/oct/record", "完成会议记录"),
        ("recorded", "wang", "/sittings/oct/minutes", "印发会议纪要"),
        ("budget-heard", "chen", OCT, "作出决定"),
    ],
)
def test_each_says_what_follows(until, person, path, act) -> None:
    play_into(MONTH, until)
    if act == "印发会议纪要":
        due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
        assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    if act == "作出决定":
        said = StatePosition(
            sitting="oct", item="budget", member="chen", stance="for", words="同意。"
        )
        do(PLACE, "chen", said)

    page = seen(person, path).content.decode()

    asked = [one.partition("</details>")[0] for one in page.split('<details class="sure">')[1:]]
    (question,) = [one for one in asked if f"确定{act}" in one]
    assert "不能" in question


def test_of_several_tasks_the_one_that_is_due_before_the_meeting_is_marked() -> None:
    play_into()
    chair = client_of("chen")
    form = chair.get("/do/decide_item?sitting=oct&item=budget")
    rows = {"tasks.words": ["甲", "乙"], "tasks.due_on": ["2027-03-01", "2020-01-01"]}
    [fields] = forms(form, "decide_item")
    sent = {k: v for k, v in fields.items() if v and not k.startswith("tasks.")}
    for name in ("unit", "counter", "owner"):
        rows[f"tasks.{name}"] = ["", ""]

    page = chair.post("/do/decide_item", sent | {"outcome": "adopt", "words": "同意。"} | rows)

    said = page.content.decode()
    [first, second] = re.findall(r'name="tasks.due_on" value="2[^>]*>', said)
    assert 'aria-invalid="true"' in second
    assert "aria-invalid" not in first
    assert "（第2项）" in said.partition('id="f-tasks-error"')[2].partition("</p>")[0]


# ── keeping out ───────────────────────────────────────────────────────────────────────────────


def test_a_member_keeps_out_of_the_item_on_the_page_itself_with_the_reason() -> None:
    play_into()

    pressed("liu", "recuse", reason="项目由亲属承办。")

    assert sitting().deliberations["budget"].recused == ("liu",)
    assert forms(seen("liu"), "recuse") == []
    assert "还没有写理由" not in text(seen("liu"))


def test_whoever_keeps_the_record_enters_it_for_anybody_in_the_room() -> None:
    play_into()
    page = seen("xiao").content.decode()
    offered = page.partition('id="recuse-person"')[2].partition("</select>")[0]

    assert 'value="liu"' in offered
    assert 'value="he"' not in offered
    xiao = client_of("xiao")
    typed = {"person": "zhou", "reason": "本人亲属参加投标。"}
    assert press(xiao, xiao.get(OCT), "recuse", **typed).status_code == 302
    assert sitting().deliberations["budget"].recused == ("zhou",)


def test_a_member_enters_nobody_else_and_nothing_typed_is_lost_where_it_does_not_stand() -> None:
    play_into()
    client = client_of("liu")
    page = client.get(OCT)
    assert 'id="recuse-person"' not in page.content.decode()

    other = press(client, page, "recuse", person="zhou", reason="他的亲属投标。")
    assert other.status_code == 409
    assert "他的亲属投标。" in other.content.decode()
    silent = press(client, page, "recuse", reason=" ")
    assert silent.status_code in (409, 422)
    assert "应当写明理由" in text(silent)
    assert sitting().deliberations["budget"].recused == ()


def test_who_is_called_in_for_another_item_or_is_not_there_has_no_such_form() -> None:
    play_into()

    assert forms(seen("he"), "recuse") == []
    assert forms(seen("zeng", f"{OCT}?watch=on"), "recuse") == []
    assert f'href="{OCT}#recuse"' in seen("zeng", f"{OCT}?watch=on").content.decode()


def test_a_page_that_looks_again_by_itself_has_no_note_to_lose() -> None:
    play_into()
    client_of("zeng").post("/notes/budget", {"words": "问保修期。"})

    watching, still = (seen("zeng", path).content.decode() for path in (f"{OCT}?watch=on", OCT))

    assert "<textarea" not in watching
    assert "问保修期。" in watching
    assert f'href="{OCT}#note"' in watching
    assert 'id="note"' in still
    assert "问保修期。</textarea>" in still


# ── entered for the chair ─────────────────────────────────────────────────────────────────────

TASK = {
    "tasks.words": "上报2027年预算",
    "tasks.unit": "business",
    "tasks.owner": "li",
    "tasks.due_on": "2026-12-15",
}


def test_whoever_keeps_the_record_enters_the_decision_and_the_chair_sets_it_right() -> None:
    play_into(MONTH, "budget-heard")
    assert "照陈志远宣布的如实登记" in text(seen("xiao"))
    assert "照陈志远宣布的如实登记" not in text(seen("chen"))

    pressed("xiao", "decide_item", outcome="adopt", words="按108万元编列。", **TASK)

    made = MEMORY.at(PLACE).state.decisions[sitting_item("budget").decision or ""]
    (task,) = (MEMORY.at(PLACE).state.tasks[t] for t in made.tasks)
    assert (made.source, made.tally) == ("secretary", (5, 8))
    assert (task.unit, task.owner, task.due_on) == ("business", "li", date(2026, 12, 15))
    room = text(seen("chen"))
    assert "秘书已照您宣布的登记" in room
    assert "按108万元编列。" in room
    assert "秘书已照您宣布的登记" not in text(seen("xiao"))

    chen = client_of("chen")
    form = chen.get(shown(seen("chen"))["entered"]["link"])
    assert 'value="adopt" checked' in form.content.decode()
    assert press(chen, form, "restate_decision", words="按180万元编列。").status_code == 302

    assert "按180万元编列。" in text(client_of("liu").get(f"/decisions/{made.id}"))
    assert "由秘书照主持人宣布的登记" in text(client_of("liu").get(f"/decisions/{made.id}"))
    record = text(client_of("xiao").get("/sittings/oct/record"))
    assert "肖雨登记" in record
    assert "更正决定的登记" in record
    assert "按180万元编列。" in record
    assert "更正决定的登记" in text(client_of("li").get("/items/budget"))


def test_the_chair_postpones_in_person_and_nothing_is_entered_before_it_can_be_decided() -> None:
    play_into()
    assert forms(seen("xiao"), "decide_item") == []

    play_into(MONTH, "budget-heard", slug="other")
    talk = shown(client_of("xiao", slug="other").get(OCT))["talk"]
    assert "adopt" in talk.deciding.outcomes
    assert "postpone" not in talk.deciding.outcomes
    assert talk.asking_more == ""


def test_the_chair_goes_on_to_the_next_speaker_with_one_press() -> None:
    play_into()
    assert shown(seen("chen"))["talk"].waiting[0] == "liu"
    assert "刘敏放弃发言，请下一位" in text(seen("chen"))
    assert "请下一位" not in text(seen("zeng"))

    pressed("chen", "pass_turn")

    assert sitting().deliberations["budget"].passed == ("liu",)
    assert "曾建国放弃发言，请下一位" in text(seen("chen"))


def line_of(person: str, name: str) -> str:
    """What stands beside a name in the order of speaking."""
    order = seen(person).content.decode().partition("发言顺序")[2]
    line = order.partition(f"<strong>{name}</strong>")[2].partition("</li>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", line).split())


def test_the_stance_that_somebody_settled_on_stands_in_place_of_what_was_entered() -> None:
    play_into()
    named = {"sitting": "oct", "item": "budget", "member": "liu"}
    assert isinstance(do(PLACE, "liu", StatePosition(**named, stance="against")).verdict, Accepted)
    assert line_of("chen", "刘敏").endswith("反对")
    settled = do(PLACE, "liu", SettlePosition(**named, stance="for"), reason="听了说明。")
    assert isinstance(settled.verdict, Accepted)
    assert line_of("chen", "刘敏").endswith("赞成 更正以后")

    named["member"] = "zeng"
    assert isinstance(do(PLACE, "chen", PassTurn(**named)).verdict, Accepted)
    assert line_of("chen", "曾建国").endswith("放弃发言")
    settled = do(PLACE, "zeng", SettlePosition(**named, stance="abstain"), reason="有顾虑。")
    assert isinstance(settled.verdict, Accepted)
    assert line_of("chen", "曾建国").endswith("弃权 更正以后")
    assert "赞成 1 票" in text(seen("chen"))


def test_the_chair_asks_for_more_and_the_section_reads_what_is_to_be_brought() -> None:
    play_into()
    chen = client_of("chen")
    form = chen.get(shown(seen("chen"))["talk"].asking_more)
    assert "请业务科补充材料后再议：" in form.content.decode()

    words = "请业务科补充材料后再议：近三年培训费决算。"
    assert press(chen, form, "decide_item", words=words).status_code == 302

    assert words in text(client_of("li").get("/items/budget"))
    assert words in text(client_of("deng").get("/items/budget"))


# ── before the meeting ────────────────────────────────────────────────────────────────────────


def test_the_roll_is_called_by_one_press_a_person_and_everybody_may_sign_in() -> None:
    play_into(MONTH, "guest-came")
    pressed("liu", "mark_present")
    assert sitting().presence["liu"].status == "present"

    roll = forms(seen("xiao"), "mark_present")
    assert [one["person"] for one in roll] == [[p] for p in ("chen", "he", *MEMBERS[1:])]
    pressed("xiao", "mark_present")
    assert sitting().presence["chen"].status == "present"


def test_ahead_of_the_day_nobody_is_called_and_who_signs_in_says_why() -> None:
    play_into(MONTH, "told")
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=20)
    called = Convene(sitting="late", body="chuwuhui", starts_at=start, kind="extra", need="急。")
    assert isinstance(do(PLACE, "chen", called).verdict, Accepted)
    room = "/sittings/late/room"

    assert forms(seen("xiao", room), "mark_present") == []
    page = seen("liu", room)
    assert forms(page, "mark_present") == []
    client = client_of("liu")
    form = client.get(shown(page)["me"]["ahead"])
    asked = press(client, form, "mark_present")
    assert asked.status_code == 409
    assert "签到一般在会议当天" in text(asked)
    press(client, asked, "mark_present", reason="提前开会。")
    assert sitting("late").presence["liu"].status == "present"


def test_the_chair_is_told_what_is_missing_and_then_opens() -> None:
    play_into(MONTH, "guest-came")
    closed = shown(seen("chen"))["opening_closed"]
    assert [g.message.id for g in closed] == ["in_the_room.away"]

    pressed("chen", "mark_present")
    assert forms(seen("liu"), "open_sitting") == []
    client = client_of("chen")
    answer = press(client, client.get(OCT), "open_sitting")
    # The time made known may be past or ahead when this runs: either way the form asks or opens.
    assert answer.status_code in (302, 409)


def test_absence_is_entered_as_it_is() -> None:
    play_into(MONTH, "opened")
    page = seen("xiao")
    absent = [one for one in forms(page, "record_absence") if one["person"] == ["he"]]

    assert [one["status"] for one in absent] == [["leave"], ["absent"]]
    pressed("xiao", "record_absence", which=forms(page, "record_absence").index(absent[0]))
    assert sitting().presence["he"].status == "leave"


# ── an item from beginning to end, by the page alone ──────────────────────────────────────────


def test_an_item_is_talked_through_and_decided_by_pressing_what_each_is_shown() -> None:
    play_into()
    pressed("liu", "state_position", stance="for", words="同意。")
    pressed("xiao", "state_position", which=1, stance="for", words="同意，注意节约。")
    for person in ("wang", "li"):
        pressed(person, "state_position", stance="for", words="同意。")
    pressed("zhou", "state_position", stance="against", words="培训费偏低。")
    pressed("wu", "pass_turn")
    pressed("chen", "state_position", stance="for", words="同意。")
    talk = shown(seen("chen"))["talk"]
    assert (talk.tally.votes, talk.tally.against, talk.tally.base, talk.tally.needed) == (
        5,
        1,
        8,
        5,
    )
    assert "赞成 5 票，反对 1 票；全体组成人员 8 人，需要 5 票" in text(seen("liu"))
    assert talk.deciding.outcomes == ("adopt", "agree_in_principle", "postpone")

    pressed(
        "chen",
        "decide_item",
        outcome="adopt",
        words="同意编列。",
        tasks__words=["上报预算", ""],
        tasks__unit=["business", ""],
        tasks__counter=["", ""],
        tasks__owner=["li", ""],
        tasks__due_on=["2026-12-20", ""],
    )
    held = MEMORY.at(PLACE).state
    made = held.decisions[held.items["budget"].decision]
    assert (made.outcome, made.words, made.tally) == ("adopt", "同意编列。", (5, 8))
    assert [held.tasks[t].owner for t in made.tasks] == ["li"]
    sources = {p.member: p.source for p in sitting().deliberations["budget"].positions}
    assert (sources["liu"], sources["zeng"]) == ("member", "secretary")

    pressed("chen", "begin_item")
    pressed("wu", "present_item", words="建议分两批更换。")
    assert sitting().deliberations["platform"].rapporteur == "wu"


def test_an_outcome_without_majority_is_not_offered_and_says_why() -> None:
    play_into(MONTH, "platform-heard")
    deciding = shown(seen("chen"))["talk"].deciding
    closed = dict(deciding.closed)

    assert deciding.outcomes == ("postpone",)
    assert "majority.members" in {g.message.id for g in closed["adopt"]}
    assert "五(二)3" in {g.citation.label for g in closed["adopt"]}


def test_what_was_typed_is_kept_when_somebody_else_was_faster() -> None:
    play_into()
    client = client_of("liu")
    page = client.get(OCT)
    entered = StatePosition(sitting="oct", item="budget", member="liu", stance="for")
    assert isinstance(do(PLACE, "liu", entered).verdict, Accepted)
    answer = press(client, page, "state_position", stance="against", words="不同意，理由很长。")

    assert answer.status_code == 409
    assert "不同意，理由很长。" in answer.content.decode()
    assert [p.stance for p in sitting().deliberations["budget"].positions] == ["for"]


def test_a_double_press_counts_once() -> None:
    play_into()
    client = client_of("liu")
    page = client.get(OCT)
    for _ in range(2):
        assert press(client, page, "state_position", stance="for").status_code == 302

    assert len(sitting().deliberations["budget"].positions) == 1


def test_whose_two_entries_differ_is_told_to_settle_it() -> None:
    play_into()
    pressed("liu", "state_position", stance="for")
    pressed("xiao", "state_position", stance="against")
    page = seen("liu")

    assert sitting().deliberations["budget"].in_conflict() == ("liu",)
    assert "不一致" in text(page)
    assert shown(page)["talk"].settle


def test_who_leaves_is_no_longer_waited_for_and_may_come_back() -> None:
    play_into()
    assert isinstance(do(PLACE, "liu", LeaveRoom(sitting="oct", person="liu")).verdict, Accepted)
    assert shown(seen("zeng"))["talk"].mine is not None
    assert isinstance(do(PLACE, "liu", MarkPresent(sitting="oct", person="liu")).verdict, Accepted)
    assert shown(seen("zeng"))["talk"].mine is None


def test_a_note_is_taken_and_what_the_record_lacks_is_said() -> None:
    play_into()
    page = seen("xiao")
    assert {g.message.id for g in shown(page)["keeping"]["missing"]} >= {"record_contents.items"}

    pressed("xiao", "note_record", words="大家要求补充测算。")
    assert "大家要求补充测算。" in text(seen("xiao"))
    assert sitting().record.notes[0][1] == "budget"
    assert forms(seen("liu"), "note_record") == []


# ── the other meeting: floor, reports, tasks there and then ───────────────────────────────────


def test_floor_items_are_raised_answered_and_come_last() -> None:
    play_into(WEEK, "raised")
    raised = shown(seen("chen", W45))["floor"]["raised"]
    assert [(one["item"].title, bool(one["admit"])) for one in raised] == [("大厅供暖提前", True)]
    waiting = shown(seen("li", W45))["floor"]["raised"]
    assert [bool(one["admit"]) for one in waiting] == [False]

    client = client_of("chen")
    form = client.get(raised[0]["admit"])
    assert press(client, form, "admit_floor_item", weighty="no").status_code == 302
    page = seen("chen", W45)
    assert [line.item for line, _ in shown(page)["beginning"]] == ["w45.section_reports"]


def test_a_body_without_floor_items_offers_none() -> None:
    play_into()

    assert shown(seen("li"))["floor"]["raise"] == ""


def test_sections_report_and_the_chair_hands_out_tasks_there_and_then() -> None:
    play_into(WEEK, "reports-begun")
    assert forms(seen("chen", W45), "report_work") == []
    for person in ("li", "chen", "tan"):
        page = seen(person, W45)
        assert forms(page, "present_item") == []
        assert "/do/present_item" not in page.content.decode()
    pressed("li", "report_work", W45, words="本周办件三百件。")
    assert "本周办件三百件。" in text(seen("chen", W45))
    assert forms(seen("li", W45), "report_work") == []

    assert forms(seen("li", W45), "assign_task") == []
    pressed("chen", "assign_task", W45, words="组织巡查", unit="oversight", owner="zhou")
    pressed("chen", "decide_item", W45, outcome="noted", words="已听取。")
    held = MEMORY.at(PLACE).state
    assert [held.tasks[t].words for t in held.sittings["w45"].tasks][-1] == "组织巡查"


def test_the_chair_of_a_body_without_that_clause_may_speak_at_once() -> None:
    play_into(WEEK, "queue-presented")

    assert shown(seen("chen", W45))["talk"].mine is not None


def test_the_summing_up_is_asked_for_where_the_rules_want_it() -> None:
    play_into(WEEK, "queue-heard")
    deciding = shown(seen("chen", W45))["talk"].deciding
    assert deciding.summed_up

    client = client_of("chen")
    page = client.get(W45)
    answer = press(client, page, "decide_item", outcome="adopt", words="增设两个窗口。")
    assert answer.status_code == 409
    assert "增设两个窗口。" in answer.content.decode()


def test_a_decision_that_changes_another_says_what_becomes_of_its_tasks() -> None:
    play_into(WEEK, "change-heard")
    client, room = client_of("chen"), "/sittings/w47/room"
    page = client.get(room)
    deciding = shown(page)["talk"].deciding
    assert {"adopt", "agree_in_principle", "postpone"} <= set(deciding.outcomes)
    wanted = {one.name: one.demanded.label for one in deciding.form.inputs if one.demanded}
    assert wanted["continues"] == wanted["ends"] == "第十五条"
    assert wanted["summary"] == "四(二)2"
    typed = {"outcome": "adopt", "words": "改为先开一个。", "summary": "一致同意。"}

    answer = press(client, page, "decide_item", **typed)
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "没有写明原来的任务继续办理还是到此为止：“增设综合窗口”" in said
    assert "改为先开一个。" in said

    (form,) = forms(page, "decide_item")
    assert form["old.t-queue"] == []
    assert page.content.decode().count('name="old.t-queue"') == 2
    again = press(client, page, "decide_item", **typed | {"words": "", "old__t-queue": "ends"})
    assert 'name="old.t-queue" value="ends" checked' in again.content.decode()
    pressed("chen", "decide_item", room, **typed, **{"old__t-queue": "ends"})
    assert MEMORY.at(PLACE).state.tasks["t-queue"].status == "ended"
    told = Message.objects.filter(kind="outbox.ended", channel="desk")
    assert [(one.person, one.link) for one in told] == [("luo", "/tasks/t-queue")]


def test_an_item_that_changes_nothing_is_asked_nothing_of_old_tasks() -> None:
    play_into(WEEK, "queue-heard")

    said = seen("chen", W45).content.decode()
    assert 'name="old.' not in said


def test_a_meeting_whose_agenda_is_done_is_closed_by_its_chair() -> None:
    play_into(MONTH, "decided")
    assert forms(seen("liu"), "close_sitting") == []
    pressed("chen", "close_sitting")

    assert sitting().status == "closed"
    assert "/sittings/oct/record" in seen("xiao").content.decode()


def test_the_chair_lets_the_meeting_rest_and_go_on_and_every_screen_says_so() -> None:
    play_into()
    assert "/do/call_recess" in seen("chen").content.decode()
    assert "/do/call_recess" not in seen("liu").content.decode()
    client = client_of("chen")
    form = client.get("/do/call_recess?sitting=oct&next=/sittings/oct/room")
    told = press(client, form, "call_recess", resumes_at="2026-10-30T09:00")
    assert told.status_code == 409
    assert "不能定为复会时间" in text(told)
    for path in (OCT, "/sittings/oct/screen"):
        assert "正在休会" not in text(client_of("xiao").get(path))

    far = (timezone.now() + timedelta(days=300)).strftime("%Y-%m-%dT%H:%M")
    told = press(client, form, "call_recess", resumes_at=far)
    assert told.status_code == 302
    for person, path in (("liu", OCT), ("xiao", OCT), ("xiao", "/sittings/oct/screen")):
        assert "正在休会" in text(client_of(person).get(path))
    assert forms(seen("liu"), "state_position") == []
    assert forms(seen("liu"), "resume_sitting") == []

    pressed("chen", "resume_sitting")
    assert "正在休会" not in text(seen("liu"))
    assert forms(seen("liu"), "state_position")
    for path in ("/sittings/oct", "/sittings/oct/record"):
        assert "休会" in text(client_of("xiao").get(path))


# ── how much it asks ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("until", ["told", "budget-presented", "budget-heard", "closed"])
@pytest.mark.parametrize("person", ["chen", "liu", "xiao", "guan"])
def test_the_room_asks_as_often_whoever_looks_and_whatever_was_said(
    until: str, person: str, django_assert_num_queries
) -> None:
    play_into(MONTH, "present" if (until, person) == ("told", "guan") else until)
    client = client_of(person)
    client.get(OCT)
    REMEMBERED.forget()
    notes = until.startswith("budget") and person != "guan"  # one's own, on the item in hand
    writes = until.startswith("budget") and person in ("chen", "xiao")  # the office's phrases
    with django_assert_num_queries(5 + notes + writes):
        client.get(OCT)


def test_whoever_stands_in_for_the_secretary_keeps_the_record_in_the_room() -> None:
    play_into()
    named = NameSubstitute(sitting="oct", person="deng")
    assert isinstance(do(PLACE, "chen", named, reason="秘书外出。").verdict, Accepted)
    page = seen("deng")

    assert forms(page, "note_record")
    assert [one.person for one in shown(page)["talk"].speakers if one.enter] == ["liu"]
    assert "代行：邓洁" in text(client_of("chen").get("/sittings/oct"))


def test_while_the_meeting_rests_no_time_is_counted_and_it_goes_on_from_where_it_stood(
    monkeypatch,
) -> None:
    play_into()
    (item,) = (t.begun_at for t in (sitting().talk_on(sitting().current),))

    def since() -> list[str]:
        return re.findall(r'data-since="(\d+)"', seen("xiao").content.decode())

    def at(minutes: int) -> datetime:
        moment = item + timedelta(minutes=minutes)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    assert since() == [str(int(item.timestamp()))]
    began = at(30)
    client = client_of("chen")
    press(client, client.get("/do/call_recess?sitting=oct"), "call_recess")
    assert since() == []
    ended = at(50)
    pressed("chen", "resume_sitting")
    assert since() == [str(int((item + (ended - began)).timestamp()))]


# ── a wrong tap ───────────────────────────────────────────────────────────────────────────────


def backs(person: str, path: str = OCT) -> list[str]:
    """Whose last entry this person may take back by one press."""
    return [one["person"][0] for one in forms(seen(person, path), "correct_presence")]


def test_a_wrong_tap_is_taken_back_by_one_press_beside_the_name() -> None:
    play_into()
    pressed("xiao", "leave_room", which=0)
    (gone,) = (p for p in (*MEMBERS, "chen") if sitting().presence[p].status == "left")
    page = seen("xiao")
    row = page.content.decode().partition('action="/do/correct_presence"')
    assert row[1]
    assert "确定" not in row[2].partition("</form>")[0]
    assert "撤销" in text(page)

    pressed("xiao", "correct_presence", which=backs("xiao").index(gone))

    assert sitting().presence[gone].status == "present"
    assert [s for s, _ in sitting().presence[gone].log] == ["present"]
    record = text(client_of("xiao").get("/sittings/oct/record"))
    assert "更正：原登记“已离席”" in record
    assert "由肖" in record
    assert record.count("离席") == 1


def test_oneself_takes_back_what_one_tapped_and_nobody_else_sees_the_button() -> None:
    play_into()
    pressed("liu", "leave_room")
    assert backs("liu") == ["liu"]
    assert "撤销“已离席”" in text(seen("liu"))
    assert backs("wang") in ([], ["wang"])

    pressed("liu", "correct_presence")

    assert sitting().presence["liu"].status == "present"
    assert forms(seen("liu"), "state_position")


def test_once_something_rests_on_the_entry_there_is_no_button_and_a_sentence_says_why() -> None:
    play_into()
    pressed("liu", "leave_room")
    pressed("liu", "mark_present")
    client = client_of("xiao")
    page = client.get(OCT)
    which = backs("xiao").index("liu")
    pressed("liu", "state_position", stance="for", words="同意。")

    assert "liu" not in backs("xiao")
    late = press(client, page, "correct_presence", which)
    assert late.status_code == 409
    assert "已经汇报、发言或者放弃发言，这条登记不再更正" in text(late)
    assert "更正记录" in text(late)
    assert sitting().presence["liu"].status == "present"


# ── what is typed when its place goes ─────────────────────────────────────────────────────────


def test_each_form_says_what_its_words_are_about_and_the_page_keeps_what_is_left() -> None:
    play_into()

    page = seen("xiao").content.decode()

    assert 'data-about="刘敏的发言" data-about-where="第2项"' in page
    assert 'data-about="记入会议记录" data-about-where="第2项"' in page
    assert 'data-kept="oct" data-line="{about}：{words}"' in page


def test_after_the_meeting_there_is_still_a_place_for_what_was_left() -> None:
    play_into(until="closed")

    page = seen("xiao").content.decode()

    assert re.search('data-ended data-me="[0-9a-f]{20}"', page)
    assert 'data-kept="oct"' in page


# ── what is long ──────────────────────────────────────────────────────────────────────────────


def test_long_words_are_folded_and_short_ones_are_not() -> None:
    play_into()
    for person, words in (("liu", "同意，" * 400), ("zeng", "同意这样办。")):
        said = StatePosition(sitting="oct", item="budget", member=person, stance="for", words=words)
        assert isinstance(do(PLACE, person, said).verdict, Accepted)

    page = seen("chen").content.decode()

    fold = page.partition('<details class="long">')[2].partition("</details>")[0]
    assert fold.partition("</summary>")[0].count("同意，") == 30
    assert fold.count("同意，") == page.count("同意，") == 400
    assert page.count('class="long"') == 1
    assert '<p class="words">同意这样办。' in page


def test_of_a_long_order_only_who_is_near_their_turn_stands_open() -> None:
    named = {"post": "", "recused": False, "next": False, "chair": False, "conflict": False}
    every = tuple(Speaker(person=f"p{n}", said=(), passed=n < 20, **named) for n in range(57))

    order = SimpleNamespace(speakers=every)
    found = Talk.order.fget(order)  # type: ignore[attr-defined]

    assert [len(part) for part in (found.early, found.shown, found.late)] == [17, 9, 31]
    assert found.shown[3].person == "p20"
    assert (*found.early, *found.shown, *found.late) == every
    few = SimpleNamespace(speakers=every[:12])
    assert Talk.order.fget(few).shown == every[:12]  # type: ignore[attr-defined]


def test_the_decision_with_its_count_stands_before_the_order() -> None:
    play_into(until="platform-heard")

    page = seen("chen").content.decode()

    decide, order = page.index('id="decide"'), page.index('data-part="speakers"')
    assert decide < order
    assert 'class="tally"' in page[decide:order]
    assert 'href="#record"' in seen("xiao").content.decode()


def test_whoever_may_close_the_meeting_is_told_why_not_yet() -> None:
    play_into()

    assert "现在还不能宣布散会" in text(seen("chen"))
    for person in ("liu", "xiao"):
        assert "现在还不能宣布散会" not in text(seen(person))


def test_whoever_keeps_out_is_called_so_in_english_too() -> None:
    play_into()
    recused = Recuse(sitting="oct", item="budget", person="liu")
    assert isinstance(do(PLACE, "liu", recused, reason="亲属在该科室。").verdict, Accepted)

    page = text(client_of("chen", language="en").get(OCT))

    assert "keeps out" in page
    assert "in hand" in page
