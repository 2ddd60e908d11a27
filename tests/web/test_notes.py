"""Private notes: their owner writes, reads and deletes them; nobody and nothing else has them."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

import yishi
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import text
from yishi.accounts.models import Account, PrivateNote
from yishi.accounts.private import note_on
from yishi.journal.tables.models import Entry, SealedText

pytestmark = pytest.mark.django_db

ROOM = "/sittings/oct/room"
WORDS = "会上要问清楚保修期。"


def writes(person: str, words: str = WORDS, item: str = "budget", **more: str) -> int:
    answer = client_of(person).post(f"/notes/{item}", {"words": words, "next": ROOM, **more})
    return answer.status_code


def kept(person: str, item: str = "budget") -> str:
    note = note_on(Account.objects.get(institution=PLACE, person=person), item)
    return note.words if note else ""


def test_a_note_is_written_in_the_room_and_is_there_again() -> None:
    play_into()
    client = client_of("liu")
    assert "只有您自己看得到" in text(client.get(ROOM))

    answer = client.post("/notes/budget", {"words": WORDS, "next": ROOM})
    assert (answer.status_code, answer.headers["Location"]) == (302, ROOM)
    assert WORDS in client.get(ROOM).content.decode()
    assert WORDS in text(client.get("/notes/"))
    assert writes("liu", "改了。") == 302
    assert kept("liu") == "改了。"
    assert PrivateNote.objects.count() == 1


def test_nobody_else_ever_has_it() -> None:
    play_into()
    writes("liu")

    for person in ("chen", "xiao", "tan", "zeng", "guan"):
        client = client_of(person)
        for page in (
            ROOM,
            "/notes/",
            "/sittings/oct",
            "/items/budget",
            "/",
            "/sittings/oct/record",
        ):
            assert WORDS not in client.get(page).content.decode(), (person, page)
        assert "保修期" not in text(client.get("/search?q=保修期")).replace("保修期", "", 1)
        assert client.post("/notes/budget", {"delete": "yes"}).status_code in (302, 404)
    assert kept("liu") == WORDS


def test_it_is_in_no_journal_and_no_export() -> None:
    play_into()
    before = Entry.objects.count(), SealedText.objects.count()
    writes("liu")

    assert (Entry.objects.count(), SealedText.objects.count()) == before
    sources = Path(yishi.__file__).parent.rglob("*.py")
    users = {
        path.parent.name + "/" + path.name
        for path in sources
        if re.search(
            r"\b(PrivateNote|private_notes|note_on|private import)\b", path.read_text("utf-8")
        )
    }
    assert users == {
        "accounts/models.py",
        "accounts/private.py",
        "migrations/0005_private_note.py",
        "notes/views.py",
        "sittings/room.py",
    }


def test_its_owner_deletes_it() -> None:
    play_into()
    writes("liu")
    writes("liu", delete="yes")
    assert PrivateNote.objects.count() == 0

    writes("liu")
    writes("liu", "  ")
    assert PrivateNote.objects.count() == 0
    assert "还没有笔记" in text(client_of("liu").get("/notes/"))


def test_of_an_item_that_is_closed_to_somebody_there_is_nothing_to_write() -> None:
    play_into()

    assert writes("guan") == 404
    assert writes("liu", item="nothing") == 404
    assert writes("liu", item="x" * 80) == 404
    assert client_of("liu").get("/notes/budget").status_code == 405


def test_an_address_that_no_database_takes_is_not_there() -> None:
    play_into()
    client, asked = client_of("liu"), []

    def heard(execute, sql, params, many, context):
        asked.extend(str(one) for one in params or ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(heard):
        answer = client.post("/notes/%00", {"words": WORDS})
    assert answer.status_code == 404
    assert asked
    assert not [one for one in asked if "\x00" in one]


def test_what_was_written_before_an_item_was_closed_to_its_writer_stays_theirs() -> None:
    play_into(MONTH, "platform-heard")
    client = client_of("guan")
    assert writes("guan", item="platform") == 302
    Account.objects.filter(person="guan").update(institution="elsewhere")
    PrivateNote.objects.update(item="gone")
    Account.objects.filter(person="guan").update(institution=PLACE)

    page = client.get("/notes/")
    assert WORDS in text(page)
    assert "您现在不能查阅" in text(page)
    answer = client.post("/notes/gone", {"words": "再写一句。"})
    assert answer.status_code == 422
    assert "再写一句。" in answer.content.decode()
    assert kept("guan", "gone") == WORDS
    assert client.post("/notes/gone", {"delete": "yes"}).status_code == 302
    assert PrivateNote.objects.count() == 0


def test_words_that_cannot_be_read_are_told_and_not_lost() -> None:
    play_into()
    answer = client_of("liu").post("/notes/budget", {"words": "看\x07不见"})

    assert answer.status_code == 422
    assert "笔记没有保存" in text(answer)
    assert kept("liu") == ""


def test_the_account_of_another_institution_has_its_own() -> None:
    play_into()
    play_into(slug="other")
    writes("liu")

    client = client_of("liu", slug="other")
    assert WORDS not in client.get("/notes/").content.decode()
    assert WORDS not in client.get(ROOM).content.decode()


def test_the_migrations_say_what_the_models_say() -> None:
    out = StringIO()
    call_command("makemigrations", "accounts", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()
