"""The lists of people in minutes: with their units or without, by what each is at the meeting."""

from datetime import date
from importlib import import_module
from io import BytesIO

import docx
import pytest
from django.apps import apps
from django.test import Client
from msgspec.structs import replace

from tests.playing import MONTH, PLACE, client_of, play_into
from tests.web.documents import got, said
from tests.web.pressing import text
from yishi.accounts.models import Account
from yishi.documents.profile import EARLIER, Profile, digest
from yishi.procedure.state import State
from yishi.procedure.whereabouts import Seat
from yishi.profiles.models import Version, versions_of
from yishi.roster.model import Appointment
from yishi.values.maps import Map
from yishi.web.answers import Answers
from yishi.web.documents import record
from yishi.web.documents.minutes import general, own
from yishi.web.documents.pen import Pen
from yishi.web.office import Office
from yishi.web.sittings.capacity import capacities_of
from yishi.web.sittings.minutes import says
from yishi.web.sittings.seated import post_of

pytestmark = pytest.mark.django_db

UNITS = (
    "郴州市政务服务中心　陈志远、刘敏、曾建国，办公室　王芳，"
    "业务科　李强，督查科　周琳，信息科　吴昊"
)
NAMES = "陈志远、刘敏、曾建国、王芳、李强、周琳、吴昊"
PAGE = "/sittings/oct/minutes"


def set_profile(number: int = 1, at: str = "2020-01-01T00:00:00Z", **content: object) -> None:
    held = {"institution": PLACE, "body": "general", "by": "xiao"}
    Version.objects.create(number=number, at=at, content=content, **held)


def office() -> Office:
    client_of("xiao")
    return Office(Account.objects.get(institution=PLACE, person="xiao"), "zh")


def pen_in(state: State) -> Pen:
    """Writes in another state of things; what had been looked up is forgotten."""
    here = office()
    here.__dict__["held"] = replace(here.held, state=state)
    pen = Pen(here)
    pen.office.__dict__.update({name: Answers() for name in ("facts", "answers", "parts")})
    return pen


def printed(state: State, **changed: object) -> str:
    """The words of the minutes as they would be in another state of things."""
    pen, sitting = pen_in(state), replace(state.sittings["oct"], **changed)
    return " ".join(own(pen, sitting, says(pen.office, sitting)).words())


def named(state: State, **names: str) -> State:
    people = state.roster.people
    for person, name in names.items():
        people = people.set(person, name)
    return replace(state, roster=replace(state.roster, people=people))


def posted(state: State, *more: Appointment) -> State:
    held = state.roster.appointments
    for one in more:
        held = held.set(one.post, (*held.get(one.post, ()), one))
    return replace(state, roster=replace(state.roster, appointments=held))


# ── units and names (GW-F1) ───────────────────────────────────────────────────────────────────


def test_gw_f1_page_pdf_and_word_name_the_unit_before_those_of_it() -> None:
    play_into(MONTH, "minutes")
    client = client_of("liu")
    page = client.get(PAGE).content.decode()
    file = docx.Document(BytesIO(got(client, "minutes", "oct", form="docx").content))

    assert f"<dt>出席</dt><dd>{UNITS}</dd>" in page
    assert "<dt>请假</dt><dd>郴州市政务服务中心　何立</dd>" in page
    assert "<dt>列席</dt><dd>信息科　管一鸣</dd>" in page
    lists = [p.text for p in file.paragraphs if p.style.name == "人员名单"]
    assert lists[:3] == [
        f"出席：{UNITS}",
        "请假：郴州市政务服务中心　何立",
        "列席：信息科　管一鸣",
    ]
    for name in ("minutes", "minutes-general"):
        assert f"出席：{UNITS.replace('　', '')}" in said(client, name, "oct")


def test_an_office_may_name_people_alone() -> None:
    play_into(MONTH, "minutes")
    set_profile(naming="names")
    client = client_of("liu")

    assert f"<dt>出席</dt><dd>{NAMES}</dd>" in client.get(PAGE).content.decode()
    assert f"出席：{NAMES}请假：何立列席：管一鸣" in said(client, "minutes", "oct")


def test_leaders_are_of_the_institution_as_its_papers_name_it() -> None:
    play_into(MONTH, "minutes")
    set_profile(naming="units", organ="郴州政务")

    assert "出席：郴州政务陈志远、刘敏" in said(client_of("liu"), "minutes", "oct")


def test_the_page_in_english_says_the_same_in_its_own_marks() -> None:
    play_into(MONTH, "minutes")
    client = client_of("liu", language="en")

    assert "办公室: 王芳; 业务科: 李强" in text(client.get(PAGE))


def test_of_one_unit_those_who_follow_one_another_have_it_once_and_all_keep_their_order() -> None:
    play_into(MONTH, "recorded")
    state = office().state
    members = state.sittings["oct"].members
    moved = tuple(in_office(seat) for seat in members)
    heads = tuple(in_office(one) for one in state.roster.appointments["科室负责人"])
    held = state.roster.appointments.set("科室负责人", heads)
    state = replace(state, roster=replace(state.roster, appointments=held))

    told = printed(state, members=moved)
    assert "办公室　王芳、李强，督查科　周琳，办公室　吴昊" in told


def in_office(held: Seat | Appointment) -> Seat | Appointment:
    return replace(held, unit="office") if held.person in ("li", "wu") else held


def test_a_seat_stays_as_it_was_given_though_the_post_has_changed_by_the_day() -> None:
    play_into(MONTH, "recorded")
    state = office().state
    sitting = state.sittings["oct"]
    given = [one for one in state.roster.appointments["科室负责人"] if one.person != "li"]
    gone = Appointment("li", "科室负责人", "business", date(2020, 1, 1), sitting.convened_at.date())
    come = Appointment("li", "科室负责人", "network", sitting.held_on)
    held = state.roster.appointments.set("科室负责人", (*given, gone, come))
    state = replace(state, roster=replace(state.roster, appointments=held))

    assert capacities_of(state, sitting, "li") == (Seat("li", "科室负责人", "business"),)


def test_the_report_says_of_each_choice_whether_it_keeps_to_the_standard() -> None:
    play_into(MONTH, "minutes")
    client = client_of("xiao")
    paper = said(client, "profile", "general")
    assert "名单只写姓名" not in paper
    assert "GW-F1" in paper.partition("照标准的")[2]

    set_profile(naming="names")
    other = said(client, "profile", "general")
    assert "GW-F1名单只写姓名" in other.partition("照标准的")[0]


# ── what was issued before ────────────────────────────────────────────────────────────────────


def test_a_version_that_was_kept_before_there_was_a_choice_has_names_and_its_digest() -> None:
    play_into(MONTH, "minutes")
    set_profile(code="政服纪")
    [held] = versions_of(PLACE)

    assert held.profile == Profile(code="政服纪", **EARLIER)
    assert digest(held.profile)[:16] == "bc48f292504e68a3"
    assert digest(Profile(**EARLIER))[:16] == "a7715d42cf1879a8"
    assert digest(Profile()) != digest(Profile(**EARLIER))
    assert NAMES in client_of("liu").get(PAGE).content.decode()


def test_minutes_that_are_out_keep_their_lists_whatever_is_chosen_later(on) -> None:
    play_into(MONTH, "minutes")
    set_profile(naming="names")
    set_profile(2, "2026-11-25T00:00:00Z", naming="units")
    on("2026-11-26")

    assert NAMES in client_of("liu").get(PAGE).content.decode()


def upgrade() -> None:
    import_module("yishi.profiles.migrations.0003_lists_as_before").keep_names(apps, None)


def test_an_upgrade_leaves_the_lists_of_issued_minutes_as_they_were() -> None:
    play_into(MONTH, "minutes")
    play_into(MONTH, "recorded", slug="young")
    upgrade()

    [kept] = Version.objects.all()
    assert (kept.institution, kept.body, kept.number) == (PLACE, "general", 0)
    assert NAMES in client_of("liu").get(PAGE).content.decode()
    page = text(client_of("xiao").get("/profiles/general"))
    assert "升级时记下" in page
    assert "单位和姓名 → 只写姓名" in page


def test_after_an_upgrade_the_office_chooses_for_what_comes() -> None:
    play_into(MONTH, "minutes")
    upgrade()
    client = client_of("xiao")
    fields = {"numbering": "bracketed", "typefaces": "gb2312", "attendance": "after", "before": "0"}
    fields |= {"naming": "units", "after": "0", "save": "yes", "seal": "yes", "head_line": "yes"}

    assert "公文格式已保存" in text(client.post("/profiles/general", fields, follow=True))
    assert NAMES in client_of("liu").get(PAGE).content.decode()
    assert list(Version.objects.order_by("id").values_list("number", flat=True)) == [0, 1]


def test_the_form_offers_both_and_the_preview_follows() -> None:
    play_into(MONTH, "convened")
    client: Client = client_of("xiao")
    page = client.get("/profiles/general").content.decode()
    assert '<option value="units" selected>单位和姓名</option>' in page
    assert '<option value="names">只写姓名</option>' in page

    typed = {"numbering": "bracketed", "typefaces": "gb2312", "attendance": "after", "before": "0"}
    shown = [
        client.post("/profiles/general/preview", {**typed, "naming": one}).content
        for one in ("units", "names")
    ]
    assert shown[0] != shown[1]


# ── namesakes, and people with two posts ──────────────────────────────────────────────────────


def test_namesakes_of_different_units_are_told_apart_by_these_alone() -> None:
    play_into(MONTH, "recorded")
    told = printed(named(office().state, zhou="李强"))

    assert "业务科　李强，督查科　李强，" in told


def test_namesakes_of_one_unit_have_their_posts_behind_them() -> None:
    play_into(MONTH, "recorded")
    told = printed(named(office().state, liu="陈志远", guan="吴昊"))

    assert "郴州市政务服务中心　陈志远（主任）、陈志远（副主任）、曾建国" in told
    assert "信息科　吴昊（科室负责人）" in told
    assert "列席 信息科　吴昊（科员）" in told


def test_somebody_with_two_posts_is_named_by_the_unit_of_either_that_gives_the_seat() -> None:
    play_into(MONTH, "recorded")
    second = Appointment("li", "科室负责人", "network", date(2020, 1, 1))
    state = posted(office().state, second)

    assert "业务科、信息科　李强" in printed(state)
    third = Appointment("li", "科员", "office", date(2020, 1, 1))
    assert "，业务科　李强，" in printed(posted(office().state, third))


def test_who_is_called_in_is_of_the_section_whose_item_it_is() -> None:
    play_into(MONTH, "recorded")
    state = office().state
    sitting = state.sittings["oct"]
    [item] = [i for i in sitting.agenda if "guan" in sitting.guests(i)]
    lead = state.items[item].lead_unit
    other = next(unit for unit in ("oversight", "network", "business") if unit != lead)
    posts = (
        Appointment("guan", "科员", other, date(2020, 1, 1)),
        Appointment("guan", "科员", lead, date(2020, 1, 1)),
    )
    held = Map({"科员": posts})
    state = replace(state, roster=replace(state.roster, appointments=held))

    assert capacities_of(state, sitting, "guan") == (Seat("guan", "科员", lead),)
    elsewhere = replace(sitting, invited=Map(), deliberations=Map())
    assert {one.unit for one in capacities_of(state, elsewhere, "guan")} == {other, lead}


def test_what_somebody_is_at_a_meeting_goes_by_its_day() -> None:
    play_into(MONTH, "recorded")
    state, day = office().state, office().state.sittings["oct"].held_on
    gone = Appointment("guan", "科员", "network", date(2022, 1, 1), until=day)
    come = Appointment("guan", "科员", "oversight", date(2026, 10, 31))
    held = state.roster.appointments.set("科员", (gone, come))
    state = replace(state, roster=replace(state.roster, appointments=held))

    assert "列席 信息科　管一鸣" in printed(state)


def test_who_holds_no_post_has_no_unit() -> None:
    play_into(MONTH, "recorded")
    state = office().state
    without = tuple(a for a in state.roster.appointments["科员"] if a.person != "guan")
    held = state.roster.appointments.set("科员", without)

    assert "列席 管一鸣" in printed(replace(state, roster=replace(state.roster, appointments=held)))


LONG = date(2020, 1, 1)


def test_a_member_by_two_posts_is_named_with_both() -> None:
    play_into(MONTH, "recorded")
    state = posted(office().state, Appointment("liu", "科室负责人", "business", LONG))
    pen = pen_in(state)

    assert post_of(pen.office, state.sittings["oct"], "liu") == "副主任、业务科科室负责人"
    assert post_of(pen.office, state.sittings["oct"], "li") == "业务科科室负责人"


def test_the_chair_is_named_with_the_post_by_which_he_presides() -> None:
    play_into(MONTH, "recorded")
    state = posted(office().state, Appointment("chen", "科室负责人", "business", LONG))
    state = named(state, he="陈志远")
    pen, sitting = pen_in(state), state.sittings["oct"]

    assert post_of(pen.office, sitting, "chen") == "主任"
    assert "，陈志远（主任）主持召开" in printed(state)
    other = replace(sitting, chair="liu")
    assert post_of(pen_in(state).office, other, "chen") == "主任、业务科科室负责人"


def test_who_keeps_the_record_is_named_as_such_and_a_guest_with_all_that_they_are() -> None:
    play_into(MONTH, "recorded")
    state = office().state
    sitting, pen = state.sittings["oct"], pen_in(state)

    assert post_of(pen.office, sitting, "xiao") == "处务会秘书"
    assert post_of(pen.office, sitting, "tan") == "主任办公会秘书、办公室科员"


def test_who_reports_an_item_is_told_from_a_namesake_by_the_post_of_its_section() -> None:
    play_into(MONTH, "recorded")
    state = named(office().state, li="刘敏")
    state = posted(state, Appointment("li", "副主任", None, LONG))
    pen = pen_in(state)
    told = " ".join(record.record(pen, "oct", "").words())

    assert "刘敏（业务科）" in told
    assert "业务科科室负责人、副主任" in told, "in the list of people it cannot be told"
    assert "刘敏（业务科）汇报" in told


SIGNED_BY = ("chen",)


def test_who_signs_is_told_from_a_namesake_by_the_post_that_signs() -> None:
    play_into(MONTH, "minutes")
    set_profile(naming="names", sign_off=True)
    state = named(office().state, liu="陈志远")
    state = posted(state, Appointment("chen", "科室负责人", "business", LONG))
    sitting = state.sittings["oct"]
    out = replace(sitting, minutes=replace(sitting.minutes, signed_by=SIGNED_BY))
    pen = pen_in(state)
    told = " ".join(own(pen, out, says(pen.office, out)).words())

    assert "签发 陈志远（主任）" in told
    assert "出席 陈志远（主任）、陈志远（副主任）、曾建国" in told
    assert "陈志远（主任）主持召开" in " ".join(general(pen, out, says(pen.office, out)).words())


def test_a_namesake_with_two_posts_is_told_by_both_where_it_cannot_be_told() -> None:
    play_into(MONTH, "recorded")
    set_profile(naming="names")
    state = named(office().state, li="刘敏")
    state = posted(state, Appointment("li", "副主任", None, LONG))

    assert "、刘敏（业务科科室负责人、副主任）、周琳" in printed(state)
