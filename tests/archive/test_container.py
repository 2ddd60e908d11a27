"""The one file of a package: one spelling for each content, and nothing else is read."""

import io
import random
import stat
import zipfile

import pytest

from yishi.archive import check, check_packed, container
from yishi.archive.bag import bagged, held

PAYLOAD = {
    "data/甲.txt": held("甲乙丙".encode()),
    "data/b.txt": held(b""),
    "data/c.txt": held(b"x" * 99),
}


def written(files=None) -> bytes:
    """A container with these files."""
    out = io.BytesIO()
    files = bagged(PAYLOAD, (("Source-Organization", "x"),), b"read me") if files is None else files
    container.write(out, "base", files.items())
    return out.getvalue()


def wrong(raw: bytes) -> str:
    """What is said of a container that is not read; empty when it is read and sound."""
    try:
        packed = container.read(io.BytesIO(raw))
    except container.Misfit as misfit:
        return misfit.args[0].id
    sums = {name: check._sum(packed, name) for name in packed.names}
    failed = [one for one in check._fixity(packed, sums) if one.status == "fail"]
    return failed[0].said if failed else ""


def zipped(
    change=lambda info: None, name="base/data/a.txt", more=(), how=zipfile.ZIP_STORED
) -> bytes:
    """What another program might write."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as packed:
        for one in (name, *more):
            info = zipfile.ZipInfo(one)
            info.compress_type = how
            info.external_attr = 0o100644 << 16
            change(info)
            packed.writestr(info, b"words " * 500)
    return out.getvalue()


def test_any_unpacker_reads_it_and_so_do_we() -> None:
    raw = written()

    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert packed.testzip() is None
        assert packed.read("base/data/甲.txt").decode() == "甲乙丙"
        assert {info.compress_type for info in packed.infolist()} == {zipfile.ZIP_STORED}
    assert wrong(raw) == ""
    assert written() == raw


def test_a_byte_changed_anywhere_is_found() -> None:
    raw = bytearray(written())

    for place in range(len(raw)):
        before = raw[place]
        raw[place] = before ^ 0x21
        assert wrong(bytes(raw)), place
        raw[place] = before


def test_a_byte_taken_out_or_put_in_anywhere_is_found() -> None:
    raw, chance = written(), random.Random(1)

    for _ in range(300):
        place = chance.randrange(len(raw))
        assert wrong(raw[:place] + raw[place + 1 :]), place
        assert wrong(raw[:place] + b"x" + raw[place:]), place
    assert wrong(raw + b"\0")
    assert wrong(b"")
    assert wrong(b"PK\5\6")


def link(info: zipfile.ZipInfo) -> None:
    """As an unpacker of Unix would make a link of it."""
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (zipped(name="../../etc/passwd"), "archived.unsafe_name"),
        (zipped(name="base/data/../../x"), "archived.unsafe_name"),
        (zipped(name="/etc/passwd"), "archived.unsafe_name"),
        (zipped(name="C:/windows/x"), "archived.unsafe_name"),
        (zipped(name="base/data/a\\..\\b"), "archived.unsafe_name"),
        (zipped(name="base/data/con.txt"), "archived.unsafe_name"),
        (zipped(name="alone.txt"), "archived.unsafe_name"),
        (zipped(link), "archived.odd_file"),
        (zipped(how=zipfile.ZIP_DEFLATED), "archived.compressed"),
        (zipped(), "archived.container_entry"),
        (b"%PDF-1.7 no zip at all" * 9, "archived.no_container"),
    ],
)
def test_what_is_hostile_or_only_otherwise_written_is_named_and_not_read(raw, said) -> None:
    assert wrong(raw) == said


def test_a_container_that_says_it_is_encrypted_is_not_opened() -> None:
    raw = bytearray(written())
    place = raw.index(b"PK\1\2")
    raw[place + 8] |= 1

    assert wrong(bytes(raw)) == "archived.locked"


def test_the_same_name_twice_is_not_read() -> None:
    out = io.BytesIO()
    twice = [("data/a.txt", held(b"one")), ("data/a.txt", held(b"two"))]
    container.write(out, "base", twice)

    assert wrong(out.getvalue()) == "archived.container_entry"


def test_a_bomb_stays_small_and_too_many_files_are_not_looked_at(monkeypatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("base/data/zeros.txt", b"\0" * 30_000_000)
    assert wrong(out.getvalue()) == "archived.compressed"

    raw = written()
    monkeypatch.setattr(container, "MOST", 3)
    assert wrong(raw) == "archived.too_many"


def test_more_than_one_file_can_hold_is_refused_with_its_name(monkeypatch) -> None:
    monkeypatch.setattr(check_packed, "FULL", 50)

    with pytest.raises(check_packed.TooLarge, match=r"c\.txt"):
        written(PAYLOAD)
