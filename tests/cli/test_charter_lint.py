from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from yishi.charter.reader import read

CHARTER = ROOT / "charters/chuwuhui/2017-03-21.md"
TEXT = CHARTER.read_text(encoding="utf-8")
SHIPPED = sorted(p for p in (ROOT / "charters").glob("*/2*.md") if "general" not in p.parts)


def line_of(words: str, text: str = TEXT) -> int:
    """The first line that holds the words."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if words in line)


def test_the_shipped_charters_have_no_errors(yishi: Run) -> None:
    ran = yishi("charter", "lint")

    assert ran.status == 0
    assert "0 处错误" in ran.lines[-1]


def test_notes_list_every_declared_silence(yishi: Run) -> None:
    plain, noted = yishi("charter", "lint"), yishi("charter", "lint", "--notes")
    declared = sum(
        len(list(charter.silences()))
        for charter, _ in (read(path.read_text(encoding="utf-8")) for path in SHIPPED)
        if charter
    )

    assert noted.status == 0
    assert sum("提示" in line for line in noted.lines) == declared
    assert not any("提示" in line for line in plain.lines)


FILLED_IN_WRONG = (
    (
        "base: members",
        "base: membrs",
        "majority的参数base不能写 'membrs'；可以写：members、present、stated",
        "The parameter base of majority cannot be 'membrs'; it can be: members, present, stated",
    ),
    (
        "inclusive: true",
        "inclusive: perhaps",
        "submission_deadline的参数inclusive应当是true 或者 false，写成了文字",
        "The parameter inclusive of submission_deadline is text and should be true or false",
    ),
    (
        "day: 25",
        "day: soon",
        "submission_deadline的参数day应当是整数，写成了文字",
        "The parameter day of submission_deadline is text and should be a whole number",
    ),
    (
        "acts: [convene]",
        "acts: convene",
        "reserved_to的参数acts应当是列表，写成了文字",
        "The parameter acts of reserved_to is text and should be a list",
    ),
    (
        "matter: inform",
        "matter: 传达",
        "scope的参数matter里的名称写法不对",
        "A name in the parameter matter of scope is not well formed",
    ),
)


@pytest.mark.parametrize(("right", "wrong", "zh", "en"), FILLED_IN_WRONG)
def test_a_parameter_filled_in_wrong_is_told_in_the_language_asked_for(
    yishi: Run, write, right: str, wrong: str, zh: str, en: str
) -> None:
    path = write("wrong.md", TEXT.replace(right, wrong, 1))
    where = f"{path}:{line_of(right)}: "
    for language, says in (("zh", zh), ("en", en)):
        ran = yishi("charter", "lint", path, "--lang", language)
        told = [line for line in ran.lines if line.startswith(where)]
        assert ran.status == 1
        assert any(says in line for line in told), ran.out


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("kind: speaks_last", "kind: speak_last", "是否应为speaks_last"),
        ("base: members", "bse: members", "是否应为base"),
        ("modality: presumed", "modality: presumd", "可以用：must、presumed"),
        ("acts: [convene]", "acts: [convenes]", "convene"),
        ("  quorum:", "  quorom:", "quorum"),
        ("who: [member, attendee]", "who: [membr]", "没有这一职务或者身份：membr"),
        ("fields: [opinion]", "fields: [opinoin]", "没有opinoin这一项"),
    ],
)
def test_what_is_misspelt_is_told_at_its_line_with_the_nearest_right_one(
    yishi: Run, write, right: str, wrong: str, says: str
) -> None:
    path = write("wrong.md", TEXT.replace(right, wrong, 1))
    ran = yishi("charter", "lint", path)
    told = [line for line in ran.lines if line.startswith(f"{path}:{line_of(right)}: ")]

    assert ran.status == 1
    assert any(says in line for line in told), ran.out


@pytest.mark.parametrize(
    ("block", "says"),
    [
        ("kind: not_for\nacts: [convene]", "没有person这一项"),
        ("kind: concerns\nacts: [convene]\nwho: [member]", "没有person这一项"),
        ("kind: in_state\nacts: [convene]\nsubject: receipt\nstates: [owed]", "没有unit这一项"),
        ("kind: in_the_room\nacts: [convene]\nwho: chiar", "没有这一职务或者身份：chiar"),
        ("kind: deputy_chair\nby: [deputi]", "没有这一职务或者身份：deputi"),
        ("kind: signed_by\nby: [deputi]", "没有这一职务或者身份：deputi"),
        ("kind: noted_only\nverbs: [infrm]", "verbs"),
        ("kind: reserves\nmatters: [persnnel]", "是否应为personnel"),
        ("kind: spot_tasks\nallowed: true\nduring: widows", "是否应为windows"),
    ],
)
def test_a_rule_that_could_never_judge_as_meant_is_told(
    yishi: Run, write, block: str, says: str
) -> None:
    place = "```rule\nkind: presided_by"
    path = write("wrong.md", TEXT.replace(place, f"```rule\n{block}\n```\n\n{place}", 1))
    ran = yishi("charter", "lint", path)

    assert ran.status == 1
    assert any("错误" in line and says in line for line in ran.lines), ran.out


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            "kind: presided_by\nparts: [S1-2.2]\nby: [director]",
            "kind: presided_by\nparts: [S1-2.2]\nby: []",
            "presided_by的by是空的，谁也不能办理",
        ),
        ("acts: [convene]\nby: [director]", "acts: [convene]\nby: [chair]", "chair是谁"),
        ("by: [meeting_secretary]", "by: [secretary]", "secretary是谁"),
        ("matter: personnel", "matter: inform", "inform这一类事项"),
        (
            "kind: presided_by",
            "kind: composition\n```\n\n```rule\nkind: presided_by",
            "没有写组成人员",
        ),
        (
            "kind: presided_by",
            "kind: composition\nin_attendance: [director]\n```\n\n```rule\nkind: presided_by",
            "director既写成组成人员，又写成列席人员",
        ),
        ("  secretariat: [", "  office: [", "没有写明 secretariat"),
    ],
)
def test_a_rule_that_nobody_could_keep_is_told(
    yishi: Run, write, right: str, wrong: str, says: str
) -> None:
    assert right in TEXT
    ran = yishi("charter", "lint", write("wrong.md", TEXT.replace(right, wrong, 1)))

    assert ran.status == 1
    assert any("错误" in line and says in line for line in ran.lines), ran.out


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("day: 25", "day: 32", "day太大：最多是31"),
        ("day: 25", "day: 0", "day太小：至少是1"),
        ("den: 2", "den: 0", "den太小：至少是1"),
        ("num: 1", "num: 2", "2/2没有人数能够达到"),
        ("days: 1", "days: 9999999", "days太大：最多是366"),
        ("last_days: 7", "last_days: 99999999999", "last_days太大：最多是31"),
    ],
)
def test_a_number_that_no_meeting_could_keep_is_told_at_its_line(
    yishi: Run, write, right: str, wrong: str, says: str
) -> None:
    path = write("wrong.md", TEXT.replace(right, wrong, 1))
    ran = yishi("charter", "lint", path)
    told = [line for line in ran.lines if line.startswith(f"{path}:{line_of(right)}: ")]

    assert ran.status == 1
    assert any(says in line for line in told), ran.out


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "文本是空的"),
        ("- a list\n", 1, "表头"),
        ("---\nbody: [\n---\n", 2, "括号"),
        ("---\nbody: &a x\n---\n", 2, "不能使用引用标记"),
        ("---\nbody: x\nbody: y\n---\n", 3, "重复"),
        (TEXT.replace("2017-03-21", "2017-02-30"), line_of("in_force"), "in_force不是正确的日期"),
        (
            TEXT.replace("会议由管理处主任召集", "会议由\u202e主任召集", 1),
            line_of("会议由管理处主任召集"),
            "U+202E",
        ),
        ("议" * 100_000, 1, "最多200000字节"),
        (TEXT + "\n```rule\nkind: reminds\n", len(TEXT.splitlines()) + 2, "没有结束"),
        (TEXT.replace("```silent", "```silence", 1), line_of("```silent"), "silence"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)
def test_what_is_malformed_is_told_at_its_line(
    yishi: Run, write, text: str, line: int, says: str
) -> None:
    path = write("wrong.md", text)
    ran = yishi("charter", "lint", path)

    assert ran.status == 1
    assert any(one.startswith(f"{path}:{line}: ") and says in one for one in ran.lines), ran.out


def test_two_versions_of_one_day_are_told(yishi: Run, write) -> None:
    first, second = write("x/a.md", TEXT), write("x/b.md", TEXT)
    ran = yishi("charter", "lint", first.parent)

    assert ran.status == 1
    assert f"{second}:{line_of('in_force')}: 错误: chuwuhui有两个版本同在" in ran.out


def test_without_the_general_rules_that_is_said_once(yishi: Run, write, monkeypatch) -> None:
    path = write("alone.md", TEXT)
    monkeypatch.chdir(path.parent)
    ran = yishi("charter", "lint", path)

    assert ran.status == 0
    assert sum("缺省规定" in line for line in ran.lines) == 1


@pytest.mark.parametrize("action", ["lint", "show"])
def test_a_file_that_cannot_be_used(yishi: Run, unusable: tuple[Path, str], action: str) -> None:
    path, says = unusable
    ran = yishi("charter", action, path)

    assert ran.status == 2
    assert str(path) in ran.err
    assert says in ran.err or "没有议事规则" in ran.err


def test_a_file_far_too_long_is_refused_unread(yishi: Run, write) -> None:
    ran = yishi("charter", "lint", write("long.md", "x" * 2_000_001))

    assert ran.status == 2
    assert "文件太长" in ran.err


# The adopted text.


def quotes_of(path: Path) -> str:
    """An adopted text of nothing but what the charter quotes, each clause under its heading."""
    charter, _ = read(path.read_text(encoding="utf-8"))
    assert charter
    lines = [charter.title]
    for clause in charter.clauses:
        lines.append(clause.heading)
        for quote in clause.quotes:
            lines += [piece.strip("，。；") + "。" for piece in quote.split("…") if piece.strip()]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_of_a_text_made_of_the_charters_quotes_nothing_is_left(
    yishi: Run, write, path: Path
) -> None:
    adopted = write("adopted.txt", quotes_of(path))
    ran = yishi("charter", "lint", path, "--text", adopted)

    assert ran.status == 0, ran.out
    assert ran.lines[-1] == "原文中没有条款说明的句子：0 句。"


def test_each_sentence_that_no_clause_accounts_for_is_told_at_its_line(yishi: Run, write) -> None:
    text = quotes_of(CHARTER)
    new = "会议应当有三分之二以上的组成人员到会方可举行。"
    lines = text.splitlines()
    place = next(n for n, line in enumerate(lines) if "由办公室负责组织" in line) + 1
    adopted = write("adopted.txt", "\n".join([*lines[:place], new, *lines[place:]]))
    ran = yishi("charter", "lint", CHARTER, "--text", adopted)

    assert ran.status == 1
    assert any(
        line.startswith(f"{adopted}:{place + 1}: ") and new.rstrip("。") in line
        for line in ran.lines
    ), ran.out
    assert ran.lines[-1] == "原文中没有条款说明的句子：1 句。"


def test_of_a_file_with_two_rules_only_the_named_one_is_compared(yishi: Run, write) -> None:
    adopted = write("adopted.txt", "通知一份。\n" + "\n".join(map(quotes_of, SHIPPED)))

    for path in SHIPPED:
        ran = yishi("charter", "lint", path, "--text", adopted)
        assert ran.status == 0, ran.out


def test_an_adopted_text_is_compared_with_one_charter_only(yishi: Run, write) -> None:
    ran = yishi("charter", "lint", "charters", "--text", write("adopted.txt", "一句。"))

    assert ran.status == 2
    assert "请写明一个规则文件" in ran.err


@pytest.mark.parametrize("held", ["", " \n\n"])
def test_an_empty_adopted_text(yishi: Run, write, held: str) -> None:
    adopted = write("adopted.txt", held)
    ran = yishi("charter", "lint", CHARTER, "--text", adopted)

    assert ran.status == 2
    assert f"{adopted}:1: 原文是空的" in ran.err


def test_an_adopted_text_that_cannot_be_read(yishi: Run, write) -> None:
    ran = yishi("charter", "lint", CHARTER, "--text", write("adopted.txt", b"\xff\xfe\x00"))

    assert ran.status == 2
    assert "UTF-8" in ran.err
