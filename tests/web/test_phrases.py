"""The office's phrases: who keeps them, where they are at hand, and what they put into a record."""

import pytest
from django.test import Client

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import forms, press, text
from yishi.clerk.memory import MEMORY
from yishi.phrases.models import LONGEST, MOST, Phrase

pytestmark = pytest.mark.django_db


def written(place: str = "record") -> list[str]:
    held = Phrase.objects.filter(institution=PLACE, place=place).order_by("id")
    return list(held.values_list("words", flat=True))


def add(client: Client, words: str, place: str = "record") -> str:
    page = client.post("/phrases", {"place": place, "words": words}, follow=True)
    assert page.status_code == 200
    return text(page)


def test_the_office_writes_rewords_and_deletes_its_phrases() -> None:
    play_into(MONTH, "convened")
    client = client_of("xiao")
    assert "还没有" in text(client.get("/phrases"))

    assert "常用语已加上" in add(client, "会议  同意。")
    assert written() == ["会议 同意。"]
    one = Phrase.objects.get()
    assert "会议 同意。" in client_of("tan").get("/phrases").content.decode()

    client.post("/phrases", {"phrase": one.id, "words": "会议原则同意。"})
    assert written() == ["会议原则同意。"]
    client.post("/phrases", {"phrase": one.id, "words": "", "delete": "yes"})
    assert written() == []


@pytest.mark.parametrize("person", ["chen", "liu", "li", "nobody-of-the-house"])
def test_for_everybody_else_there_is_no_such_page(person: str) -> None:
    play_into(MONTH, "convened")
    client = client_of(person)

    assert client.get("/phrases").status_code == 404
    assert client.post("/phrases", {"place": "record", "words": "x"}).status_code == 404
    assert written() == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "请先写上用语"),
        (" \n ", "请先写上用语"),
        ("长" * (LONGEST + 1), "用语太长"),
        ("坏\x00字", "不能显示的字符"),
        ("甲\u202e乙", "不能显示的字符"),
        ("已有。", "一模一样"),
    ],
)
def test_what_cannot_be_kept_is_told(words: str, told: str) -> None:
    play_into(MONTH, "convened")
    client = client_of("xiao")
    add(client, "已有。")
    add(client, "另一条。")
    other = Phrase.objects.get(words="另一条。")

    assert told in add(client, words)
    page = client.post("/phrases", {"phrase": other.id, "words": words}, follow=True)
    assert told in text(page)
    assert written() == ["已有。", "另一条。"]


def test_the_same_words_written_twice_in_one_moment_are_kept_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_into(MONTH, "convened")
    client = client_of("xiao")
    add(client, "同意。")
    add(client, "另一条。")
    other = Phrase.objects.get(words="另一条。")
    # Neither of the two sees yet what the other writes.
    monkeypatch.setattr("yishi.web.phrases.views._twice", lambda *asked: "")

    assert "一模一样" in add(client, "同意。")
    said = {"phrase": other.id, "words": "同意。"}
    assert "一模一样" in text(client.post("/phrases", said, follow=True))
    assert written() == ["同意。", "另一条。"]


def test_a_phrase_of_another_institution_or_of_none_cannot_be_touched() -> None:
    play_into(MONTH, "convened")
    theirs = Phrase.objects.create(institution="other", place="record", words="别人的。")
    client = client_of("xiao")

    assert "别人的。" not in text(client.get("/phrases"))
    for said in (theirs.id, "x", "9" * 30, "-1", "0"):
        page = client.post("/phrases", {"phrase": said, "delete": "yes"}, follow=True)
        assert "没有这一条" in text(page)
    assert "没有这一条" in add(client, "甲。", place="nowhere")
    assert Phrase.objects.get() == theirs


def test_there_are_only_so_many_of_a_kind() -> None:
    play_into(MONTH, "convened")
    Phrase.objects.bulk_create(
        Phrase(institution=PLACE, place="record", words=f"第{n}条。") for n in range(MOST)
    )

    assert f"最多 {MOST} 条" in add(client_of("xiao"), "多出来的。")
    assert "常用语已加上" in add(client_of("xiao"), "别处的。", place="opinion")


def test_in_the_room_a_phrase_that_is_ticked_is_put_into_the_record() -> None:
    play_into(MONTH, "budget-presented")
    add(client_of("xiao"), "会议对该事项进行了认真研究。")
    add(client_of("xiao"), "同意。", place="opinion")
    client = client_of("xiao")
    page = client.get("/sittings/oct/room")
    fields = forms(page, "note_record")[0]
    assert "会议对该事项进行了认真研究。" in text(page)
    assert "words.phrase" in fields

    typed = {"words__phrase": ["会议对该事项进行了认真研究。"]}
    assert press(client, page, "note_record", words="已核对。", **typed).status_code == 302
    ((_, _, words),) = MEMORY.at(PLACE).state.sittings["oct"].record.notes[-1:]
    assert words == "已核对。会议对该事项进行了认真研究。"


def test_a_phrase_alone_is_enough_for_an_opinion() -> None:
    play_into(MONTH, "budget-presented")
    add(client_of("xiao"), "同意所报方案。", place="opinion")
    client = client_of("xiao")
    page = client.get("/sittings/oct/room")
    said = {"stance": "for", "words__phrase": "同意所报方案。"}
    assert press(client, page, "state_position", **said).status_code == 302

    talk = MEMORY.at(PLACE).state.sittings["oct"].deliberations["budget"]
    assert talk.positions[-1].words == "同意所报方案。"


def test_a_member_is_shown_no_phrases() -> None:
    play_into(MONTH, "budget-presented")
    add(client_of("xiao"), "同意所报方案。", place="opinion")

    assert "同意所报方案。" not in client_of("liu").get("/sittings/oct/room").content.decode()


# ── by the keyboard ───────────────────────────────────────────────────────────────────────────


def test_the_secretary_reaches_record_speaker_and_people_by_keys() -> None:
    play_into(MONTH, "budget-presented")
    room = client_of("xiao").get("/sittings/oct/room").content.decode()

    for one in "jkm":
        assert room.count(f'accesskey="{one}"') == 1, one
        assert f'aria-keyshortcuts="Alt+{one.upper()}"' in room


def test_units_and_people_are_found_by_first_letters_that_nobody_has_to_read() -> None:
    play_into(MONTH, "budget-presented")
    form = client_of("xiao").get("/do/assign_task?sitting=oct").content.decode()
    names = MEMORY.at(PLACE).state.roster.people
    form += client_of("xiao").get("/do/draft_task?sitting=oct&item=budget").content.decode()

    assert 'data-letters="ywk">业务科' in form
    assert "ywk 业务科" not in form
    assert form.count("<select") >= form.count("data-lettered") == 2
    assert "yishi/letters.js" in form
    assert names["li"] in form


def test_the_roll_is_called_by_tapping_names(on) -> None:
    play_into(MONTH, "told")
    on("2026-10-30T08:50")
    client = client_of("xiao")
    page = client.get("/sittings/oct/room")
    calling = [fields["person"][0] for fields in forms(page, "mark_present")]
    assert {"liu", "wang"} <= set(calling)
    assert "刘敏 到会" in text(page)

    assert press(client, page, "mark_present", calling.index("liu")).status_code == 302
    assert MEMORY.at(PLACE).state.sittings["oct"].is_present("liu")
    after = client.get("/sittings/oct/room")
    assert "刘敏 到会" not in text(after)
    assert "王芳 到会" in text(after)
    assert "王芳 到会" not in text(client_of("liu").get("/sittings/oct/room"))
