"""Papers to take along: they say what their pages say, to whom the pages say it."""

import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import timezone
from msgspec.structs import replace

from tests.documents.reading import text
from tests.documents.reading import words as docx_words
from tests.house.source import literals, modules
from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.documents import got, said
from tests.web.pressing import press
from tests.web.pressing import text as page_text
from yishi.accounts.models import Account
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.documents.model import Para
from yishi.documents.saying import texts
from yishi.procedure.followup import CompleteTask
from yishi.procedure.items import SupplyPaper
from yishi.procedure.verdict import Accepted
from yishi.register.models import Reader, TaskRow
from yishi.values.maps import Map
from yishi.web.documents import record, slips
from yishi.web.documents.gathering import titled_in_marks
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.minutes import own
from yishi.web.documents.pen import Pen
from yishi.web.office import Office
from yishi.web.sittings.minutes import says
from yishi.web.sittings.missed import missed
from yishi.wording import Names
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
        "出席：郴州市政务服务中心陈志远、刘敏、曾建国，办公室王芳，业务科李强，督查科周琳，信息科吴昊",
        "请假：郴州市政务服务中心何立",
        "列席：信息科管一鸣",
        "记录：肖雨",
    ):
        assert words in paper
    assert "培训费偏低" not in paper
    assert "何立（" not in paper, "on leave, and not late"
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
    for person in ("liu", "li", "guan"):
        assert got(client_of(person), "minutes", "oct").status_code == 404


def test_who_was_recused_is_named_with_the_item(on) -> None:
    play_into(MONTH, "budget-presented")
    on("2026-10-30T10:02")
    client = client_of("zhou")
    form = client.get("/do/recuse?sitting=oct&item=budget")
    asked = {"person": "zhou", "reason": "经手人。"}
    assert press(client, form, "recuse", **asked).status_code == 302

    told = text(got(client_of("xiao"), "minutes", "oct").content)
    assert "督查科周琳（因回避未参加第2项），信息科吴昊" in told
    page = client_of("xiao").get("/sittings/oct/minutes")
    told = page_text(page)
    assert "督查科 周琳（因回避未参加第2项），信息科 吴昊" in told, "seen before they go out"


def test_items_missed_are_named_as_the_minutes_number_them_whatever_their_order() -> None:
    play_into(MONTH, "recorded")
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    first, second = sitting.taken[:2]
    talks = {item: sitting.deliberations[item] for item in (first, second)}
    recused = replace(talks[second], recused=("zhou",))
    gone = ("left", talks[second].begun_at)
    came = ("present", talks[second].begun_at)
    there = {
        "liu": replace(sitting.presence["liu"], log=(came,)),
        "wu": replace(sitting.presence["wu"], log=(*sitting.presence["wu"].log, gone)),
    }
    known = replace(
        sitting,
        deliberations=sitting.deliberations.set(second, recused),
        presence=Map({**sitting.presence, **there}),
    )
    assert missed(known, "zhou") == {"recused": ["2"]}
    assert missed(known, "liu") == {"late": ["1"]}
    assert missed(known, "wu")["left"][0] == "2"
    assert missed(known, "chen") == {}

    moved = replace(known, draft=replace(known.draft, order=(second, first, *sitting.taken[2:])))
    assert missed(moved, "zhou") == {"recused": ["1"]}
    assert missed(moved, "liu") == {"late": ["2"]}


HOW_THEY_CAME = {
    "on leave": ([("leave", -5)], (), {}),
    "absent, and recused by the secretary": ([("absent", -5)], (2,), {}),
    "came and was recused before it left": (
        [("present", -5), ("left", 15)],
        (1,),
        {"recused": ["1"], "left": ["3"]},
    ),
    "absent, then there in the midst of the second": (
        [("absent", -5), ("present", 15)],
        (),
        {"late": ["1"]},
    ),
    "there when all was over": ([("absent", -5), ("present", 40)], (), {"late": ["1", "2", "3"]}),
    "there at the minute that the first ended": ([("present", 10)], (), {"late": ["1"]}),
    "left before the first": ([("present", -5), ("left", -1)], (), {"left": ["1", "2", "3"]}),
    "out for the second": ([("present", -5), ("left", 10), ("present", 20)], (), {"away": ["2"]}),
    "gone before what nobody finished": ([("present", -5), ("left", 20)], (), {"left": ["3"]}),
}


@pytest.mark.parametrize("how", HOW_THEY_CAME)
def test_who_never_came_missed_nothing_and_who_came_what_they_were_not_there_for(how: str) -> None:
    play_into(MONTH, "recorded")
    sitting = MEMORY.at(PLACE).state.sittings["oct"]
    log, recused, wanted = HOW_THEY_CAME[how]
    begin = sitting.opened_at
    moments = tuple((status, begin + timedelta(minutes=m)) for status, m in log)
    talks = {
        item: replace(
            sitting.deliberations[item],
            begun_at=begin + timedelta(minutes=10 * place),
            # The last is not finished when the meeting ends.
            ended_at=begin + timedelta(minutes=10 * place + 10) if place < 2 else None,
            recused=("zhou",) if place + 1 in recused else (),
        )
        for place, item in enumerate(sitting.taken[:3])
    }
    held = replace(
        sitting,
        agenda=tuple(talks),
        deliberations=Map(talks),
        closed_at=begin + timedelta(minutes=30),
        presence=sitting.presence.set("zhou", replace(sitting.presence["chen"], log=moments)),
    )

    assert missed(held, "zhou") == wanted


def test_the_item_of_a_recusal_is_named_by_its_new_number_on_paper(on) -> None:
    play_into(MONTH, "budget-presented")
    on("2026-10-30T10:02")
    form = client_of("zhou").get("/do/recuse?sitting=oct&item=budget")
    asked = {"person": "zhou", "reason": "经手人。"}
    assert press(client_of("zhou"), form, "recuse", **asked).status_code == 302
    client_of("xiao")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    sitting = pen.office.state.sittings["oct"]
    moved = replace(sitting, draft=replace(sitting.draft, order=sitting.taken[::-1]))
    told = " ".join(own(pen, moved, says(pen.office, moved)).words())

    assert "周琳（因回避未参加第1项）" in told


def test_two_people_of_one_name_are_told_apart_wherever_minutes_name_them() -> None:
    play_into(MONTH, "recorded")
    client_of("xiao")
    office = Office(Account.objects.get(institution=PLACE, person="xiao"), "zh")
    people = office.state.roster.people.set("zhou", "李强").set("liu", "陈志远")
    roster = replace(office.state.roster, people=people)
    state = replace(office.state, roster=roster)
    office.__dict__["held"] = replace(office.held, state=state)
    office.__dict__["apart"] = Names(state).apart(office.now.date(), "{name}（{told}）")
    pen, sitting = Pen(office), state.sittings["oct"]
    told = " ".join(own(pen, sitting, says(pen.office, sitting)).words())

    assert "业务科　李强，督查科　李强，" in told
    assert "责任人：李强（业务科）" in told
    assert "陈志远（主任）、陈志远（副主任）、曾建国" in told
    assert "，陈志远（主任）主持召开" in told
    assert "办公室　王芳，" in told, "who shares it with nobody has the name alone"


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("预算测算表", "《预算测算表》"),
        ("《预算测算表》", "《预算测算表》"),
        ("关于修订《办法》的说明", "《关于修订〈办法〉的说明》"),
        ("《甲》和《乙》", "《〈甲〉和〈乙〉》"),
    ],
)
def test_a_title_has_its_marks_once(title: str, printed: str) -> None:
    assert titled_in_marks(title) == printed


def test_a_title_that_ends_in_a_full_stop_heads_its_point_without_it() -> None:
    play_into(MONTH, "recorded")
    client_of("xiao")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    sitting = pen.office.state.sittings["oct"]
    told = says(pen.office, sitting)
    first = told["points"][0]
    held = replace(first, item=replace(first.item, title="关于延长时间的请示。"))
    paper = own(pen, sitting, {**told, "points": [held, *told["points"][1:]]})

    assert "一、关于延长时间的请示" in list(paper.words())


def test_tasks_in_the_record_are_parted_by_one_mark() -> None:
    play_into(MONTH, "recorded")
    client_of("xiao")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    taken = SimpleNamespace(goes_on=(), ended=(), tasks=("上报预算。", "报告进展"))
    [told] = record._handed_out(pen, taken)

    assert told.spans[-1].text == "上报预算；报告进展。"


def test_within_one_section_the_post_tells_them_apart() -> None:
    play_into(MONTH, "recorded")
    state = MEMORY.at(PLACE).state
    day = state.sittings["oct"].held_on
    [unit] = state.roster.units_of("xiao", day)
    others = [p for p in state.roster.staff(unit, day) if p != "xiao"]
    people = state.roster.people.set(others[0], state.roster.people["xiao"])
    named = Names(replace(state, roster=replace(state.roster, people=people))).apart(
        day, "{name}（{told}）"
    )

    mine, theirs = named.person("xiao"), named.person(others[0])
    assert mine.startswith("肖雨（")
    assert theirs.startswith("肖雨（")
    assert mine != theirs


@pytest.mark.parametrize("venue", [None, "二楼小会议室"])
def test_minutes_of_a_meeting_that_took_nothing_up_say_so(venue: str | None) -> None:
    play_into(MONTH, "recorded")
    client_of("xiao")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    sitting = pen.office.state.sittings["oct"]
    empty = replace(sitting, agenda=(), deliberations=Map(), tasks=(), venue=venue)
    told = " ".join(own(pen, empty, says(pen.office, empty)).words())
    full = " ".join(own(pen, sitting, says(pen.office, sitting)).words())

    where = f"在{venue}" if venue else ""
    begins = f"2026年10月30日，陈志远{where}主持召开处务会2026年第1次会议。"
    assert f"{begins}会议没有审议议题，没有作出决定。" in told
    assert "纪要如下" not in told
    assert "现将会议决定的事项纪要如下。" in full


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
        "会议决定（通过；全体组成人员共8人，5人赞成，超过半数）："
        "同意2027年大厅运行经费预算按180万元编列。",
        "更正为：应为另列。（肖雨2026年10月31日10:00更正，理由：笔误。）",
        "第2项2027年大厅运行经费预算",
        "何立副主任出席请假09:01",
    ):
        assert words in paper
    assert "文件" not in paper.split("会议记录")[0]


def test_each_line_of_a_correction_is_a_paragraph_of_its_own(on) -> None:
    play_into(MONTH, "recorded")
    on("2026-10-31")
    client = client_of("xiao")
    page = client.get("/do/correct_record?sitting=oct")
    [note] = [c.value for i in page.context["form"].inputs for c in i.choices or () if c.value][:1]
    asked = {"corrects": note, "words": "第一行。\n第二行。", "reason": "笔误。"}
    assert press(client, page, "correct_record", **asked).status_code == 302
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    paper = record.record(pen, "oct", "")
    said = ["".join(span.text for span in one.spans) for one in paper.body if type(one) is Para]

    at = said.index("更正为：第一行。")
    assert said[at + 1] == "第二行。（肖雨2026年10月31日10:00更正，理由：笔误。）"
    assert paper.called == "处务会2026年第1次会议记录"


def test_the_record_says_the_day_once_where_the_meeting_ended_on_it() -> None:
    play_into(MONTH, "minutes")
    client_of("xiao")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="xiao"), "zh"))
    sitting = pen.office.state.sittings["oct"]
    later = replace(sitting, closed_at=sitting.closed_at + timedelta(days=1))
    facts = [record._facts(pen, one, {"present": 7}).rows[0][1].text for one in (sitting, later)]

    assert facts == ["2026年10月30日09:00至12:45", "2026年10月30日09:00至2026年10月31日12:45"]


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


def test_a_sign_in_somebodys_words_that_no_font_has_is_told_and_in_a_name_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_into(MONTH, "budget-presented")
    client, words = client_of("xiao"), "材料齐全\U0001f600\u200b，已核对\U0001f601。"
    room = client.get("/sittings/oct/room")
    assert press(client, room, "note_record", words=words).status_code == 302

    paper = text(got(client, "record", "oct").content)
    assert "材料齐全〓，已核对〓。" in paper
    assert "“〓”代替字体里没有的符号（U+1F600、U+1F601）" in paper
    docx = docx_words(got(client, "record", "oct", form="docx").content)
    assert "材料齐全\U0001f600，已核对\U0001f601。" in docx

    names = {"liu": "刘\U0001f600"}
    monkeypatch.setattr("yishi.wording.names.Names.person", lambda self, key: names.get(key, key))
    answer = got(client, "record", "oct")
    assert answer.status_code == 409
    assert "U+1F600" in answer.content.decode()
    assert "U+1F601" in answer.content.decode()


@pytest.mark.parametrize("part", ["\ue123", "\u2ff0", "\U000323af"])
def test_what_may_be_part_of_a_name_is_never_taken_for_a_sign(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into(MONTH, "budget-presented")
    monkeypatch.setattr("yishi.documents.fonts.Faces.missing", lambda *asked: (part,))

    assert got(client_of("xiao"), "record", "oct").status_code == 409


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
    monkeypatch.setattr("yishi.web.documents.writers.faces", lambda folder: none)
    client = client_of("liu")

    answer = got(client, "minutes", "oct")
    assert answer.status_code == 409
    assert "服务器上没有中文字体" in answer.content.decode()
    assert got(client, "minutes", "oct", form="docx").status_code == 200


def test_a_worker_that_is_asked_for_no_paper_loads_no_engine() -> None:
    code = (
        "import django, sys; django.setup(); from django.urls import reverse;"
        "reverse('desk'); import yishi.web.documents.views;"
        "print([m for m in ('typst', 'docx', 'fontTools') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


ABOUT = {
    **dict.fromkeys(("minutes", "minutes-general", "record", "notice", "agenda"), "oct"),
    **dict.fromkeys(("attendance", "record-sheet", "leave", "correction", "report"), "oct"),
    "minutes-public": "oct",
    **dict.fromkeys(("item",), "budget"),
    **dict.fromkeys(("collation", "bulletin"), "chuwuhui"),
    **dict.fromkeys(("decision", "excerpt"), "d-budget"),
    **dict.fromkeys(("task", "reminder", "feedback"), "t-budget"),
    "adjustment": "a1",
    "profile": "general",
}
"""What each paper may be asked about."""


def test_a_paper_of_a_second_thing_that_it_is_not_about_is_not_there() -> None:
    play_into(MONTH, "requested")
    client = client_of("xiao")
    assert set(ABOUT) == set(MAKERS)

    for name, subject in ABOUT.items():
        for form in ("pdf", "docx"):
            assert got(client, name, subject, "whatever", form).status_code == 404, name
    assert got(client, "report", "chuwuhui", "1999").status_code == 404


def test_every_paper_has_a_name_in_both_languages() -> None:
    for language in ("zh", "en"):
        named = {k.split(".")[2] for k in load(language) if k.startswith("words.documents.")}
        assert named == set(MAKERS)
    assert settings.FONTS


def test_no_text_of_a_paper_is_left_over_or_missing() -> None:
    folders = ("web/documents/", "web/profiles/", "web/packs/", "documents/own/")
    every = (*modules("web"), *modules("documents"))
    code = [text for name, text in every if name.startswith(folders)]
    written = {said for text in code for _, said in literals(text)}
    shaped = {said for said in written if said.startswith("paper.") and said.endswith(".")}
    known = {key.removesuffix(".said") for key in texts()}

    assert {said for said in written if said.startswith("paper.")} - shaped <= known
    assert {k for k in known - written if not any(k.startswith(s) for s in shaped)} == set()


# ── what comes before a meeting ───────────────────────────────────────────────────────────────


def test_the_notice_says_when_who_what_and_what_is_asked_of_whom() -> None:
    play_into(MONTH, "noticed")
    paper = said(client_of("xiao"), "notice", "oct")

    for words in (
        "关于召开处务会2026年10月30日会议的通知",
        "各位组成人员、列席人员：",
        "时间：2026年10月30日（星期五）09:00",
        "出席：陈志远、刘敏、何立、曾建国、王芳、李强、周琳、吴昊",
        "2.2027年大厅运行经费预算（业务科）",
        "因故不能参加的，须经主任批准，并告知办公室。",
        "请阅读并携带会议材料：《预算测算表》",
        "郴州市政务服务中心办公室2026年10月27日",
        "回执",
    ):
        assert words in paper


def test_a_notice_that_has_been_overtaken_says_so_and_one_not_given_is_a_draft(on) -> None:
    play_into(MONTH, "agenda")
    assert "通知尚未发出" in text(got(client_of("xiao"), "notice", "oct").content)

    play_into(MONTH, "noticed", slug="other")
    on("2026-10-28")
    chair = client_of("chen", slug="other")
    form = chair.get("/do/move_sitting?sitting=oct")
    asked = {"starts_at": "2026-10-30T14:00", "reason": "场地。"}
    assert press(chair, form, "move_sitting", **asked).status_code == 302
    again = text(got(client_of("xiao", slug="other"), "notice", "oct").content)
    assert "通知尚未发出" in again
    assert "14:00" in again

    play_into(MONTH, "leave-granted", slug="third")
    on("2026-10-29")
    chair = client_of("chen", slug="third")
    form = chair.get("/do/invite_others?sitting=oct&item=platform")
    assert press(chair, form, "invite_others", people="deng").status_code == 302
    stale = text(got(client_of("xiao", slug="third"), "notice", "oct").content)
    assert "通知发出以后会议有变动" in stale
    assert "须再次发出" not in stale
    assert "第3项列席：" in stale


def test_a_notice_of_which_only_the_agenda_has_changed_says_which_edition_it_shows(on) -> None:
    play_into(MONTH, "noticed")
    on("2026-10-28")
    client = client_of("xiao")
    assert "以本版为准" not in text(got(client, "notice", "oct").content)
    first, *_, last = MEMORY.at(PLACE).state.sittings["oct"].agenda
    form = client.get("/do/set_agenda?sitting=oct")
    turned = press(client, form, "set_agenda", items__move=f"down:{first}")
    assert press(client, turned, "set_agenda").status_code == 302

    paper = text(got(client, "notice", "oct").content)
    assert "议程第2版，以本版为准" in paper
    assert "会议有变动" not in paper
    invite = client_of("chen").get(f"/do/invite_others?sitting=oct&item={last}")
    assert press(client_of("chen"), invite, "invite_others", people="deng").status_code == 302
    both = text(got(client, "notice", "oct").content)
    assert "通知发出以后会议有变动" in both
    assert "以本版为准" not in both


def test_a_notice_names_the_papers_that_there_were_when_it_was_given_and_says_so(on) -> None:
    play_into(MONTH, "noticed")
    on("2026-10-28")
    client = client_of("xiao")
    before = said(client, "notice", "oct")
    assert "未列入" not in text(got(client, "notice", "oct").content)
    late = SupplyPaper(item="budget", paper="late", title="补充测算")
    done = do(PLACE, "li", late, at=timezone.now(), reason="口径有变。")
    assert isinstance(done.verdict, Accepted)

    later = got(client, "notice", "oct")
    assert "通知发出以后交来的会议材料未列入" in text(later.content)
    assert said(client, "notice", "oct") == before
    assert "补充测算" in said(client, "agenda", "oct")


def test_a_notice_and_a_sheet_are_for_those_who_have_a_place_in_the_meeting() -> None:
    play_into(MONTH, "noticed")

    for person, status in (("liu", 200), ("xiao", 200), ("guan", 404), ("luo", 404)):
        for name in ("notice", "attendance"):
            assert got(client_of(person), name, "oct").status_code == status, (person, name)


def test_the_agenda_gives_titles_to_those_who_may_read_them_only() -> None:
    play_into(MONTH, "agenda")
    seen = said(client_of("liu"), "agenda", "oct")
    assert "2027年大厅运行经费预算" in seen
    assert "材料：预算测算表" in seen

    closed = said(client_of("luo"), "agenda", "oct")
    assert "2027年大厅运行经费预算" not in closed
    assert closed.count("（不在您的知悉范围内）") == 4


def test_the_sheet_has_everybody_once_with_what_is_known() -> None:
    play_into(MONTH, "roll-called")
    paper = said(client_of("xiao"), "attendance", "oct")

    for words in ("1陈志远主任出席到会08:55", "3何立副主任出席请假", "9管一鸣信息科科员列席"):
        assert words in paper


def test_the_slip_for_leave_says_why_to_whom_the_page_says_it_and_what_came_of_it() -> None:
    play_into(MONTH, "leave-requested")
    asked = said(client_of("chen"), "leave", "oct", "he")
    assert "请假事由赴省里参加培训。" in asked
    assert "签字：" in asked

    play_into(MONTH, "told", slug="other")
    granted = said(client_of("he", slug="other"), "leave", "oct", "he")
    assert "同意请假。陈志远" in granted
    assert "何立于2026年10月28日10:10告知。" in granted
    member = said(client_of("liu", slug="other"), "leave", "oct", "he")
    assert "赴省里参加培训" not in member
    assert "只由批准人和本人查阅" in member
    for person, about in (("luo", "he"), ("guan", "he"), ("liu", "liu")):
        answer = got(client_of(person, slug="other"), "leave", "oct", about)
        assert answer.status_code == 404, person


def test_a_refused_leave_says_by_whom_and_why(on) -> None:
    play_into(MONTH, "leave-requested")
    on("2026-10-28")
    chair = client_of("chen")
    form = chair.get("/do/refuse_leave?sitting=oct&person=he")
    press(chair, form, "refuse_leave", person="he", reason="预算须到会。")

    paper = said(client_of("he"), "leave", "oct", "he")
    assert "不同意请假。（理由：预算须到会。）陈志远" in paper


# ── items ─────────────────────────────────────────────────────────────────────────────────────


def test_the_form_of_an_item_has_what_was_handed_in_and_what_became_of_it() -> None:
    play_into(MONTH, "approved")
    paper = said(client_of("xiao"), "item", "budget")

    for words in (
        "议题申报表",
        "议题名称2027年大厅运行经费预算",
        "提交会议处务会",
        "提出议题的科室业务科",
        "报送人李强",
        f"议题内容{MEMORY.at(PLACE).state.items['budget'].content}",
        f"{MEMORY.at(PLACE).state.items['budget'].proposal}",
        "汇总肖雨",
        "审定同意上会陈志远",
    ):
        assert words in paper


def test_of_an_item_that_nobody_handed_in_the_form_says_where_it_comes_from() -> None:
    play_into(WEEK, "minutes")
    state = MEMORY.at(PLACE).state
    standing = next(one for one in state.items.values() if one.origin == "standing")
    floor = next(one for one in state.items.values() if one.origin == "floor")
    told = said(client_of("chen"), "item", standing.id)
    raised = said(client_of("chen"), "item", floor.id)

    assert "议题登记表" in told
    assert "议题登记表" in page_text(client_of("chen").get(f"/items/{standing.id}"))
    assert "来源固定议题，编排议程时列入，不需报送" in told
    for words in ("报送人", "报送时间", "办公室汇总", "审定意见", "签字"):
        assert words not in told
    assert "在会上提出的临时动议" in raised
    assert "办公室汇总" not in raised
    assert f"{state.roster.people['chen']}2026" in raised.partition("审定意见")[2]


def test_the_form_of_an_item_is_for_whom_its_page_shows_the_whole_item() -> None:
    play_into(MONTH, "approved")

    for person in ("chen", "xiao", "li", "deng", "zhou", "luo", "guan"):
        client = client_of(person)
        page = client.get("/items/budget")
        full = page.status_code == 200 and page.context["full"]
        assert got(client, "item", "budget").status_code == (200 if full else 404), person
    assert got(client_of("luo"), "item", "budget").status_code == 404


def test_the_list_for_the_approver_has_each_waiting_item_with_what_was_answered() -> None:
    play_into(MONTH, "approved")
    paper = said(client_of("xiao"), "collation", "chuwuhui")

    assert "处务会议题汇总表" in paper
    assert "12027年大厅运行经费预算业务科" in paper
    assert "审定同意上会陈志远2026年10月26日" in paper
    assert "签字：" in paper


def test_the_list_for_the_approver_holds_what_its_reader_may_read_only() -> None:
    play_into(MONTH, "approved")

    assert "大厅运行经费预算" not in said(client_of("luo"), "collation", "chuwuhui")
    assert got(client_of("xiao"), "collation", "general").status_code == 404
    assert got(client_of("xiao"), "collation", "nobody").status_code == 404


# ── what is to be carried out ─────────────────────────────────────────────────────────────────


def test_the_slip_of_a_decision_is_for_one_unit_and_holds_nothing_else() -> None:
    play_into(WEEK, "minutes")
    client = client_of("xiao")
    paper = said(client, "decision", "d-queue", "market-counter")

    for words in ("决定事项通知单", "市场监管窗口：", "增设综合窗口", "罗平", "2026年11月30日"):
        assert words in paper
    for other in ("联系供暖", "王芳", "陈志远", "赞成", "刘敏"):
        assert other not in paper
    assert got(client, "decision", "d-queue", "office").status_code == 404
    assert got(client, "decision", "d-queue", "nobody").status_code == 404
    assert got(client, "decision", "d-queue").status_code == 404


def test_the_slip_of_what_did_not_carry_says_so_and_what_is_to_be_done_all_the_same() -> None:
    play_into(MONTH, "minutes")
    client_of("li")
    pen = Pen(Office(Account.objects.get(institution=PLACE, person="li"), "zh"))
    held = replace(pen.office.state.decisions["d-budget"], outcome="reject", words="先做测算。")
    mine = [pen.office.state.tasks[task] for task in held.tasks]
    opening, _, settled, *_ = (
        "".join(span.text for span in getattr(one, "spans", ()))
        for one in slips._extract(pen, held, mine)
    )

    assert opening.endswith("没有通过。现将会后需由你单位办理的事项通知如下。")
    assert settled == "会议研究后不予通过。先做测算。"


def test_the_slip_of_a_decision_is_for_whom_its_page_is_for() -> None:
    play_into(MONTH, "minutes")

    for person in ("chen", "xiao", "li", "deng", "luo", "guan", "he"):
        client = client_of(person)
        page = client.get("/decisions/d-budget").status_code
        answer = got(client, "decision", "d-budget", "business")
        assert answer.status_code == page, person
    assert got(client_of("luo"), "decision", "d-budget", "business").status_code == 404


SLIPS = ("task", "reminder", "feedback")


@pytest.mark.parametrize("name", SLIPS)
def test_slips_of_a_task_are_for_whom_its_page_is_for(name: str) -> None:
    play_into(MONTH, "")

    for person in ("chen", "xiao", "li", "deng", "luo", "guan", "he"):
        client = client_of(person)
        page = client.get("/tasks/t-budget").status_code
        assert got(client, name, "t-budget").status_code == page, person
    assert got(client_of("luo"), name, "t-budget").status_code == 404


def test_the_slip_of_a_task_says_what_whose_until_when_and_by_which_steps() -> None:
    play_into(MONTH, "reported-up")
    paper = said(client_of("xiao"), "task", "t-budget")

    for words in (
        "督办通知单业务科：",
        "事项上报2027年预算",
        "来源会议处务会2026年第1次会议",
        "决定同意2027年大厅运行经费预算按180万元编列。",
        "责任人李强",
        "办结时限2026年11月20日",
        "郴州市政务服务中心办公室2026年11月2日",
    ):
        assert words in paper


def test_before_the_minutes_are_out_the_slip_of_a_task_is_a_draft() -> None:
    play_into(MONTH, "recorded")

    assert "会议纪要尚未印发" in text(got(client_of("xiao"), "task", "t-posts").content)


def test_a_reminder_says_how_late_it_was_on_its_day(on) -> None:
    play_into(MONTH, "reported-up")
    office = client_of("xiao")
    assert got(office, "reminder", "t-posts").status_code == 404
    on("2026-11-25")
    form = office.get("/do/remind_owner?task=t-budget")
    assert press(office, form, "remind_owner", words="请尽快上报。").status_code == 302
    on("2026-12-01")
    paper = said(client_of("xiao"), "reminder", "t-budget")

    for words in (
        "业务科、李强：",
        "应当于2026年11月20日以前办结，到催办之日已逾期5天",
        "请尽快上报。",
        "次催办",
        "办公室2026年11月25日",
    ):
        assert words in paper


def test_the_form_for_progress_holds_every_report_and_room_for_the_next() -> None:
    play_into(MONTH, "reported-up")
    running = said(client_of("li"), "feedback", "t-budget")
    assert "反馈进展情况李强" in running
    assert "承办单位签字" in running

    play_into(MONTH, "", slug="other")
    over = said(client_of("li", slug="other"), "feedback", "t-budget")
    assert "销号" in over
    assert "承办单位签字" not in over


def test_the_form_for_a_change_says_what_was_asked_and_what_was_answered() -> None:
    play_into(MONTH, "requested")
    [key] = MEMORY.at(PLACE).state.adjustments
    asked = said(client_of("chen"), "adjustment", key)
    assert "办结时限：由“2026年11月20日”改为“2026年12月4日”" in asked
    assert "签字：" in asked

    play_into(MONTH, "granted", slug="other")
    granted = said(client_of("chen", slug="other"), "adjustment", key)
    assert "已批准陈志远" in granted
    for person in ("chen", "xiao", "li", "luo", "guan"):
        client = client_of(person)
        page = client.get(f"/adjustments/{key}").status_code
        assert got(client, "adjustment", key).status_code == page, person


def test_the_bulletin_counts_and_lists_what_its_reader_may_read(on) -> None:
    play_into(MONTH, "reported-up")
    on("2026-11-25")
    paper = said(client_of("xiao"), "bulletin", "chuwuhui")
    assert "逾期1项" in paper
    assert "1上报2027年预算业务科李强2026年11月20日5" in paper

    closed = said(client_of("luo"), "bulletin", "chuwuhui")
    assert "上报2027年预算" not in closed
    assert "逾期0项" in closed
    assert got(client_of("xiao"), "bulletin", "general").status_code == 404


PERIODS = {
    "2026-10": (
        "2026年10月，截至2026年10月31日",
        "办结时限在本期的督办事项0项",
        "正在办理的0项",
        "批准调整0项",
    ),
    "2026-11": (
        "2026年11月，截至2026年11月30日",
        "督办事项1项：按时办结1项，逾期办结0项，逾期未办结0项",
        "正在办理的1项，其中逾期0项，未到期1项",
        "本期销号1项，随决定变更终止0项，批准调整1项",
        "一、正在办理序号事项责任科室/窗口、责任人办结时限最近反馈1上报2027年预算业务科李强2026年12月4日",
        "三、本期批准调整",
    ),
    "2026-12": (
        "督办事项1项：按时办结0项，逾期办结0项，逾期未办结1项",
        "正在办理的1项，其中逾期1项，未到期0项",
        "本期销号0项，随决定变更终止0项，批准调整0项",
        "李强2026年12月4日28",
    ),
    "2026-Q4": ("2026年第4季度", "督办事项2项：按时办结1项", "逾期未办结1项"),
    "2026": ("2026年，截至2026年12月31日", "督办事项2项：按时办结1项", "批准调整1项"),
    "2027-01": ("截至2027年1月5日", "督办事项0项", "其中逾期1项", "李强2026年12月4日32"),
}
"""Of each period, seen on 5 January: what was due, what came of it, how it stood at its end."""


def test_the_bulletin_of_a_period_says_how_it_stood_at_its_end(on) -> None:
    play_into(MONTH, "granted")
    on("2027-01-05")
    client = client_of("xiao")

    for period, words in PERIODS.items():
        paper = said(client, "bulletin", "chuwuhui", period)
        for one in words:
            assert one in paper, period
    assert "督办通报2027年，" in said(client, "bulletin", "chuwuhui")
    for wrong in ("2027-02", "2027-Q2", "2026-13", "2026-1", "0000", "9999", "whatever"):
        assert got(client, "bulletin", "chuwuhui", wrong).status_code == 404, wrong


def test_what_happened_after_a_period_is_not_in_its_bulletin(on) -> None:
    play_into(MONTH, "granted")
    on("2027-01-05")
    late = CompleteTask(task="t-budget", words="已上报。")
    assert isinstance(do(PLACE, "li", late, at=timezone.now()).verdict, Accepted)
    client = client_of("xiao")

    assert "其中逾期1项" in said(client, "bulletin", "chuwuhui", "2026-12")
    now = said(client, "bulletin", "chuwuhui", "2027-01")
    assert "正在办理的0项" in now
    assert "已办结、待核实1项" in now


def test_a_task_issued_while_the_bulletin_is_made_is_left_to_the_next_one(on) -> None:
    play_into(MONTH, "reported-up")
    on("2026-11-25")
    before = said(client_of("xiao"), "bulletin", "chuwuhui")
    row = TaskRow.objects.exclude(status="assigned").first()
    assert row is not None
    row.pk, row.subject = None, "later"
    row.save(force_insert=True)
    Reader.objects.create(institution=PLACE, thing="task", subject="later", person="")

    assert said(client_of("xiao"), "bulletin", "chuwuhui") == before


def test_the_report_says_of_each_clause_what_was_kept_and_what_was_not() -> None:
    play_into(MONTH, "minutes")
    paper = said(client_of("chen"), "report", "oct")

    for words in (
        "议事合规报告处务会2026年第1次会议",
        "未遵守处务会五(一)没有会议材料：《传达全市优化营商环境会议精神》",
        "处务会五(二)3一把手末位表态",
        "表态：会议主持人最后表态，尚未发表意见：刘敏、曾建国",
    ):
        assert words in paper
    assert "处务会2026年度" in said(client_of("chen"), "report", "chuwuhui", "2026")


def test_the_report_is_for_whom_its_page_is_for() -> None:
    play_into(MONTH, "minutes")

    for person in ("chen", "liu", "xiao", "li", "luo", "guan"):
        client = client_of(person)
        one = client.get("/reports/?sitting=oct").status_code
        assert got(client, "report", "oct").status_code == one, person
        year = client.get("/reports/?body=chuwuhui").status_code
        assert got(client, "report", "chuwuhui", "2026").status_code == year, person
    assert got(client_of("luo"), "report", "oct").status_code == 404
