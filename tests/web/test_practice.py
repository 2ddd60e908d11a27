"""House practice on its pages: switched by the convener, shown to everybody, never in the way."""

import re
from datetime import datetime

import pytest

from tests.playing import PLACE, client_of, play_into
from tests.web.documents import said as said_in
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.attendance import LeaveRoom, MarkPresent
from yishi.procedure.deliberation import PresentItem
from yishi.procedure.practising import remarks
from yishi.procedure.recess import CallRecess, ResumeSitting
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

PAGE = "/charters/chuwuhui/practice"


def hidden(page: str, kind: str) -> dict[str, str]:
    """What the form that switches a practice on carries unseen."""
    part = page.partition(f'id="{kind}"')[2].partition("</section>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', part))


def test_the_convener_switches_a_practice_on_and_everybody_sees_it() -> None:
    play_into(until="approved")
    chen, liu = client_of("chen"), client_of("liu")
    form = hidden(chen.get(PAGE).content.decode(), "quorum")
    today = MEMORY.at(PLACE).state.latest.date()

    answer = chen.post(
        "/do/start_practice", {**form, "since": "2099-01-01", "num": "2", "den": "3"}, follow=True
    )
    page = liu.get(PAGE).content.decode()

    assert answer.redirect_chain == [(PAGE, 302)]
    assert "将要施行" in page
    assert "全体组成人员的 2/3 以上" in page
    assert today.year < 2099
    assert "/do/start_practice" not in page
    assert PAGE in liu.get("/charters/chuwuhui").content.decode()


def test_who_may_not_is_told_whose_it_is_and_a_lacking_number_is_named() -> None:
    play_into(until="approved")
    sent = {"subject.body": "chuwuhui", "practice": "quorum", "since": "2099-01-01", "key": "k"}

    other = client_of("liu").post("/do/start_practice", {**sent, "num": "1", "den": "2"})
    lacking = client_of("chen").post("/do/start_practice", sent)

    assert other.status_code == 409
    assert "“启用单位惯例”由会议召集人办理" in other.content.decode()
    assert lacking.status_code == 409
    assert "应当写明" in lacking.content.decode()


def test_the_general_rules_and_unknown_bodies_have_no_practices() -> None:
    play_into(until="approved")

    assert client_of("chen").get("/charters/general/practice").status_code == 404
    assert client_of("chen").get("/charters/nobody/practice").status_code == 404


def hour(said: str) -> datetime:
    """An hour of the day of the library's meeting."""
    return datetime.fromisoformat(f"2026-11-06T{said}:00+08:00")


LIBRARY = "general/cases/23-practice.yaml"
RECORD, REPORT = "/sittings/s1/record", "/reports/?sitting=s1"


def test_remarks_stand_in_the_record_and_apart_in_the_report() -> None:
    play_into(LIBRARY, "")
    lin = client_of("lin")

    record, report = lin.get(RECORD).content.decode(), lin.get(REPORT).content.decode()
    apart = report.partition('id="practice"')[2].partition("</section>")[0]
    sheet, paper = lin.get("/reports.xlsx?sitting=s1"), said_in(lin, "record", "s1")
    printed = said_in(lin, "report", "s1")

    for said in (
        "汇报不超过10分钟",
        "用了11分钟",
        "到会以4人为宜",
        "孙梅由秘书登记到会",
        "没有人回避",
    ):
        assert said in record
        assert said in apart
        assert said in paper
        assert said in printed
    assert apart.count("（不是规则要求）") == apart.count("<li>") > 5
    assert sheet.status_code == 200


def test_the_record_tells_how_each_came_and_who_was_away_during_an_item() -> None:
    play_into(LIBRARY, "second-item")
    do(PLACE, "sun", LeaveRoom(sitting="s1", person="sun"), at=hour("09:24"))
    do(PLACE, "qian", MarkPresent(sitting="s1", person="sun"), at=hour("09:24"))
    do(PLACE, "gao", MarkPresent(sitting="s1", person="gao", way="code"), at=hour("09:25"))

    record = client_of("lin").get(RECORD).content.decode()
    item = record.partition("周末开放时间")[2].partition("</section>")[0]

    assert "本人在会场页签到" in record
    assert "由钱小雨登记" in record
    assert "扫码签到" in record
    assert [who for who in ("孙梅离席", "孙梅到会", "高岩到会") if who not in item] == []
    assert "孙梅离席" not in record.partition("周末开放时间")[0]
    paper = said_in(client_of("lin"), "record", "s1")
    assert [s for s in ("由钱小雨登记", "扫码签到", "孙梅离席", "高岩到会") if s not in paper] == []


def test_the_room_and_the_screen_show_the_clock_and_too_few_without_refusing(on) -> None:
    play_into(LIBRARY, "begun")
    on("2026-11-06T09:04")
    for path in ("/sittings/s1/room", "/sittings/s1/screen"):
        page = client_of("lin").get(path).content.decode()
        assert "09:00 起，09:10 以前为宜" in page
        assert 'data-limit="600"' in page
        assert "data-over hidden" in page
        assert "以 4 人为宜" in page
        assert "单位惯例，不是规则要求" in page
    on("2026-11-06T09:11")
    page = client_of("lin").get("/sittings/s1/screen").content.decode()

    assert "data-over>超过了" in page


def test_a_recess_does_not_count_against_who_reports(on) -> None:
    play_into(LIBRARY, "begun")
    on("2026-11-06T09:04")
    assert isinstance(do(PLACE, "lin", CallRecess(sitting="s1")).verdict, Accepted)
    assert "data-clock" not in client_of("lin").get("/sittings/s1/room").content.decode()
    on("2026-11-06T09:20")
    assert isinstance(do(PLACE, "lin", ResumeSitting(sitting="s1")).verdict, Accepted)

    page = client_of("lin").get("/sittings/s1/room").content.decode()
    assert "09:00 起，09:26 以前为宜" in page
    assert "data-over hidden" in page

    report = PresentItem(sitting="s1", item="shelf", rapporteur="xu", parts=("content",))
    on("2026-11-06T09:25")
    assert isinstance(do(PLACE, "xu", report).verdict, Accepted)
    state = MEMORY.at(PLACE).state
    told = [one.practice for one in remarks(state, state.sittings["s1"], state.latest)]
    assert "report_limit" not in told


def test_a_quorum_of_the_charter_is_shown_with_its_clause(on) -> None:
    play_into("general/cases/30-strict.yaml", "begun")
    on("2027-01-19T09:10")

    page = client_of("zheng").get("/sittings/s3/room").content.decode()

    assert "到会 4 人，需要 4 人" in page
    assert "以 4 人为宜" not in page
    assert 'class="clause"' in page.partition('class="quorum"')[2].partition("</p>")[0]


def test_without_practice_there_is_no_clock_no_code_and_no_remark() -> None:
    play_into()

    for path in ("/sittings/oct/room", "/sittings/oct/screen", "/reports/?sitting=oct"):
        page = client_of("chen").get(path).content.decode()
        assert "单位惯例" not in page
        assert "data-clock" not in page
    assert client_of("chen").get("/sittings/oct/code").status_code == 404
