"""The search box: what somebody may read, by words and by first letters."""

import re
from copy import copy

import pytest

from tests.playing import PLACE, client_of, play_into
from yishi.register.initials import initials, readings
from yishi.register.models import ItemRow, SittingRow

pytestmark = pytest.mark.django_db


def finds(person: str, said: str) -> dict[str, list[str]]:
    page = client_of(person).get("/search", {"q": said})
    assert page.status_code == 200
    return {kind.name: [one.title for one in kind.finds] for kind in page.context["kinds"]}


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("办事大厅综合窗口", "bsdtzhck"),
        ("2027年预算A表", "2027nysab"),
        ("", ""),
        ("……", ""),
    ],
)
def test_first_letters(words: str, letters: str) -> None:
    assert initials(words) == letters


@pytest.mark.parametrize(
    ("name", "read"),
    [("曾建国", ("cjg", "zjg")), ("王芳", ("wf",)), ("查", ("c", "z")), ("", ("",))],
)
def test_a_surname_is_found_as_it_is_read(name: str, read: tuple[str, ...]) -> None:
    assert readings(name) == read


@pytest.mark.parametrize("typed", ["zjg", "ZJ", "cjg"])
def test_a_person_is_found_by_the_first_letters_of_the_name(typed: str) -> None:
    play_into(until="minutes")

    assert "曾建国" in finds("chen", typed)["people"]


def test_two_characters_find_items_decisions_and_tasks() -> None:
    play_into(until="minutes")

    found = finds("chen", "预算")

    assert found["items"] == ["2027年大厅运行经费预算"]
    assert found["decisions"] == ["2027年大厅运行经费预算"]
    assert found["tasks"] == ["上报2027年预算"]


def test_every_word_is_looked_for_in_whatever_order() -> None:
    play_into(until="minutes")

    assert finds("chen", "预算 大厅")["items"] == ["2027年大厅运行经费预算"]
    assert finds("chen", "预　算")["items"] == finds("chen", "预算")["items"]
    assert finds("chen", "jf 预算")["items"] == ["2027年大厅运行经费预算"]
    assert "items" not in finds("chen", "预算 叫号")
    assert finds("chen", "处务会 2026")["sittings"] == finds("chen", "处务会")["sittings"]
    assert finds("chen", "陈 志远")["people"] == ["陈志远"]


def test_beside_each_find_stands_what_tells_it_from_others() -> None:
    play_into(until="minutes")
    page = client_of("chen").get("/search", {"q": "预算"})
    beside = {kind.name: kind.finds[0].beside for kind in page.context["kinds"]}

    assert beside["items"].startswith("处务会 · ")
    assert beside["items"].endswith("2026年10月12日")
    assert beside["decisions"].startswith("处务会 · 2026年10月30日 · ")
    assert "2026年11月" in beside["tasks"]


def test_first_letters_find_what_the_words_find() -> None:
    play_into(until="minutes")

    assert finds("chen", "jfys")["items"] == ["2027年大厅运行经费预算"]
    assert finds("chen", "JFYS") == finds("chen", "jfys")
    assert finds("chen", "czy")["people"] == ["陈志远"]


def test_a_meeting_is_found_by_body_year_and_number() -> None:
    play_into(until="minutes")

    [name] = finds("chen", "处务会")["sittings"]
    assert finds("chen", "cwh")["sittings"] == [name]
    assert finds("chen", "第1次")["sittings"] == [name]
    assert finds("chen", "2026")["sittings"] == [name]
    assert "sittings" not in finds("chen", "处务会2019")
    assert "sittings" not in finds("chen", "第77次")


def test_nothing_is_found_that_somebody_may_not_read() -> None:
    play_into(until="minutes")

    assert "decisions" not in finds("luo", "预算")
    assert "items" not in finds("luo", "预算")
    assert "tasks" not in finds("luo", "ys")
    assert finds("guan", "叫号")["items"] == ["窗口叫号系统更新"]


def test_too_little_or_nothing_is_said_kindly() -> None:
    play_into(until="minutes")
    client = client_of("chen")

    assert "请至少写两个字" in client.get("/search", {"q": "预"}).content.decode()
    assert "没有找到含有“查无此事”的内容" in client.get("/search?q=查无此事").content.decode()
    assert client.get("/search").context["kinds"] == []
    for odd in ("%", "__", "'\"", "\x00\x00", "9" * 300, "第" + "9" * 40 + "次", "<b>ab"):
        answer = client.get("/search", {"q": odd})
        assert answer.status_code == 200
        assert "<b>ab" not in answer.content.decode()


def test_the_box_is_on_every_page_and_more_leads_to_the_list(django_assert_num_queries) -> None:
    play_into(until="minutes")
    client = client_of("chen")
    rows = [ItemRow(institution=PLACE, subject=f"x{n}", title=f"预算{n}") for n in range(20)]
    for row in rows:
        row.body, row.matter, row.status, row.origin = "chuwuhui", "other", "submitted", "submitted"
        row.submitted_by, row.submitted_at = "chen", ItemRow.objects.earliest("id").submitted_at
    ItemRow.objects.bulk_create(rows)

    assert 'action="/search"' in client.get("/").content.decode()
    client.get("/search?q=预算")
    with django_assert_num_queries(6):
        page = client.get("/search", {"q": "预算"})
    more = re.search(r'href="(/items/\?q=[^"]*)"', page.content.decode())
    assert more is not None
    assert client.get(more.group(1)).context["page"].paginator.count == 21
    for listed in ("/items/?q=jfys", "/decisions/?q=jfys", "/tasks/?q=ys"):
        assert client.get(listed).context["page"].paginator.count == 1


@pytest.mark.parametrize(
    "said",
    [
        "处务会{d}会议",
        "{d}",
        "10月30日",
        "cwh 10月30日",
        "2026-10-30",
        "10/30",
        "30 October 2026",
        "处务会 2026年10月",
    ],
)
def test_a_meeting_that_is_not_yet_open_is_found_by_the_name_it_bears(said: str) -> None:
    play_into(until="convened")
    [name] = finds("chen", "处务会")["sittings"]
    assert name == "处务会2026年10月30日会议"

    assert finds("chen", said.format(d="2026年10月30日"))["sittings"] == [name]


@pytest.mark.parametrize(
    "said",
    [
        "主任办公会2026年10月30日会议",
        "10月29日",
        "2026年11月",
        "预算 2026",
        "lq 2026",
        "处务会13月40日",
    ],
)
def test_a_word_or_a_day_that_is_not_the_meeting_s_finds_none(said: str) -> None:
    play_into(until="convened")

    assert "sittings" not in finds("chen", said)


@pytest.mark.parametrize("said", ["123456", "10000", "0000年1月1日", "0000年12月", "31 Dec 0000"])
def test_a_year_that_is_in_no_calendar_finds_no_meeting(said: str) -> None:
    play_into(until="convened")

    assert "sittings" not in finds("chen", said)
    listed = client_of("chen").get("/sittings/", {"q": said})
    assert (listed.status_code, len(listed.context["page"])) == (200, 0)


def test_the_year_of_a_day_is_that_of_the_institution_s_clock() -> None:
    play_into(until="convened")
    SittingRow.objects.update(starts_at="2027-01-01T06:00+08:00", year=0)

    assert "sittings" in finds("chen", "2027年1月1日")
    assert "sittings" in finds("chen", "处务会 2027")
    assert "sittings" not in finds("chen", "2026年1月1日")


def test_full_width_letters_and_digits_find_the_same() -> None:
    play_into(until="minutes")

    assert finds("chen", "ｊｆｙｓ") == finds("chen", "jfys")
    assert finds("chen", "处务会　２０２６") == finds("chen", "处务会 2026")
    assert finds("chen", "２０２７年")["items"] == finds("chen", "2027年")["items"]


def test_people_are_found_by_section_and_post_and_told_apart_by_them() -> None:
    play_into(until="minutes")

    heads = finds("chen", "科室负责人")["people"]
    assert {"李强", "周琳"} <= set(heads)
    assert finds("chen", "业务科")["people"] == ["李强", "邓洁"]
    assert finds("chen", "业务科 科室负责人")["people"] == ["李强"]
    assert finds("chen", "kszfzr") == finds("chen", "KSZFZR")
    [li] = client_of("chen").get("/search", {"q": "李强"}).context["kinds"][-1].finds
    assert li.beside == "业务科 科室负责人"


def test_more_meetings_and_people_than_are_shown_stand_in_their_lists(monkeypatch) -> None:
    play_into(until="minutes")
    monkeypatch.setattr("yishi.web.search.views.MOST", 4)
    client, one = client_of("chen"), SittingRow.objects.get(subject="oct")
    rows = [copy(one) for _ in range(20)]
    for n, row in enumerate(rows):
        row.pk, row.subject, row.number = None, f"x{n}", n + 2
    SittingRow.objects.bulk_create(rows)

    page = client.get("/search", {"q": "处务会"}).content.decode()
    more = re.search(r'href="(/sittings/\?q=[^"]*)"', page)
    assert more is not None
    assert client.get(more.group(1)).context["page"].paginator.count == 21
    assert client.get("/sittings/?q=第12次").context["page"].paginator.count == 1
    everybody = client.get("/search", {"q": "负责人"}).context["kinds"][-1]
    assert len(everybody.finds) == 4
    listed = client.get(everybody.more).context["found"]
    assert len(listed) == 5
