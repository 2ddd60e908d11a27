"""A whole meeting held on paper, entered on its sheet: rows as real acts, nothing lost."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.documents import said
from tests.web.pressing import _Reader, forms, press, text
from yishi.clerk.memory import MEMORY
from yishi.procedure.state import Sitting, State

pytestmark = pytest.mark.django_db

DAY = "2026-10-30"


def state() -> State:
    return MEMORY.at(PLACE).state


def oct_() -> Sitting:
    return state().sittings["oct"]


@pytest.fixture
def now(monkeypatch):
    """The day after, in the office."""
    day = datetime.fromisoformat("2026-10-31T10:00:00+08:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: day)


@pytest.fixture
def begun(now):
    """Xiao has begun to enter the October meeting."""
    play_into(MONTH, "told")
    client = client_of("xiao")
    page = client.get("/sittings/oct/paper")
    sent = press(client, page, "enter_from_paper", reason="全市停电。")
    assert sent.status_code == 302
    return client


def sheet(client, path="/sittings/oct/paper", **typed):
    """Send the sheet as it stands, with what is typed into it."""
    reader = _Reader()
    page = client.get(path)
    assert page.status_code == 200
    reader.feed(page.content.decode())
    fields = next(f for action, f in reader.forms if "day" in f)
    fields |= {name.replace("__", "."): value for name, value in typed.items()}
    return client.post(path, {k: v for k, v in fields.items() if v != []})


CAME = {f"in__{p}__how": "present" for p in ("chen", "liu", "zeng", "wang", "li", "zhou", "wu")}
CAME["in__he__how"] = "absent"


def spoken(item: str, *people: str, chair: str = "for") -> dict[str, str]:
    said = {f"item__{item}__said__{p}__stance": "for" for p in people}
    return said | {f"item__{item}__said__chen__stance": chair}


def test_the_page_is_for_whoever_may_enter_and_nobody_else(begun) -> None:
    assert begun.get("/sittings/oct/paper").status_code == 200
    assert client_of("wang").get("/sittings/oct/paper").status_code == 200, "of the office"
    for person in ("chen", "li", "liu"):
        assert client_of(person).get("/sittings/oct/paper").status_code == 404
    assert client_of("li").post("/sittings/oct/paper", {"day": DAY}).status_code == 404


def test_before_it_begins_somebody_says_why(now) -> None:
    play_into(MONTH, "told")
    page = client_of("xiao").get("/sittings/oct/paper")
    assert "说明原因" in text(page)
    assert client_of("li").get("/sittings/oct/paper").status_code == 404
    assert client_of("xiao").get("/sittings/nowhere/paper").status_code == 404


def test_a_whole_meeting_is_entered_sheet_by_sheet(begun) -> None:
    first = sheet(
        begun,
        **CAME,
        open__at="09:00",
        item__circular__begun="09:02",
        item__circular__rapporteur="wang",
        item__circular__reported="09:05",
        item__circular__outcome="noted",
        item__circular__words="已传达。",
        item__circular__decided="09:10",
    )
    assert first.status_code == 302, text(first)
    assert oct_().opened_at.isoformat() == "2026-10-30T09:00:00+08:00"
    assert oct_().presence["he"].status == "absent"
    assert oct_().deliberations["circular"].ended_at.isoformat() == "2026-10-30T09:10:00+08:00"

    titles = [i for i in oct_().agenda if i != "circular"]
    clock = 15
    for item in titles:
        held = state().items[item]
        who = {"business": "li", "network": "wu", "oversight": "zhou", "office": "wang"}
        said = {
            f"item__{item}__begun": f"09:{clock}",
            f"item__{item}__rapporteur": who.get(held.lead_unit or "", "wang"),
            f"item__{item}__outcome": "postpone",
            f"item__{item}__words": "再研究。",
            **spoken(item, "liu", "zeng", "wang", "li", "zhou", "wu"),
        }
        last = {"close__at": "10:30"} if item == titles[-1] else {}
        done = sheet(begun, **said, **last)
        assert done.status_code == 302, text(done)
        clock += 10
    assert oct_().status == "closed"
    assert oct_().closed_at.isoformat() == "2026-10-30T10:30:00+08:00"
    assert begun.get("/sittings/oct").status_code == 200
    assert begun.get("/sittings/oct/paper").status_code == 404


def test_what_did_not_keep_to_the_rules_stops_there_and_loses_nothing(begun) -> None:
    assert sheet(begun, **CAME).status_code == 302
    told = {
        "item__budget__begun": "09:15",
        "item__budget__rapporteur": "li",
        **spoken("budget", "liu", "zeng", "wang", "li", "zhou", "wu"),
        "item__budget__said__chen__at": "09:16",
        "item__budget__said__liu__at": "09:20",
        "item__budget__said__wu__words": "设备科没有意见。",
    }
    stopped = sheet(begun, **told)

    assert stopped.status_code == 409
    assert "五(二)3" in stopped.content.decode()
    assert "设备科没有意见。" in stopped.content.decode()
    assert oct_().talk_on("budget").presented_at is not None, "what stood before it is entered"
    assert not oct_().talk_on("budget").positions

    reason = {"item__budget__said__chen__reason": "主任先表了态。"}
    left = {k: v for k, v in told.items() if "begun" not in k and "rapporteur" not in k}
    kept = sheet(begun, **left, **reason)
    assert kept.status_code == 302, text(kept)
    said = [(p.member, p.source) for p in oct_().talk_on("budget").positions]
    assert said[0] == ("chen", "secretary")
    assert len(said) == 7


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"open__at": "八点"}, "时间"),
        ({"day": "2027-01-01"}, "还没有到"),
        ({"day": "昨天"}, "日期"),
        ({"item__budget__said__liu__words": "我同意。"}, "没有选态度"),
        ({"item__budget__words": "同意。"}, "没有选决定结果"),
        ({"item__budget__outcome": "adopt"}, "没有写决定的内容"),
        ({"item__budget__rapporteur": "nobody", "item__budget__begun": "09:05"}, "nobody"),
    ],
)
def test_bad_input_is_told_and_stays(begun, typed: dict[str, str], told: str) -> None:
    page = sheet(begun, **CAME, **typed, item__platform__report="汇报了平台。")

    assert page.status_code == 409
    assert told in text(page)
    assert "汇报了平台。" in page.content.decode()


def test_sent_twice_it_is_entered_once(begun) -> None:
    reader = _Reader()
    reader.feed(begun.get("/sittings/oct/paper").content.decode())
    fields = next(f for _, f in reader.forms if "day" in f)
    fields |= {name.replace("__", "."): value for name, value in CAME.items()}
    fields = {k: v for k, v in fields.items() if v != []}
    for _ in range(2):
        assert begun.post("/sittings/oct/paper", fields).status_code == 302
    assert oct_().paper.entries == 9


def test_a_form_of_its_own_takes_the_real_time_too(begun) -> None:
    assert sheet(begun, **CAME).status_code == 302
    page = begun.get("/do/leave_room?sitting=oct&next=/sittings/oct/paper")
    assert {"held_at", "behalf"} <= set(forms(page, "leave_room")[0])

    early = press(begun, page, "leave_room", person="liu", held_at="2026-10-30T08:00")
    assert early.status_code == 409
    assert "早于" in text(early)
    done = press(begun, page, "leave_room", person="liu", held_at="2026-10-30T09:30")
    assert done.status_code == 302
    assert oct_().presence["liu"].log[-1][1].isoformat() == "2026-10-30T09:30:00+08:00"


def test_a_live_form_asks_no_real_time() -> None:
    play_into(MONTH, "budget-presented")
    page = client_of("xiao").get("/do/note_record?sitting=oct")
    assert "held_at" not in forms(page, "note_record")[0]


def test_who_keeps_the_weekly_record_may_begin_too(now) -> None:
    play_into(WEEK, "noticed")
    client = client_of("tan")
    page = client.get("/sittings/w45/paper")
    assert page.status_code == 200


def whole(client) -> None:
    """The October meeting entered to its end, with a chair who spoke first on the budget."""
    told = {
        **CAME,
        "open__at": "09:00",
        "item__circular__begun": "09:02",
        "item__circular__rapporteur": "wang",
        "item__circular__outcome": "noted",
        "item__circular__words": "已传达。",
        "item__circular__decided": "09:10",
        "item__budget__begun": "09:11",
        "item__budget__rapporteur": "li",
        "item__budget__reported": "09:12",
        **spoken("budget", "liu", "zeng", "wang", "li", "zhou", "wu"),
        "item__budget__said__wu__words": "信息科没有意见。",
        "item__budget__said__chen__at": "09:13",
        "item__budget__said__liu__at": "09:14",
        "item__budget__said__chen__reason": "主任先表了态。",
        "item__budget__outcome": "adopt",
        "item__budget__words": "同意。",
        "item__budget__decided": "09:30",
        "item__budget__decided__reason": "主任没有再表态就宣布了。",
        "item__budget__tasks__words": "落实经费",
        "item__budget__tasks__unit": "business",
        "item__budget__tasks__owner": "li",
        "item__budget__tasks__due_on": "2026-11-30",
    }
    done = sheet(client, **told)
    assert done.status_code == 302, text(done)


def test_the_pages_say_that_it_was_entered_from_paper_by_whom_and_when(begun) -> None:
    whole(begun)
    chair = client_of("chen")
    page = text(begun.get("/sittings/oct"))
    assert "件事依据纸质记录补录：肖雨自2026年10月31日10:00起补录" in page
    assert "原因：全市停电。" in page
    record = text(begun.get("/sittings/oct/record"))
    assert "依据纸质记录补录" in record
    assert "09:14 补录 刘敏" in record
    assert "肖雨" in record
    assert "补录" in text(begun.get("/sittings/oct/room"))
    report = text(chair.get("/reports/?sitting=oct"))
    assert "依据纸质记录补录" in report
    assert "主任先表了态。" in report
    assert "未遵守" in report


def test_a_decision_on_paper_has_its_real_time_and_its_task(begun) -> None:
    whole(begun)
    told = state().decisions[state().items["circular"].decision]
    assert told.outcome == "noted"
    budget = state().decisions[state().items["budget"].decision]
    assert budget.at.isoformat() == "2026-10-30T09:30:00+08:00"
    [task] = [state().tasks[t] for t in budget.tasks]
    assert (task.owner, task.unit) == ("li", "business")
    assert task.assigned_at == budget.at


def test_the_papers_say_it_too(begun) -> None:
    whole(begun)
    record = said(begun, "record", "oct")
    assert "依据纸质记录补录" in record
    assert "（补录）" in record
    assert "依据纸质记录补录" in said(client_of("chen"), "report", "oct")


def test_what_was_live_has_no_mark() -> None:
    play_into(MONTH, "budget-presented")
    for path in ("/sittings/oct", "/sittings/oct/record", "/sittings/oct/room"):
        assert "补录" not in text(client_of("xiao").get(path)).replace("开始纸质补录", "")


def test_who_has_no_place_in_the_meeting_is_not_told_why(begun) -> None:
    whole(begun)
    outside = text(client_of("zhao").get("/sittings/oct"))
    assert "全市停电" not in outside


def test_a_weekly_meeting_is_entered_with_its_reports_of_work(monkeypatch) -> None:
    day = datetime.fromisoformat("2026-11-07T10:00:00+08:00")
    monkeypatch.setattr("django.utils.timezone.now", lambda: day)
    play_into(WEEK, "noticed")
    client = client_of("tan")
    path = "/sittings/w45/paper"
    press(client, client.get(path), "enter_from_paper", reason="断网。")
    held = state().sittings["w45"]
    people = {f"in__{p}__how": "present" for p in held.people}
    agenda = [i for i in held.agenda if not i.endswith("section_reports")]
    first = {**people, "open__at": "15:00"}
    clock = 5
    heads = {"office": "wang", "business": "li", "oversight": "zhou", "network": "wu"}
    for item in agenda:
        unit = state().items[item].lead_unit
        first |= {
            f"item__{item}__begun": f"15:{clock:02}",
            f"item__{item}__rapporteur": heads[unit],
            f"item__{item}__outcome": "postpone",
            f"item__{item}__words": "下次再议。",
            f"item__{item}__summary": "意见不一。",
        }
        clock += 5
    reports = f"{held.id}.section_reports"
    first |= {f"item__{reports}__unit__{u}__by": p for u, p in heads.items()}
    first |= {
        f"item__{reports}__begun": "15:40",
        f"item__{reports}__rapporteur": "",
        f"item__{reports}__outcome": "noted",
        f"item__{reports}__words": "已听取。",
        f"item__{reports}__summary": "抓紧落实。",
        "close__at": "16:30",
    }
    done = sheet(client, path, **first)
    assert done.status_code == 302, text(done)
    held = state().sittings["w45"]
    assert held.status == "closed"
    assert dict(held.reports) == heads
    assert held.opened_at.isoformat() == "2026-11-06T15:00:00+08:00"


def test_the_life_of_an_item_tells_when_it_really_was(begun) -> None:
    whole(begun)
    life = text(client_of("li").get("/items/budget"))
    assert "2026年10月30日09:30 补录 陈志远" in life


def test_the_clause_shows_that_it_was_broken_lately(begun) -> None:
    whole(begun)
    assert "没有做到 2 次" in text(client_of("chen").get("/charters/chuwuhui"))


def test_the_sheet_asks_the_database_as_often_however_much_is_on_it(begun) -> None:
    begun.get("/sittings/oct/paper")
    with CaptureQueriesContext(
        connection,
    ) as full:
        begun.get("/sittings/oct/paper")
    whole(begun)
    begun.get("/sittings/oct/paper")
    with CaptureQueriesContext(connection) as less:
        begun.get("/sittings/oct/paper")
    assert len(full) == len(less)


def test_who_presided_in_fact_is_entered_with_the_reason_and_kept_as_broken(begun) -> None:
    typed = {**CAME, "open__at": "09:00", "chair": "liu"}
    stopped = sheet(begun, **typed)
    assert stopped.status_code == 409
    assert 'name="chair.reason"' in stopped.content.decode()
    assert oct_().chair == "chen"

    left = {"open__at": "09:00", "chair": "liu", "chair__reason": "主任临时被叫走。"}
    assert sheet(begun, **left).status_code == 302
    assert (oct_().chair, oct_().deputed, oct_().status) == ("liu", True, "open")
    assert "主任临时被叫走。" in text(client_of("chen").get("/reports/?sitting=oct"))


def test_at_a_live_meeting_a_real_time_sent_along_is_not_heard() -> None:
    play_into(MONTH, "budget-presented")
    client = client_of("xiao")
    page = client.get("/do/note_record?sitting=oct")
    sent = press(
        client, page, "note_record", words="记一笔。", held_at="2026-10-30T08:00", behalf="chen"
    )
    assert sent.status_code == 302
    assert "补录" not in text(client.get("/sittings/oct/record"))


@pytest.mark.parametrize("path", ["/sittings/oct", "/sittings/oct/room", "/"])
def test_everybody_there_sees_that_it_is_being_entered_until_it_is_finished(begun, path) -> None:
    for person in ("chen", "liu"):
        assert "正在纸质补录：肖雨从" in text(client_of(person).get(path))
    press(begun, begun.get("/sittings/oct/paper"), "end_paper_entry")
    assert oct_().entering is None
    assert "正在纸质补录：" not in text(client_of("liu").get(path))


def test_an_entry_not_finished_waits_on_the_desk_with_what_is_lacking(begun) -> None:
    def waits(client=begun) -> str:
        return text(client.get("/")).partition("等您办理")[2].partition("近期会议")[0]

    people, items = len(oct_().people), len(oct_().agenda)
    people, items = len(oct_().people), len(oct_().agenda)
    lacking = f"还没有录： {people}人的到会情况 宣布开会 {items}项议题的结果"
    assert "纸质补录没有完" in waits()
    assert lacking in waits()
    desk = begun.get("/").content.decode()
    assert desk.count('href="/sittings/oct/paper"') == 2
    for path in ("/sittings/oct", "/sittings/oct/paper"):
        assert lacking in text(begun.get(path))
    assert "纸质补录没有完" in waits(client_of("wang"))
    assert "纸质补录没有完" not in waits(client_of("chen"))

    whole(begun)
    assert f"还没有录： {items - 2}项议题的结果 宣布散会" in waits()
    press(begun, begun.get("/sittings/oct/paper"), "end_paper_entry")
    assert "纸质补录没有完" not in waits()
