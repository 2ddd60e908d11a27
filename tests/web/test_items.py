"""Items: the list and its spreadsheet, one item with its life, the way in for a new one."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.playing import MONTH, PLACE, WEEK, client_of, play_into
from tests.web.pressing import press
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.journal.tables.store import TableStore
from yishi.procedure.access import Access
from yishi.procedure.convening import Convene, SetAgenda
from yishi.procedure.items import ApproveItem, CollateItem, SubmitItem, WithdrawItem
from yishi.procedure.verdict import Accepted, Message
from yishi.register.models import Finding, ItemRow, Reader
from yishi.web.office import Office

pytestmark = pytest.mark.django_db

EVERYBODY = [
    "chen",
    "liu",
    "he",
    "zeng",
    "wang",
    "li",
    "zhou",
    "wu",
    "xiao",
    "tan",
    "deng",
    "luo",
    "guan",
]


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/items/{query}").context["page"]
    return [row.title for row in page]


def sheet(client: Client, query: str = ""):
    return load_workbook(BytesIO(client.get(f"/items.xlsx{query}").content)).active


# ── the list ──────────────────────────────────────────────────────────────────────────────────


def test_the_list_shows_the_items_that_one_may_read_the_latest_first() -> None:
    play_into()

    assert titles(client_of("li")) == [
        "督查科岗位调整",
        "传达全市优化营商环境会议精神",
        "窗口叫号系统更新",
        "2027年大厅运行经费预算",
    ]


@pytest.mark.parametrize(("case", "until"), [(MONTH, "submitted"), (MONTH, ""), (WEEK, "")])
def test_list_and_spreadsheet_show_each_person_what_the_rules_let_them_read(
    case: str, until: str
) -> None:
    play_into(case, until)
    state = MEMORY.at(PLACE).state

    for person in EVERYBODY:
        client = client_of(person)
        allowed = set(
            Reader.objects.filter(thing="item", person__in=("", person)).values_list(
                "subject", flat=True
            )
        ) | {i for i, item in state.items.items() if item.submitted_by == person}
        shown = {row.subject for row in client.get("/items/").context["page"]}
        assert shown == allowed, person
        named = [row[0].value for row in sheet(client).iter_rows(min_row=2)]
        assert sorted(named) == sorted(state.items[i].title for i in allowed), person


def test_the_list_is_narrowed_by_body_state_section_words_and_to_ones_own() -> None:
    play_into(until="returned")
    xiao = client_of("xiao")

    assert titles(xiao, "?status=returned") == ["督查科岗位调整"]
    assert titles(xiao, "?unit=network") == ["2027年信息化工作计划", "窗口叫号系统更新"]
    assert titles(xiao, "?q=预算") == ["2027年大厅运行经费预算"]
    assert titles(xiao, "?body=zhurenbangonghui") == []
    assert titles(xiao, "?mine=1") == []
    assert titles(client_of("zhou"), "?mine=1") == ["督查科岗位调整"]


def test_the_spreadsheet_is_narrowed_as_the_list_is() -> None:
    play_into(until="returned")

    rows = list(sheet(client_of("xiao"), "?q=预算").iter_rows(values_only=True))

    assert rows[0][:3] == ("标题", "会议机构", "所属类别")
    assert [row[0] for row in rows[1:]] == ["2027年大厅运行经费预算"]
    assert rows[1][1:5] == (
        "处务会",
        "管理处行政、业务、后勤、财务等方面的重大问题",
        "已报送",
        "业务科",
    )
    assert f"{rows[1][6]:%Y-%m-%d %H:%M}" == "2026-10-12 09:10"


@pytest.mark.parametrize(
    "query",
    [
        "?status=nonsense&body=none&unit=none",
        "?page=999",
        "?page=x",
        "?q=%00%ff%ed%a0%80",
        "?q=" + "字" * 3000,
        "?mine=&q=%25_%27",
    ],
)
def test_nonsense_asked_of_the_list_is_no_fault(query: str) -> None:
    play_into(until="returned")

    for place in ("/items/", "/items.xlsx"):
        assert client_of("xiao").get(place + query).status_code == 200


def test_what_waits_for_the_office_and_the_approver_stands_above_the_list() -> None:
    play_into(until="returned")
    waiting = client_of("xiao").get("/items/").context["waiting"]
    assert [one["row"].act for one in waiting] == ["collate_item"] * 4
    assert client_of("chen").get("/items/").context["waiting"] == []

    assert "等您办理的议题（4）" in client_of("wang").get("/items/").content.decode()


def test_what_waits_can_be_done_from_the_list_by_one_press() -> None:
    play_into(until="returned")
    xiao = client_of("xiao")
    offer = xiao.get("/items/").context["waiting"][0]["offers"][0]
    assert offer.bare

    form = {"key": offer.key, "next": "/items/", "subject.item": offer.subject["item"]}
    answer = xiao.post(f"/do/{offer.act}", form)

    assert answer.headers["Location"] == "/items/"
    assert MEMORY.at(PLACE).state.items[offer.subject["item"]].status == "collated"


def test_the_approver_sees_what_is_to_be_approved() -> None:
    play_into(until="collated")

    waiting = client_of("chen").get("/items/").context["waiting"]

    assert [one["row"].act for one in waiting] == ["approve_item"] * 5
    assert not waiting[0]["offers"][0].bare


def test_a_stranger_is_sent_to_the_sign_in() -> None:
    for place in ("/items/", "/items.xlsx", "/submit", "/items/budget"):
        assert Client().get(place).status_code == 302


# ── one item ──────────────────────────────────────────────────────────────────────────────────


def test_an_item_is_shown_with_what_it_says_and_how_far_it_has_come() -> None:
    play_into()

    page = client_of("li").get("/items/budget")
    text = page.content.decode()

    for said in ("2027年大厅运行经费预算", "按180万元编列", "正在审议", "业务科", "督查科"):
        assert said in text
    assert [step["state"] for step in page.context["steps"]] == [
        *["done"] * 4,
        "now",
        "",
    ]


def test_its_life_says_who_did_what_when_and_by_which_clause() -> None:
    play_into()

    told = client_of("li").get("/items/budget").context["life"].told

    assert [(one.name, one.actor, one.citation.label) for one in told[:5]] == [
        ("item_submitted", "li", "三"),
        ("item_collated", "xiao", "三"),
        ("item_approved", "chen", "三"),
        ("paper_supplied", "li", "五(一)"),
        ("agenda_set", "xiao", "二"),
    ]
    assert f"{told[0].at:%Y-%m-%d %H:%M}" == "2026-10-12 09:10"


def test_who_judged_what_is_said_of_each_who_did() -> None:
    play_into()

    judged = client_of("li").get("/items/budget").context["life"].judged

    assert [(one.question, one.answer, one.person) for one in judged] == [
        ("weighty", True, "li"),
        ("weighty", True, "chen"),
    ]


def test_who_took_which_stance_does_not_stand_on_the_item() -> None:
    play_into(until="budget-heard")

    page = client_of("deng").get("/items/budget")

    names = {one.name for one in page.context["life"].told}
    assert names & {"position_stated", "turn_passed", "member_recused"} == set()
    for position in MEMORY.at(PLACE).state.sittings["oct"].deliberations["budget"].positions:
        assert str(position.words) not in page.content.decode()


def test_a_departure_stands_in_its_life_with_its_clause_and_reason() -> None:
    play_into()
    state = MEMORY.at(PLACE).state
    approved = next(
        line.entry
        for line in TableStore(PLACE).read(stream="audit")
        if line.entry.type == "approve_item" and line.entry.payload["act"]["item"] == "budget"
    )
    usual = Finding(
        institution=PLACE, seq=approved.seq, place=0, body="chuwuhui", at=state.latest,
        actor="chen", act="approve_item", status="departed", charter=approved.charter,
        rule="二/usual_day", clause="二", message="usual_day.month_end",
        params={"start": "2026-10-12T15:00:00+08:00", "days": 7}, reason="急需研究。",
    )  # fmt: skip
    usual.save()

    page = client_of("li").get("/items/budget")

    departed = [d for one in page.context["life"].told for d in one.departed]
    assert [(d.citation.label, d.reason) for d in departed] == [("二", "急需研究。")]
    assert "会议一般在每月最后7天召开；这次定在2026年10月12日15:00" in page.content.decode()


def test_why_an_item_was_returned_stands_at_its_head() -> None:
    play_into(until="returned")

    page = client_of("zhou").get("/items/posts")

    assert page.context["sent_back"][1] == "请补充岗位职责对照表。"
    assert [one["row"].act for one in page.context["awaited"]] == ["revise_item"]
    assert "/do/revise_item" in page.content.decode()


def test_a_decided_item_leads_to_its_decision_and_its_tasks() -> None:
    play_into(until="")

    text = client_of("li").get("/items/budget").content.decode()

    assert "/decisions/d-budget" in text
    assert "/tasks/t-budget" in text
    assert "印发会议纪要" in text


def test_an_item_nobody_has_or_one_may_not_read_is_the_same_page() -> None:
    play_into()
    luo = client_of("luo")

    here, nowhere = luo.get("/items/budget"), luo.get("/items/no-such")

    assert (here.status_code, nowhere.status_code) == (404, 404)
    assert plain(here.content).replace("budget", "no-such") == plain(nowhere.content)


def plain(content: bytes) -> str:
    """A page without the tokens that are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", content.decode())


def test_the_submitter_always_sees_how_far_the_item_has_come() -> None:
    play_into(until="approved")
    Reader.objects.filter(person="li").delete()

    assert "2027年大厅运行经费预算" in titles(client_of("li"))


def test_the_submitter_sees_the_state_alone_where_the_rules_close_the_rest(monkeypatch) -> None:
    play_into(until="approved")
    _closed_to(monkeypatch, "li")

    page = client_of("li").get("/items/budget")
    text = page.content.decode()

    assert page.status_code == 200
    assert "已审定" in text
    assert "按180万元编列" not in text
    assert [one.name for one in page.context["life"].told] == [
        "item_submitted",
        "item_collated",
        "item_approved",
    ]
    assert client_of("li").get("/items/platform").status_code == 404


def _closed_to(monkeypatch, person: str) -> None:
    held = Office.reads

    def reads(self, thing, subject):
        if self.person == person:
            return Access(False, Message("read_by.other"), None)
        return held(self, thing, subject)

    monkeypatch.setattr(Office, "reads", reads)


def test_an_item_that_changes_a_decision_and_the_decision_lead_to_each_other() -> None:
    play_into(WEEK, "change-decided")
    chen = client_of("chen")

    assert "/decisions/d-queue" in chen.get("/items/queue-change").content.decode()
    changed = chen.get("/items/queue").content.decode()
    later = MEMORY.at(PLACE).state.decisions["d-queue"].changed_by[0]
    assert f"/decisions/{later}" in changed


def test_words_that_were_erased_are_said_to_be() -> None:
    play_into(until="approved")
    row = ItemRow.objects.get(subject="budget")
    row.title = "\ufffc"
    row.save()

    assert "〔已删除〕" in titles(client_of("li"))


# ── a new one ─────────────────────────────────────────────────────────────────────────────────


def test_only_a_decision_that_stands_can_be_chosen_to_be_changed_and_says_its_meeting() -> None:
    play_into(WEEK, "")
    form = client_of("li").get("/do/submit_item?body=zhurenbangonghui").context["form"]
    [changes] = [one for one in form.inputs if one.name == "changes"]
    offered = {one.value: one.hint for one in changes.choices}

    assert "d-queue" not in offered
    assert "主任办公会2026年第" in offered["d-queue-2"]


def test_one_chooses_the_meeting_first_and_sees_what_comes_before_it() -> None:
    play_into()

    page = client_of("li").get("/submit")
    text = page.content.decode()

    assert [one["body"] for one in page.context["offered"]] == ["chuwuhui", "zhurenbangonghui"]
    assert "研究部署中心日常工作" in text
    assert "/do/submit_item?body=chuwuhui" in text


def test_only_the_meeting_whose_rules_say_so_wants_it_written_and_by_a_day() -> None:
    play_into()

    offered = {one["body"]: one for one in client_of("li").get("/submit").context["offered"]}

    own, other = offered["chuwuhui"], offered["zhurenbangonghui"]
    assert own["written"].citation.label == "三"
    assert own["deadline"].rule.day == 25
    assert (other["written"], other["deadline"]) == (None, None)


def test_what_is_typed_in_the_form_is_handed_in_in_writing_without_saying_so() -> None:
    play_into()
    li = client_of("li")
    form = li.get("/do/submit_item?body=chuwuhui")
    typed = {"title": "窗口轮值", "matter": "windows", "weighty": "yes", "lead_unit": "business"}
    bare = press(li, form, "submit_item", **typed)
    assert bare.status_code == 409
    assert "三" in [ground.citation.label for ground in bare.context["form"].grounds]

    assert press(li, form, "submit_item", **typed, content="试行三个月。").status_code == 302
    made = [one for one in MEMORY.at(PLACE).state.items.values() if one.title == "窗口轮值"]
    assert [one.written for one in made] == [True]


def test_beside_the_form_stand_the_rules_of_the_matter_chosen_and_the_others_folded() -> None:
    play_into()
    page = client_of("li").get("/do/submit_item?body=chuwuhui&matter=windows").content.decode()
    shown, _, folded = page.partition("<aside")[2].partition("看议题属于哪一类")
    assert "另有 8 条" not in shown
    assert shown.count("<li>") > 3
    assert folded.partition("</details>")[0].count("<li>") > 3
    assert shown.count("中心窗口管理") == 1


def test_the_form_of_each_meeting_asks_what_its_rules_turn_on_and_no_more() -> None:
    play_into()
    li = client_of("li")

    def asked(body: str) -> dict:
        return {i.name: i for i in li.get(f"/do/submit_item?body={body}").context["form"].inputs}

    own, other = asked("chuwuhui"), asked("zhurenbangonghui")
    assert {"written", "weighty", "triple_major", "within_authority"} <= set(own)
    assert {"written", "within_authority"} & set(other) == set()
    assert own["content"].demanded.label == "三"
    assert other["content"].demanded is None
    assert "inform" in {c.value for c in own["matter"].choices}
    assert "daily" not in {c.value for c in own["matter"].choices}
    assert own["lead_unit"].value == "business"


def test_who_belongs_to_no_section_is_told_why_they_cannot_submit() -> None:
    play_into()

    offered = client_of("luo").get("/submit").context["offered"]

    assert all(one["grounds"] for one in offered)
    assert client_of("luo").get("/submit").content.decode().count("submit_item?") == 0


def test_an_item_is_submitted_through_its_form_and_heads_the_list() -> None:
    play_into()
    li = client_of("li")

    answer = li.post(
        "/do/submit_item",
        {
            "subject.body": "zhurenbangonghui",
            "key": "k1",
            "next": "/items/",
            "title": "大厅取号机维护",
            "matter": "daily",
            "lead_unit": "business",
            "content": "三台取号机需要维护。",
        },
        follow=True,
    )

    assert answer.status_code == 200
    assert titles(li)[0] == "大厅取号机维护"


# ── how much it costs ─────────────────────────────────────────────────────────────────────────


def test_pages_ask_the_database_a_fixed_number_of_questions(django_assert_num_queries) -> None:
    play_into(until="returned")
    xiao = client_of("xiao")
    xiao.get("/items/")

    with django_assert_num_queries(7):
        xiao.get("/items/")
    with django_assert_num_queries(10):
        xiao.get("/items/posts")
    with django_assert_num_queries(3):
        xiao.get("/submit")
    with django_assert_num_queries(4):
        xiao.get("/items.xlsx")


def test_the_number_stays_the_same_however_much_there_is(django_assert_num_queries) -> None:
    play_into(until="returned")
    for n in range(40):
        act = SubmitItem(
            item=f"more-{n}",
            body="zhurenbangonghui",
            lead_unit="business",
            title=f"日常工作{n}",
            matter="daily",
        )
        assert isinstance(do(PLACE, "li", act).verdict, Accepted)
        if n % 2:
            do(PLACE, "li", WithdrawItem(item=f"more-{n}"))
    xiao = client_of("xiao")
    xiao.get("/items/")

    with django_assert_num_queries(7):
        page = xiao.get("/items/").context["page"]
    assert page.paginator.count == 45
    assert len(page) == 30
    with django_assert_num_queries(4):
        assert xiao.get("/items.xlsx").status_code == 200


def test_reading_changes_nothing() -> None:
    play_into()
    before = Entry.objects.count(), ItemRow.objects.count()

    for place in ("/items/", "/items/budget", "/submit", "/items.xlsx"):
        assert client_of("li").get(place).status_code == 200

    assert (Entry.objects.count(), ItemRow.objects.count()) == before


# ── what may be done about it ─────────────────────────────────────────────────────────────────


def test_what_carries_an_item_on_is_offered_before_what_stops_it() -> None:
    play_into(until="collated")

    text = client_of("chen").get("/items/budget").content.decode()

    places = [text.index(f"/do/{act}?") for act in ("approve_item", "put_off_item", "refuse_item")]
    assert places == sorted(places)
    assert text.index("/do/approve_item?") < text.index("/do/return_item?")


def test_what_is_seldom_wanted_or_stops_the_item_is_no_main_button() -> None:
    """A late item that its next meeting's agenda holds may still be let come earlier."""
    play_into(until="approved")
    at = MEMORY.at(PLACE).state.latest
    late = SubmitItem(
        item="late",
        body="chuwuhui",
        lead_unit="business",
        title="补充预算",
        matter="administration",
        written=True,
        content="补充说明。",
        proposal="按10万元编列。",
        weighty=True,
    )
    november = datetime.fromisoformat("2026-11-27T10:00+08:00")
    for who, act in (
        ("li", late),
        ("xiao", CollateItem(item="late")),
        ("chen", ApproveItem(item="late", weighty=True)),
        ("chen", Convene(sitting="nov", body="chuwuhui", starts_at=november)),
        ("xiao", SetAgenda(sitting="nov", items=("late",))),
    ):
        assert isinstance(do(PLACE, who, act, at=at + timedelta(hours=1)).verdict, Accepted)

    for person, act in (("chen", "admit_late_item"), ("li", "withdraw_item")):
        acts = client_of(person).get("/items/late").content.decode().split('class="acts"', 1)[1]
        shown = acts.partition("</div>")[0]
        button = next(one for one in re.split("<form|<a ", shown) if f"/do/{act}" in one)
        assert "main" not in button
    assert [step["state"] for step in client_of("li").get("/items/late").context["steps"]] == [
        *["done"] * 4,
        *["", ""],
    ]


def test_taking_an_item_back_is_never_done_by_a_single_press() -> None:
    play_into(until="collated")
    li = client_of("li")

    text = li.get("/items/budget").content.decode()

    assert "/do/withdraw_item?item=budget" in text
    assert 'action="/do/withdraw_item"' not in text
    assert 'action="/do/withdraw_item"' in li.get("/do/withdraw_item?item=budget").content.decode()


def test_nothing_is_offered_about_an_item_that_has_ended() -> None:
    play_into(until="")

    text = client_of("li").get("/items/budget").content.decode()

    assert "heldback" not in text
    assert "/do/" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_rule_of_another_meeting_that_reaches_here_names_its_meeting() -> None:
    play_into()

    li = client_of("li")
    text = li.get("/do/submit_item?body=zhurenbangonghui").content.decode()

    assert "处务会的规则：判断为重大的，只能由本会决定" in text
    assert "管理处干部的任免、工作岗位及职责，只能由本会决定" in text
    assert (
        "处务会的规则" not in client_of("li").get("/do/submit_item?body=chuwuhui").content.decode()
    )


def test_who_cannot_submit_is_told_only_what_no_filling_would_change() -> None:
    play_into()

    offered = client_of("luo").get("/submit").context["offered"]

    assert [[g.message.id for g in one["grounds"]] for one in offered] == [
        ["reserved_to.other"],
        ["reserved_to.other"],
    ]


def test_what_was_handed_in_comes_next_with_how_far_it_has_come() -> None:
    play_into(until="")
    li = client_of("li")
    form = li.get("/do/submit_item?body=zhurenbangonghui&next=/")

    answer = press(
        li, form, "submit_item", title="饮水机更换", matter="daily", lead_unit="business"
    )

    assert re.fullmatch(r"/items/[\w-]+", answer.headers["Location"])
    assert "饮水机更换" in li.get(answer.headers["Location"]).content.decode()


def test_every_field_that_is_wrong_is_named_above_the_form_and_leads_there() -> None:
    play_into(until="")
    li = client_of("li")

    answer = press(li, li.get("/do/submit_item?body=chuwuhui"), "submit_item")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.findall(r'<a href="#(f-[\w]+)">', page) == ["f-title", "f-matter"]
    assert all(f'id="{one}"' in page for one in ("f-title", "f-matter"))
