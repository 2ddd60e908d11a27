"""`archive make` and `archive check`: a package written, and what is found of one."""

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.archive.test_forgeries import MINUTES, OTHER, case, forged
from tests.cli.conftest import Run
from tests.playing import MONTH, PLACE, client_of, play_into
from yishi.jobs.working import work_all

__all__ = ["case"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_already(monkeypatch, settings, tmp_path) -> None:
    """The tests have their database open; the commands would look for their own."""
    for module in ("upkeep", "archive"):
        monkeypatch.setattr(f"yishi.cli.{module}.opened", lambda migrate=False: None)
    settings.MEDIA_ROOT, settings.ARCHIVE = tmp_path / "papers", tmp_path / "archive"


def test_a_package_is_written_and_passes_with_its_digest_and_the_whole_journal(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "")
    file, journal = tmp_path / "oct.zip", tmp_path / "journal.jsonl"

    ran = yishi("archive", "make", PLACE, "oct", file)

    (digest,) = re.findall(r"[0-9a-f]{64}", ran.out)
    assert f"SHA-256：{digest}" in ran.out
    assert ran.status == 0
    assert yishi("export", PLACE, journal).status == 0
    checked = yishi("archive", "check", file, "--digest", digest, "--journal", journal)
    assert checked.status == 0, checked.out
    assert "不通过" not in checked.out.replace("没有不通过的", "")
    assert "整个包的 SHA-256 与写明的一致" in checked.out
    assert "登记簿摘录的根与另外得到的一致" in checked.out
    assert {line.split()[0] for line in checked.lines[:-1]} == {
        "真实性",
        "完整性",
        "可用性",
        "安全性",
    }
    alone = yishi("archive", "check", file)
    assert alone.status == 0
    assert "请把登记簿前" in alone.out
    english = yishi("archive", "check", file, "--lang", "en")
    assert "Nothing failed" in english.out


def test_what_was_altered_is_named_and_the_status_is_one(yishi: Run, tmp_path: Path) -> None:
    play_into(MONTH, "")
    file = tmp_path / "oct.zip"
    yishi("archive", "make", PLACE, "oct", file)
    raw = file.read_bytes()
    root = re.findall(rb'"root":"([0-9a-f]{64})"', raw)[0].decode()

    assert yishi("archive", "check", file, "--root", root).status == 0
    other = yishi("archive", "check", file, "--root", "0" * 64, "--digest", "1" * 64)
    assert other.status == 1
    assert "与写明的不一致" in other.out
    assert "与另外得到的不一致" in other.out

    file.write_bytes(raw.replace("签发".encode(), "签收".encode(), 1))
    altered = yishi("archive", "check", file)
    assert altered.status == 1
    assert re.search(r"不通过 .*内容与打包时不一样", altered.out)


def test_an_unpacked_folder_is_checked_as_well_and_a_package_packed_otherwise_is_told_so(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "")
    file, folder, again = tmp_path / "oct.zip", tmp_path / "out", tmp_path / "again.zip"
    yishi("archive", "make", PLACE, "oct", file)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
        with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as other:
            for name in packed.namelist():
                other.writestr(name, packed.read(name))

    assert yishi("archive", "check", folder / f"{PLACE}-oct").status == 0
    told = yishi("archive", "check", again)
    assert told.status == 1
    assert "请先解压，再检查解压出来的文件夹" in told.out


def test_given_the_journal_a_package_and_its_folder_are_looked_up_in_it(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "")
    file, folder, journal = tmp_path / "oct.zip", tmp_path / "out", tmp_path / "journal.jsonl"
    yishi("archive", "make", PLACE, "oct", file)
    yishi("export", PLACE, journal)
    before = yishi("archive", "check", file, "--journal", journal)
    assert (before.status, "没有这次会议归档的记录" in before.out) == (0, True)

    client_of("xiao").post("/do/archive_sitting", {"subject.sitting": "oct", "key": "k1"})
    work_all("me")
    journal.unlink()
    yishi("export", PLACE, journal)
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    renamed = (folder / f"{PLACE}-oct").rename(tmp_path / "renamed")
    for one in (file, renamed):
        told = yishi("archive", "check", one, "--journal", journal)
        assert (told.status, "归档的就是这个包" in told.out) == (0, True), one

    altered = renamed / "check.py"
    altered.write_bytes(altered.read_bytes() + b"\n")
    tags = renamed / "tagmanifest-sha256.txt"
    made = hashlib.sha256(altered.read_bytes()).hexdigest()
    tags.write_text(re.sub("[0-9a-f]{64}  check.py", f"{made}  check.py", tags.read_text()))
    assert yishi("archive", "check", renamed).status == 0
    told = yishi("archive", "check", renamed, "--journal", journal)
    assert told.status == 1
    assert "归过档，但不是这个包" in told.out


def test_minutes_exchanged_with_all_lists_made_to_fit_do_not_pass(yishi: Run, case, write) -> None:
    name = case.one(MINUTES)
    raw = forged(case, {name: OTHER})

    told = yishi("archive", "check", write("forged.zip", raw))

    assert told.status == 1
    assert re.search(rf"真实性 .*不通过 .*{re.escape(name)}：登记簿里没有这个文件的摘要", told.out)
    assert re.search(r"真实性 .*不通过 .*写明的文件包里没有", told.out)


def test_nothing_is_overwritten_and_what_cannot_be_done_says_why(
    yishi: Run, tmp_path: Path
) -> None:
    play_into(MONTH, "recorded")
    there, free = tmp_path / "there.zip", tmp_path / "free.zip"
    there.write_text("mine")

    for words, said in (
        ((PLACE, "oct", free), "会议纪要还没有印发"),
        ((PLACE, "never", free), "没有这次会议"),
        (("nobody", "oct", free), "nobody"),
    ):
        ran = yishi("archive", "make", *words)
        assert ran.status == 2
        assert said in ran.err
    assert not free.exists()


def test_no_file_is_written_over_or_left_half_made(yishi: Run, tmp_path: Path, settings) -> None:
    play_into(MONTH, "")
    there, half = tmp_path / "there.zip", tmp_path / "half.zip"
    there.write_text("mine")

    assert yishi("archive", "make", PLACE, "oct", there).status == 2
    assert there.read_text() == "mine"
    assert yishi("archive", "make", PLACE, "oct", tmp_path / "no" / "x.zip").status == 2
    settings.ARCHIVE.mkdir()
    (settings.ARCHIVE / f"{PLACE}.toml").write_text("[retention]\nminutes = 1\n")
    ran = yishi("archive", "make", PLACE, "oct", half)
    assert ran.status == 2
    assert "保管期限“1”不对" in ran.err
    assert not half.exists()


def test_what_is_no_package_is_told_in_a_sentence(yishi: Run, tmp_path: Path, write) -> None:
    for held in (b"", b"x" * 5000, io.BytesIO(b"PK\x05\x06" + b"\xff" * 18).getvalue()):
        ran = yishi("archive", "check", write("x.zip", held))
        assert ran.status == 1
        assert "不通过" in ran.out
        assert not ran.err
    assert yishi("archive", "check", tmp_path / "none.zip").status == 2
    (tmp_path / "empty").mkdir()
    assert yishi("archive", "check", tmp_path / "empty").status == 1
    bad = write("bad.jsonl", b"{}\n")
    assert yishi("archive", "check", tmp_path / "empty", "--journal", bad).status == 2
