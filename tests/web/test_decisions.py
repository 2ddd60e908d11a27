"""Decisions: the list and its spreadsheet, one decision with what led to it and what follows."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.procedure.access import may_read
from yishi.procedure.minutes import PublishDecision
from yishi.procedure.verdict import Accepted
from yishi.register.models import DecisionRow, Reader

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> list[str]:
    return [row.subject for row in client.get(f"/decisions/{query}").context["page"]]


def publish(decision: str) -> None:
    assert isinstance(do(PLACE, "chen", PublishDecision(decision=decision)).verdict, Accepted)


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_the_decisions_the_latest_first() -> None:
    play_into(until="planned")

    made = [d.id for d in sorted(MEMORY.at(PLACE).state.decisions.values(), key=lambda d: d.at)]

    assert shown(client_of("chen")) == made[::-1]
    assert len(made) > 2


@pytest.mark.parametrize(("case", "until"), [(MONTH, "planned"), (MONTH, ""), (WEEK, "")])
def test_list_spreadsheet_and_page_agree_on_who_may_read(case: str, until: str) -> None:
    play_into(case, until)
    state = MEMORY.at(PLACE).state

    for person in state.roster.people:
        client = client_of(person)
        allowed = {
            d
            for d in state.decisions
            if may_read(state, person, "decision", d, state.latest).allowed
        }
        assert set(shown(client)) == allowed, person
        sheet = load_workbook(BytesIO(client.get("/decisions.xlsx").content)).active
        assert sheet.max_row - 1 == len(allowed), person
        for decision in state.decisions:
            status = client.get(f"/decisions/{decision}").status_code
            assert status == (200 if decision in allowed else 404), (person, decision)


def test_who_may_know_of_none_sees_none_until_it_is_published() -> None:
    play_into(until="planned")
    guan = client_of("guan")
    assert "d-budget" not in shown(guan)
    assert guan.get("/decisions/d-budget").status_code == 404

    publish("d-budget")

    assert "d-budget" in shown(guan)
    page = guan.get("/decisions/d-budget")
    assert page.status_code == 200
    assert "同意2027年大厅运行经费预算按180万元编列" in page.content.decode()
    assert "/items/budget" not in page.content.decode()


def test_the_list_is_narrowed_by_body_year_outcome_and_words() -> None:
    play_into(until="planned")
    chen = client_of("chen")
    every = set(shown(chen))

    assert set(shown(chen, "?body=chuwuhui")) == every
    assert shown(chen, "?body=zhurenbangonghui") == []
    assert set(shown(chen, "?year=2026")) == every
    assert shown(chen, "?outcome=noted") == ["d-circular"]
    assert shown(chen, "?q=180万元") == ["d-budget"]
    assert shown(chen, "?q=经费预算") == ["d-budget"]


def test_a_year_begins_and_ends_on_the_institutions_own_clock() -> None:
    play_into(until="planned")
    state = MEMORY.at(PLACE).state
    assert 2026 in state.bodies["chuwuhui"].numbers
    row = DecisionRow.objects.get(subject="d-budget")
    row.at = "2026-12-31T16:30:00+00:00"
    row.save()

    assert "d-budget" not in shown(client_of("chen"), "?year=2026")


@pytest.mark.parametrize(
    "query", ["?year=x&outcome=y&body=z", "?year=99999999999", "?page=-1", "?q=%00" + "字" * 500]
)
def test_nonsense_asked_of_the_list_is_no_fault(query: str) -> None:
    play_into(until="planned")

    for place in ("/decisions/", "/decisions.xlsx"):
        assert client_of("chen").get(place + query).status_code == 200


def test_a_stranger_is_sent_to_the_sign_in() -> None:
    for place in ("/decisions/", "/decisions.xlsx", "/decisions/d-budget"):
        assert Client().get(place).status_code == 302


# ── one decision ──────────────────────────────────────────────────────────────────────────────


def test_a_decision_is_shown_with_its_words_its_count_and_its_tasks() -> None:
    play_into(until="planned")

    text = client_of("chen").get("/decisions/d-budget").content.decode()

    votes, base = MEMORY.at(PLACE).state.decisions["d-budget"].tally
    assert "同意2027年大厅运行经费预算按180万元编列。" in text
    assert f"全体组成人员共{base}人，{votes}人赞成，超过半数" in text
    assert "/tasks/t-budget" in text
    assert "/items/budget" in text


def test_what_was_only_noted_counts_nothing() -> None:
    play_into(until="planned")

    assert client_of("chen").get("/decisions/d-circular").context["tally"] == ""


def test_a_clause_that_imposes_secrecy_stands_over_the_decision_until_it_is_published() -> None:
    play_into(until="planned")
    chen = client_of("chen")
    secret = chen.get("/decisions/d-budget").context["secret"]
    assert (secret.citation.body, secret.rule.secret) == ("chuwuhui", True)
    assert "保密" in chen.get("/decisions/d-budget").content.decode()

    publish("d-budget")

    assert chen.get("/decisions/d-budget").context["secret"] is None


def test_where_no_clause_imposes_secrecy_none_is_claimed() -> None:
    play_into(WEEK, "planned")

    page = client_of("chen").get("/decisions/d-queue")

    assert page.status_code == 200
    assert page.context["secret"] is None
    assert 'role="note"' not in page.content.decode()


def test_it_is_published_from_its_page() -> None:
    play_into(until="planned")
    chen = client_of("chen")
    assert "/do/publish_decision" in chen.get("/decisions/d-budget").content.decode()

    form = {"subject.decision": "d-budget", "key": "k", "next": "/decisions/d-budget"}
    answer = chen.post("/do/publish_decision", form, follow=True)

    assert answer.context["decision"].published


def test_a_decision_and_the_one_that_changes_it_lead_to_each_other() -> None:
    play_into(WEEK, "change-decided")
    chen = client_of("chen")
    later = MEMORY.at(PLACE).state.decisions["d-queue"].changed_by[0]

    old, new = (chen.get(f"/decisions/{d}").content.decode() for d in ("d-queue", later))

    assert "这一决定后来已经变更" in old
    assert f'href="/decisions/{later}"' in old
    assert "变更了以前的决定" in new
    assert 'href="/decisions/d-queue"' in new
    assert "已变更" in chen.get("/decisions/").content.decode()


def test_one_that_nobody_made_is_no_page() -> None:
    play_into(until="planned")

    assert client_of("chen").get("/decisions/none").status_code == 404


# ── how much it costs ─────────────────────────────────────────────────────────────────────────


def test_pages_ask_the_database_a_fixed_number_of_questions(django_assert_num_queries) -> None:
    play_into(until="planned")
    chen = client_of("chen")
    chen.get("/decisions/")

    with django_assert_num_queries(5):
        chen.get("/decisions/")
    with django_assert_num_queries(4):
        chen.get("/decisions/d-budget")
    with django_assert_num_queries(4):
        chen.get("/decisions.xlsx")


def test_the_number_stays_the_same_however_many_there_are(django_assert_num_queries) -> None:
    play_into(until="")
    row = DecisionRow.objects.get(subject="d-budget")
    for n in range(60):
        row.pk, row.subject = None, f"more-{n}"
        row.save()
        Reader.objects.create(institution=PLACE, thing="decision", subject=row.subject)
    chen = client_of("chen")
    chen.get("/decisions/")

    with django_assert_num_queries(5):
        page = chen.get("/decisions/").context["page"]
    assert page.paginator.count > 60


def test_reading_changes_nothing() -> None:
    play_into(until="planned")
    before = Entry.objects.count()

    for place in ("/decisions/", "/decisions/d-budget", "/decisions.xlsx"):
        assert client_of("chen").get(place).status_code == 200

    assert Entry.objects.count() == before
