"""The scripts of the room alone, on pages made up here: what is typed and where one is stays."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import yishi.web
from tests.journeys.people import PATIENCE

STATIC = Path(yishi.web.__file__).parent / "static" / "yishi"
HOME = "http://yishi.test/room"
SCRIPTS = "".join(
    f'<script src="/{name}.js" defer></script>' for name in ("typed", "kept", "live", "clock")
)
LEFT = """<section data-kept="now" tabindex="-1" data-line="{about}：{words}"
data-line-chosen="{about}（{chosen}）：{words}" hidden><ul data-kept-list></ul><template><li>
<p data-kept-about></p><p data-kept-words></p><button data-kept-record>放进会议记录</button>
<button data-kept-gone>不要了</button></li></template></section>"""
NO_STREAM = """
window.EventSource = class { constructor() { window.stream = this; this.said = {}; }
  addEventListener(name, act) { this.said[name] = act; } close() {} };
EventSource.CLOSED = 2;
"""
"""A stream that says only what a test has it say."""


class Office:
    """A server that answers with the page that a test has it answer with."""

    def __init__(self) -> None:
        self.room, self.me, self.ended = "", "a", False
        self.away = False

    def html(self) -> str:
        head = f"<head><title>room</title>{SCRIPTS}</head><body><p data-live-told hidden></p>"
        live = f'data-live="/live" data-now="1000" data-me="{self.me}" data-own="0"'
        live = "data-ended" if self.ended else live
        return f"<!doctype html>{head}<main>{LEFT}<div {live}>{self.room}</div></main></body>"

    def answers(self, route: Route) -> None:
        path = route.request.url.removeprefix("http://yishi.test").partition("?")[0]
        if path.endswith(".js"):
            route.fulfill(path=STATIC / path.removeprefix("/"), content_type="text/javascript")
        elif self.away:
            route.fulfill(status=503)
        elif path == "/sign-in":
            script = '<script src="/typed.js" defer data-forgets></script>'
            route.fulfill(body=f"<!doctype html><head>{script}</head>", content_type="text/html")
        else:
            route.fulfill(body=self.html(), content_type="text/html; charset=utf-8")


@pytest.fixture
def office() -> Office:
    return Office()


Window = Callable[[], Page]


@pytest.fixture
def window(chromium: Browser, office: Office) -> Iterator[Window]:
    """A new window of the same browser."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE)
    context.add_init_script(NO_STREAM)
    context.route("**/*", office.answers)

    def opened() -> Page:
        page = context.new_page()
        page.goto(HOME)
        return page

    yield opened
    context.close()


def happens(page: Page, office: Office, room: str) -> None:
    """Somebody else does something: the page is fetched anew and put in place."""
    office.room = room + '<i id="anew"></i>'
    page.evaluate("stream.said.own({ data: String(Math.random()) })")
    page.wait_for_selector("#anew", state="attached")
    page.evaluate("document.getElementById('anew').remove()")


def deciding(*outcomes: str) -> str:
    radios = "".join(f'<input type="radio" name="outcome" value="{one}">' for one in outcomes)
    row = '<input name="tasks.words"><select name="tasks.unit"><option value=""></option>'
    row += "<option>a</option><option>b</option></select>"
    words = '<textarea name="words"></textarea><textarea name="summary"></textarea>'
    return f'<form method="post" action="/do/decide_item">{radios}{words}{row}{row}</form>'


# ── what is typed ─────────────────────────────────────────────────────────────────────────────


def test_what_is_typed_stays_in_its_field_whatever_the_form_offers_meanwhile(
    window: Window, office: Office
) -> None:
    office.room = deciding("postpone")
    page = window()
    page.fill("[name=words]", "同意。")
    page.locator("[name='tasks.words']").nth(1).fill("购置设备。")
    page.locator("[name='tasks.unit']").nth(1).select_option("b")

    for outcomes in (("adopt", "reject", "postpone"), ("postpone",), ("adopt", "postpone")):
        happens(page, office, deciding(*outcomes))
        assert page.input_value("[name=words]") == "同意。"
        assert page.input_value("[name=summary]") == ""
        assert page.locator("[name='tasks.words']").evaluate_all(
            "o => o.map(one => one.value)"
        ) == [
            "",
            "购置设备。",
        ]
        assert page.locator("[name='tasks.unit']").nth(1).input_value() == "b"


def test_what_has_no_place_just_now_waits_for_one(window: Window, office: Office) -> None:
    office.room = deciding("adopt", "postpone")
    page = window()
    page.check("[value=adopt]")
    happens(page, office, deciding("postpone"))
    assert not page.is_checked("[value=postpone]")
    happens(page, office, "")
    happens(page, office, deciding("adopt", "postpone"))
    assert page.is_checked("[value=adopt]")

    happens(page, office, deciding("reject", "postpone"))
    page.check("[value=postpone]")
    happens(page, office, deciding("adopt", "postpone"))
    assert page.is_checked("[value=postpone]")


def test_what_was_emptied_stays_empty(window: Window, office: Office) -> None:
    office.room = deciding("adopt")
    page = window()
    page.fill("[name=words]", "同意。")
    happens(page, office, deciding("adopt"))
    page.fill("[name=words]", "")
    happens(page, office, deciding("adopt"))
    assert page.input_value("[name=words]") == ""
    page.reload()
    assert page.input_value("[name=words]") == ""


SAYING = '<form method="post" action="/do/x"><textarea name="words"></textarea></form>'
KEPT = "JSON.stringify([localStorage, sessionStorage])"


def test_what_was_typed_in_a_window_that_was_closed_is_there_in_the_next(
    window: Window, office: Office
) -> None:
    office.room = SAYING
    page = window()
    page.fill("textarea", "说到一半")
    page.close()

    page, beside = window(), window()
    assert page.input_value("textarea") == "说到一半"
    page.fill("textarea", "")
    page.close()
    assert window().input_value("textarea") == ""
    happens(beside, office, SAYING)
    assert beside.input_value("textarea") == "说到一半"


def test_what_was_sent_is_kept_nowhere(window: Window, office: Office) -> None:
    office.room = SAYING
    page = window()
    page.fill("textarea", "说完了")
    page.evaluate("sessionStorage.setItem('yishi sent', Object.keys(localStorage)[0])")
    office.room = '<div class="told"><p class="success"></p></div>' + SAYING
    page.reload()
    assert page.input_value("textarea") == ""
    assert "说完了" not in page.evaluate(KEPT)


def test_what_was_sent_and_is_typed_once_more_is_kept_like_anything_else(
    window: Window, office: Office
) -> None:
    office.room = note("b")
    page = window()
    page.fill("textarea", "与会人员讨论。")
    page.evaluate("sessionStorage.setItem('yishi sent', Object.keys(sessionStorage)[0])")
    office.room = '<div class="told"><p class="success"></p></div>' + note("b")
    page.reload()
    page.fill("textarea", "")
    page.fill("textarea", "与会人员讨论。")
    happens(page, office, note("b"))

    assert page.input_value("textarea") == "与会人员讨论。"


@pytest.mark.parametrize(("address", "stays"), [("/sign-in", False), ("/sign-in?next=/x", True)])
def test_signing_out_forgets_what_was_typed_and_being_away_keeps_it_in_its_window(
    window: Window, office: Office, address: str, stays: bool
) -> None:
    office.room = SAYING
    page = window()
    page.fill("textarea", "说到一半")
    page.goto("http://yishi.test" + address)
    assert "说到一半" not in page.evaluate("JSON.stringify(localStorage)")
    assert window().input_value("textarea") == ""
    page.goto(HOME)
    assert page.input_value("textarea") == ("说到一半" if stays else "")


def test_nothing_that_another_typed_is_kept_where_somebody_opens_a_room(
    window: Window, office: Office
) -> None:
    office.room = SAYING
    page = window()
    page.fill("textarea", "说到一半")
    office.me = "b"
    page.reload()
    assert page.input_value("textarea") == ""
    assert "说到一半" not in page.evaluate(KEPT)


def test_after_some_hours_nothing_is_kept(window: Window, office: Office) -> None:
    office.room = SAYING
    page = window()
    page.fill("textarea", "昨天说的")
    page.close()
    page = window()
    page.context.add_init_script("const now = Date.now; Date.now = () => now() + 13 * 3600e3;")
    page.close()
    page = window()
    assert page.input_value("textarea") == ""
    assert page.evaluate("localStorage.length") == 0


# ── what there is no place for any more ───────────────────────────────────────────────────────


def turn(member: str, name: str) -> str:
    return (
        f'<form method="post" action="/do/state_position" data-about="{name}的发言" '
        'data-about-where="第2项"><input type="hidden" name="subject.sitting" value="now">'
        '<input type="hidden" name="subject.item" value="b">'
        f'<input type="hidden" name="member" value="{member}">'
        '<label><input type="radio" name="stance" value="for"> 赞成</label>'
        '<textarea name="words"></textarea></form>'
    )


def note(item: str) -> str:
    return (
        '<form method="post" action="/do/note_record">'
        '<input type="hidden" name="subject.sitting" value="now">'
        f'<input type="hidden" name="subject.item" value="{item}">'
        '<textarea name="words"></textarea></form>'
    )


def test_words_whose_turn_has_ended_are_offered_for_the_record_and_lost_by_nothing(
    window: Window, office: Office
) -> None:
    office.room = turn("li", "李强") + note("b")
    page = window()
    page.check("[value=for]")
    page.fill("[action$=state_position] textarea", "先易后难，$&。")
    page.fill("[action$=note_record] textarea", "已记的。")
    page.focus("[action$=state_position] textarea")
    happens(page, office, turn("liu", "刘敏") + note("b"))

    left = page.locator("[data-kept]")
    expect(left).to_be_focused()
    expect(left).to_contain_text("第2项 · 李强的发言 · 赞成")
    expect(left).to_contain_text("先易后难，$&。")
    assert page.input_value("[action$=state_position] textarea") == ""
    page.reload()
    expect(left).to_contain_text("先易后难，$&。")
    page.close()
    page = window()
    page.get_by_text("放进会议记录").click()

    words = page.locator("[action$=note_record] textarea")
    expect(words).to_have_value("已记的。\n李强的发言（赞成）：先易后难，$&。")
    expect(page.locator("[data-kept]")).to_be_hidden()
    page.reload()
    expect(words).to_have_value("已记的。\n李强的发言（赞成）：先易后难，$&。")


def recusal(*people: str) -> str:
    chosen = "".join(f'<option value="{p}">{p}</option>' for p in people)
    return (
        '<form method="post" action="/do/recuse" data-about="回避的理由" data-about-where="第2项">'
        '<input type="hidden" name="subject.sitting" value="now">'
        '<input type="hidden" name="subject.item" value="b">'
        f'<select name="person"><option value="">请选择</option>{chosen}</select>'
        '<textarea name="reason"></textarea></form>'
    )


def test_the_reason_for_a_recusal_whose_form_has_closed_is_not_lost(
    window: Window, office: Office
) -> None:
    office.room = recusal("刘敏", "周琳") + note("b")
    page = window()
    page.select_option("select", "周琳")
    page.fill("[action$=recuse] textarea", "亲属承办。")
    happens(page, office, note("b"))

    left = page.locator("[data-kept]")
    expect(left).to_contain_text("亲属承办。")
    expect(left).to_contain_text("回避的理由 · 周琳")
    left.get_by_text("放进会议记录").click()
    said = page.locator("[action$=note_record] textarea")
    expect(said).to_have_value("回避的理由（周琳）：亲属承办。")
    expect(left).to_be_hidden()


def test_they_go_back_into_a_form_that_comes_again_and_say_of_which_item_they_are(
    window: Window, office: Office
) -> None:
    office.room = turn("li", "李强")
    page = window()
    page.fill("textarea", "说到一半")
    happens(page, office, "")
    left = page.locator("[data-kept]")
    expect(left).to_contain_text("说到一半")
    expect(page.get_by_text("放进会议记录")).to_be_hidden()
    happens(page, office, turn("li", "李强"))
    expect(left).to_be_hidden()
    assert page.input_value("textarea") == "说到一半"

    happens(page, office, note("c"))
    page.get_by_text("放进会议记录").click()
    assert page.input_value("textarea") == "第2项 李强的发言：说到一半"


def test_what_was_thrown_away_or_sent_from_another_window_is_not_offered(
    window: Window, office: Office
) -> None:
    office.room = turn("li", "李强") + turn("wu", "吴昊")
    page = window()
    page.locator("textarea").first.fill("不要的")
    page.locator("textarea").last.fill("说完了")
    beside = window()
    page.evaluate(
        "sessionStorage.setItem('yishi sent', "
        "Object.keys(localStorage).find(one => /wu$/.test(one)))"
    )
    office.room = '<div class="told"><p class="success"></p></div>'
    page.reload()
    left = page.locator("[data-kept]")
    expect(left).to_contain_text("不要的")
    expect(left).not_to_contain_text("说完了")
    happens(beside, office, "")
    expect(beside.locator("[data-kept]")).not_to_contain_text("说完了")

    page.get_by_text("不要了").click()
    expect(left).to_be_hidden()
    assert "说完了" not in page.evaluate(KEPT)
    assert "不要的" not in page.evaluate(KEPT)


def test_why_nothing_more_comes_is_asked_again_of_a_server_that_is_away(
    window: Window, office: Office
) -> None:
    page = window()
    told = page.locator("[data-live-told]")
    told.evaluate("one => { one.dataset.over = '不再更新'; one.dataset.offline = '已断开' }")
    office.away, office.ended, office.room = True, True, "<h2>会议已取消</h2>"

    page.evaluate("stream.said.over()")
    expect(told).to_have_text("已断开")

    office.away = False
    expect(page.get_by_text("会议已取消")).to_be_visible(timeout=PATIENCE)
    expect(told).to_have_text("")


@pytest.mark.parametrize("ended", [True, False])
def test_when_no_more_comes_the_page_itself_says_why(
    window: Window, office: Office, ended: bool
) -> None:
    office.room = turn("li", "李强")
    page = window()
    page.evaluate("document.querySelector('[data-live-told]').dataset.over = '不再更新'")
    page.fill("textarea", "说到一半")
    office.room, office.ended = "<h2>会议已取消</h2>", ended
    page.evaluate("stream.said.over({})")

    expect(page.get_by_text("会议已取消")).to_have_count(int(ended))
    if ended:
        expect(page.locator("[data-kept]")).to_contain_text("说到一半")
    expect(page.locator("[data-live-told]")).to_have_text("" if ended else "不再更新")


# ── where one is ──────────────────────────────────────────────────────────────────────────────

RECUSING = """<details><summary><strong>回避</strong></summary>
<form method="post" action="/do/recuse"><select name="person"><option value="">请选择</option>
<option value="liu">刘敏</option></select>
<button name="delete" value="yes">删除</button></form></details>"""
ROLL = """<details open><summary><strong>到会</strong> <span>{n}</span></summary>
<form method="post" action="/do/leave"><input type="hidden" name="person" value="liu">
<button>离席</button></form></details>"""


def test_what_nobody_touched_does_not_unfold_and_what_was_folded_stays_so(
    window: Window, office: Office
) -> None:
    office.room = RECUSING + ROLL
    page = window()
    page.click("summary:has-text('到会')")
    for _ in range(2):
        happens(page, office, RECUSING + ROLL)
        assert page.locator("details").evaluate_all("o => o.map(one => one.open)") == [False] * 2
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    "which",
    ["button:has-text('离席')", "summary:has-text('到会')", "[value=reject]", "select >> nth=1"],
)
def test_the_keyboard_stays_where_it_is(window: Window, office: Office, which: str) -> None:
    office.room = deciding("adopt", "reject") + ROLL.format(n=5)
    page = window()
    page.focus(which)
    happens(page, office, "<p>刘敏</p>" + deciding("reject") + ROLL.format(n=6))
    expect(page.locator(which)).to_be_focused()


# ── one clock ─────────────────────────────────────────────────────────────────────────────────


def test_however_late_a_script_comes_the_clocks_go_by_when_the_page_came(
    window: Window, office: Office
) -> None:
    office.room = "<p></p>"
    page = window()
    page.context.add_init_script("const now = Date.now; Date.now = () => now() + 50e3;")
    began = page.evaluate("Date.now() / 1000")
    page.goto(HOME)
    ahead = "Number(document.querySelector('[data-now]').dataset.ahead)"
    assert page.evaluate(ahead) > 1000 - began - 40
    page.evaluate(f"stream.said.here({{ data: '{1000 + 1}' }})")
    assert page.evaluate(ahead) > 1000 - began - 40


def test_no_more_is_left_than_there_was(window: Window, office: Office) -> None:
    office.room = (
        '<p data-clock="9999" data-limit="600"><b class="num" data-left="还剩" data-past="超过" '
        "hidden></b><i data-over></i></p>"
    )
    assert window().inner_text(".num") == "还剩 10:00"
