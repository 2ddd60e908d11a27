"""`export`, `rebuild`, `tick`, `work`, `setup-token`: what is done beside the pages."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from tests.cli.conftest import Run
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.pressing import press
from yishi.accounts import bootstrap
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.jobs import queue
from yishi.jobs.models import Job
from yishi.journal import FileStore, encode_line, verify
from yishi.journal.tables.store import TableStore
from yishi.originals import triggers
from yishi.originals.models import Original
from yishi.procedure.minutes import SetTask
from yishi.register.models import ItemRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_already(monkeypatch) -> None:
    """The tests have their database open; the commands would look for their own."""
    for module in ("upkeep", "setup", "originals"):
        monkeypatch.setattr(f"yishi.cli.{module}.opened", lambda migrate=False: None)


def test_an_exported_journal_is_the_file_that_verifies_offline_to_the_same_head(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "decided")
    file = tmp_path / "out.jsonl"

    ran = yishi("export", PLACE, file)

    head = MEMORY.at(PLACE).head
    assert ran.status == 0
    with file.open("rb") as lines:
        report = verify(lines, head)
    assert report.ok
    assert report.sound == head.seq
    kept = b"".join(encode_line(line) for line in TableStore(PLACE).read())
    assert file.read_bytes() == kept
    assert [line.hash for line in FileStore(file).read()][-1] == head.hash
    assert yishi("journal", "verify", file, "--head", f"{head.seq}:{head.hash}").status == 0
    assert "0 笔结论不同" in yishi("journal", "replay", file).out


def test_an_export_overwrites_nothing_and_says_what_stands_in_its_way(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "submitted")
    there = tmp_path / "there.jsonl"
    there.write_text("mine")

    over, nowhere, nobody = (
        yishi("export", PLACE, there),
        yishi("export", PLACE, tmp_path / "no" / "out.jsonl"),
        yishi("export", "nobody", tmp_path / "out.jsonl"),
    )

    assert [ran.status for ran in (over, nowhere, nobody)] == [2, 2, 2]
    assert there.read_text() == "mine"
    assert "没有覆盖" in over.err
    assert "写不进这个文件" in nowhere.err
    assert PLACE in nobody.err


def test_the_lists_are_made_anew_from_the_journal(yishi: Run) -> None:
    play_into(MONTH, "decided")
    told = sorted(ItemRow.objects.values_list("subject", "status"))
    ItemRow.objects.all().delete()

    ran = yishi("rebuild")

    assert ran.status == 0
    assert sorted(ItemRow.objects.values_list("subject", "status")) == told


def test_a_second_look_of_the_timer_tells_nothing_twice(yishi: Run) -> None:
    play_into(MONTH, "minutes")

    first, second = yishi("tick"), yishi("tick")

    assert (first.status, second.status) == (0, 0)
    assert not first.out.startswith("提醒 0 条")
    assert second.out.startswith("提醒 0 条")


def test_the_worker_does_what_waits_and_ends_where_that_is_asked(yishi: Run) -> None:
    play_into(MONTH, "minutes")
    queue.ask(PLACE, "li", "preview", "none", item="none")

    first, second = yishi("work", "--once"), yishi("work", "--once")

    assert (first.status, second.status) == (0, 0)
    assert first.out.startswith("做完 1 项")
    assert second.out.startswith("做完 0 项")
    assert Job.objects.get().failure == "jobs.not_readable"


def test_the_address_of_the_first_start_is_given_out_until_there_is_an_institution(
    yishi: Run,
) -> None:
    first = yishi("setup-token")
    play_into(MONTH, "submitted")
    later, another = yishi("setup-token"), yishi("setup-token", "--another")

    assert first.status == 0
    assert "/setup?token=" in first.out
    assert later.status == 1
    assert "/setup" not in later.out
    assert another.status == 0
    assert "/setup?token=another-" in another.out
    bootstrap._file().unlink()


def test_originals_are_checked_byte_for_byte_and_what_is_missing_is_named(yishi: Run) -> None:
    play_into(MONTH, "recorded")
    clerk = client_of("xiao")
    do(PLACE, "xiao", SetTask(task="t-budget", due_on=date(2026, 12, 20)))
    press(clerk, clerk.get("/sittings/oct/minutes"), "issue_minutes")
    sound = yishi("originals", PLACE)
    triggers.take_off(connection)
    Original.objects.order_by("id").first().delete()
    Original.objects.order_by("id").filter(content__gt=b"").update(content=b"else")
    broken = yishi("originals")

    assert (sound.status, broken.status) == (0, 1)
    assert "相符的 4 件" in sound.out
    assert broken.out.count("不在这里") == 1
    assert broken.out.count("被改动过") == 3
