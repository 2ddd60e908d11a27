import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.cases.keeping import keep
from yishi.cases.runner import Runner
from yishi.journal import Draft, FileStore

ACTIONS = ["verify", "show", "replay"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> list[bytes]:
    """The lines of a sound journal."""
    path = tmp_path_factory.mktemp("kept") / "journal.jsonl"
    _, stage = Runner().run(ROOT / "charters/chuwuhui/cases/05-leave.yaml")
    keep(stage, path)
    return path.read_bytes().splitlines(keepends=True)


def test_a_sound_journal_verifies_and_says_its_head(yishi: Run, write, kept) -> None:
    ran = yishi("journal", "verify", write("j.jsonl", b"".join(kept)))

    assert ran.status == 0
    assert ran.out.startswith(f"前 {len(kept)} 条完好，末端 {len(kept)}:")


def test_it_shows_an_entry_a_line(yishi: Run, write, kept) -> None:
    ran = yishi("journal", "show", write("j.jsonl", b"".join(kept)))

    assert ran.status == 0
    assert len(ran.lines) == len(kept)
    assert any("请假" in line and "不成立" in line for line in ran.lines)


def test_it_shows_when_what_was_entered_from_paper_really_was(yishi: Run, tmp_path) -> None:
    _, stage = Runner().run(ROOT / "charters/chuwuhui/cases/24-on-paper.yaml")
    keep(stage, tmp_path / "j.jsonl")
    ran = yishi("journal", "show", str(tmp_path / "j.jsonl"))

    assert any("（补录，实际时间 2026-10-30 09:25）" in line for line in ran.lines)
    assert any("成立（没有做到）" in line for line in ran.lines)
    assert yishi("journal", "verify", str(tmp_path / "j.jsonl")).status == 0


def test_it_replays_alike(yishi: Run, write, kept) -> None:
    ran = yishi("journal", "replay", write("j.jsonl", b"".join(kept)))

    assert ran.status == 0
    assert "0 笔结论不同" in ran.out


def ends(lines: list[bytes]) -> list[int]:
    """How many lines there are at the end of each transaction."""
    parts = [json.loads(line)["entry"]["part"] for line in lines]
    return [n for n, (part, parts_) in enumerate(parts, 1) if part == parts_]


def test_it_holds_against_a_head_kept_elsewhere(yishi: Run, write, kept) -> None:
    path = write("j.jsonl", b"".join(kept))
    head = yishi("journal", "verify", path).out.split()[-1]

    assert yishi("journal", "verify", path, "--head", head).status == 0
    path.write_bytes(b"".join(kept[: ends(kept)[-2]]))
    cut = yishi("journal", "verify", path, "--head", head)
    assert cut.status == 1
    assert "截短" in cut.out


def altered(line: bytes) -> bytes:
    """The line with another actor, written as neatly as before."""
    held = json.loads(line)
    held["entry"]["actor"] = "somebody-else"
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


SPOILT = {
    "cut short within a line": (lambda lines: [*lines[:-1], lines[-1][:40]], -1, "不完整"),
    "altered": (lambda lines: [*lines[:-3], altered(lines[-3]), *lines[-2:]], -3, ""),
    "out of order": (lambda lines: [*lines[:-2], lines[-1], lines[-2]], -2, ""),
    "one removed": (lambda lines: [*lines[:-4], *lines[-3:]], -4, "编号不连续"),
    "a wrong first line": (lambda lines: [b'{"a": 1}\n', *lines], 0, ""),
    "a line of rubbish": (lambda lines: [*lines[:-1], b"\xff\xfe rubbish\n"], -1, "无法读取"),
    "an empty line": (lambda lines: [*lines[:-2], b"\n", *lines[-2:]], -2, "无法读取"),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("action", ACTIONS)
def test_the_first_bad_line_is_named_and_what_is_sound(
    yishi: Run, write, kept, how: str, action: str
) -> None:
    spoil, place, says = SPOILT[how]
    path = write("j.jsonl", b"".join(spoil(kept)))
    ran = yishi("journal", action, path)
    line = place % len(kept) + 1 if place else 1

    assert ran.status == 1
    assert f"{path}:{line}: 从这一行起有问题：" in ran.out, ran.out
    assert says in ran.out
    assert "条完好" in ran.out
    assert "$" not in ran.out


def test_a_transaction_cut_in_the_middle_is_not_sound(yishi: Run, write, kept) -> None:
    ran = yishi("journal", "verify", write("j.jsonl", b"".join(kept[:3])))

    assert ran.status == 1
    assert ran.out.startswith("前 0 条完好")


@pytest.mark.parametrize("action", ACTIONS)
def test_a_file_that_is_no_journal(yishi: Run, write, action: str) -> None:
    ran = yishi("journal", action, write("j.jsonl", bytes(range(256)) * 4))

    assert ran.status == 1
    assert ran.out.startswith("前 0 条完好")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("name", "says"), [("none", "没有这个文件"), ("", "文件夹")])
def test_a_file_that_is_not_there(yishi: Run, tmp_path: Path, action, name, says) -> None:
    ran = yishi("journal", action, tmp_path / name)

    assert ran.status == 2
    assert ran.err.startswith(f"{tmp_path / name}: ")
    assert says in ran.err


@pytest.mark.parametrize("head", ["", "3", "3:abc", "x:" + "0" * 64, "-1:" + "0" * 64])
def test_a_head_that_is_none(yishi: Run, write, kept, head: str) -> None:
    ran = yishi("journal", "verify", write("j.jsonl", b"".join(kept)), f"--head={head}")

    assert ran.status == 2
    assert "序号:哈希" in ran.err


NONSENSE = {
    "an event of nothing": ("item/a", "item_collated", {"item": "a"}),
    "an event of an unknown kind": ("item/a", "item_sung", {"item": "a"}),
    "an event with a field too many": ("item/a", "item_collated", {"item": "a", "x": 1}),
    "a deed without its act": ("audit", "collate_item", {"verdict": "accepted"}),
    "a deed of an unknown kind": ("audit", "sing", {"act": {}, "verdict": "accepted"}),
}


@pytest.mark.parametrize("how", NONSENSE)
def test_a_sound_chain_of_nonsense_is_not_replayed(yishi: Run, tmp_path: Path, how: str) -> None:
    stream, kind, payload = NONSENSE[how]
    draft = Draft(
        stream=stream,
        type=kind,
        version=1,
        payload=payload,
        texts={},
        actor="x",
        behalf=None,
        at="2026-10-01T00:00:00+08:00",
        charter=None,
    )
    path = tmp_path / "j.jsonl"
    FileStore.create(path, "x").append((draft,), lambda: bytes(16))
    ran = yishi("journal", "replay", path)

    assert yishi("journal", "verify", path).status == 0
    assert ran.status == 2
    assert ran.err.startswith(f"{path}:1: 这一条本程序不认识，或者与前面的接不上：")
