"""One truth on every screen: the demonstration's open meeting, seen by several people at once."""

import re

from playwright.sync_api import Page, Route, expect

from tests.journeys.people import PATIENCE
from tests.journeys.room import MEMBERS, ROOM, Enter, next_one


def test_papers_are_to_be_had_of_a_demonstration_that_was_just_made(enter: Enter) -> None:
    page = enter("xiao", room="/sittings/now-noticed")
    url = f"{page.url.partition('/sittings')[0]}/documents/notice/now-noticed/pdf"
    answer = page.request.get(url, timeout=PATIENCE)

    assert answer.status == 200
    assert answer.body().startswith(b"%PDF")


def test_an_act_shows_on_the_other_screens_and_what_is_typed_there_stays(enter: Enter) -> None:
    chair, secretary = enter("chen"), enter("xiao")
    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("会上还提到窗口的排队时间。")
    note.evaluate("one => one.setSelectionRange(3, 5)")
    waiting = next_one(chair)
    member = next_member(enter, chair)
    said = member.locator("form[action$=state_position]")
    said.locator("input[value=for]").check()
    said.locator("textarea").fill("同意，先易后难。")
    said.locator("button.main").click()

    for screen in (chair, secretary):
        expect(screen.locator("main")).to_contain_text("先易后难", timeout=PATIENCE)
    assert next_one(chair) != waiting
    assert note.input_value() == "会上还提到窗口的排队时间。"
    where = "one => [document.activeElement === one, one.selectionStart, one.selectionEnd]"
    assert note.evaluate(where) == [True, 3, 5]

    secretary.reload()
    assert note.input_value() == "会上还提到窗口的排队时间。"
    secretary.locator("form[action$=note_record] button").click()
    expect(secretary.locator(".told .success")).to_be_visible()
    assert note.input_value() == ""


def test_a_screen_without_network_says_so_and_catches_up_by_itself(enter: Enter) -> None:
    chair, secretary = enter("chen"), enter("xiao")
    chair.context.set_offline(True)
    expect(chair.locator("[data-live-told]")).to_contain_text("连接断了")

    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("断网时记的一句。")
    secretary.locator("form[action$=note_record] button").click()
    expect(secretary.locator(".told .success")).to_be_visible()
    waiting = next_one(secretary)
    passing = secretary.locator("form[action$=pass_turn] button").first
    passing.evaluate("one => one.closest('details') && (one.closest('details').open = true)")
    passing.click()
    expect(secretary.locator(".told .success")).to_be_visible()

    chair.context.set_offline(False)
    expect(chair.locator("[data-live-told]")).to_be_hidden(timeout=PATIENCE)
    expect(chair.locator("li", has_text=waiting).first).to_contain_text(
        re.compile("放弃发言"), timeout=PATIENCE
    )


def test_a_screen_whose_sign_in_has_ended_shows_nothing_more(enter: Enter) -> None:
    member, secretary = enter("he"), enter("xiao")
    other = member.context.new_page()
    other.goto(member.url)
    other.click("header form[action$=sign-out] button")
    note = secretary.locator("form[action$=note_record] textarea")
    note.fill("退出以后记的一句。")
    secretary.locator("form[action$=note_record] button").click()

    expect(member.locator("[data-live-told]")).to_contain_text("不再自动更新", timeout=PATIENCE)


def says(page: Page, words: str) -> None:
    """Whoever is next fills in what they think, and sends it."""
    form = page.locator(".mine form[action$=state_position]")
    form.locator("input[value=for]").check()
    form.locator("textarea").fill(words)
    form.locator("button.main").click(no_wait_after=True)


def next_member(enter: Enter, seen_by: Page) -> Page:
    """The screen of whoever speaks next, on a phone."""
    return enter(MEMBERS[next_one(seen_by)], phone=True)


def test_an_act_whose_answer_is_lost_on_the_way_is_sent_again_and_counts_once(enter: Enter) -> None:
    secretary = enter("xiao")
    member = next_member(enter, secretary)
    answers: list[int] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch(max_redirects=0)
        answers.append(answer.status)
        if len(answers) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    member.route("**/do/state_position", lose_the_first)
    says(member, "断线时说的一句。")
    expect(member.locator("[data-live-told]")).to_contain_text("还没有送到", timeout=PATIENCE)
    expect(secretary.locator("main")).to_contain_text("断线时说的一句", timeout=PATIENCE)
    expect(member.locator(".told")).to_be_visible(timeout=PATIENCE)

    assert len(answers) == 2
    secretary.reload()
    assert secretary.locator("main").inner_text().count("断线时说的一句") == 1


def test_an_act_sent_without_a_network_arrives_when_there_is_one_again(enter: Enter) -> None:
    secretary = enter("xiao")
    member = next_member(enter, secretary)
    expect(member.locator("[data-live-shows]").first).to_be_visible(timeout=PATIENCE)
    member.context.set_offline(True)
    says(member, "没有网络时说的一句。")
    expect(member.locator("[data-live-told]")).to_contain_text("还没有送到", timeout=PATIENCE)
    assert member.locator(".mine textarea").input_value() == "没有网络时说的一句。"
    member.mouse.wheel(0, 3000)
    member.wait_for_function("scrollY > 400")
    expect(member.locator("[data-live-told]")).to_be_in_viewport(ratio=1)
    expect(member.get_by_role("status").filter(has_text="还没有送到")).to_be_visible()
    assert "没有网络时说的一句" not in secretary.locator("main").inner_text()

    member.context.set_offline(False)
    expect(secretary.locator("main")).to_contain_text("没有网络时说的一句", timeout=PATIENCE)
    expect(member.locator(".told .success")).to_be_visible(timeout=PATIENCE)
    secretary.reload()
    assert secretary.locator("main").inner_text().count("没有网络时说的一句") == 1


def test_what_all_see_alike_is_brought_without_fetching_the_page(enter: Enter) -> None:
    beside, member = enter("he"), enter("liu")
    expect(beside.locator("[data-live-shows]").first).to_be_visible(timeout=PATIENCE)
    beside.wait_for_timeout(1500)
    before = beside.locator("[data-part=status]").inner_text()
    fetched: list[str] = []
    beside.on("request", lambda request: fetched.append(request.url))
    member.locator("form[action$=leave_room] button").first.click()

    expect(beside.locator("[data-part=status]")).not_to_have_text(before, timeout=PATIENCE)
    beside.wait_for_timeout(1500)
    assert fetched == []
    member.locator("form[action$=mark_present] button").first.click()
    expect(beside.locator("[data-part=status]")).to_have_text(before, timeout=PATIENCE)


def test_a_private_note_is_on_ones_own_screen_only(enter: Enter) -> None:
    member, other = enter("he"), enter("liu")
    card = member.locator("details", has_text="我的笔记")
    card.locator("summary").click()
    card.locator("textarea").fill("私下记一句。")
    card.get_by_role("button", name="保存笔记").click()
    expect(member.locator(".told .success")).to_contain_text("只有您自己看得到", timeout=PATIENCE)

    assert card.locator("textarea").input_value() == "私下记一句。"
    other.reload()
    assert "私下记一句" not in other.content()


def test_what_one_person_typed_is_not_put_into_the_form_of_the_next(enter: Enter) -> None:
    page = enter("he")
    where = page.url
    note = page.locator("form[action*='/notes/'] textarea")
    page.locator("#note").evaluate("one => one.open = true")
    note.fill("写了一半的私事。")
    page.reload()
    assert note.input_value() == "写了一半的私事。"

    behind = page.context.new_page()
    behind.goto(where.replace(ROOM, "/"))
    assert "私事" in behind.evaluate("JSON.stringify(localStorage)")
    behind.click("header form[action$=sign-out] button")
    behind.wait_for_url("**/sign-in")
    assert "私事" not in behind.evaluate("JSON.stringify(localStorage)")
    behind.click("button[value=wang]")
    behind.close()
    page.goto(where)

    assert "王芳" in page.locator("header .me").inner_text()
    assert note.input_value() == ""
    assert "私事" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")


def test_eight_members_and_six_items_stand_on_the_wall_without_scrolling(enter: Enter) -> None:
    wall = enter("xiao", room=ROOM.replace("/room", "/screen"))
    assert wall.locator(".turns li").count() == 8
    wall.evaluate(
        """() => {
        const [front, now] = document.querySelector("[data-part=screen]").children;
        const agenda = document.querySelector("ol.people"), words = "关于添置自助服务设备的请示";
        while (agenda.children.length < 6) { agenda.insertAdjacentHTML("beforeend",
            `<li><div>第6项 ${words}</div><span class="tag">预计 10:20</span></li>`); }
        front.insertAdjacentHTML("beforeend", "<p class='quorum'>到会的组成人员够了</p>");
        now.querySelector("section").insertAdjacentHTML("beforeend",
            "<p class='clock'>汇报时限：<b>09:10起，到09:20</b> <b class='num'>还剩 5:12</b></p>");
        document.querySelector(".wall").insertAdjacentHTML("beforeend",
            "<section class='card'><a><img class='scan' src='/static/yishi/icon.svg' width='200'" +
            " height='200'></a><p>手机扫码签到</p></section>");
        }"""
    )
    for size in ((1920, 1080), (1280, 900), (1366, 768), (1024, 768)):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        box = wall.locator("img.scan").bounding_box()
        assert box is not None
        assert box["height"] > size[1] / 6
        assert box["y"] + box["height"] < size[1]
        root = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        assert wall.evaluate(root) == list(size)
