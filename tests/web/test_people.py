"""The roster on pages: who sees it, who keeps it, the second person, accounts, the sheet."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from tests.playing import PLACE, client_of, play_into
from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.outbox.delivery import deliver
from yishi.outbox.models import Message
from yishi.register.models import DutyRow

pytestmark = pytest.mark.django_db

POSTS = "general/cases/20-posts.yaml"
HEADS = ("姓名", "用户名", "邮箱", "职务", "科室、窗口", "科室或者窗口", "起始日期")


@pytest.fixture
def waiting() -> None:
    """A change of posts waits: Yan proposed to make Wei head of the children's section."""
    play_into(POSTS, "proposed")


def body(answer) -> str:
    return str(answer.content.decode())


def entries() -> int:
    return Entry.objects.count()


# ── the page ──


def test_everybody_sees_units_people_and_bodies(waiting: None) -> None:
    page = body(client_of("hao").get("/people/"))

    assert "古籍部" in page
    assert "高岩" in page
    assert "馆务会" in page
    assert "提出任免</a>" not in page
    assert "/people/accounts/" not in page


def test_the_administrator_gets_the_acts_of_keeping(waiting: None) -> None:
    page = body(client_of("yan").get("/people/"))

    for name in ("enter_person", "open_unit", "close_unit", "propose_post"):
        assert f"/do/{name}" in page
    assert "/people/accounts/" in page


@pytest.mark.parametrize("person", ["hao", "yan"])
@pytest.mark.parametrize("page", ["/people/", "/people/changes/", "/people/of/hao"])
def test_a_page_asks_the_same_few_questions_whoever_asks(
    waiting: None,
    django_assert_num_queries: Callable,
    person: str,
    page: str,
) -> None:
    client = client_of(person)
    client.get("/people/")
    expected = 3 + (page != "/people/") + (page == "/people/of/hao" and person == "yan")

    with django_assert_num_queries(expected):
        client.get(page)


def test_a_person_has_posts_through_time_and_places_in_bodies(waiting: None) -> None:
    page = body(client_of("hao").get("/people/of/gao"))

    assert "部门负责人" in page
    assert "2020年1月1日" in page
    assert "组成人员" in page


@pytest.mark.parametrize("path", ["/people/of/nobody", "/people/changes/none", "/people/of/%00"])
def test_an_unknown_subject_is_no_page(waiting: None, path: str) -> None:
    assert client_of("yan").get(path).status_code == 404


def test_everything_goes_into_a_sheet(waiting: None) -> None:
    answer = client_of("hao").get("/people/export.xlsx")

    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["姓名", "职务", "科室、窗口", "起始日期", "截止日期"]
    assert ["林远", "馆长"] in [row[:2] for row in rows]
    assert "魏兰" in [row[0] for row in rows]


# ── a change of posts ──


def press(person: str, act: str) -> str:
    data = {"subject.posting": "c1", "key": f"{act}-{person}"}
    answer = client_of(person).post(f"/do/{act}", data)
    return "" if answer.status_code == 302 else body(answer)


def test_a_second_person_confirms_and_the_post_is_held(waiting: None) -> None:
    assert DutyRow.objects.filter(act="confirm_post", person="sun", subject="c1").exists()
    assert not DutyRow.objects.filter(act="confirm_post", person__in=("yan", "wei")).exists()
    assert "确认任免" in body(client_of("sun").get("/people/changes/c1"))

    assert press("sun", "confirm_post") == ""

    held = [a.post for a in MEMORY.at(PLACE).state.roster.posts_of("wei", date(2026, 12, 1))]
    assert held == ["部门负责人"]
    assert not DutyRow.objects.filter(act="confirm_post").exists()


def test_who_proposed_it_and_whom_it_concerns_do_not(waiting: None) -> None:
    assert "颜宁是提出的人" in press("yan", "confirm_post")
    assert "魏兰是本人" in press("wei", "confirm_post")
    assert not list(MEMORY.at(PLACE).state.roster.posts_of("wei", date(2026, 12, 1)))


def test_the_form_proposes_and_refuses_with_its_clause(waiting: None) -> None:
    yan = client_of("yan")
    data = {"change": "appoint", "person": "yan", "post": "副馆长", "since": "2026-12-01"}

    refused = yan.post("/do/propose_post", {"key": "a", **data})
    done = yan.post("/do/propose_post", {"key": "b", **data, "person": "mo", "post": "司机"})

    assert refused.status_code == 409
    assert "不得兼任" in body(refused)
    assert "第十九条" in body(refused)
    assert "副馆长" in body(refused)
    assert done.status_code == 302


def test_nobody_else_proposes(waiting: None) -> None:
    assert "由系统管理员办理" in body(client_of("lin").get("/do/propose_post"))


# ── accounts ──


def handle(person: str, what: str, by: str = "yan", **data: str):
    return client_of(by).post(f"/people/accounts/{person}/{what}", data)


def test_an_account_is_made_without_a_password_and_no_link_is_shown(waiting: None) -> None:
    answer = handle("wei", "make", username="Weilan")

    account = Account.objects.get(person="wei")
    assert account.username == "weilan"
    assert not account.has_usable_password()
    assert "/set-password/" not in body(answer)
    assert [h.what for h in account.handled.order_by("id")] == ["made", "password_asked"]


def test_where_there_is_an_address_the_link_goes_to_its_owner_only(
    waiting: None,
    settings,
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    client_of("wei", email="wei@example.org")
    answer = handle("wei", "link")

    assert answer.status_code == 302
    row = Message.objects.get(channel="mail")
    assert "set-password" not in f"{row.link}{row.params}"
    deliver(PLACE, MEMORY.at(PLACE).state)
    assert mail.outbox[0].to == ["wei@example.org"]
    assert "/set-password/" in mail.outbox[0].body


@pytest.mark.parametrize("what", ["link", "stop", "restore", "unlock", "address", "make"])
@pytest.mark.parametrize("by", ["lin", "sun", "hao"])
def test_nobody_but_the_administrator_touches_accounts(waiting: None, what: str, by: str) -> None:
    client_of("gao")
    before = list(Account.objects.exclude(person=by).order_by("id").values())

    assert handle("gao" if what != "make" else "wei", what, by=by).status_code == 404
    assert client_of(by).get("/people/accounts/").status_code == 404
    assert list(Account.objects.exclude(person=by).order_by("id").values()) == before


@pytest.mark.parametrize("what", ["link", "stop", "address"])
def test_the_administrator_does_nothing_to_the_own_account(waiting: None, what: str) -> None:
    assert handle("yan", what).status_code == 404


@pytest.mark.parametrize(
    ("username", "email", "said"),
    [
        ("x", "", "两个以上的字母"),
        ("demo-yan", "", "不重复使用"),
        ("weilan", "no-address", "邮箱写得不对"),
        ("weilan", f"wei@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 60}.example.org", "邮箱写得不对"),
    ],
)
def test_what_is_typed_wrongly_is_said_and_kept(
    waiting: None, username: str, email: str, said: str
) -> None:
    answer = handle("wei", "make", username=username, email=email)

    assert answer.status_code == 422
    assert said in body(answer)
    assert f'value="{username}"' in body(answer)
    assert not Account.objects.filter(person="wei").exists()


def test_two_who_give_the_same_name_at_the_same_moment_get_one_account(
    waiting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yishi.accounts.keeping.fit_name", lambda said: "demo-yan")

    answer = handle("wei", "make", username="demo-yan")

    assert answer.status_code == 422
    assert "不重复使用" in body(answer)
    assert not Account.objects.filter(person="wei").exists()


def test_an_account_is_made_once_however_often_the_button_is_pressed(waiting: None) -> None:
    first = handle("wei", "make", username="weilan")
    before = list(Account.objects.filter(person="wei").values())

    again = client_of("yan").post("/people/accounts/wei/make", {"username": "weilan2"}, follow=True)

    assert first.status_code in (200, 302)
    assert again.status_code == 200
    assert "魏兰已经有账号，没有重复建立" in body(again)
    assert list(Account.objects.filter(person="wei").values()) == before


def test_a_stopped_account_is_out_and_may_be_restored(waiting: None) -> None:
    gao = client_of("gao")

    handle("gao", "stop")
    assert gao.get("/").status_code == 302
    handle("gao", "restore")

    assert client_of("gao").get("/").status_code == 200


def test_of_another_institution_there_is_no_account(waiting: None) -> None:
    Account.objects.create_user("else", None, institution="elsewhere", person="gao")

    assert handle("gao", "stop").status_code == 404
    assert Account.objects.get(username="else").is_active


# ── the sheet ──


def sheet(*rows: tuple, heads: tuple = HEADS) -> SimpleUploadedFile:
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("people.xlsx", out.getvalue())


def upload(*rows: tuple, by: str = "yan", **kept: tuple):
    return client_of(by).post("/people/import", {"sheet": sheet(*rows, **kept)})


def test_the_template_fits_itself(waiting: None) -> None:
    answer = client_of("yan").get("/people/import/template.xlsx")
    again = SimpleUploadedFile("template.xlsx", answer.content)

    preview = client_of("yan").post("/people/import", {"sheet": again})

    assert preview.status_code == 200
    assert "没有问题" in body(preview)


def test_a_sound_sheet_is_shown_and_then_brought_in_as_acts(waiting: None) -> None:
    before = entries()
    preview = upload(
        ("张三", "zhangsan", "z@example.org", "馆员", "数字部", "科室", date(2026, 11, 20)),
        ("张三", "zhangsan", "", "数字部负责人", "数字部", "", "2026-11-20"),
        ("郝明", "", "", "组长", "借阅部", "", "2026年11月20日"),
        ("", "", "", "", "咨询窗口", "窗口", ""),
    )
    assert preview.status_code == 200
    assert entries() == before

    answer = client_of("yan").post("/people/import", {"plan": preview.context["signed"]})

    assert answer.status_code == 302
    state = MEMORY.at(PLACE).state
    assert {"数字部", "咨询窗口"} <= {u.name for u in state.roster.units.values()}
    assert list(state.roster.people.values()).count("张三") == 1
    waits = [p.post for p in state.postings.values() if p.status == "proposed" and p.id != "c1"]
    assert sorted(waits) == sorted(["馆员", "数字部负责人", "组长"])
    account = Account.objects.get(username="zhangsan")
    assert state.roster.people[account.person] == "张三"
    assert not account.has_usable_password()


def test_each_wrong_line_is_told_with_its_reason_and_nothing_is_brought_in(waiting: None) -> None:
    before = entries()
    answer = upload(
        ("张三", "", "", "馆员", "新科室", "", "2026-11-20"),
        ("李四", "", "", "馆员", "借阅部", "", "11月20日"),
        ("", "lisi", "", "", "", "", ""),
        ("颜宁", "", "", "副馆长", "", "", "2026-11-20"),
        ("王五", "demo-yan", "", "馆员", "借阅部", "", ""),
        ("赵六", "", "", "馆员", "借阅部", "", "2026-11-20"),
    )

    page = body(answer)
    assert answer.status_code == 422
    assert "有 4 行不对" in page
    for said in ("请写明是科室还是窗口", "11月20日", "没有写姓名", "不得兼任"):
        assert said in page
    assert "plan" not in (answer.context["signed"] or "")
    assert answer.context["signed"] == ""
    assert entries() == before


def test_an_address_in_a_sheet_has_to_be_one_that_mail_can_go_to(waiting: None) -> None:
    bad = "z@example.org\nBcc: all@example.org"

    assert "邮箱写得不对" in body(upload(("张三", "zhangsan", bad, "馆员", "借阅部", "", "")))


def test_two_of_one_name_need_their_usernames(waiting: None) -> None:
    client_of("hao")
    yan = client_of("yan")
    for key, called in (("a", "李四"), ("b", "王五"), ("c", "李四")):
        yan.post("/do/enter_person", {"key": key, "called": called})

    assert "有几个人叫李四" in body(upload(("李四", "", "", "馆员", "借阅部", "", "")))


def test_when_one_act_does_not_stand_any_more_none_is_done(waiting: None) -> None:
    preview = upload(
        ("张三", "zhangsan", "", "馆员", "借阅部", "", "2026-11-20"),
        ("魏兰", "", "", "馆员", "少儿部", "", "2026-11-20"),
    )
    yan = client_of("yan")
    yan.post("/do/close_unit", {"key": "c", "unit": "children", "until": "2026-11-19"})
    Account.objects.create_user("zhangsan", None, institution=PLACE, person="bai")
    before = entries()

    answer = yan.post("/people/import", {"plan": preview.context["signed"]})

    assert answer.status_code == 409
    assert entries() == before
    assert "张三" not in MEMORY.at(PLACE).state.roster.people.values()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.xlsx", b"not a sheet"),
        SimpleUploadedFile("a.xlsx", b"PK\x03\x04broken"),
        SimpleUploadedFile("a.xlsx", b""),
        sheet(("a", "b"), heads=("x", "y")),
    ],
)
def test_a_file_that_is_no_such_sheet_is_told(waiting: None, file: SimpleUploadedFile) -> None:
    file.seek(0)
    answer = client_of("yan").post("/people/import", {"sheet": file})

    assert answer.status_code == 422
    assert 'role="alert"' in body(answer)


def test_a_plan_that_was_tampered_with_or_is_another_persons_is_not_done(waiting: None) -> None:
    preview = upload(("张三", "", "", "馆员", "借阅部", "", ""))
    signed = preview.context["signed"]
    before = entries()

    assert client_of("yan").post("/people/import", {"plan": f"{signed}x"}).status_code == 422
    assert client_of("lin").post("/people/import", {"plan": signed}).status_code == 404
    assert entries() == before


@pytest.mark.parametrize("path", ["/people/import", "/people/import/template.xlsx"])
def test_nobody_else_imports(waiting: None, path: str) -> None:
    assert client_of("lin").get(path).status_code == 404


# ── a task, a sitting, a charter ──


def test_a_leaving_persons_task_goes_to_another_owner_from_their_page() -> None:
    play_into("general/cases/library.yaml", "planned")
    xu = client_of("xu")
    assert "/do/hand_over_task" in body(xu.get("/people/of/xu"))
    assert "/do/hand_over_task" not in body(client_of("hao").get("/people/of/xu"))

    data = {"subject.task": "t1", "key": "k", "owner": "hao", "reason": "调离。"}
    answer = xu.post("/do/hand_over_task", data)

    assert answer.status_code == 302
    assert MEMORY.at(PLACE).state.tasks["t1"].owner == "hao"
    assert Message.objects.filter(person="hao", kind="outbox.handed_over").exists()


def test_each_section_is_asked_for_its_receipt_of_an_amended_charter() -> None:
    play_into("general/cases/18-enacting.yaml", "enacted")
    owed = DutyRow.objects.filter(act="receive_charter")
    assert set(owed.values_list("person", flat=True)) >= {"xu", "gao", "sun"}

    data = {"subject.body": "guanwuhui", "key": "k", "unit": "circulation"}
    assert client_of("hao").post("/do/receive_charter", data).status_code == 302

    assert not owed.filter(person="xu").exists()
    assert owed.filter(person="gao").exists()
    repeated = client_of("xu").post("/do/receive_charter", {**data, "key": "l"})
    assert "现在已回执" in body(repeated)


def test_a_sheet_brought_in_twice_by_a_double_click_is_brought_in_once_and_says_so(
    waiting: None,
) -> None:
    yan = client_of("yan")
    preview = yan.post("/people/import", {"sheet": sheet(("魏然", "", "", "", "", "", ""))})
    plan = {"plan": preview.context["signed"]}

    first = yan.post("/people/import", plan)
    kept = entries()
    second = yan.post("/people/import", plan, follow=True)

    assert first.status_code == 302
    assert entries() == kept
    assert "没有重复导入" in body(second)


def test_an_empty_sheet_and_one_of_what_is_there_already_are_told_apart_from_wrong_ones(
    waiting: None,
) -> None:
    yan = client_of("yan")

    assert "还没有填写" in body(yan.post("/people/import", {"sheet": sheet()}))
    there = yan.post("/people/import", {"sheet": sheet(("", "", "", "", "综合部", "", ""))})
    assert "已经有了，没有需要导入的" in body(there)
    assert "有 0 行不对" not in body(there)


def test_a_name_longer_than_any_is_told_in_its_line(waiting: None) -> None:
    yan = client_of("yan")

    answer = yan.post("/people/import", {"sheet": sheet(("魏" * 201, "", "", "", "", "", ""))})

    assert answer.status_code == 422
    assert "最多200个字" in body(answer)
