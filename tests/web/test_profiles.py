"""How papers look: who keeps it, what each version changes, and that papers and pages follow."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import docx
import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.documents.reading import text as pdf_text
from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.documents import got, said
from tests.web.pressing import press, text
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.procedure.minutes import SetTask
from yishi.procedure.verdict import Accepted
from yishi.profiles.models import Version
from yishi.web.documents.makers import MAKERS

pytestmark = pytest.mark.django_db

STANDARD = {
    "numbering": "bracketed",
    "attendance": "after",
    "naming": "units",
    "typefaces": "gb2312",
    "before": "0",
    "head_line": "yes",
    "seal": "yes",
}
"""What the form sends where nothing was changed."""


def keep(client: Client, body: str = "general", after: int = 0, **typed: str) -> object:
    """Save a profile from the form, with what is typed into it."""
    fields = {**STANDARD, "after": str(after), "save": "yes", **typed}
    return client.post(
        f"/profiles/{body}", {k: v for k, v in fields.items() if v != "off"}, follow=True
    )


def versions(body: str = "general") -> list[int]:
    held = Version.objects.filter(institution=PLACE, body=body).order_by("number")
    return list(held.values_list("number", flat=True))


def test_the_office_writes_how_its_papers_look_and_each_version_is_kept() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    assert "国家标准的格式" in text(client.get("/profiles"))

    assert "公文格式已保存" in text(keep(client, code="政服纪", organ="郴州政务中心"))
    page = text(keep(client, after=1, code="政服", organ="郴州政务中心"))
    assert versions() == [1, 2]
    assert "政服纪 → 政服" in page
    assert "肖雨 第2版" in page
    paper = docx.Document(BytesIO(got(client, "report", "oct", form="docx").content))
    assert paper.core_properties.keywords.startswith("general 2 sha256:")
    assert paper.core_properties.keywords in page
    assert "第2版" in text(client_of("tan").get("/profiles"))


@pytest.mark.parametrize("person", ["chen", "liu", "li", "nobody-of-the-house"])
def test_for_everybody_else_there_are_no_such_pages(person: str) -> None:
    play_into(MONTH, "minutes")
    client = client_of(person)

    for address in ("/profiles", "/profiles/general", "/profiles/chuwuhui"):
        assert client.get(address).status_code == 404
    assert client.post("/profiles/general", {**STANDARD, "code": "政服"}).status_code == 404
    assert client.post("/profiles/general/preview", STANDARD).status_code == 404
    assert got(client, "profile", "general").status_code == 404
    assert versions() == []
    assert "单位公文格式" not in text(client.get("/charters"))


def test_whose_profile_is_not_there_is_not_found() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")

    assert client.get("/profiles/nothing").status_code == 404
    assert keep(client, body="nothing").status_code == 404
    assert client.get("/profiles/general/preview").status_code in (404, 405)
    assert client.get("/profiles/general?version=7").status_code == 200
    assert client.get("/profiles/general?version=x").status_code == 200


@pytest.mark.parametrize(
    ("field", "words", "told"),
    [
        ("mark", "长" * 27, "最多26个字"),
        ("distribution", "长" * 301, "最多300个字"),
        ("organ", "甲\u202e乙", "看不见或者不能显示"),
        ("code", "政服〔2026〕", "只写汉字"),
        ("code", "abc", "只写汉字"),
        ("before", "-1", "从 0 到 99999"),
        ("before", "一百", "从 0 到 99999"),
        ("before", "9" * 12, "从 0 到 99999"),
        ("numbering", "roman", "选一个"),
        ("attendance", "", "选一个"),
        ("naming", "both", "选一个"),
        ("organ", "张\ue123中心", "服务器上的字体都没有这些字：\ue123"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field_and_nothing_typed_is_lost(
    field: str, words: str, told: str
) -> None:
    play_into(MONTH, "minutes")
    page = keep(client_of("xiao"), **{"issuer": "某办公室", field: words})

    assert page.status_code == 422
    shown = page.content.decode()
    assert told in text(page)
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', shown)
    assert 'value="某办公室"' in shown
    assert versions() == []


def test_a_nul_does_no_harm() -> None:
    play_into(MONTH, "minutes")

    assert keep(client_of("xiao"), organ="甲\x00乙").status_code == 422
    assert versions() == []


def test_who_saves_after_somebody_else_is_told_and_keeps_what_they_typed() -> None:
    play_into(MONTH, "minutes")
    keep(client_of("xiao"), code="甲字")
    page = keep(client_of("tan"), after=0, code="乙字")

    assert page.status_code == 409
    assert "别人保存了第1版" in text(page)
    assert 'value="乙字"' in page.content.decode()
    assert 'name="after" value="1"' in page.content.decode()
    assert versions() == [1]
    keep(client_of("tan"), after=1, code="乙字")
    assert versions() == [1, 2]


def test_the_same_once_more_makes_no_version() -> None:
    play_into(MONTH, "minutes")
    keep(client_of("xiao"), code="甲字")

    assert "没有改动" in text(keep(client_of("xiao"), after=1, code="甲字"))
    assert versions() == [1]


def test_a_body_has_its_own_and_gives_it_up_again() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    keep(client, code="总字")
    assert 'value="总字"' in client.get("/profiles/chuwuhui").content.decode()

    keep(client, body="chuwuhui", code="处字", mark="处务会专用纪要")
    assert "自己的第1版" in text(client.get("/profiles/chuwuhui"))
    given = {**STANDARD, "after": "1", "give_up": "yes"}
    assert "不用了" in text(client.post("/profiles/chuwuhui", given, follow=True))
    assert 'value="总字"' in client.get("/profiles/chuwuhui").content.decode()
    assert versions("chuwuhui") == [1, 2]
    assert 'value="处字"' in client.get("/profiles/chuwuhui?version=1").content.decode()


# ── papers and pages ──────────────────────────────────────────────────────────────────────────


def test_minutes_that_are_not_out_look_as_the_profile_says_and_page_and_paper_agree() -> None:
    play_into(MONTH, "recorded")
    client = client_of("xiao")
    keep(
        client,
        code="政服纪",
        mark="郴州市政务服务中心会议纪要",
        issuer="政务中心综合科",
        attendance="before",
        sign_off="yes",
    )
    paper = pdf_text(got(client, "minutes", "oct").content)

    assert "郴州市政务服务中心会议纪要" in paper
    assert "政服纪〔2026〕1号（印发时编定）" in paper
    assert "政服纪〔2026〕1号（印发时编定）" in text(client.get("/sittings/oct/minutes"))
    assert paper.index("出席：") < paper.index("签发：") < paper.index("一、传达")
    assert "政务中心综合科" in paper


def test_minutes_that_are_out_stay_as_they_went_out() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    before = got(client, "minutes", "oct").content
    keep(client, code="政服纪", mark="别的纪要", numbering="running_issue", before="92")

    assert got(client, "minutes", "oct").content == before
    assert "〔2026〕1号" in text(client.get("/sittings/oct/minutes"))


@pytest.mark.parametrize(
    ("numbering", "number"),
    [
        ("bracketed", "政服纪〔2026〕1号"),
        ("year_issue", "2026年第1期"),
        ("issue", "第1期"),
        ("year_nth", "2026年第1次"),
        ("running_issue", "第93期"),
        ("running_nth", "第93次"),
    ],
)
def test_page_list_and_paper_show_the_same_number(numbering: str, number: str) -> None:
    play_into(MONTH, "minutes")
    set_before(code="政服纪", numbering=numbering, before=92)
    client = client_of("xiao")

    assert number in said(client, "minutes", "oct")
    assert number in said(client, "minutes-general", "oct")
    assert f'<p class="centre">{number}</p>' in client.get("/sittings/oct/minutes").content.decode()
    assert number in text(client.get("/sittings/"))


def set_before(body: str = "general", **fields: object) -> None:
    """A profile that had been kept before anything was issued."""
    content = json.loads(json.dumps(fields))
    Version.objects.create(
        institution=PLACE,
        body=body,
        number=1,
        at="2020-01-01T00:00:00Z",
        by="xiao",
        content=content,
    )


def test_the_foot_says_whom_it_goes_to_and_the_seal_has_its_room_or_none() -> None:
    play_into(MONTH, "minutes")
    set_before(distribution="本单位领导，各科室。", copies="市直有关单位。", seal=False)
    client = client_of("liu")

    assert "分送：本单位领导，各科室。" in said(client, "minutes", "oct")
    general = said(client, "minutes-general", "oct")
    assert "抄送：市直有关单位。" in general
    assert "分送" not in general


def test_without_a_line_over_the_rule_there_is_none() -> None:
    play_into(MONTH, "minutes")
    set_before(head_line=False)
    paper = pdf_text(got(client_of("liu"), "minutes", "oct").content)

    assert paper.count("郴州市政务服务中心办公室") == 1


INNER = {
    "record": ("oct", ""),
    "notice": ("oct", ""),
    "agenda": ("oct", ""),
    "attendance": ("oct", ""),
    "leave": ("oct", "he"),
    "item": ("budget", ""),
    "collation": ("chuwuhui", ""),
    "bulletin": ("chuwuhui", ""),
    "report": ("oct", ""),
    "profile": ("general", ""),
}


@pytest.mark.parametrize("name", INNER)
def test_every_paper_bears_the_institutions_name_as_the_office_writes_it(name: str) -> None:
    play_into(MONTH, "minutes")
    set_before(organ="郴州政务", typefaces="windows")
    subject, about = INNER[name]
    paper = got(client_of("xiao"), name, subject, about, "docx")

    assert paper.status_code == 200
    file = docx.Document(BytesIO(paper.content))
    assert file.paragraphs[0].text.startswith("郴州政务")
    assert "郴州市政务服务中心" not in "".join(p.text for p in file.paragraphs)
    assert file.core_properties.keywords.startswith("general 1 sha256:")
    assert "仿宋_GB2312" not in file.styles.element.xml


def test_slips_and_forms_of_tasks_bear_it_too() -> None:
    play_into(MONTH, "minutes")
    set_before(organ="郴州政务", issuer="综合科", seal=False)
    state = MEMORY.at(PLACE).state
    task = next(t for t in state.tasks.values() if t.decision and t.unit)
    client = client_of("xiao")

    for name, subject, about in (
        ("task", task.id, ""),
        ("feedback", task.id, ""),
        ("decision", task.decision, task.unit),
    ):
        paper = said(client, name, subject, about)
        assert paper.startswith("郴州政务")
    assert "综合科" in said(client, "task", task.id)


JUST_NOW = ("collation", "bulletin", "report", "profile")
"""Papers of what is so just now; all others keep the sender of the day that they are of."""


def renamed_since() -> None:
    """A profile from before everything, and one with another sender from after it all."""
    set_before(organ="郴州政务")
    fields = {"institution": PLACE, "body": "chuwuhui", "by": "xiao", "number": 1}
    content = {"organ": "政务中心", "issuer": "综合科"}
    Version.objects.create(at="2026-11-25T00:00:00Z", content=content, **fields)


@pytest.mark.parametrize("name", [*INNER, "record-sheet"])
def test_what_was_served_keeps_its_sender_whatever_a_later_version_says(on, name: str) -> None:
    play_into(MONTH, "minutes")
    renamed_since()
    on("2026-11-26")
    subject, about = INNER.get(name, ("oct", ""))
    paper = said(client_of("xiao"), name, subject, about)

    later = name in JUST_NOW and subject != "general"
    assert paper.startswith("政务中心" if later else "郴州政务")
    assert ("综合科" in paper) is (name == "bulletin")


def test_slips_of_tasks_keep_their_sender_too(on) -> None:
    play_into(MONTH, "granted")
    renamed_since()
    on("2026-11-26")
    client, state = client_of("xiao"), MEMORY.at(PLACE).state
    [asked] = state.adjustments
    slips = {"task": "t-budget", "feedback": "t-budget", "adjustment": asked}

    papers = [said(client, *one) for one in slips.items()]
    for paper in (*papers, said(client, "decision", "d-budget", "business")):
        assert paper.startswith("郴州政务")
        assert "综合科" not in paper


def test_a_paper_says_by_which_version_it_was_made() -> None:
    play_into(MONTH, "minutes")
    plain = PdfReader(BytesIO(got(client_of("liu"), "minutes", "oct").content)).metadata
    assert plain["/Keywords"].startswith("GB/T 9704-2012 sha256:")

    set_before("chuwuhui", code="处")
    made = PdfReader(BytesIO(got(client_of("liu"), "minutes", "oct").content)).metadata
    assert made["/Keywords"].startswith("chuwuhui 1 sha256:")


def test_the_other_body_is_not_touched() -> None:
    play_into(WEEK, "minutes")
    set_before("chuwuhui", organ="别处")

    assert "别处" not in said(client_of("liu"), "minutes", "w45")


# ── the preview ───────────────────────────────────────────────────────────────────────────────


def test_beside_the_form_stand_the_last_minutes_as_they_would_look() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    page = client.get("/profiles/chuwuhui").content.decode()
    [first, *_] = re.findall(r'src="data:image/png;base64,([^"]+)"', page)

    typed = {**STANDARD, "mark": "另一个纪要"}
    tried = client.post("/profiles/chuwuhui/preview", typed).content.decode()
    assert "<html" not in tried
    [other, *_] = re.findall(r'src="data:image/png;base64,([^"]+)"', tried)
    assert other != first
    assert versions("chuwuhui") == []

    sealed = client.post("/profiles/chuwuhui/preview", {**typed, "paper": "minutes-general"})
    assert re.findall(r"base64,([^\"]+)", sealed.content.decode())[0] != other


def test_without_a_script_a_button_shows_the_same_and_keeps_what_was_typed() -> None:
    play_into(MONTH, "minutes")
    typed = {**STANDARD, "mark": "另一个纪要", "preview": "yes", "after": "0"}
    page = client_of("xiao").post("/profiles/chuwuhui", typed)

    assert page.status_code == 200
    assert 'value="另一个纪要"' in page.content.decode()
    assert "data:image/png" in page.content.decode()
    assert versions("chuwuhui") == []


def test_before_there_are_minutes_a_sample_is_shown() -> None:
    play_into(MONTH, "convened")
    client = client_of("xiao")

    for paper in ("minutes", "minutes-general"):
        page = client.post("/profiles/general/preview", {**STANDARD, "paper": paper})
        assert "这是一份样稿" in text(page)
        assert "data:image/png" in page.content.decode()


def test_every_paper_whose_look_a_profile_governs_can_be_tried() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    offered = re.findall(r'<option value="([\w-]+)"', text_of_select(client))
    assert set(offered) == set(MAKERS) - {"profile"}

    said = {}
    for paper in ("notice", "record", "attendance", "decision", "task", "bulletin", "correction"):
        page = client.post("/profiles/chuwuhui/preview", {**STANDARD, "paper": paper})
        assert "data:image/png" in page.content.decode(), paper
        said[paper] = text(page)
    assert "最近的一份：关于召开处务会2026年第1次会议的通知" in said["notice"]
    assert "最近的一份：决定事项通知单" in said["decision"]
    assert "这是一份样稿" in said["correction"]


def text_of_select(client) -> str:
    page = client.get("/profiles/chuwuhui").content.decode()
    return page[page.index('<select name="paper"') :].partition("</select>")[0]


def test_of_a_long_paper_no_pictures_are_made_that_nobody_is_shown(monkeypatch) -> None:
    from yishi.documents import pdf
    from yishi.documents.model import para
    from yishi.web.profiles import preview

    made, whole, short = [], preview.sample, pdf.pictures

    def long(*given):
        document = whole(*given)
        return msgspec.structs.replace(document, body=document.body + (para("会议" * 300),) * 200)

    def counted(*given):
        made.append(short(*given))
        return made[-1]

    monkeypatch.setattr(preview, "sample", long)
    monkeypatch.setattr(pdf, "pictures", counted)
    play_into(MONTH, "convened")
    page = client_of("xiao").post("/profiles/general/preview", STANDARD)

    assert page.content.decode().count("data:image/png") == preview.SHOWN
    assert "只显示前4页" in text(page)
    assert preview.SHOWN <= len(made[0]) < 20


def test_what_no_font_has_is_named_at_the_field_in_the_preview_too() -> None:
    play_into(MONTH, "minutes")
    page = client_of("xiao").post("/profiles/general/preview", {**STANDARD, "issuer": "张\ue123"})

    assert "印发机关：服务器上的字体都没有这些字：\ue123" in text(page).replace(" ", "")
    assert "〓" in text(page)
    assert "data:image/png" in page.content.decode()


def test_a_preview_shows_no_minutes_that_the_office_may_not_read() -> None:
    play_into(MONTH, "minutes")
    state = MEMORY.at(PLACE).state
    page = client_of("tan").get("/profiles/chuwuhui")
    reads = client_of("tan").get("/sittings/oct/minutes").status_code == 200

    assert state.sittings["oct"].minutes
    assert ("这是一份样稿" in text(page)) is not reads


# ── beside the standard ───────────────────────────────────────────────────────────────────────


def test_the_page_and_the_paper_say_by_number_where_it_departs() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    look = {"numbering": "issue", "attendance": "before", "naming": "names"}
    keep(client, code="政服纪", distribution="各科室", **look)
    page = text(client.get("/profiles/general"))
    paper = said(client, "profile", "general")

    for number, told in (
        ("GW-D4", "编号的样式是“第3期”"),
        ("GW-F1", "名单只写姓名"),
        ("GW-F6", "名单放在正文前面"),
        ("GW-H3", "“各科室”没有照这样写"),
    ):
        assert number in page
        assert told in page
        assert number in paper
        assert told in paper
    assert "没有写机关代字" not in page


def test_the_page_of_minutes_looks_as_its_paper_does() -> None:
    play_into(MONTH, "recorded")
    client = client_of("xiao")
    look = {
        "mark": "政务中心办公会纪要",
        "organ": "郴州政务中心",
        "issuer": "中心综合科",
        "code": "政服纪",
        "attendance": "before",
        "distribution": "市政府办公室",
    }
    keep(client, **look)
    due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
    assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    press(client, client.get("/sittings/oct/minutes"), "issue_minutes")
    page, paper = text(client.get("/sittings/oct/minutes")), said(client, "minutes", "oct")

    for words in (
        *(look[name] for name in ("mark", "issuer", "distribution")),
        "政服纪〔2026〕1号",
    ):
        assert words in page
        assert words in paper
    assert "郴州政务中心" in page
    for where in (page[page.index("政务中心办公会纪要") :], paper):
        assert where.index("出席") < where.index("按180万元编列")
    keep(client, after=1, mark="另一个标志")
    # In the second in which the minutes went out it would hold for them too.
    Version.objects.filter(number=2).update(at=timezone.now() + timedelta(minutes=1))
    assert "政务中心办公会纪要" in text(client.get("/sittings/oct/minutes"))
