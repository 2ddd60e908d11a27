"""The guided path (十分钟开一次会), walked step by step in the demonstration by one visitor."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import People
from tests.journeys.people import Person
from tests.journeys.place import ZONE, Clock, Place, database, served
from tests.journeys.proof import holds
from tests.web.demonstration import demonstrate
from yishi.procedure.supervising import overdue

NOW = datetime(2026, 12, 16, 10, 30, tzinfo=ZONE)
GUIDE = "十分钟开一次会"
HALL, CHECK = "办事大厅综合窗口改革实施方案", "四季度窗口作风督查情况和整改建议"


@pytest.fixture
def place(tmp_path: Path, django_db_blocker, chromium: Browser) -> Iterator[Place]:
    """The demonstration on a Wednesday morning, a month of meetings behind it."""
    with django_db_blocker.unblock(), database("sqlite", tmp_path):
        clock = Clock(NOW)
        with served(tmp_path, clock) as there:
            demonstrate(now=NOW)
            yield there


def step(visitor: Person, key: str, name: str) -> Person:
    """Back to the guide by the foot of the page, and from a step into whose act it is."""
    there = visitor.follows(GUIDE, visitor.page.locator("footer")).page.locator(f"#{key}")
    if there.get_by_role("button", name=f"换成{name}").count():
        visitor.presses(f"换成{name}", there)
    else:
        visitor.follows("打开", there)
    return visitor.sees(name, within=visitor.page.locator(".me"))


def becomes(visitor: Person, name: str) -> Person:
    """Somebody else, on the same page, by the switch of the demonstration."""
    switch = visitor.page.locator("aside")
    return visitor.chooses("换一个角色", name, switch).presses("换成此人", switch)


def before_the_meeting(visitor: Person) -> None:
    """Collate, approve, read the notice, grant leave."""
    step(visitor, "collate", "谭静").sees(CHECK).presses("汇总").is_told("已办理：汇总")
    visitor.sees("现在等谁办", "陈志远")
    step(visitor, "approve", "陈志远").sees(CHECK).follows("审定同意上会")
    visitor.answers("是否重大", "是").presses("审定同意上会")
    visitor.is_told("已办理：审定同意上会").sees("陈志远 审定同意上会 三")
    step(visitor, "notice", "陈志远").presses("已阅，参加").is_told("已办理：已阅通知")
    visitor.sees("参加 2 人", "已阅（未答复）1 人")
    step(visitor, "leave", "陈志远").presses("批准请假").is_told("已办理：批准请假")
    becomes(visitor, "李强").presses("告知办公室").is_told("已办理：告知办公室")


def in_the_meeting(visitor: Person) -> None:
    """Who would speak too early is told why not; then everybody, the decision, the end."""
    step(visitor, "room", "肖雨").sees("正在审议", HALL, "到会情况", "登记王芳的发言", "尚未")
    visitor = step(visitor, "early", "陈志远").sees("现在还不能表态", "五(二)3")
    visitor.sees("王芳、李强、周琳、吴昊、罗平")
    assert not visitor.has("表态")
    step(visitor, "guest", "罗平").sees(HALL, "现设28个单项窗口", "综合窗口设置方案和人员安排表")
    for name in ("王芳", "李强", "周琳", "吴昊", "罗平"):
        step(visitor, "speak", name).picks("赞成").writes("意见", "同意。").presses("表态")
        visitor.is_told("已办理：表态")
    step(visitor, "decide", "陈志远").picks("赞成").presses("表态").sees("赞成 7 票", "需要 5 票")
    visitor.answers("决定结果", "通过").writes("决定内容", "同意方案，分两批实施。")
    visitor.drafts("第一批窗口整合", 责任科室="业务科", 责任人="李强", 办结时限="2027-01-15")
    visitor.presses("作出决定").is_told("已办理：作出决定")
    step(visitor, "close", "陈志远")
    assert not visitor.has("宣布散会")
    visitor.presses("进入第3项议题").is_told("已办理：进入议题")
    becomes(visitor, "吴昊").writes("汇报要点", "三家报价最低18.6万元。").presses("登记汇报")
    becomes(visitor, "陈志远").follows("缓议").answers("决定结果", "缓议")
    visitor.writes("决定内容", "时间不够，缓议。").presses("作出决定")
    visitor.presses("宣布散会").is_told("已办理：宣布散会")


def after_the_meeting(visitor: Person) -> None:
    """The record, what is missing for the minutes, the minutes."""
    step(visitor, "record", "肖雨").presses("完成会议记录").is_told("已办理：完成会议记录")
    step(visitor, "set", "谭静").sees("安排午间轮值并统计办件量").follows("明确责任")
    visitor.writes("办结时限", "2027-01-31").presses("明确责任").is_told("已办理：明确责任")
    step(visitor, "minutes", "谭静").sees("内容已经齐全").presses("印发会议纪要")
    visitor.sees("办公室 2026年12月16日印发")


def late_task(place: Place) -> tuple[str, int]:
    """Who owns the task that the guide leads to, and how many days late it is."""
    state, now = place.state, place.clock.now
    every = [state.tasks[t] for t in sorted(state.open_tasks)]
    out = [t for t in every if state.sittings[t.sitting].minutes and t.status == "open"]
    task = min(out, key=lambda t: not overdue(t, now))
    assert task.owner
    assert task.due_on
    return state.roster.people[task.owner], (now.date() - task.due_on).days


def until_it_is_struck_off(visitor: Person, owner: str, days: int) -> None:
    """Report on what is late, remind, complete, strike off; ledger and report."""
    step(visitor, "report", owner).sees(f"逾期{days}天").writes("进展情况", "已完成八成。")
    visitor.presses("反馈进展情况").is_told("已办理：反馈进展情况")
    late = visitor.page.locator("h1").inner_text()
    step(visitor, "remind", "谭静").sees(late).follows("催办").writes("催办的话", "请尽快办结。")
    visitor.presses("催办").is_told("已办理：催办").follows("报告领导").chooses(
        "报告对象", "陈志远"
    )
    visitor.writes("报告的内容", "逾期。").presses("报告领导").sees("报告陈志远：逾期。")
    becomes(visitor, owner).follows("办结").writes("办理结果", "已办好。").presses("办结")
    struck = step(visitor, "strike", "谭静").page.locator("h1").inner_text()
    visitor.presses("销号").is_told("已办理：销号").sees("已销号")
    step(visitor, "ledger", "陈志远").does_not_see(struck)
    assert visitor.fetches("导出 Excel").startswith(b"PK")
    step(visitor, "compliance", "陈志远").sees("已拦下")


def test_the_guided_path_leads_through_a_whole_meeting(
    place: Place, people: People, tmp_path: Path
) -> None:
    visitor = people("visitor")
    visitor.arrives().presses("管一鸣").sees("管一鸣，您好")
    before_the_meeting(visitor)
    in_the_meeting(visitor)
    after_the_meeting(visitor)
    until_it_is_struck_off(visitor, *late_task(place))

    holds(tmp_path / "journal")
