"""Papers to take along: they say what their pages say, to whom the pages say it."""

from types import SimpleNamespace

import pytest
from django.conf import settings

from tests.documents.reading import text
from tests.house.source import literals, modules
from tests.playing import MONTH, WEEK, client_of, play_into
from tests.web.documents import got, said
from tests.web.pressing import press
from yishi.documents.saying import texts
from yishi.web.documents.makers import MAKERS
from yishi.wording.source import load

pytestmark = pytest.mark.django_db


def test_the_minutes_say_what_was_settled_who_does_it_until_when_and_who_was_there() -> None:
    play_into(MONTH, "minutes")
    paper = said(client_of("liu"), "minutes", "oct")

    for words in (
        "处务会会议纪要",
        "〔2026〕1号",
        "郴州市政务服务中心办公室2026年11月2日印发",
        "2026年10月30日，陈志远主持召开处务会2026年第1次会议",
        "一、传达全市优化营商环境会议精神",
        "二、2027年大厅运行经费预算",
        "会议决定：同意2027年大厅运行经费预算按180万元编列。",
        "上报2027年预算。（责任科室：业务科；责任人：李强；办结时限：2026年11月20日）",
        "会议研究后缓议。",
        "出席：陈志远、刘敏、曾建国、王芳、李强、周琳、吴昊",
        "请假：何立",
        "列席：管一鸣",
        "记录：肖雨",
    ):
        assert words in paper
    assert "培训费偏低" not in paper
    assert paper.index("出席：") < paper.index("请假：") < paper.index("列席：")


def test_in_the_general_format_they_have_a_mark_a_title_and_who_seals_them() -> None:
    play_into(MONTH, "minutes")
    paper = said(client_of("liu"), "minutes-general", "oct")

    assert paper.startswith("郴州市政务服务中心文件〔2026〕1号处务会2026年第1次会议纪要")
    assert "郴州市政务服务中心2026年11月2日" in paper


def test_minutes_name_the_counter_and_what_was_handed_out_there_and_then() -> None:
    play_into(WEEK, "minutes")
    paper = said(client_of("liu"), "minutes", "w45")

    assert "责任窗口：市场监管窗口" in paper
    assert "会上布置的任务" in paper
    assert "组织大厅秩序巡查" in paper


def test_minutes_stay_as_issued_when_a_task_is_adjusted_later() -> None:
    play_into(MONTH, "granted")
    paper = said(client_of("liu"), "minutes", "oct")

    assert "2026年11月20日" in paper
    assert "2026年12月4日" not in paper


def test_minutes_say_which_earlier_task_ends_and_which_goes_on() -> None:
    play_into(WEEK, "explained")
    assert "原任务“增设综合窗口”到此为止。" in said(client_of("liu"), "minutes", "w47")

    play_into(MONTH, "", slug="other")
    paper = said(client_of("liu", slug="other"), "minutes", "nov")
    assert "1.上报2027年预算（原任务，继续办理）。" in paper


def test_before_issue_they_are_a_draft_for_those_who_issue_them() -> None:
    play_into(MONTH, "recorded")
    paper = got(client_of("xiao"), "minutes", "oct")

    told = text(paper.content)
    assert "待印发的稿子" in told
    assert "待填" in told
    assert "印发时编定" in told
    for person in ("chen", "liu", "li", "guan"):
        assert got(client_of(person), "minutes", "oct").status_code == 404


@pytest.mark.parametrize("name", ["minutes", "minutes-general"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_issued_minutes_are_for_whom_the_page_is_for(name: str, form: str) -> None:
    play_into(MONTH, "minutes")

    for person in ("chen", "liu", "xiao", "tan", "li", "he", "guan", "deng", "luo"):
        client = client_of(person)
        page = client.get("/sittings/oct/minutes").status_code
        assert got(client, name, "oct", form=form).status_code == page
    assert got(client_of("luo"), name, "oct", form=form).status_code == 404


def test_the_record_says_who_said_what_and_shows_what_corrects_it(on) -> None:
    play_into(MONTH, "recorded")
    on("2026-10-31")
    client = client_of("xiao")
    page = client.get("/do/correct_record?sitting=oct")
    [note] = [c.value for i in page.context["form"].inputs for c in i.choices or () if c.value][:1]
    asked = {"corrects": note, "words": "应为另列。", "reason": "笔误。"}
    assert press(client, page, "correct_record", **asked).status_code == 302
    paper = said(client, "record", "oct")

    for words in (
        "处务会会议记录",
        "组成人员应到8人，实到7人",
        "周琳（反对）：培训费偏低，不同意压缩。",
        "曾建国（赞成，肖雨登记）：同意，注意节约。",
        "会议决定（通过，按8人计，5人支持这一结果）：同意2027年大厅运行经费预算按180万元编列。",
        "更正为：应为另列。（肖雨2026年10月31日10:00更正，理由：笔误。）",
        "第2项2027年大厅运行经费预算",
        "何立副主任出席请假09:01",
    ):
        assert words in paper
    assert "文件" not in paper.split("会议记录")[0]


def test_the_record_is_for_whom_its_page_is_for() -> None:
    play_into(MONTH, "minutes")
    seen = {}

    for person in ("chen", "liu", "xiao", "tan", "li", "he", "guan", "deng", "luo"):
        client = client_of(person)
        seen[person] = client.get("/sittings/oct/record").status_code
        assert got(client, "record", "oct").status_code == seen[person]
    assert set(seen.values()) == {200, 404}


def test_pages_lead_to_their_papers() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")

    for page, links in (
        ("/sittings/oct/minutes", ("minutes/oct/pdf", "minutes-general/oct/docx")),
        ("/sittings/oct/record", ("record/oct/pdf", "record/oct/docx")),
    ):
        shown = client.get(page).content.decode()
        for link in links:
            assert f'href="/documents/{link}"' in shown
            assert client.get(f"/documents/{link}").status_code == 200


def test_a_paper_comes_with_its_name_and_type_and_is_not_kept_on_the_way() -> None:
    play_into(MONTH, "minutes")
    answer = got(client_of("liu"), "minutes", "oct")

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%A4%84")
    assert answer["Content-Disposition"].endswith(".pdf")
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_state_gives_the_same_bytes_to_everybody_in_both_languages() -> None:
    play_into(MONTH, "minutes")
    first, english = client_of("liu"), client_of("chen", language="en")
    english.cookies["language"] = "en"

    for name in ("minutes", "record"):
        for form in ("pdf", "docx"):
            papers = {got(c, name, "oct", form=form).content for c in (first, first, english)}
            assert len(papers) == 1, (name, form)


def test_no_such_paper_form_or_subject_is_not_there() -> None:
    play_into(MONTH, "minutes")
    client = client_of("liu")

    for address in ("nothing/oct/pdf", "minutes/oct/odt", "minutes/none/pdf", "minutes/oct/x/odt"):
        assert client.get(f"/documents/{address}").status_code == 404
    assert client.post("/documents/minutes/oct/pdf").status_code == 405


def test_a_name_with_a_character_that_no_font_has_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_into(MONTH, "minutes")
    monkeypatch.setattr(
        "yishi.wording.names.Names.person", lambda self, key: "张\ue123" if key == "liu" else key
    )

    for form in ("pdf", "docx"):
        answer = got(client_of("liu"), "minutes", "oct", form=form)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "U+E123" in page
        assert "张\ue123" in page
        assert "字体目录" in page


def test_names_with_rare_characters_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    play_into(MONTH, "minutes")
    monkeypatch.setattr(
        "yishi.wording.names.Names.person", lambda self, key: "喆堃珺昇镕" if key == "liu" else key
    )

    assert "喆堃珺昇镕" in said(client_of("liu"), "minutes", "oct")


def test_where_there_is_no_chinese_font_the_page_says_so_and_word_is_to_be_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_into(MONTH, "minutes")
    none = SimpleNamespace(roles={})
    monkeypatch.setattr("yishi.web.documents.views.faces", lambda folder: none)
    client = client_of("liu")

    answer = got(client, "minutes", "oct")
    assert answer.status_code == 409
    assert "服务器上没有中文字体" in answer.content.decode()
    assert got(client, "minutes", "oct", form="docx").status_code == 200


def test_every_paper_has_a_name_in_both_languages() -> None:
    for language in ("zh", "en"):
        named = {k.split(".")[2] for k in load(language) if k.startswith("words.documents.")}
        assert named == set(MAKERS)
    assert settings.FONTS


def test_no_text_of_a_paper_is_left_over_or_missing() -> None:
    code = [text for name, text in modules("web") if name.startswith("web/documents/")]
    written = {said for text in code for _, said in literals(text)}
    shaped = {said for said in written if said.startswith("paper.") and said.endswith(".")}
    known = {key.removesuffix(".said") for key in texts()}

    assert {said for said in written if said.startswith("paper.")} - shaped <= known
    assert {k for k in known - written if not any(k.startswith(s) for s in shaped)} == set()
