"""Word templates of an office's own: who hands them in, what is told, and the papers by them."""

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.documents.reading import words
from tests.documents.test_own import template
from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.demonstration import demonstrate
from tests.web.documents import got
from tests.web.pressing import text
from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY
from yishi.documents.own.fields import FIELDS, Field
from yishi.profiles.models import Template
from yishi.web.documents.pen import Pen
from yishi.web.documents.values import values
from yishi.web.office import Office
from yishi.web.profiles.newest import newest

pytestmark = pytest.mark.django_db

MINE = template(
    "{{ 标志 }}{{ 编号 }}",
    "{%p for 项 in 议题 %}",
    "{{ 项.序号 }}、{{ 项.题名 }}：{{ 项.决定 }}",
    "{%p endfor %}",
    "到会的有{{ 出席 }}",
)


def hand_in(
    client: Client,
    raw: bytes,
    paper: str = "minutes",
    body: str = "general",
    name: str = "我的.docx",
) -> object:
    file = SimpleUploadedFile(name, raw)
    return client.post(f"/profiles/{body}/templates", {"paper": paper, "file": file}, follow=True)


def test_the_office_hands_a_template_in_and_minutes_are_had_by_it() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    assert "按本单位模板" not in text(client.get("/sittings/oct/minutes"))
    assert got(client, "minutes", "oct", form="own").status_code == 404

    page = hand_in(client, MINE)
    assert "模板已经收下" in text(page)
    assert "正在用第1版：我的.docx" in text(page)
    assert (
        'href="/documents/minutes/oct/own"' in client.get("/sittings/oct/minutes").content.decode()
    )
    answer = got(client_of("liu"), "minutes", "oct", form="own")
    said = words(answer.content)
    assert "处务会会议纪要〔2026〕1号" in said
    assert "二、2027年大厅运行经费预算：会议决定：同意2027年大厅运行经费预算按180万元编列。" in said
    assert "到会的有郴州市政务服务中心陈志远、刘敏" in said
    assert answer["Content-Disposition"].endswith(".docx")


@pytest.mark.parametrize("person", ["chen", "liu", "li", "nobody-of-the-house"])
def test_for_everybody_else_there_are_no_such_pages(person: str) -> None:
    play_into(MONTH, "minutes")
    hand_in(client_of("xiao"), MINE)
    client = client_of(person)

    assert client.get("/profiles/general/templates").status_code == 404
    assert hand_in(client, MINE).status_code == 404
    assert client.get("/profiles/general/templates/minutes").status_code == 404
    assert client.get("/profiles/general/templates/minutes/1").status_code == 404
    assert Template.objects.count() == 1


def test_who_may_not_read_the_minutes_gets_none_by_the_template() -> None:
    play_into(MONTH, "minutes")
    hand_in(client_of("xiao"), MINE)

    for person in ("chen", "liu", "xiao", "tan", "li", "he", "guan", "deng", "luo"):
        client = client_of(person)
        page = client.get("/sittings/oct/minutes").status_code
        assert got(client, "minutes", "oct", form="own").status_code == page, person


def test_what_is_wrong_is_told_and_nothing_is_kept() -> None:
    play_into(MONTH, "minutes")
    page = hand_in(client_of("xiao"), template("到会的有{{ 出席人 }}"))

    assert page.status_code == 422
    assert "“到会的有{{ 出席人 }}”这一段里的“出席人”不是可以用的字段。是不是“出席”？" in text(page)
    assert Template.objects.count() == 0


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "不是 Word 的 .docx 文件"),
        (b"%PDF-1.7", "不是 Word 的 .docx 文件"),
        (b"PK" + b"\x00" * 2_200_000, "最多 2 MB"),
    ],
)
def test_files_that_are_none_are_told(raw: bytes, told: str) -> None:
    play_into(MONTH, "minutes")
    page = hand_in(client_of("xiao"), raw)

    assert page.status_code == 422
    assert told in text(page) or (not raw and "请先选一个" in text(page))
    assert Template.objects.count() == 0


def test_no_file_no_such_paper_and_no_such_version() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")

    page = client.post("/profiles/general/templates", {"paper": "minutes"})
    assert "请先选一个 .docx 文件" in text(page)
    for paper in ("profile", "", "x" * 50):
        assert hand_in(client, MINE, paper=paper).status_code == 404
    for address in (
        "minutes/1",
        "minutes/0",
        "profile",
        "record/1",
        "minutes/99999999999999999999",
    ):
        assert client.get(f"/profiles/general/templates/{address}").status_code == 404
    assert got(client, "record", "oct", form="own").status_code == 404


def test_each_version_is_kept_and_it_can_be_taken_out_of_use() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    hand_in(client, MINE)
    hand_in(client, template("{{ 编号 }}"), name="第二.docx")
    old = client.get("/profiles/general/templates/minutes/1")
    assert old.content == MINE

    gone = client.post(
        "/profiles/general/templates", {"paper": "minutes", "take_out": "yes"}, follow=True
    )
    assert "模板不再使用" in text(gone)
    assert "从此不用" in text(gone)
    assert got(client, "minutes", "oct", form="own").status_code == 404
    assert client.get("/profiles/general/templates/minutes/2").status_code == 200
    assert Template.objects.filter(institution=PLACE).count() == 3


def test_a_bodys_own_goes_before_the_institutions() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    hand_in(client, template("全单位{{ 编号 }}"))
    hand_in(client, template("处务会{{ 编号 }}"), body="chuwuhui")

    assert words(got(client, "minutes", "oct", form="own").content).startswith("处务会〔2026〕")
    page = text(client.get("/profiles/zhurenbangonghui/templates"))
    assert "用全单位的：我的.docx" in page


def shape(held: Any) -> Any:
    """The names of fields, within lists too."""
    if isinstance(held, dict):
        return {name: shape(one) for name, one in held.items()}
    return [shape(held[0])] if isinstance(held, list) and held else []


def told(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {one.name: [told(one.of)] if one.of else [] for one in fields}


def fits(held: Any, asked: Any) -> bool:
    """Whether just these fields were given; of an empty list nothing can be said."""
    if isinstance(asked, dict):
        return held.keys() == asked.keys() and all(fits(held[name], asked[name]) for name in asked)
    return not held or not asked or fits(held[0], asked[0])


def given(paper: str, person: str) -> dict[str, Any] | None:
    """The fields of the newest paper of a kind, after looking whether they are all it has."""
    pen = Pen(Office(Account.objects.get(person=person), "zh"))
    found = newest(pen, "general", paper)
    if found is None:
        return None
    held = values(pen, paper, found.subject, found.about, found.document)
    assert fits(shape(held), told(FIELDS[paper])), paper
    return held


def test_every_paper_gives_just_the_fields_that_are_told() -> None:
    demonstrate(2)
    found = {paper: given(paper, "chen") for paper in FIELDS}

    # Not in every two months: both are read from the full month too.
    seldom = {"adjustment", "correction"}
    assert {paper for paper, held in found.items() if held is None} <= seldom
    for paper, names in {
        "minutes-general": "标题 编号 开头 出席 议题 成文日期 编发机关",
        "correction": "标题 编号 开头 更正 理由 编发机关 印发日期",
        "adjustment": "事项 责任人",
        "record": "会议 开会时间 主持人 记录 到会人数 名单 部分 正文",
        "record-sheet": "时间地点 主持人 记录 应到 议题",
        "agenda": "会议 时间地点 主持人 议题",
        "attendance": "标题 会议 名单",
        "leave": "姓名 职务 会议 时间地点 事由 申请时间",
        "item": "题名 提交会议 事项类别",
        "collation": "截至 议题",
        "decision": "主送 会议 题名 决定 任务",
        "excerpt": "会议 题名 决定",
        "reminder": "主送 情况 事项 责任人 办结时限",
        "feedback": "事项 责任人 经过",
        "bulletin": "截至 概况 分类 落款",
        "report": "范围 概况 逐条 逐次",
    }.items():
        held = found[paper]
        if held is None:
            continue
        assert [name for name in names.split() if not held[name]] == [], paper
    # The newest item may be one that nobody handed in; where it comes from stands there then.
    item = found["item"] or {}
    assert bool(item["报送人"] and item["报送时间"]) != bool(item["来源"])


def test_of_a_change_asked_for_the_fields_say_what_and_what_was_answered() -> None:
    play_into(MONTH, "granted")
    client_of("chen")
    held = given("adjustment", "chen") or {}

    assert held["申请调整"] == "办结时限：由“2026年11月20日”改为“2026年12月4日”"
    assert held["审批"].startswith("已批准 陈志远")
    assert held["原因"]


def test_papers_about_one_unit_and_of_a_body_are_had_by_their_templates() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    for paper in ("decision", "bulletin"):
        begun = client.get(f"/profiles/general/templates/{paper}").content
        assert "模板已经收下" in text(hand_in(client, begun, paper=paper))
    held = next(d for d in MEMORY.at(PLACE).state.decisions.values() if d.tasks)
    unit = MEMORY.at(PLACE).state.tasks[held.tasks[0]].unit or ""

    slip = words(got(client, "decision", held.id, unit, form="own").content)
    assert held.words in slip
    assert "业务科" in slip
    said = words(got(client, "bulletin", "chuwuhui", form="own").content)
    assert "督办通报" in said
    for person in ("chen", "li", "he", "guan"):
        theirs, pdf = (
            got(client_of(person), "decision", held.id, unit, form=form).status_code
            for form in ("own", "pdf")
        )
        assert theirs == pdf, person
    ledger = client.get("/tasks/").content.decode()
    assert re.search(r'href="/documents/bulletin/chuwuhui/[^"]*/own"', ledger)


def test_notice_and_task_by_the_templates_to_begin_with() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    for paper in ("notice", "task"):
        begun = client.get(f"/profiles/general/templates/{paper}").content
        assert "模板已经收下" in text(hand_in(client, begun, paper=paper))
    task = next(t for t in MEMORY.at(PLACE).state.tasks.values() if t.decision and t.unit)

    notice = words(got(client, "notice", "oct", form="own").content)
    assert "关于召开" in notice
    assert "2027年大厅运行经费预算（业务科）" in notice
    slip = words(got(client, "task", task.id, form="own").content)
    assert f"事项{task.words}" in slip
    assert "责任人李强" in slip
    assert (
        f'href="/documents/task/{task.id}/own"' in client.get(f"/tasks/{task.id}").content.decode()
    )


def test_the_templates_to_begin_with_look_as_the_bodys_papers_do() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    sizes = {}
    for body in ("general", "chuwuhui"):
        begun = client.get(f"/profiles/{body}/templates/minutes").content
        mark = docx.Document(BytesIO(begun)).paragraphs[0]
        assert mark.text == "{{ 标志 }}"
        sizes[body] = mark.runs[0].font.size
    # The longest mark of the house takes a smaller type than that of one body.
    assert sizes["general"] < sizes["chuwuhui"]


def test_a_template_that_cannot_be_filled_after_all_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_into(MONTH, "minutes")
    hand_in(client_of("xiao"), MINE)
    monkeypatch.setattr("yishi.documents.own.apart._asked", lambda asked: None)
    answer = got(client_of("liu"), "minutes", "oct", form="own")

    assert answer.status_code == 409
    assert "照本单位的模板做不出这份公文" in text(answer)


def test_a_draft_by_the_template_says_that_its_number_is_not_fixed() -> None:
    play_into(MONTH, "recorded")
    client = client_of("xiao")
    hand_in(client, MINE)
    answer = got(client, "minutes", "oct", form="own")

    assert "印发时编定" in docx.Document(BytesIO(answer.content)).paragraphs[0].text
    assert got(client_of("liu"), "minutes", "oct", form="own").status_code == 404


def test_the_page_lists_every_field_in_words() -> None:
    play_into(MONTH, "convened")
    page = text(client_of("xiao").get("/profiles/general/templates"))

    assert "出席人员，用顿号隔开" in page
    assert "template_fields" not in page
