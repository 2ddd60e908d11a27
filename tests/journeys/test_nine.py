"""Nine screens in a director's meeting: the chair speaks first, one item comes from the floor."""

import re
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import PATIENCE
from tests.journeys.room import Enter, seen, states, surely

SITTING = "now-noticed"
ROOM = f"/sittings/{SITTING}/room"
FROM_FLOOR = "大厅供暖提前三天"


def at(page: Page, path: str) -> Page:
    """The page of this path on the same server."""
    page.goto(re.sub(r"(://[^/]+)/.*", r"\1" + path, page.url))
    return page


def signs_in(page: Page) -> None:
    """Somebody has come and says so on an own page."""
    page.locator("main form[action$=mark_present] button").first.click()
    expect(page.locator("main form[action$=mark_present]")).to_have_count(0, timeout=PATIENCE)


def position(page: Page) -> Locator:
    """Where somebody takes a position, once it is their turn."""
    return page.locator(".mine form[action$=state_position]")


def takes_the_turn(page: Page, stance: str, words: str) -> None:
    """Somebody waits until the screen gives the turn, and takes a position."""
    expect(position(page)).to_be_visible(timeout=PATIENCE)
    states(page, stance, words)
    expect(page.locator("main")).to_contain_text(words, timeout=PATIENCE)


def decides(chair: Page, outcome: str, words: str, summary: str = "") -> None:
    """The chair says what has been settled."""
    form = chair.locator("form[action$=decide_item]")
    form.locator(f"input[name=outcome][value={outcome}]").check(timeout=PATIENCE)
    form.locator("textarea[name=words]").fill(words)
    if summary:
        form.locator("textarea[name=summary]").fill(summary)
    surely(form)


def the_meeting_is_moved_to_this_minute(chair: Page, secretary: Page) -> None:
    """It was called for Friday; what cannot wait is the reason."""
    soon = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=1)
    at(chair, f"/do/move_sitting?sitting={SITTING}")
    chair.locator("main form input[name=starts_at]").fill(f"{soon:%Y-%m-%dT%H:%M}")
    chair.locator("main form textarea[name=reason]").fill("值班急需安排，改在今天开。")
    chair.get_by_role("button", name="会议改期", exact=True).click()
    expect(chair.locator("body")).to_contain_text("已办理：会议改期", timeout=PATIENCE)
    at(secretary, f"/do/give_notice?sitting={SITTING}")
    secretary.locator("main form textarea[name=reason]").fill("值班急需安排。")
    secretary.get_by_role("button", name="发出会议通知", exact=True).click()
    expect(secretary.locator("body")).to_contain_text("已办理：发出会议通知")


def test_a_directors_meeting_of_nine_screens_takes_an_item_from_the_floor(enter: Enter) -> None:
    there = partial(enter, room=ROOM)
    chair, secretary = there("chen"), there("tan")
    the_meeting_is_moved_to_this_minute(chair, secretary)
    liu, he, zeng = (there(name, phone=True) for name in ("liu", "he", "zeng"))
    wang, zhou, wu = (there(name, phone=True) for name in ("wang", "zhou", "wu"))
    wall = there("tan")
    wall.goto(wall.url.replace("/room", "/screen"))
    room = (chair, secretary, liu, he, zeng, wang, zhou, wu)
    for page in (chair, secretary):
        at(page, ROOM)

    for page in (chair, liu, he, zeng, wang, zhou, wu):
        signs_in(page)
    seen((secretary,), "组成人员在会 4 人，应到 4 人")
    surely(chair.locator("details.sure", has=chair.locator("form[action$=open_sitting]")).first)
    chair.locator("form[action$=begin_item] button").first.click()
    seen((*room, wall), "等待汇报")

    # Here nobody waits for the chair to be the last.
    report = wang.locator("form[action$=present_item]")
    report.locator("textarea").first.fill("领导带班，科室轮值。")
    report.locator("button.main").click()
    seen((chair, secretary), "领导带班，科室轮值")
    states(chair, "for", "按附表安排，先听大家的。")
    seen((secretary, liu, he, zeng), "按附表安排，先听大家的")
    assert "先听大家的" not in wall.locator("main").inner_text()

    takes_the_turn(liu, "for", "同意，值班表尽快发。")
    seen((chair, secretary, he), "值班表尽快发")

    # One line drops in the middle of a position; what comes from the floor does not wait for it.
    expect(he.locator("[data-live-shows]").first).to_be_visible(timeout=PATIENCE)
    expect(position(he)).to_be_visible(timeout=PATIENCE)
    he.context.set_offline(True)
    states(he, "for", "同意，注意错开。")
    expect(he.locator("[data-live-told]")).to_contain_text("还没有送到", timeout=PATIENCE)
    zhou.locator("main a[href*='/do/raise_floor_item']").first.click()
    zhou.locator("main form input[name=title]").fill(FROM_FLOOR)
    zhou.locator("main form select[name=matter]").select_option("daily")
    zhou.locator("main form textarea[name=proposal]").fill("明天起供暖。")
    zhou.get_by_role("button", name="提出临时动议", exact=True).click()
    seen((chair, secretary), FROM_FLOOR)
    assert "同意，注意错开" not in chair.locator("main").inner_text()
    he.context.set_offline(False)
    seen((chair, secretary, liu), "同意，注意错开")
    seen((he,), FROM_FLOOR)
    at(zhou, ROOM)

    # Admitted, it comes after everything that was planned.
    chair.locator("main a[href*='/do/admit_floor_item']").first.click()
    chair.get_by_role("group", name="是否重大").get_by_label("不是", exact=True).check()
    surely(chair.locator("main form[action$=admit_floor_item]"))
    at(chair, ROOM)
    seen((liu, zeng, wu), "第3项 " + FROM_FLOOR)
    for page, stance, words in (
        (zeng, "against", "人手紧，先减一班。"),
        (wang, "for", "同意。"),
        (zhou, "for", "同意。"),
        (wu, "for", "系统有人值守。"),
    ):
        takes_the_turn(page, stance, words)
        seen((chair,), words)
    seen((chair,), "赞成 3 票，反对 1 票")
    decides(chair, "adopt", "按附表安排值班。", "多数同意，人手由办公室调配。")
    seen((secretary, liu, zeng), "元旦春节值班安排 通过")

    chair.locator("form[action$=begin_item] button").first.click()
    seen((*room, wall), "各科室汇报当前主要工作")
    for page, said in ((wang, "办公室正常。"), (zhou, "督查科正常。"), (wu, "信息科正常。")):
        form = page.locator("form[action$=report_work]").first
        form.locator("textarea").fill(said)
        form.locator("button").first.click()
        seen((chair, secretary), said)
    decides(chair, "noted", "已听取各科室汇报。")

    chair.locator("form[action$=begin_item] button").first.click()
    report = zhou.locator("form[action$=present_item]")
    report.locator("textarea").first.fill("气温骤降，群众等候时冷。")
    report.locator("button.main").click()
    seen((chair, secretary, liu), "气温骤降")
    for page in (liu, he, zeng, wang, zhou, wu, chair):
        takes_the_turn(page, "for", "同意提前。")
    seen((chair,), "赞成 4 票")
    decides(chair, "adopt", "明天起供暖。", "一致同意。")
    seen((secretary, he, wall), FROM_FLOOR)
    surely(chair.locator("details.sure", has=chair.locator("form[action$=close_sitting]")).first)
    seen((secretary, liu), "散会")
