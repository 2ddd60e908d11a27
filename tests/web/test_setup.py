"""The first start: it founds an institution, once, for whoever has the token."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.playing import play_into
from tests.web.pressing import text
from yishi.accounts import bootstrap
from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY
from yishi.journal import encode_line, verify
from yishi.journal.tables.models import Chain, Entry
from yishi.journal.tables.store import TableStore
from yishi.register.models import DecisionRow, DutyRow, Institution, TaskRow

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-9"
SHIPPED = Path(__file__).parents[2] / "charters"


@pytest.fixture(autouse=True)
def no_token_left() -> Iterator[None]:
    bootstrap._file().unlink(missing_ok=True)
    yield
    bootstrap._file().unlink(missing_ok=True)


def filled(**changed: object) -> dict[str, object]:
    return {
        "token": bootstrap.token(),
        "called": "桃源县政务服务中心",
        "slug": "taoyuan",
        "zone": "Asia/Shanghai",
        "charters": ["chuwuhui", "zhurenbangonghui"],
        "admin_name": "颜宁",
        "admin_username": "Yanning",
        "password": PASSWORD,
        "again": PASSWORD,
        "second_name": "孙梅",
        "second_username": "sunmei",
        **changed,
    }


def body(answer) -> str:
    return str(answer.content.decode())


def test_an_empty_installation_sends_everybody_to_be_set_up() -> None:
    for path in ("/", "/people/", "/sign-in", "/tasks/"):
        assert Client().get(path)["Location"] == "/setup"
    assert Client().get("/health").status_code == 200


def test_the_page_opens_with_the_token_only() -> None:
    assert Client().get("/setup").status_code == 403
    assert Client().get("/setup?token=wrong").status_code == 403
    page = Client().get(f"/setup?token={bootstrap.token()}")

    assert page.status_code == 200
    assert "处务会" in body(page)
    assert bootstrap._file().stat().st_mode & 0o077 == 0


def test_it_founds_the_institution_with_its_charters_and_two_people() -> None:
    answer = Client().post("/setup", filled(demonstration="true", demo="1"))

    assert answer.status_code == 200
    state = MEMORY.at("taoyuan").state
    assert state.called == "桃源县政务服务中心"
    assert not state.demonstration
    assert set(state.bodies) == {"general", "chuwuhui", "zhurenbangonghui"}
    posts = {a.post for each in state.roster.appointments.values() for a in each}
    assert posts == {"系统管理员", "任免复核人"}
    assert Institution.objects.get(slug="taoyuan").zone == "Asia/Shanghai"
    lines = list(TableStore("taoyuan").read())
    assert verify(map(encode_line, lines)).first_bad is None


def test_the_administrator_signs_in_and_the_second_person_sets_a_password() -> None:
    answer = Client().post("/setup", filled())
    admin, second = Client(), Client()

    signed = admin.post("/sign-in", {"username": "yanning", "password": PASSWORD})
    assert signed.status_code == 302
    assert "/do/propose_post" in body(admin.get("/people/"))
    link = answer.context["link"].split("localhost:8000")[-1]
    form = second.get(link)
    second.post(form["Location"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    signed = second.post("/sign-in", {"username": "sunmei", "password": PASSWORD})
    assert signed.status_code == 302


@pytest.mark.parametrize("post", ["", "办公室主任"])
def test_what_the_administrator_then_proposes_waits_for_the_second_person(post: str) -> None:
    Client().post("/setup", filled(second_post=post))
    state = MEMORY.at("taoyuan").state
    ids = {called: person for person, called in state.roster.people.items()}
    admin, second = Client(), Client()
    for client, name in ((admin, "颜宁"), (second, "孙梅")):
        account = Account.objects.get(person=ids[name])
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    admin.post("/do/enter_person", {"key": "a", "called": "张三"})
    (new,) = set(MEMORY.at("taoyuan").state.roster.people) - set(ids.values())
    data = {"change": "appoint", "person": new, "post": "主任", "since": "2026-01-01"}
    admin.post("/do/propose_post", {"key": "b", **data})
    (asked,) = MEMORY.at("taoyuan").state.postings
    assert "确认任免" in text(second.get("/"))
    second.post("/do/confirm_post", {"key": "c", "subject.posting": asked})

    held = MEMORY.at("taoyuan").state.roster.posts_of(new, date(2026, 6, 1))
    assert [a.post for a in held] == ["主任"]


def test_then_the_page_is_dead_and_the_token_with_it() -> None:
    token = bootstrap.token()
    Client().post("/setup", filled())

    assert Client().get(f"/setup?token={token}").status_code == 404
    again = Client().post("/setup", filled(token=token, slug="other"))
    assert again.status_code == 404
    assert "请用系统管理员的用户名和密码登录" in body(again)
    assert list(Chain.objects.values_list("slug", flat=True)) == ["taoyuan"]
    assert Client().get("/")["Location"].startswith("/sign-in")


def test_another_institution_is_set_up_beside_it_where_the_operator_asks_for_one() -> None:
    Client().post("/setup", filled())
    token = bootstrap.token(another=True)
    more = filled(token=token, slug="anren", called="安仁县政务服务中心")

    page = Client().get(f"/setup?token={token}")
    taken = Client().post("/setup", more)
    own = {"admin_username": "gao", "second_username": "huang"}
    done = Client().post("/setup", {**more, **own})

    assert page.status_code == 200
    assert "这个用户名已经用过" in body(taken)
    assert done.status_code == 200
    assert sorted(Chain.objects.values_list("slug", flat=True)) == ["anren", "taoyuan"]
    assert Client().get(f"/setup?token={token}").status_code == 404
    state = MEMORY.at("anren").state
    assert set(state.roster.people) & set(MEMORY.at("taoyuan").state.roster.people) == set()


def test_a_plain_token_opens_no_second_institution() -> None:
    Client().post("/setup", filled())

    assert Client().get(f"/setup?token={bootstrap.token()}").status_code == 404


def test_the_token_founds_one_institution_even_if_two_use_it_at_the_same_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = filled()
    monkeypatch.setattr(bootstrap, "is_token", lambda said: True)

    with bootstrap.spending():
        assert Client().post("/setup", sent).status_code == 404

    assert not Chain.objects.exists()


def test_a_founding_that_fails_leaves_the_token_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = filled()

    def fail(*asked: object) -> None:
        raise IntegrityError

    monkeypatch.setattr("yishi.web.setup.views.set_up", fail)

    assert Client().post("/setup", sent).status_code == 422
    assert bootstrap.held_token() == sent["token"]
    assert bootstrap._file().stat().st_mode & 0o077 == 0


def test_a_token_that_the_pages_may_not_read_opens_nothing_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bootstrap.token()
    monkeypatch.setattr(bootstrap, "held_token", lambda: "")

    assert Client().get("/setup?token=").status_code == 403
    assert bootstrap.token() == ""


def test_where_there_is_an_institution_there_is_no_such_page() -> None:
    play_into()

    assert Client().get(f"/setup?token={bootstrap.token()}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("called", ""),
        ("slug", "A b"),
        ("slug", "../x"),
        ("zone", "Mars/Base"),
        ("admin_name", "\x00"),
        ("admin_username", "x"),
        ("second_username", "yanning"),
        ("second_name", "颜宁"),
        ("password", "short"),
        ("again", "another"),
        ("charters", []),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(field: str, value: object) -> None:
    answer = Client().post("/setup", filled(**{field: value}))

    assert answer.status_code == 422
    assert 'class="error"' in body(answer)
    assert ("sunmei" if field != "second_username" else "Yanning") in body(answer)
    assert not Chain.objects.exists()
    assert not Account.objects.exists()


def charter(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("own.md", text.encode())


def own() -> str:
    return (SHIPPED / "general/cases/2020-01-01.md").read_text(encoding="utf-8")


def test_a_charter_of_ones_own_is_brought_along() -> None:
    answer = Client().post("/setup", filled(charters=[], files=[charter(own())]))

    assert answer.status_code == 200
    assert "guanwuhui" in MEMORY.at("taoyuan").state.bodies


@pytest.mark.parametrize(
    "text", ["没有格式的文字", own().replace("kind: majority", "kind: majoraty"), "---\nbody: x\n"]
)
def test_a_faulty_charter_is_told_line_by_line(text: str) -> None:
    answer = Client().post("/setup", filled(files=[charter(text)]))

    assert answer.status_code == 422
    assert "own.md" in body(answer)
    assert "行：" in body(answer)
    assert not Chain.objects.exists()


def test_bytes_that_are_no_text_are_told() -> None:
    file = SimpleUploadedFile("own.md", b"\xff\xfe\x00")

    assert Client().post("/setup", filled(files=[file])).status_code == 422


def test_nobody_founds_without_the_token() -> None:
    assert Client().post("/setup", filled(token="guess")).status_code == 403
    assert not Chain.objects.exists()


# ── what was before ──


def begun() -> Client:
    """A founded institution with one section, and its administrator's browser."""
    Client().post("/setup", filled())
    people = MEMORY.at("taoyuan").state.roster.people
    admin = Client()
    account = Account.objects.get(person=next(p for p, c in people.items() if c == "颜宁"))
    admin.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    section = {"called": "业务科", "unit_kind": "section", "since": "2020-01-01"}
    admin.post("/do/open_unit", {"key": "u", **section})
    return admin


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    heads = ("类别", "会议", "日期", "第几次会议", "纪要文号", "标题", "内容", "结果")
    book = Workbook()
    assert book.active is not None
    for row in ((*heads, "责任科室、窗口", "责任人", "办结时限"), *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("before.xlsx", out.getvalue())


NUMBERS = ("届次文号", "处务会", "2026-01-01", 7, 6)
DECISION = ("决定", "处务会", "2026-01-20", 1, "", "年度计划", "同意年度计划。", "通过", "业务科")
TASK = ("任务", "处务会", "2026-01-20", 1, "", "", "分解计划", "", "业务科", "孙梅", "2027-01-31")


def test_what_was_before_comes_in_is_marked_and_goes_on() -> None:
    admin = begun()
    preview = admin.post("/people/before", {"sheet": sheet(NUMBERS, DECISION, TASK)})
    assert preview.status_code == 200

    answer = admin.post("/people/before", {"plan": preview.context["signed"]})

    assert answer.status_code == 302
    state = MEMORY.at("taoyuan").state
    assert state.bodies["chuwuhui"].numbers[2026] == 7
    assert state.bodies["chuwuhui"].minutes[2026] == 6
    (sitting,) = state.sittings.values()
    assert sitting.kind == "before"
    assert TaskRow.objects.get(words="分解计划").status == "open"
    assert DecisionRow.objects.get(title="年度计划").outcome == "adopt"
    wanted = {"complete_task", "plan_task"}
    assert wanted & set(DutyRow.objects.filter(kind="task").values_list("act", flat=True))


def test_what_was_before_is_called_so_on_every_page_and_sheet_that_tells_of_it() -> None:
    admin = begun()
    preview = admin.post("/people/before", {"sheet": sheet(DECISION)})
    admin.post("/people/before", {"plan": preview.context["signed"]})
    (item,) = MEMORY.at("taoyuan").state.items

    for path in ("/items/", f"/items/{item}"):
        said = text(admin.get(path))
        assert "从前的数据" in said
        assert "before" not in said
    cells = load_workbook(BytesIO(admin.get("/items.xlsx").content)).active
    assert [c.value for c in cells[2]][2] == "从前的数据"

    # Its minutes have no number here.
    assert "0号" not in text(admin.get("/sittings/"))
    cells = load_workbook(BytesIO(admin.get("/sittings.xlsx").content)).active
    assert [c.value for c in cells[2]][-1] == "已印发"


def test_its_template_fits_itself() -> None:
    admin = begun()
    answer = admin.get("/people/before/template.xlsx")
    file = SimpleUploadedFile("t.xlsx", answer.content)

    assert admin.post("/people/before", {"sheet": file}).status_code == 200


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("什么", *NUMBERS[1:]), "类别应当是"),
        (("决定", "没有这个会", *DECISION[2:]), "会议应当是"),
        ((*DECISION[:2], "2099-01-01", *DECISION[3:]), "不是从前的数据"),
        ((*DECISION[:7], "也许", "业务科"), "结果应当是"),
        ((*DECISION[:5], "", "", "通过", "业务科"), "没有写全"),
        ((*TASK[:8], "没有的科", "孙梅"), "没有“没有的科”"),
        ((*TASK[:9], "无此人"), "没有无此人这个人"),
        ((*NUMBERS[:3], "七", 6), "不超过四位的数字"),
    ],
)
def test_each_wrong_line_is_told(row: tuple[object, ...], said: str) -> None:
    admin = begun()
    before = Entry.objects.count()

    answer = admin.post("/people/before", {"sheet": sheet(DECISION, row)})

    assert answer.status_code == 422
    assert said in body(answer)
    assert Entry.objects.count() == before


def test_nobody_else_brings_anything_in() -> None:
    begun()
    people = MEMORY.at("taoyuan").state.roster.people
    second = Client()
    account = Account.objects.get(person=next(p for p, c in people.items() if c == "孙梅"))
    second.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    assert second.get("/people/before").status_code == 404
    assert second.get("/people/before/template.xlsx").status_code == 404


def test_a_plan_for_people_is_none_for_what_was_before() -> None:
    admin = begun()
    preview = admin.post("/people/before", {"sheet": sheet(NUMBERS)})

    answer = admin.post("/people/import", {"plan": preview.context["signed"]})

    assert answer.status_code == 422
