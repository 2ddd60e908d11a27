"""A meeting held on paper in a power cut, entered the day after on its one sheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import People
from tests.journeys.people import Person
from tests.journeys.place import Place
from tests.journeys.proof import holds
from tests.journeys.told import told

OCT = "/sittings/oct"
MEMBERS = ["刘敏", "曾建国", "王芳", "李强", "周琳", "吴昊"]
ITEMS = {
    "传达全市优化营商环境会议精神": "王芳",
    "窗口叫号系统更新": "吴昊",
    "督查科岗位调整": "周琳",
}
BUDGET = "2027年大厅运行经费预算"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker, chromium: Browser
) -> Iterator[Place]:
    """The October meeting was called and told; on its day the lights went out."""
    with django_db_blocker.unblock(), told(request.param, tmp_path) as there:
        there.clock.to("2026-10-31 10:00")
        yield there


def came(xiao: Person) -> None:
    """Who was there from when, and who was not."""
    for name in ("陈志远", *MEMBERS):
        xiao.answers(name, "到会").page.get_by_label(f"到会时间 {name}").fill("08:55")
    xiao.answers("何立", "缺席")
    xiao.writes("宣布开会", "09:00")


def took_up(xiao: Person, title: str, by: str, at: str) -> None:
    """An item is begun and reported."""
    item = xiao.card(title)
    xiao.writes("进入议题", at, item).chooses("汇报人", by, item)


def put_off(xiao: Person, title: str, at: str) -> None:
    """Everybody had no objection to waiting."""
    item = xiao.card(title)
    for name in (*MEMBERS, "陈志远"):
        xiao.chooses(f"态度 {name}", "赞成", item)
    xiao.chooses("决定结果", "缓议", item).writes("时间", at, item.locator(".filter").last)
    xiao.writes("决定的内容", "缓议。", item)


def the_budget(xiao: Person) -> None:
    """The chair spoke first, which the rules do not let a chair do; it was adopted."""
    took_up(xiao, BUDGET, "李强", "09:05")
    item = xiao.card(BUDGET)
    for minute, name in enumerate(("陈志远", *MEMBERS), 10):
        xiao.chooses(f"态度 {name}", "赞成", item)
        item.get_by_label(f"时间 {name}", exact=True).fill(f"09:{minute}")
    item.get_by_label("意见 刘敏").fill("从紧编列。")
    xiao.chooses("决定结果", "通过", item).writes("决定的内容", "同意。", item)
    xiao.writes("时间", "09:30", item.locator(".filter").last)


def test_a_meeting_held_on_paper_is_entered_to_its_end(
    place: Place, people: People, tmp_path: Path
) -> None:
    xiao, chen = people("xiao"), people("chen")
    xiao.goes(OCT).follows("会议用纸记录了").writes("理由", "全市停电。").presses("开始纸质补录")
    chen.goes(OCT).sees("正在纸质补录：肖雨从2026年10月31日10:00起补录")

    came(xiao)
    the_budget(xiao)
    xiao.presses("录入").sees("录到这里停下了", "五(二)3")
    told = xiao.page.locator("[name$='said.chen.reason']")
    told.fill("主任先表了态。")
    xiao.presses("录入").sees("录到这里停下了")
    told.page.locator("[name$='budget.decided.reason']").fill("没有再表态就宣布了。")
    xiao.presses("录入").sees("补录了", f"已录完：{BUDGET}")

    # Something else comes up; the desk knows that it is not finished, and what is lacking.
    xiao.goes("/").sees("纸质补录没有完", "还没有录： 3项议题的结果 宣布散会")
    xiao.follows("接着补录")
    for minute, (title, by) in zip((31, 41, 51), ITEMS.items(), strict=True):
        took_up(xiao, title, by, f"09:{minute}")
        put_off(xiao, title, f"09:{minute + 8}")
    xiao.writes("宣布散会", "10:05").presses("录入").is_told("补录了")
    xiao.goes("/").does_not_see("纸质补录没有完")
    held = place.state.sittings["oct"]
    assert held.status == "closed"
    assert f"{held.opened_at:%H:%M}–{held.closed_at:%H:%M}" == "09:00–10:05"

    xiao.goes(f"{OCT}/record").sees("依据纸质记录补录", "09:11补录 刘敏", "从紧编列。")
    xiao.presses("完成会议记录").is_told("已办理：完成会议记录")
    xiao.goes(f"{OCT}/minutes").sees("依据纸质记录补录", "全市停电。")
    chen.goes("/reports/?sitting=oct").sees("主任先表了态。", "没有再表态就宣布了。")
    holds(tmp_path / "journal")
