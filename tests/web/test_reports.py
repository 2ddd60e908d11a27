"""The compliance report of a meeting and of a year: each clause with what was found, and why."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.convening import ExplainGap
from yishi.procedure.report import Row, checks
from yishi.procedure.verdict import Accepted
from yishi.register.models import Finding, Kept

pytestmark = pytest.mark.django_db


def test_it_shows_what_was_kept_and_each_attempt_held_back_with_its_clause() -> None:
    play_into(MONTH, "")

    page = client_of("chen").get("/reports/?sitting=oct").content.decode()

    assert "五(二)3" in page
    assert "会议主持人最后表态" in page


def test_a_departure_is_shown_with_its_reason() -> None:
    play_into("chuwuhui/cases/03-calling.yaml", "")
    reasons = list(Finding.objects.filter(status="departed").values_list("reason", flat=True))

    report = client_of("chen").get("/reports/?body=chuwuhui&year=2026")
    rows = load_workbook(
        BytesIO(client_of("chen").get("/reports.xlsx?body=chuwuhui&year=2026").content)
    )

    assert len(set(reasons)) > 2
    written = {cell.value for row in rows.active for cell in row}
    for reason in reasons:
        assert reason in text(report)
        assert reason in written


def test_an_auditor_reads_and_takes_along_what_the_rules_open_and_nothing_else() -> None:
    play_into("general/cases/16-auditors.yaml", "")
    opened = (
        "/reports/?body=guanwuhui&year=2026",
        "/reports/?sitting=s2",
        "/reports.xlsx?body=guanwuhui&year=2026",
        "/sittings/s2/record",
        "/sittings/s2/minutes",
        "/decisions/d9",
        "/items/roof",
        "/tasks/t9",
    )
    auditor, nobody = client_of("mo"), client_of("bai")

    assert [auditor.get(path).status_code for path in opened] == [200] * len(opened)
    assert [nobody.get(path).status_code for path in opened] == [404] * len(opened)
    assert auditor.get("/sittings/s1/record").status_code == 404
    ledger = load_workbook(BytesIO(auditor.get("/tasks.xlsx").content)).active
    assert [row[0].value for row in ledger][1:] == ["修好屋顶"]


def test_a_change_of_posts_stands_in_the_year_with_who_proposed_and_who_confirmed_it() -> None:
    play_into("general/cases/20-posts.yaml", "")
    year = "body=guanwuhui&year=2026"

    said = text(client_of("lin").get(f"/reports/?{year}"))
    rows = load_workbook(BytesIO(client_of("lin").get(f"/reports.xlsx?{year}").content)).active
    changes = load_workbook(BytesIO(client_of("hao").get("/people/changes.xlsx").content)).active

    told = "2026年11月3日起任命魏兰为部门负责人：颜宁提出，孙梅确认"
    assert told in said
    folded = said.partition("职务变动 (")[2]
    assert told in folded  # folded, behind the clauses
    assert "逐条情况" in said.partition("职务变动 (")[0]
    assert told in {cell.value for row in rows for cell in row}
    assert "郝明已任系统管理员" not in said
    assert [c.value for c in changes[1]][-4] == "提出人"
    assert "未予确认" in {row[6].value for row in changes}


def test_who_may_not_read_the_report_is_told_by_which_clause_of_which_meeting() -> None:
    play_into("general/cases/16-auditors.yaml", "")

    said = text(client_of("bai").get("/reports/"))

    assert "馆务会" in said
    assert "审计员查阅" in said
    assert "登记簿文件" in said


def test_nothing_is_missed_in_the_weeks_before_the_institution_was_founded() -> None:
    play_into(WEEK, "")

    page = client_of("chen").get("/reports/?body=zhurenbangonghui&year=2026").content.decode()

    assert MEMORY.at(PLACE).state.founded_on == date(2026, 10, 1)
    assert "2026年第41周没有召开会议" in page
    assert "2026年第39周没有召开会议" not in page


def test_a_week_without_a_meeting_leads_whoever_may_explain_it_to_the_form() -> None:
    play_into(WEEK, "minutes")
    report = "/reports/?body=zhurenbangonghui&year=2026"

    page = client_of("chen").get(report).content.decode()
    link = re.search(r'href="(/do/explain_gap\?[^"]*W41[^"]*)"', page)

    assert link is not None
    form = client_of("chen").get(link.group(1).replace("&amp;", "&")).content.decode()
    assert 'value="2026-W41" selected' in form
    assert "/do/explain_gap" not in client_of("liu").get(report).content.decode()


def test_what_was_said_of_a_missed_week_is_shown_each_time_and_the_form_tells_so() -> None:
    play_into(WEEK, "minutes")
    for person, words in (("chen", "全处值守。"), ("tan", "更正：主任赴省开会。")):
        act = ExplainGap(body="zhurenbangonghui", period="2026-W41", words=words)
        assert isinstance(do(PLACE, person, act).verdict, Accepted)

    page = client_of("chen").get("/reports/?body=zhurenbangonghui&year=2026").content.decode()
    assert "2026年第41周没有召开会议，已说明原因：全处值守。" in page
    assert "2026年第41周没有召开会议的原因，谭静" in page
    assert "另有说明：更正：主任赴省开会。" in page
    form = client_of("chen").get("/do/explain_gap?body=zhurenbangonghui").content.decode()
    assert "2026年第41周（已说明；再说明的，两次都列出）" in form


def test_what_was_found_afterwards_names_the_meeting_it_was_found_of() -> None:
    play_into(WEEK, "minutes")
    found = [row for row in _found("zhurenbangonghui") if row.sitting and row.status != "kept"]

    page = text(client_of("chen").get("/reports/?body=zhurenbangonghui&year=2026"))
    sheet = client_of("chen").get("/reports.xlsx?body=zhurenbangonghui&year=2026")
    rows = list(load_workbook(BytesIO(sheet.content)).active.values)

    assert found
    for row in found:
        number = MEMORY.at(PLACE).state.sittings[row.sitting].number
        assert f"主任办公会2026年第{number}次会议" in page
        assert any(f"第{number}次会议" in str(cells[1]) for cells in rows)


def _found(body: str) -> list[Row]:
    held = MEMORY.at(PLACE).state
    assert held.latest
    return list(checks(held, body, held.latest))


def test_the_counts_are_those_of_the_register() -> None:
    play_into(WEEK, "")
    client = client_of("chen")

    page = client.get("/reports/?body=zhurenbangonghui&year=2026")

    counts = [one for line in page.context["lines"] for one in line.counts]
    shown = sum(n for status, n, _ in counts if status == "kept")
    checked = sum(1 for row in page.context["page"].object_list if row.status == "kept")
    kept = sum(Kept.objects.values_list("times", flat=True))
    assert shown >= kept - checked > 0


@pytest.mark.parametrize("path", ["?sitting=oct", "?body=chuwuhui&year=2026", ""])
def test_the_number_of_queries_is_fixed(path: str, django_assert_max_num_queries) -> None:
    play_into(MONTH, "")
    client = client_of("chen")
    client.get(f"/reports/{path}")

    with django_assert_max_num_queries(8):
        client.get(f"/reports/{path}")


def test_who_may_not_read_it_is_told_nothing() -> None:
    play_into(MONTH, "")
    client = client_of("guan")

    assert client.get("/reports/?sitting=oct").status_code == 404
    assert client.get("/reports/?body=chuwuhui").status_code == 404
    assert client.get("/reports/").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "sitting=none",
        "body=none",
        "year=abc",
        "year=99999",
        "year=0000",
        "year=0001",
        "year=9999",
        "page=x",
        "clause=%00&status=x",
    ],
)
def test_odd_questions_are_answered_plainly(query: str) -> None:
    play_into(MONTH, "approved")

    assert client_of("chen").get(f"/reports/?{query}").status_code in (200, 404)


def test_a_member_reads_the_report_of_the_meeting() -> None:
    play_into(MONTH, "")
    assert MEMORY.at(PLACE).state.sittings["oct"].seat_of("li")

    assert client_of("li").get("/reports/?sitting=oct").status_code == 200


def test_a_count_leads_to_its_notes() -> None:
    play_into(MONTH, "")
    page = client_of("chen").get("/reports/?sitting=oct").content.decode()
    link = next(p for p in page.split('href="') if "status=refused" in p).split('"')[0]

    answer = client_of("chen").get("/reports/" + link.replace("&amp;", "&"))

    assert answer.context["notes"]
    assert {note["row"].status for note in answer.context["notes"]} == {"refused"}


@pytest.mark.parametrize("query", ["body=zhurenbangonghui&year=2026", "body=chuwuhui&year=2026"])
def test_each_count_of_a_year_leads_to_as_many_as_it_says(query: str, on) -> None:
    """What was broken too, which is found afterwards and is no note."""
    play_into(WEEK if "zhuren" in query else MONTH, "")
    on("2026-12-31")
    chen = client_of("chen")
    page = chen.get(f"/reports/?{query}")
    said, counted = page.content.decode(), set()

    for line in page.context["lines"]:
        for status, n, where in line.counts:
            clause = f"charter={line.charter}&amp;clause={quote(line.label)}"
            link = f"?{query.replace('&', '&amp;')}&amp;{clause}&amp;status={status}"
            assert (f'href="{link}#{where}"' in said) == (n > 0 and status != "kept")
            if n and status != "kept":
                told = chen.get("/reports/" + unescape(link)).context
                assert len(told["broken"]) + told["page"].paginator.count == n
                assert (where == "found") == bool(told["broken"])
                counted.add(status)

    assert "broken" in counted


def test_it_goes_into_a_sheet_with_every_note() -> None:
    play_into(MONTH, "")
    answer = client_of("chen").get("/reports.xlsx?sitting=oct")

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    notes = [row for row in rows[1:] if row[0] is not None]
    assert len(notes) == Finding.objects.filter(sitting="oct").count() > 0
    assert any("五(二)3" in row[3] and "会议主持人最后表态" in row[6] for row in notes)


def test_nobody_gets_a_sheet_of_what_they_may_not_read() -> None:
    play_into(MONTH, "")
    client = client_of("guan")

    assert client.get("/reports.xlsx?sitting=oct").status_code == 404
    assert client.get("/reports.xlsx").status_code == 404
