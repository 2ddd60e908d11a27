"""A case that cannot be used is told by file, line, what is wrong and what would be right."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.mutants import ROOT
from yishi.cases.runner import Runner
from yishi.cases.tree import Faulty
from yishi.procedure.state import State
from yishi.wording import Catalogue, Names

CAST = ROOT / "cast.yaml"
MONTH = ROOT / "chuwuhui/cases/full-month.yaml"
CHINESE = Catalogue("zh")
HEAD = f"case: 试\ncast: {CAST}\nsteps:\n"
SUBMIT = (
    "at: 2026-10-12 09:10, by: li, do: submit_item, with: {item: a, body: chuwuhui, "
    "lead_unit: business, title: 采购, matter: administration, weighty: true, "
    "written: true, content: 买, proposal: 买}"
)


def play(text: str, tmp_path: Path) -> None:
    """Play a case of that text."""
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    Runner().run(path)


def told(text: str, tmp_path: Path) -> tuple[str, int, str, str]:
    """What is said of a case that cannot be used: file, line, what is wrong, what is right."""
    with pytest.raises(Faulty) as caught:
        play(text, tmp_path)
    fault, names = caught.value, Names(State())
    said, following = CHINESE.sentence(fault.message, names), CHINESE.next(fault.message, names)
    assert said != fault.message.id
    assert "…" not in said + following, "every placeholder is filled"
    return Path(fault.file).name, fault.line, said, following


def test_the_case_that_the_others_spoil_is_sound(tmp_path: Path) -> None:
    play(HEAD + "  - {" + SUBMIT + "}\n", tmp_path)


# Not a case at all.


@pytest.mark.parametrize(
    ("text", "line", "says", "then"),
    [
        ("", 1, "文件是空的", "case:"),
        ("# nothing but words\n", 1, "文件是空的", "case:"),
        ("just words\n", 1, "应当是一组“名称: 值”，写成了文字", "docs/acts.md"),
        ("- a\n- list\n", 1, "应当是一组“名称: 值”，写成了列表", "docs/acts.md"),
        ("case: [\n", 2, "括号没有配对", "右括号"),
        ("case: [a\n", 2, "第1行的括号没有配对", "右括号"),
        ("case: {a: 1 b: 2}\n", 1, "第1行的括号没有配对，或者里面两项之间少了逗号", "右括号"),
        ("case: 试\n cast: x\n", 2, "第6列多了一个冒号，或者这一行缩进不对", "名称: 值"),
        ("case: 会议: 试\n", 1, "第9列多了一个冒号", "加上引号"),
        ("case: 试\ncast\n", 3, "没有写冒号", "英文冒号"),
        ("case: 试\nsteps:\n  - a\n - b\n", 4, "第2列缩进不对", "同一列"),
        ("case: 试\n\tcast: x\n", 2, "第1列用了制表符", "空格"),
        ("case: 试\n---\ncase: 再试\n", 2, "一个文件里写了两份", "分成两个文件"),
        ('case: "试\n', 2, "第1行的引号没有配对", "另一半引号"),
        ('case: "试\\q"\n', 1, "反斜杠", "写两遍"),
        ('case: "\\UFFFFFFFF"\n', 1, "反斜杠", "写两遍"),
        ("case: @试\n", 1, "第7列的符号不能用来开头", "引号"),
        ("case: |x\n  试\n", 1, "| 或者 > 后面的写法不对", "换行"),
        ("%YAML 1.1 x\n---\ncase: 试\n", 1, "以 % 开头的行不能用", "删去"),
        ("case: 试\x07\n", 1, "看不见的控制字符", "删去"),
        ("case: &a 试\ncast: *a\n", 1, "锚点", "写全"),
        ("case: 试\ncast: *a\n", 2, "锚点", "写全"),
        ("case: !!python/object:os.system 试\n", 1, "标签", "直接写文字"),
        ("case: 试\ncase: 再试\n", 2, "“case”写了两次", "留一个"),
        ("case: 试\n? [a]\n: b\n", 2, "冒号左边必须是文字", "名称"),
        ("case: " + "[" * 40 + "]" * 40, 1, "嵌套太深", "括号"),
        ("case: " + "[" * 9000 + "]" * 9000, 1, "嵌套太深", "括号"),
        ('case: 试\nabout: ["\\u0007"]\n', 2, "U+0007", "删去"),
        ('case: 试\nabout: ["\\ud800"]\n', 2, "U+D800", "删去"),
        ('case: 试\ncast: "a\\0b"\n', 2, "U+0000", "删去"),
        ("case: 试\n# " + "x" * 2_000_000, 1, "文件太长，最多 2000000 个字符", "分成"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_file_that_is_no_case(tmp_path, text: str, line: int, says: str, then: str) -> None:
    file, where, said, following = told(text, tmp_path)

    assert (file, where) == ("case.yaml", line)
    assert says in said
    assert then in following


# The frame of a case.


@pytest.mark.parametrize(
    ("text", "line", "says", "then"),
    [
        (f"cast: {CAST}\n", 1, "缺少“case”一栏", "补上"),
        (f"case: 试\ncast: {CAST}\nstps: []\n", 3, "没有“stps”这一栏", "是不是“steps”"),
        (f"case: 试\ncast: {CAST}\nsteps: 一步\n", 3, "应当是列表，写成了文字", "docs/acts.md"),
        (f"case: 试\ncast: {CAST}\nabout: 五\n", 3, "应当是列表，写成了文字", "docs/acts.md"),
        ("case: 试\n", 1, "cast 或者 after", "接着演算"),
        (f"case: 试\ncast: {CAST}\nafter: {MONTH}\n", 1, "cast 或者 after", "接着演算"),
        (f"case: 试\nafter: {MONTH}\nuntil: no-such\n", 3, "没有标为“no-such”的步骤", "label"),
        ("case: 试\nafter: case.yaml\n", 2, "绕成了圈", "cast"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_frame_that_does_not_hold(tmp_path, text: str, line: int, says: str, then: str) -> None:
    file, where, said, following = told(text, tmp_path)

    assert (file, where) == ("case.yaml", line)
    assert says in said
    assert then in following


def test_two_cases_that_go_on_from_each_other(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("case: 乙\nafter: case.yaml\n", encoding="utf-8")
    _, line, said, _ = told("case: 甲\nafter: other.yaml\n", tmp_path)

    assert line == 2
    assert "绕成了圈" in said


def test_a_beginning_that_fails_is_told_where_it_fails(tmp_path: Path) -> None:
    bad = HEAD + "  - {" + SUBMIT + ", expect: refused}\n"
    (tmp_path / "first.yaml").write_text(bad, encoding="utf-8")
    file, line, said, following = told("case: 乙\nafter: first.yaml\n", tmp_path)

    assert (file, line) == ("first.yaml", 4)
    assert "作为开头的案例在这一步就不成立" in said
    assert following


@pytest.mark.parametrize(("key", "file"), [("cast", "none.yaml"), ("after", "none.yaml")])
def test_a_file_named_by_the_case_that_is_not_there(tmp_path: Path, key: str, file: str) -> None:
    where, _, said, following = told(f"case: 试\n{key}: {file}\n", tmp_path)

    assert where == file
    assert "没有这个文件" in said
    assert "路径" in following


# One step.


STEPS = [
    ("{by: li, do: submit_itm}", "没有“submit_itm”这个行为", "是不是“submit_item”"),
    ("{by: li, do: 报送}", "没有“报送”这个行为", "docs/acts.md"),
    ("{do: collate_item, with: {item: a}}", "没有写明是谁做的", "by:"),
    ("{by: li, do: collate_item, with: {itm: a}}", "没有“itm”这一栏", "是不是“item”"),
    ("{by: li, do: collate_item}", "缺少“item”一栏", "docs/acts.md"),
    ("{by: li, do: collate_item, with: a}", "写成了文字", "docs/acts.md"),
    ("{by: li, do: collate_item, with: {item: [a]}}", "应当是文字，写成了列表", "docs/acts.md"),
    ("{by: li, do: collate_item, with: {item: a b}}", "编号写法不对", "字母、数字"),
    ('{by: li, do: collate_item, with: {item: ""}}', "不能空着", "填写"),
    ("{by: li, do: collate_item, with: {item: " + "a" * 65 + "}}", "最多 64 个字符", "缩短"),
    ("{" + SUBMIT.replace("采购", "长" * 20_001) + "}", "最多 20000 个字符", "缩短"),
    ("{" + SUBMIT.replace("采购", '" "') + "}", "不能空着", "填写"),
    ("{" + SUBMIT.replace("采购", '"\\ufffc"') + "}", "U+FFFC", "删去"),
    ("{" + SUBMIT.replace("weighty: true", "weighty: 是") + "}", "true 或者 false", "docs/acts.md"),
    (
        "{by: chen, do: convene, with: {sitting: s, body: chuwuhui, starts_at: 明天}}",
        "时间",
        "2026",
    ),
    (
        "{by: li, do: set_task, with: {task: t, due_on: 2026-02-30}}",
        "日期不对",
        "日历上有的日子",
    ),
    (
        "{by: chen, do: explain_gap, with: {body: chuwuhui, period: 2026-13, words: 无}}",
        "时段不对",
        "2026-W33",
    ),
    (
        "{by: chen, do: erase_text, reason: 错, with: {body: chuwuhui, ref: 'words:没有'}}",
        "没有密存过“没有”",
        "原文",
    ),
    (
        "{by: chen, do: erase_text, reason: 错, with: {body: chuwuhui, ref: abc}}",
        "摘要",
        "words:",
    ),
    (
        "{by: li, do: state_position, with: {sitting: s, item: a, member: li, stance: yes}}",
        "不能写 'yes'",
        "for、against、abstain、none",
    ),
    ("{by: li, do: collate_item, with: {item: a}, ask: may}", "每一步只写一件事", "另一步"),
    ("{by: li, do: collate_item, with: {item: a}, replay: true}", "每一步只写一件事", "另一步"),
    ("{label: nothing}", "每一步只写一件事", "另一步"),
    ("{by: li, do: collate_item, grouns: []}", "没有“grouns”这一栏", "是不是“grounds”"),
    ("一步", "应当是一组“名称: 值”，写成了文字", "docs/acts.md"),
    ("{at: 2026-02-30 09:00, by: li, do: collate_item, with: {item: a}}", "时间写法不对", "2026"),
    ("{at: 昨天, by: li, do: collate_item, with: {item: a}}", "时间写法不对", "2026"),
    ("{at: 9999-12-31 23:59, by: li, do: collate_item, with: {item: a}}", "时间写法不对", "2026"),
    ('{at: "2026-10-12T09:00+99:00", by: li, do: collate_item}', "时间写法不对", "2026"),
    ("{by: li, do: enact_charter, with: {body: b, charter_file: [x]}}", "写成了列表", "docs/acts"),
    ("{" + SUBMIT + ", expect: acepted}", "不能写 'acepted'", "accepted、departed"),
    ("{" + SUBMIT + ", expect: [accepted]}", "应当是文字，写成了列表", "docs/acts.md"),
    ("{" + SUBMIT + ", says: 好}", "“says”只用于未受理", "grounds"),
    ("{" + SUBMIT + ", grounds: [{clase: 三}]}", "没有“clase”这一栏", "是不是“clause”"),
    ("{" + SUBMIT + ", grounds: [三]}", "应当是一组“名称: 值”", "docs/acts.md"),
    ("{ask: mya, of: li}", "不能写 'mya'", "may、read、reminders"),
    ("{ask: may, of: li, expect: {offers: decide_item}}", "应当是列表", "docs/acts.md"),
    ("{ask: may, of: li, expect: {offer: []}}", "没有“offer”这一栏", "是不是“offers”"),
    ("{ask: read, of: li, thing: minuts, id: a}", "不能这样查阅：“minuts”", "minutes"),
    ("{ask: read, of: li, thing: item, id: a, expect: {allowed: maybe}}", "'maybe'", "true、false"),
    ("{ask: report, body: chuwhui}", "没有这个会议：“chuwhui”", "charters"),
    ("{ask: report}", "没有这个会议", "charters"),
    ("{ask: report, body: chuwuhui, from: 十月}", "时间写法不对", "2026"),
    ("{ask: report, body: chuwuhui, expect: {lacks: [{staus: broken}]}}", "“staus”", "“status”"),
    ("{ask: ledger, expect: {lacks: [{ovrdue: true}]}}", "没有“ovrdue”这一栏", "“overdue”"),
    ("{ask: charter, body: chuwuhui, expect: {silnt: []}}", "没有“silnt”这一栏", "“silent”"),
    ("{roster: {post_vacatd: {person: liu}}}", "没有“post_vacatd”这种名册变动", "“post_vacated”"),
    ("{roster: {post_vacated: {person: liu}}}", "缺少“", "补上"),
    ("{roster: {post_vacated: {persn: liu, post: x, until: 2026-11-01}}}", "“persn”", "“person”"),
    (
        "{roster: {post_vacated: {person: liuu, post: x, until: 2026-11-01}}}",
        "没有这个人",
        "people",
    ),
    ("{roster: {unit_closed: {unit: none, until: 2026-11-01}}}", "没有这个科室或窗口", "units"),
    ("{roster: {person_entered: {person: liu, called: 刘}}}", "“liu”已经有了", "换一个"),
    ("{roster: {post_vacated: {person: liu, post: x, until: 永远}}}", "日期不对", "2026-10-30"),
    (
        "{at: 2020-01-01 09:00, roster: {unit_closed: {unit: office, until: 2026-11-01}}}",
        "早于",
        "先后",
    ),
]


@pytest.mark.parametrize(("step", "says", "then"), STEPS, ids=lambda value: value[:40])
def test_a_step_that_cannot_be_used(tmp_path: Path, step: str, says: str, then: str) -> None:
    file, line, said, following = told(HEAD + "  # the fifth line\n  - " + step + "\n", tmp_path)

    assert (file, line) == ("case.yaml", 5)
    assert says in said
    assert then in following


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    step = "  - by: li\n    do: collate_item\n    with:\n      item: a\n      itms: b\n"
    _, line, said, _ = told(HEAD + step, tmp_path)

    assert line == 8
    assert "itms" in said


# The cast.


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("on: 2026-10-01", "on: 2026-13-01", "日期不对"),
        ('zone: "+08:00"', "zone: 北京", "时区写法不对"),
        ("enacted_by: wang", "enacted: wang", "没有“enacted”这一栏"),
        ("enacted_by: wang", "enacted_by: nobody", "没有找到办理人：nobody"),
        ("since: 2017-01-01}", "sicne: 2017-01-01}", "“sicne”"),
        ("{person: chen, post: 主任", "{person: chn, post: 主任", "没有这个人：chn"),
        ("unit: office, since", "unit: ofice, since", "没有这个科室或窗口：ofice"),
        ("general/2017-01-01.md", "general/none.md", "没有这个文件"),
        ("general/2017-01-01.md", "chuwuhui/cases/05-leave.yaml", "开头没有用“---”标出的表头"),
        ('"2026":', '"二〇二六":', "整数"),
        ("chen: 陈志远", 'chen: ""', "不能空着"),
        ("chen: 陈志远", '"陈 志": 陈志远', "编号写法不对"),
    ],
)
def test_a_cast_that_cannot_be_used(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    text = CAST.read_text(encoding="utf-8")
    assert right in text
    for body in ("general", "chuwuhui", "zhurenbangonghui"):
        (tmp_path / body).symlink_to(ROOT / body)
    (tmp_path / "cast.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    file, line, said, following = told("case: 试\ncast: cast.yaml\n", tmp_path)

    assert says in said
    assert following
    if file == "cast.yaml":
        first = text[: text.index(right)].count("\n") + 1
        assert line in (first, first + 1)


# Anything at all.

SHIPPED = ROOT / "chuwuhui/cases/05-leave.yaml"
RUNNER = Runner()


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory) -> Path:
    """A file to be written again and again."""
    return tmp_path_factory.mktemp("spoilt") / "spoilt.yaml"


def ended(path: Path) -> str:
    """How a case ends: `played`, or what is said of it. Anything else breaks out of here."""
    try:
        RUNNER.run(path)
    except Faulty as fault:
        return CHINESE.sentence(fault.message, Names(State()))
    return "played"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_shipped_case_spoilt_anywhere_is_told_or_played_and_never_breaks(spoilt, data) -> None:
    text = SHIPPED.read_text(encoding="utf-8").replace("full-month.yaml", str(MONTH))
    at = data.draw(st.integers(0, len(text)))
    gone = data.draw(st.integers(0, 12))
    put = data.draw(st.text(st.sampled_from("[]{}:,\"'&*!-|> \n\t#0a议\x07"), max_size=6))
    spoilt.write_text(text[:at] + put + text[at + gone :], encoding="utf-8")

    assert not ended(spoilt).startswith("case.")
