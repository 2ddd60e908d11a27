"""Tasks: the ledger and its spreadsheet, one task with all that happened to it, adjustments."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.demonstration import demonstrate
from tests.web.pressing import text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.procedure.adjusting import RequestAdjustment
from yishi.procedure.verdict import Accepted
from yishi.register.models import DutyRow, Reader, TaskRow
from yishi.web.office import CATALOGUES

pytestmark = pytest.mark.django_db

EVERYBODY = ("chen", "liu", "he", "zeng", "wang", "li", "zhou", "wu", "xiao", "tan", "deng", "luo")
WORDS = CATALOGUES["zh"]


def shown(client: Client, query: str = "") -> list[str]:
    return [row.subject for row in client.get(f"/tasks/{query}").context["page"]]


def sheet(client: Client, query: str = ""):
    return load_workbook(BytesIO(client.get(f"/tasks.xlsx{query}").content)).active


def read(client: Client, page: str) -> str:
    return unescape(client.get(page).content.decode())


def press(client: Client, page: str, act: str, **filled: object):
    """Fill in the form of an act where a page has it, or a link leads to it, and send it."""
    said = client.get(page).content.decode()
    link = re.search(rf'href="(/do/{act}\?[^"]*)"', said)
    if f'action="/do/{act}"' not in said:
        assert link is not None, (act, page)
        said = client.get(unescape(link.group(1))).content.decode()
    form = re.search(rf'<form[^>]*action="/do/{act}".*?</form>', said, re.DOTALL)
    assert form is not None, (act, page)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form.group(0)))
    return client.post(f"/do/{act}", {**hidden, **filled})


# ── the ledger ────────────────────────────────────────────────────────────────────────────────


def test_the_ledger_shows_what_is_not_struck_off_the_most_pressing_first(on) -> None:
    play_into(until="minutes")
    on("2026-11-12")

    page = client_of("chen").get("/tasks/")

    first = page.context["shown"][0]
    assert first["row"].subject == "t-posts"
    assert first["late"] == 2
    assert [one["row"].due_on for one in page.context["shown"]] == sorted(
        one["row"].due_on for one in page.context["shown"]
    )
    assert "逾期2天" in page.content.decode()


def test_a_director_sees_at_once_what_is_late_and_whose_it_is(on) -> None:
    play_into(until="minutes")
    on("2026-12-24")

    page = client_of("chen").get("/tasks/")

    late = page.context["tally"]["late"]
    assert late == TaskRow.objects.filter(status="open").count() > 1
    assert sum(one["n"] for one in page.context["holders"]) == late
    assert page.context["holders"][0]["owner"] == "wang"
    assert "王芳" in page.content.decode().partition('id="late"')[2].partition("</section>")[0]
    assert set(shown(client_of("chen"), "?state=late&owner=wang")) == {"t-posts"}


@pytest.mark.parametrize(("case", "until"), [(MONTH, "minutes"), (MONTH, ""), (WEEK, "")])
def test_ledger_and_spreadsheet_show_each_person_what_the_rules_let_them_read(
    case: str, until: str
) -> None:
    play_into(case, until)

    for person in EVERYBODY:
        client = client_of(person)
        mine = Reader.objects.filter(thing="task", person__in=("", person))
        allowed = set(mine.values_list("subject", flat=True))
        assert set(shown(client, "?state=all")) == allowed, person
        assert sheet(client, "?state=all").max_row == 1 + len(allowed), person


def test_the_spreadsheet_holds_exactly_what_was_asked_for() -> None:
    play_into(MONTH, "")
    client = client_of("tan")

    for query in ("", "?state=all", "?state=closed", "?state=all&q=%E9%A2%84%E7%AE%97"):
        found = sheet(client, query)
        words = [found.cell(n, 1).value for n in range(2, found.max_row + 1)]
        rows = client.get(f"/tasks/{query}").context["shown"]
        assert words == [one["words"] for one in rows], query
    head = [cell.value for cell in sheet(client, "?state=all")[1]]
    assert head[:5] == ["事项", "会议机构", "来源会议", "责任科室/窗口", "责任人"]
    assert head[-5:] == ["反馈次数", "检查次数", "催办次数", "报告次数", "调整次数"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=late", {"t-posts"}),
        ("?state=soon", set()),
        ("?state=closed", set()),
        ("?state=assigned", set()),
        ("?state=completed", set()),
        ("?state=all&unit=office", {"t-posts"}),
        ("?state=all&owner=wang", {"t-posts"}),
        ("?state=all&body=zhurenbangonghui", set()),
        ("?q=%E5%B2%97%E4%BD%8D", {"t-posts"}),
    ],
)
def test_the_ledger_is_narrowed_by_what_is_asked(on, query: str, expected: set[str]) -> None:
    play_into(until="minutes")
    on("2026-11-11")

    assert set(shown(client_of("chen"), query)) == expected


def test_soon_is_within_seven_days_the_last_of_them_included(on) -> None:
    play_into(until="minutes")
    on("2026-11-13")

    assert shown(client_of("chen"), "?state=soon")[0] == "t-budget"
    on("2026-11-12")
    assert "t-budget" not in shown(client_of("chen"), "?state=soon")


def test_before_the_minutes_are_out_a_task_waits_for_them() -> None:
    play_into(until="closed")

    assert "t-budget" in shown(client_of("xiao"), "?state=assigned")
    assert shown(client_of("xiao"), "?state=open") == []


def test_what_was_asked_wrongly_is_as_good_as_not_asked() -> None:
    play_into(until="minutes")
    client = client_of("chen")

    for query in (
        "?state=x&body=nowhere&unit=%00&owner=nobody&page=-3",
        "?page=99999999999999999999",
        "?q=%00%ff%27%22%3Cscript%3E",
        "?q=" + "x" * 5000,
        "?state=late&state=",
    ):
        assert client.get(f"/tasks/{query}").status_code == 200, query
        assert client.get(f"/tasks.xlsx{query}").status_code == 200, query


def test_the_ledger_speaks_english_too() -> None:
    play_into(MONTH, "")
    client = client_of("chen", language="en")
    client.cookies["language"] = "en"

    for page in ("/tasks/?state=all", "/tasks/t-budget", "/adjustments/a1"):
        said = client.get(page).content.decode()
        assert "page.tasks" not in said, page
        assert 'lang="en"' in said
    assert "Follow-up ledger" in client.get("/tasks/").content.decode()


# ── one task ──────────────────────────────────────────────────────────────────────────────────


def test_a_task_tells_where_it_comes_from_whose_it_is_and_what_happened_to_it() -> None:
    play_into(MONTH, "")

    page = client_of("xiao").get("/tasks/t-budget")

    said = page.content.decode()
    names = [moment["one"].name for moment in page.context["moments"]]
    assert page.status_code == 200
    assert 'href="/decisions/d-budget"' in said
    assert 'href="/sittings/oct"' in said
    assert "财政口径有变化。" in said
    assert "进度滞后。" in said
    assert "报告刘敏：预算上报口径有变，可能延期。" in said
    assert "请按新的时限办理。" in said
    assert "五(三)2" in said
    assert {"task_assigned", "task_set", "task_planned", "progress_reported"} <= set(names)
    assert {"task_checked", "progress_reported_up", "adjustment_requested"} <= set(names)
    assert names[-1] == "task_assigned"
    assert [step["words"] for step in page.context["plan"]] == ["征求意见", "上报"]


def test_a_step_of_the_plan_whose_day_has_passed_is_marked(on) -> None:
    play_into(until="planned")
    on("2026-11-13")

    plan = client_of("li").get("/tasks/t-budget").context["plan"]

    assert [(step["past"], step["left"]) for step in plan] == [(3, -3), (0, 7)]


@pytest.mark.parametrize(("case", "until"), [(MONTH, "planned"), (MONTH, ""), (WEEK, "")])
def test_a_task_opens_to_those_who_may_read_it_and_to_nobody_else(case: str, until: str) -> None:
    play_into(case, until)
    every = list(TaskRow.objects.values_list("subject", flat=True))
    strange = client_of("luo").get("/tasks/no-such-task")

    for person in EVERYBODY:
        client = client_of(person)
        mine = Reader.objects.filter(thing="task", person__in=("", person))
        allowed = set(mine.values_list("subject", flat=True))
        for subject in every:
            answer = client.get(f"/tasks/{subject}")
            assert answer.status_code == (200 if subject in allowed else 404), (person, subject)
    assert strange.status_code == 404


def test_the_same_page_says_that_there_is_none_and_that_it_is_not_for_you() -> None:
    play_into(until="minutes")
    client = client_of("luo")

    unreadable, unknown = client.get("/tasks/t-posts"), client.get("/tasks/unknown")

    def plain(answer) -> str:
        said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return said.replace("t-posts", "").replace("unknown", "")

    assert unreadable.status_code == unknown.status_code == 404
    assert plain(unreadable) == plain(unknown)


@pytest.mark.parametrize(
    ("act", "about"),
    [
        ("report_back", {"task": "t-budget"}),
        ("refuse_adjustment", {"adjustment": "a1"}),
        ("publish_decision", {"decision": "d-budget"}),
        ("revise_item", {"item": "budget"}),
    ],
)
def test_no_form_names_a_thing_to_somebody_who_may_not_read_it(act: str, about: dict) -> None:
    play_into(until="requested")
    stranger, (kind, subject) = client_of("luo"), next(iter(about.items()))

    form = stranger.get(f"/do/{act}", about)
    sent = stranger.post(f"/do/{act}", {f"subject.{kind}": subject, "words": "…", "reason": "…"})

    assert form.status_code == sent.status_code == 404
    assert "预算" not in form.content.decode() + sent.content.decode()


def test_the_unit_plans_and_reports_back_in_the_page_itself() -> None:
    play_into(until="minutes")
    client = client_of("li")

    planned = press(
        client,
        "/tasks/t-budget",
        "plan_task",
        **{"steps.by": ["2026-11-10", "", ""], "steps.words": ["摸底", "", ""]},
    )
    told = press(client, "/tasks/t-budget", "report_back", words="已经开始摸底。")

    assert planned.status_code == told.status_code == 302
    assert planned["Location"] == "/tasks/t-budget"
    said = read(client, "/tasks/t-budget")
    assert "摸底" in said
    assert "已经开始摸底。" in said
    assert [w for _, w in MEMORY.at(PLACE).state.tasks["t-budget"].steps] == ["摸底"]


def test_a_plan_with_a_step_half_written_comes_back_with_what_was_typed() -> None:
    play_into(until="minutes")

    answer = press(
        client_of("li"),
        "/tasks/t-budget",
        "plan_task",
        **{"steps.by": ["", "2026-11-20"], "steps.words": ["征求意见", "上报"]},
    )

    said = answer.content.decode()
    assert answer.status_code == 422
    assert WORDS.text("page.form.step_incomplete") in said
    assert "征求意见" in said
    assert 'value="2026-11-20"' in said


def test_the_office_follows_up_and_the_unit_cannot() -> None:
    play_into(until="planned")

    watch = client_of("xiao").get("/tasks/t-budget").context
    carry = client_of("li").get("/tasks/t-budget").context

    assert dict(watch["groups"]).keys() == {"watch"}
    assert [one.act for one in dict(watch["groups"])["watch"]][:3] == [
        "check_task",
        "remind_owner",
        "report_up",
    ]
    assert watch["inline"] == set()
    assert {"plan_task", "report_back"} == carry["inline"]
    assert dict(carry["groups"]).keys() == {"carry"}
    assert (
        press(client_of("xiao"), "/tasks/t-budget", "remind_owner", words="请抓紧。").status_code
        == 302
    )
    assert "请抓紧。" in read(client_of("li"), "/tasks/t-budget")


def test_a_report_upwards_chooses_among_those_whom_the_rules_name() -> None:
    play_into(until="planned")
    client = client_of("xiao")

    page = client.get("/do/report_up?task=t-budget")
    offered = re.search(r'<select id="f-to".*?</select>', page.content.decode(), re.DOTALL)

    assert offered is not None
    assert set(re.findall(r'<option value="(\w+)"', offered.group(0))) == {"chen", "liu", "he"}
    sent = press(client, "/tasks/t-budget", "report_up", to="he", words="进展正常。")
    assert sent.status_code == 302
    assert "报告何立：进展正常。" in read(client, "/tasks/t-budget")


def test_the_owner_completes_and_the_office_closes_or_sends_back() -> None:
    play_into(until="planned")
    owner, clerk = client_of("li"), client_of("xiao")
    press(owner, "/tasks/t-budget", "complete_task", words="已上报。")
    assert client_of("xiao").get("/tasks/t-budget").context["status"] == "completed"
    assert ("close_task", "t-budget") in set(
        DutyRow.objects.filter(person="xiao").values_list("act", "subject")
    )

    sent_back = press(clerk, "/tasks/t-budget", "send_back_task", reason="缺附表。")
    assert sent_back.status_code == 302
    assert "缺附表。" in read(owner, "/tasks/t-budget")
    assert client_of("li").get("/tasks/t-budget").context["status"] == "open"

    press(owner, "/tasks/t-budget", "complete_task", words="附表已补。")
    assert press(clerk, "/tasks/t-budget", "close_task").status_code == 302
    assert client_of("li").get("/tasks/t-budget").context["status"] == "closed"
    assert "t-budget" not in shown(owner)
    assert "t-budget" in shown(owner, "?state=closed")


def test_what_is_one_s_own_but_not_now_says_why_with_its_clause() -> None:
    play_into(until="planned")

    context = client_of("xiao").get("/tasks/t-budget").context

    held = {one.act: one for one in context["held_back"]}
    assert {"close_task", "send_back_task"} <= held.keys()
    assert held["close_task"].grounds[0].citation.label == "第十四条"
    assert "第十四条" in read(client_of("xiao"), "/tasks/t-budget")


def test_where_only_the_meeting_can_change_it_the_clause_and_the_way_are_shown() -> None:
    play_into(WEEK, "reported-up")
    client = client_of("li")

    page = client_of("luo").get("/tasks/t-queue")
    change = client.get("/tasks/t-queue").context["change"]

    assert "四(三)3" in page.content.decode()
    assert {one.act for one in page.context["held_back"]} >= {"request_adjustment"}
    assert change.message.id == "adjusted_by.meeting_only"
    preset = parse_qs(urlsplit(change.link).query)
    assert preset["changes"] == ["d-queue"]
    assert preset["body"] == ["zhurenbangonghui"]
    form = client.get(change.link).content.decode()
    chosen = re.search(r'<select[^>]*name="changes".*?</select>', form, re.DOTALL)
    assert chosen is not None
    assert '<option value="d-queue" selected' in chosen.group(0)


def test_a_task_whose_decision_was_changed_is_at_an_end_and_no_longer_late(on) -> None:
    play_into(WEEK, "explained")
    on("2026-12-05")
    client = client_of("luo")
    page = client.get("/tasks/t-queue")

    assert page.context["status"] == "ended"
    assert [one["name"] for one in page.context["stages"]][-1] == "ended"
    assert page.context["late"] == 0
    assert page.context["groups"] == []
    assert "任务随决定变更终止" in text(page)
    assert "已办结" not in text(page)
    assert "t-queue" not in shown(client)
    assert "t-queue" not in shown(client, "?state=late")
    assert "t-queue" in shown(client, "?state=ended")
    assert not DutyRow.objects.filter(subject="t-queue").exists()


def test_where_approval_can_change_it_no_new_item_is_proposed() -> None:
    play_into(until="planned")

    change = client_of("li").get("/tasks/t-budget").context["change"]

    assert change.citation.label == "五(三)3"
    assert change.message is None
    assert change.link == ""


def test_a_changed_decision_says_by_what_it_was_changed() -> None:
    play_into(WEEK, "")

    assert 'href="/decisions/d-queue-2"' in read(client_of("tan"), "/tasks/t-queue")


# ── adjustments ───────────────────────────────────────────────────────────────────────────────


def test_an_adjustment_shows_the_opinion_the_answer_and_the_item_it_brought_about() -> None:
    play_into(until="next")

    page = client_of("li").get("/adjustments/a1")

    said = unescape(page.content.decode())
    asking = page.context["asking"]
    assert asking.cause == "财政部门调整了预算口径。"
    assert asking.effect == "11月20日前无法完成上报。"
    assert asking.opinion == "请求延期至12月4日并按新口径编列。"
    assert [(field, str(a), str(b)) for field, a, b in asking.changes] == [
        ("due_on", "2026-11-20", "2026-12-04")
    ]
    assert asking.answered.actor == "chen"
    assert asking.answered.citation.label == "五(三)3"
    assert "2026年11月13日11:00" in said
    assert 'href="/items/budget-again"' in said
    assert 'href="/sittings/nov"' in said
    assert 'href="/tasks/t-budget"' in said
    assert 'href="/adjustments/a1"' in read(client_of("li"), "/tasks/t-budget")
    assert 'href="/adjustments/a1"' in read(client_of("li"), "/items/budget-again")


def test_the_director_grants_it_and_the_item_waits_for_the_next_meeting() -> None:
    play_into(until="requested")
    director = client_of("chen")
    assert "/do/grant_adjustment" in director.get("/adjustments/a1").content.decode()
    assert "/do/grant_adjustment" not in client_of("li").get("/adjustments/a1").content.decode()

    assert press(director, "/adjustments/a1", "grant_adjustment").status_code == 302

    page = director.get("/adjustments/a1")
    assert page.context["adjustment"].status == "granted"
    assert page.context["item"].origin == "carried"
    assert str(MEMORY.at(PLACE).state.tasks["t-budget"].due_on) == "2026-12-04"
    assert "/do/grant_adjustment" not in page.content.decode()


def test_the_director_refuses_it_with_a_reason_and_the_task_stays() -> None:
    play_into(until="requested")

    sent = press(client_of("chen"), "/adjustments/a1", "refuse_adjustment", reason="请按期完成。")

    assert sent.status_code == 302
    page = client_of("li").get("/adjustments/a1")
    assert page.context["adjustment"].status == "refused"
    assert page.context["asking"].why_not == "请按期完成。"
    assert str(MEMORY.at(PLACE).state.tasks["t-budget"].due_on) == "2026-11-20"


def test_the_form_of_an_answer_names_the_task_and_the_rules_that_judge_it() -> None:
    play_into(until="requested")

    said = read(client_of("chen"), "/do/refuse_adjustment?adjustment=a1")

    assert "上报2027年预算" in said
    assert "五(三)3" in said.partition('class="card help"')[2]


def test_a_second_change_is_shown_against_what_the_first_one_made() -> None:
    play_into(until="granted")
    again = RequestAdjustment(
        adjustment="a2",
        task="t-budget",
        cause="口径再变。",
        effect="仍无法完成。",
        opinion="再延一周。",
        due_on=date(2026, 12, 11),
    )
    assert isinstance(do(PLACE, "li", again).verdict, Accepted)

    asking = client_of("li").get("/adjustments/a2").context["asking"]

    assert [(f, str(a), str(b)) for f, a, b in asking.changes] == [
        ("due_on", "2026-12-04", "2026-12-11")
    ]
    assert asking.answered is None
    assert [one.id for one in client_of("li").get("/tasks/t-budget").context["adjustments"]] == [
        "a1",
        "a2",
    ]


def test_an_adjustment_opens_to_the_readers_of_its_task_only() -> None:
    play_into(until="requested")

    for person in EVERYBODY:
        client = client_of(person)
        task, asked = client.get("/tasks/t-budget"), client.get("/adjustments/a1")
        assert asked.status_code == task.status_code, person
    assert client_of("luo").get("/adjustments/a1").status_code == 404
    assert client_of("li").get("/adjustments/none").status_code == 404


# ── always ────────────────────────────────────────────────────────────────────────────────────


PAGES = {"/tasks/": 5, "/tasks/?state=all": 6, "/tasks.xlsx?state=all": 4}
"""How often the database is asked for a page."""


@pytest.mark.parametrize("months", [1, 12])
def test_the_database_is_asked_as_often_after_a_year_as_after_a_month(
    months: int, django_assert_num_queries
) -> None:
    state = demonstrate(months)
    for person in ("chen", "tan", "li", "luo", "guan"):
        client = client_of(person)
        for page, queries in PAGES.items():
            first = client.get(page).context
            # Of nothing, no page is asked for.
            nothing = first is not None and not first["shown"]
            with django_assert_num_queries(queries - nothing):
                assert client.get(page).status_code == 200

    clerk = client_of("xiao")
    busy = max(state.tasks.values(), key=lambda t: len(t.feedback) + len(t.reminded))
    asked = list(state.adjustments)[:1]
    for page in (f"/tasks/{busy.id}", *(f"/adjustments/{one}" for one in asked)):
        clerk.get(page)
        # Either asks besides whether the office has templates for its papers.
        with django_assert_num_queries(8):
            assert clerk.get(page).status_code == 200


def test_looking_changes_nothing() -> None:
    play_into(MONTH, "")
    before = MEMORY.at(PLACE).head, Entry.objects.count(), TaskRow.objects.count()

    for person in EVERYBODY:
        for page in ("/tasks/", "/tasks.xlsx", "/tasks/t-budget", "/adjustments/a1"):
            client_of(person).get(page)

    assert (MEMORY.at(PLACE).head, Entry.objects.count(), TaskRow.objects.count()) == before


def test_nobody_sees_tasks_without_signing_in() -> None:
    play_into(until="minutes")

    for page in ("/tasks/", "/tasks.xlsx", "/tasks/t-budget", "/adjustments/a1"):
        assert Client().get(page)["Location"].startswith("/sign-in"), page


def test_one_institution_s_tasks_are_not_another_s() -> None:
    play_into(until="minutes")
    play_into(until="submitted", slug="other")

    assert shown(client_of("chen", "other"), "?state=all") == []
    assert client_of("chen", "other").get("/tasks/t-budget").status_code == 404


def test_a_task_leads_to_the_item_it_came_from_for_who_may_read_it() -> None:
    play_into(MONTH, "")
    task = next(t for t in MEMORY.at(PLACE).state.tasks.values() if t.decision)
    item = MEMORY.at(PLACE).state.decisions[task.decision].item

    page = client_of("chen").get(f"/tasks/{task.id}").content.decode()

    assert f'href="/items/{item}"' in page


def test_a_task_handed_out_there_and_then_is_named_itself_in_the_item_that_changes_it() -> None:
    play_into(WEEK, "minutes")
    client = client_of("zhou")
    change = client.get("/tasks/t-patrol").context["change"]

    assert parse_qs(urlsplit(change.link).query)["changes_task"] == ["t-patrol"]
    form = client.get(change.link).content.decode()
    chosen = re.search(r'<select[^>]*name="changes_task".*?</select>', form, re.DOTALL)
    assert chosen is not None
    assert '<option value="t-patrol" selected' in chosen.group(0)
    assert "t-queue" not in chosen.group(0)


def test_the_period_of_a_bulletin_is_chosen_on_the_ledger(on) -> None:
    play_into(MONTH, "granted")
    on("2027-01-05")
    client = client_of("xiao")

    page = client.get("/tasks/").content.decode()
    assert "/documents/bulletin/chuwuhui/2027/pdf" in page
    offered = [page.count(f'<option value="{one}"') for one in ("2026", "2026-Q4", "2026-11")]
    assert offered == [1, 1, 1]
    assert 'value="2027-02"' not in page
    chosen = client.get("/tasks/?period=2026-11").content.decode()
    assert "/documents/bulletin/chuwuhui/2026-11/docx" in chosen
    assert '<option value="2026-11" selected>' in chosen
    for wrong in ("2027-02", "1999", "whatever"):
        assert "/chuwuhui/2027/pdf" in client.get(f"/tasks/?period={wrong}").content.decode()


@pytest.mark.parametrize(
    ("case", "until", "counter"), [(MONTH, "recorded", 0), (WEEK, "recorded", 1)]
)
def test_the_form_says_what_the_rules_want_of_a_task_and_offers_no_counter_they_do_not_let(
    case: str, until: str, counter: int
) -> None:
    play_into(case, until)
    made = min(MEMORY.at(PLACE).state.decisions.values(), key=lambda d: d.id)

    asked = f"/do/draft_task?sitting={made.sitting}&decision={made.id}"
    page = client_of("tan").get(asked).content.decode()

    assert page.count('name="counter"') == counter
    assert page.count("按规则要写明") == 3 - counter
