"""The guided path really works on the demonstration; the design page shows what there is."""

import re
from pathlib import Path

import pytest
from django.test import Client

import yishi.web
from tests.playing import PLACE, WEEK, client_of, play_into
from tests.web.demonstration import demonstrate
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.web.guide.path import PATH, Step
from yishi.web.office import CATALOGUES

pytestmark = pytest.mark.django_db

STYLES = Path(yishi.web.__file__).parent / "static/yishi/app.css"

FOUND = {
    "collate": "collate_item",
    "approve": "approve_item",
    "notice": "receive_notice",
    "leave": "grant_leave",
    "record": "close_record",
    "set": "set_task",
    "report": "report_back",
    "remind": "remind_owner",
}
"""The act that a step tells one to do, where there is one that stands at once."""


def steps(client: Client) -> dict[str, Step]:
    chapters = client.get("/guide").context["chapters"]
    return {step.key: step for some in chapters.values() for step in some}


def form_of(client: Client, page: str, act: str) -> dict[str, str] | None:
    """The hidden fields of an act's form, on the page or one link away; None without one."""
    said = client.get(page).content.decode()
    link = re.search(rf'href="(/do/{act}\?[^"]*)"', said)
    if f'action="/do/{act}"' not in said and link is not None:
        said = client.get(link.group(1).replace("&amp;", "&")).content.decode()
    form = re.search(rf'<form[^>]*action="/do/{act}".*?</form>', said, re.DOTALL)
    if form is None:
        return None
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form.group(0)))


# ── in the demonstration ──────────────────────────────────────────────────────────────────────


def test_every_step_has_somebody_to_step_into_and_a_page_that_opens_for_them() -> None:
    demonstrate()
    found = steps(client_of("guan"))

    assert [step.n for step in found.values()] == list(range(1, len(PATH) + 1))
    assert [key for key, step in found.items() if step.place is None] in ([], ["strike"])
    for key, step in found.items():
        if step.place is None:
            continue
        assert step.place.people, key
        for person in step.place.people:
            client = client_of("guan")
            into = client.post("/step-into", {"person": person, "next": step.place.page})
            assert into["Location"] == step.place.page, (key, person)
            page = client.get(step.place.page)
            assert page.status_code == 200, (key, person)
            assert page.wsgi_request.user.person == person


@pytest.mark.parametrize("key", sorted(FOUND))
def test_what_a_step_tells_one_to_do_stands_on_its_page(key: str) -> None:
    demonstrate()
    step = steps(client_of("guan"))[key]
    assert step.place is not None

    for person in step.place.people:
        assert form_of(client_of(person), step.place.page, FOUND[key]) is not None, person


def test_the_chair_who_would_speak_first_finds_the_clause_instead() -> None:
    demonstrate()
    found = steps(client_of("guan"))
    early, speak = found["early"].place, found["speak"].place
    assert early is not None
    assert early.citation is not None
    assert speak is not None

    page = client_of(early.people[0]).get(early.page).content.decode()

    assert form_of(client_of(early.people[0]), early.page, "state_position") is None
    assert early.citation.label in page
    for person in speak.people:
        assert MEMORY.at(PLACE).state.roster.people[person] in page


def test_who_was_called_in_reads_the_item_that_is_before_the_meeting_and_no_other() -> None:
    demonstrate()
    state = MEMORY.at(PLACE).state
    guest = steps(client_of("guan"))["guest"].place
    assert guest is not None
    (person,) = guest.people
    client, hall, budget = client_of(person), state.items["now-hall"], state.items["now-budget"]

    assert guest.page == "/items/now-hall"
    assert hall.content in client.get("/items/now-hall").content.decode()
    assert client.get("/items/now-budget").status_code == 404
    waiting = client_of("qiu").get("/items/now-budget").content.decode()
    assert budget.title in waiting
    assert budget.content not in waiting
    entry = Client().get("/sign-in").content.decode()
    assert re.findall(r'value="(\w+)">[^<]*<small>[^<]*为个别议题列席</small>', entry) == [
        "luo",
        "qiu",
    ]


def test_one_who_walks_on_comes_to_the_end_of_the_discussion() -> None:
    demonstrate()
    guest = client_of("guan")
    spoken = []
    while (speak := steps(guest)["speak"].place) is not None:
        person = client_of(speak.people[0])
        fields = form_of(person, speak.page, "state_position")
        assert fields is not None, speak
        said = person.post("/do/state_position", {**fields, "stance": "for", "words": "同意。"})
        assert said.status_code == 302
        spoken.append(speak.people[0])

    assert len(spoken) == len(set(spoken)) > 2
    after = steps(guest)
    assert after["early"].place is None
    decide = after["decide"].place
    assert decide is not None
    assert form_of(client_of(decide.people[0]), decide.page, "state_position") is not None


def test_what_its_owner_completes_is_struck_off_by_the_office() -> None:
    demonstrate()
    guest = client_of("guan")
    report = steps(guest)["report"].place
    assert report is not None
    owner = client_of(report.people[0])
    fields = form_of(owner, report.page, "complete_task")
    assert fields is not None
    assert owner.post("/do/complete_task", {**fields, "words": "已办好。"}).status_code == 302

    while (strike := steps(guest)["strike"].place) is not None:
        clerk = client_of(strike.people[0])
        assert (
            clerk.post("/do/close_task", form_of(clerk, strike.page, "close_task")).status_code
            == 302
        )

    task = MEMORY.at(PLACE).state.tasks[fields["subject.task"]]
    assert task.status == "closed"


@pytest.mark.parametrize("key", ["collate", "notice", "leave"])
def test_a_step_that_was_taken_looks_for_the_next_one_or_says_that_it_is_done(key: str) -> None:
    demonstrate()
    guest = client_of("guan")

    for _ in range(20):
        place = steps(guest)[key].place
        if place is None:
            break
        client = client_of(place.people[0])
        fields = form_of(client, place.page, FOUND[key])
        assert fields is not None, place
        done = client.post(f"/do/{FOUND[key]}", fields)
        assert done.status_code == 302, (place, done.content.decode())

    assert steps(guest)[key].place is None
    said = guest.get("/guide").content.decode()
    assert CATALOGUES["zh"].text("page.guide.done") in said


def test_minutes_come_out_once_the_record_is_closed_and_every_matter_is_complete() -> None:
    demonstrate()
    guest = client_of("guan")
    record = steps(guest)["record"].place
    assert record is not None
    secretary = client_of(record.people[0])
    fields = form_of(secretary, record.page, "close_record")
    assert secretary.post("/do/close_record", fields).status_code == 302

    while (place := steps(guest)["set"].place) is not None:
        clerk = client_of(place.people[0])
        fields = form_of(clerk, place.page, "set_task")
        assert fields is not None
        task = MEMORY.at(PLACE).state.tasks[fields["subject.task"]]
        fields |= {"unit": task.unit or "", "owner": task.owner or "", "due_on": "2099-12-31"}
        assert clerk.post("/do/set_task", fields).status_code == 302
    minutes = steps(guest)["minutes"].place

    assert minutes is not None
    clerk = client_of(minutes.people[0])
    fields = form_of(clerk, minutes.page, "issue_minutes")
    assert clerk.post("/do/issue_minutes", fields).status_code == 302


@pytest.mark.parametrize("months", [1, 12])
def test_the_guide_asks_the_database_three_times_however_much_there_is(
    months: int, django_assert_num_queries
) -> None:
    demonstrate(months)
    client = client_of("guan")
    client.get("/guide")

    with django_assert_num_queries(3):
        client.get("/guide")


# ── elsewhere ─────────────────────────────────────────────────────────────────────────────────


def test_outside_a_demonstration_the_path_is_explained_and_nobody_can_be_stepped_into() -> None:
    demonstrate(real=True)

    page = client_of("guan").get("/guide")

    said = page.content.decode()
    assert page.status_code == 200
    assert "/step-into" not in said
    assert all(step.place is None for step in steps(client_of("guan")).values())
    assert CATALOGUES["zh"].text("page.guide.approve_who") in said
    assert 'href="/items/"' in said


@pytest.mark.parametrize("until", ["submitted", "queue-presented", ""])
def test_the_guide_works_whatever_is_going_on(until: str) -> None:
    play_into(WEEK, until)

    assert client_of("luo").get("/guide").status_code == 200


def test_the_guide_speaks_english_too() -> None:
    demonstrate()

    said = client_of("guan", language="en")
    said.cookies["language"] = "en"

    page = said.get("/guide").content.decode()
    assert "Run one meeting in ten minutes" in page
    assert "page.guide" not in page


def test_guide_and_design_are_for_those_signed_in() -> None:
    play_into(until="submitted")

    for page in ("/guide", "/design"):
        assert Client().get(page)["Location"].startswith("/sign-in"), page


def test_the_design_page_shows_every_class_of_the_stylesheet() -> None:
    demonstrate()
    style = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", STYLES.read_text(encoding="utf-8"), flags=re.DOTALL)
    style = re.sub(r"\{[^{}]*\}", "", style)
    known = set(re.findall(r"\.([a-z][\w-]*)", style))

    page = client_of("li").get("/design")

    assert page.status_code == 200
    named = re.findall(r'class="([^"]*)"', page.content.decode())
    shown = {one for names in named for one in names.split()}
    assert len(known) > 80
    assert known - shown == set()


def test_looking_at_the_guide_changes_nothing() -> None:
    demonstrate()
    before = MEMORY.at(PLACE).head, Entry.objects.count()

    for person in ("chen", "tan", "guan"):
        client_of(person).get("/guide")
        client_of(person).get("/design")

    assert (MEMORY.at(PLACE).head, Entry.objects.count()) == before
