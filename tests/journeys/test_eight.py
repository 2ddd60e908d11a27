"""Eight screens in one meeting: dissent, a recusal, a leaver, a dropped line, a lost majority."""

import re

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE
from tests.journeys.room import ROOM, Enter, seen, states, surely


def test_a_meeting_of_eight_screens_loses_its_majority_and_goes_on(enter: Enter) -> None:
    chair, secretary = enter("chen"), enter("xiao")
    wang, li, zhou, wu = (enter(name, phone=True) for name in ("wang", "li", "zhou", "wu"))
    guest, wall = enter("guan", phone=True), enter("xiao")
    wall.goto(wall.url.replace("/room", "/screen"))
    every = (chair, secretary, wang, li, zhou, wu)

    # Called in for the next item, he waits: no word of this one reaches his screen.
    chair.goto(chair.url.replace("/room", ""))
    chair.locator("main a[href*='invite_others'][href*='now-budget']").click()
    chair.locator("main form input[name=people][value=guan]").check()
    chair.get_by_role("button", name="确定其他列席人员", exact=True).click()
    chair.goto(re.sub(r"/sittings/.*", ROOM, chair.url))
    guest.reload()
    seen((guest,), "前面")
    assert "综合窗口改革" not in guest.locator("main").inner_text()

    states(wang, "against", "人员没有落实，我不同意。")
    seen((chair, secretary, li, zhou, wu), "人员没有落实")
    seen((wall,), "李强 下一位")
    assert "人员没有落实" not in wall.locator("main").inner_text()
    assert "人员没有落实" not in guest.locator("main").inner_text()

    # The line drops in the middle of an act; it arrives once when the line is back.
    expect(li.locator("[data-live-shows]").first).to_be_visible(timeout=PATIENCE)
    expect(li.locator(".mine form[action$=state_position]")).to_be_visible(timeout=PATIENCE)
    li.context.set_offline(True)
    states(li, "for", "人员月底前到位。")
    expect(li.locator("[data-live-told]")).to_contain_text("还没有送到", timeout=PATIENCE)
    li.context.set_offline(False)
    seen(every, "人员月底前到位")

    zhou.locator("#recuse summary").first.click()
    zhou.locator("#recuse textarea").fill("本人亲属参加投标。")
    zhou.locator("#recuse details.sure summary").click()
    zhou.locator("#recuse details.sure button").click()
    for page in (chair, secretary, wang):
        row = page.locator("li", has_text="周琳").first
        expect(row).to_contain_text("回避", timeout=PATIENCE)
    wu.locator("form[action$=leave_room] button").first.click()
    # Whoever sits in for the item is asked too; the chair goes on where there is nothing to say.
    chair.get_by_role("button", name="罗平放弃发言，请下一位").click()

    # Nobody is waited for any more: the chair speaks last, and still it does not carry.
    expect(chair.locator(".mine form[action$=state_position]")).to_be_visible(timeout=PATIENCE)
    states(chair, "for", "同意，但要看人员。")
    seen((chair, secretary), "赞成 4 票，反对 1 票")
    seen((chair,), "还没有形成多数")
    chair.locator("details.heldback summary").first.click()
    seen((chair,), "需要5票")
    deciding = chair.locator("form[action$=decide_item]")
    deciding.locator("input[name=outcome][value=postpone]").check()
    deciding.locator("textarea[name=words]").fill("人员落实以后再议。")
    surely(deciding)
    seen((secretary, wang), "缓议")

    begin = chair.locator("form[action$=begin_item] button").first
    begin.click()
    seen((secretary, wang, li, wall), "电子证照系统运维经费安排")
    guest.locator("form[action$=mark_present] button").first.click()
    seen((guest,), "电子证照系统运维经费安排")
