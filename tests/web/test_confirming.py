"""The posts of an import confirmed in one go: an act each, and what is refused said one by one."""

import re
from collections.abc import Callable

import pytest

from tests.playing import PLACE, client_of, play_into
from tests.web.test_people import upload
from yishi.clerk.door import do
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Entry
from yishi.procedure.kinds import ACTS
from yishi.procedure.staffing import ConfirmPost

pytestmark = pytest.mark.django_db

PAGE = "/people/confirm"


@pytest.fixture
def imported() -> list[str]:
    """Four posts have come in from a sheet, one of them for Sun, who confirms; c1 waited before."""
    play_into("general/cases/20-posts.yaml", "proposed")
    before = set(MEMORY.at(PLACE).state.postings)
    preview = upload(
        ("张三", "", "", "馆员", "数字部", "科室", "2026-11-20"),
        ("李四", "", "", "馆员", "数字部", "", "2026-11-20"),
        ("王五", "", "", "组长", "数字部", "", "2026-11-20"),
        ("孙梅", "", "", "组长", "数字部", "", "2026-11-20"),
    )
    assert preview.status_code == 200, preview.content.decode()
    client_of("yan").post("/people/import", {"plan": preview.context["signed"]})
    return [key for key in MEMORY.at(PLACE).state.postings if key not in before]


def status() -> dict[str, str]:
    return {key: one.status for key, one in MEMORY.at(PLACE).state.postings.items()}


def audits(outcome: str) -> int:
    rows = Entry.objects.filter(chain=PLACE, type="confirm_post").values_list("body", flat=True)
    return sum(f'"{outcome}"'.encode() in bytes(body) for body in rows)


def test_the_page_shows_what_came_in_together_and_the_list_leads_to_it(imported: list[str]) -> None:
    sun = client_of("sun")
    listed, page = sun.get("/people/changes/").content.decode(), sun.get(PAGE)

    batches = page.context["batches"]
    mine = {one.person for batch in batches for one in batch.postings}
    assert f'href="{PAGE}"' in listed
    assert "sun" not in mine
    assert sorted(len(batch.postings) for batch in batches) == [1, 3]
    assert page.content.decode().count(" checked>") == 4


def test_one_press_confirms_each_by_an_act_of_its_own(imported: list[str]) -> None:
    sun = client_of("sun")
    page = sun.get(PAGE)
    batch = max(page.context["batches"], key=lambda one: len(one.postings))
    keys = [one.id for one in batch.postings]

    answer = sun.post(PAGE, {"posting": keys})

    assert answer.status_code == 302
    assert [status()[key] for key in keys] == ["confirmed"] * 3
    assert audits("accepted") == 3
    assert "已确认 3 项任免" in sun.get("/people/changes/").content.decode()
    roster = MEMORY.at(PLACE).state.roster
    assert all(list(roster.posts_of(one.person, one.since)) for one in batch.postings)

    again = sun.post(PAGE, {"posting": keys})
    assert again.status_code == 302
    assert audits("accepted") == 3


def test_people_of_one_post_stand_in_the_order_of_the_sheet_however_they_are_ticked() -> None:
    play_into("general/cases/20-posts.yaml", "proposed")
    names = ["赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八"]
    rows = [(name, "", "", "馆员", "数字部", "科室", "2026-11-20") for name in names]
    preview = upload(*rows)
    client_of("yan").post("/people/import", {"plan": preview.context["signed"]})
    sun = client_of("sun")
    [batch] = [b for b in sun.get(PAGE).context["batches"] if len(b.postings) > 1]
    called = MEMORY.at(PLACE).state.roster.people
    assert [called[one.person] for one in batch.postings] == names

    sun.post(PAGE, {"posting": [one.id for one in reversed(batch.postings)]})

    roster = MEMORY.at(PLACE).state.roster
    unit = batch.postings[0].unit
    held = roster.holding(("馆员",), batch.postings[0].since, unit)
    assert [roster.people[one.person] for one in held] == names


def test_what_is_refused_is_named_with_its_ground_and_the_others_stand(imported: list[str]) -> None:
    own = next(k for k in imported if MEMORY.at(PLACE).state.postings[k].person == "sun")
    others = [key for key in imported if key != own]
    sun = client_of("sun")

    answer = sun.post(PAGE, {"posting": [others[0], own, others[1], "no-such"]})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已确认 2 项任免" in page
    assert "有 1 项没有确认" in page
    assert "孙梅是本人" in page
    assert "第十九条" in page
    assert [status()[key] for key in (others[0], own, others[1], others[2])] == [
        "confirmed",
        "proposed",
        "confirmed",
        "proposed",
    ]
    assert f'value="{others[2]}"' in page
    assert audits("refused") == 1


def test_one_that_somebody_else_has_settled_meanwhile_is_told(imported: list[str]) -> None:
    own = next(k for k in imported if MEMORY.at(PLACE).state.postings[k].person == "sun")
    first, second = [key for key in imported if key != own][:2]
    sun = client_of("sun")
    sun.get(PAGE)
    decline = ACTS["decline_post"](posting=first)
    do(PLACE, "sun", decline, reason="任职文件没有写。")

    answer = sun.post(PAGE, {"posting": [first, second]})

    assert answer.status_code == 409
    assert status()[first] == "declined"
    assert status()[second] == "confirmed"
    assert f"/people/changes/{first}" in answer.content.decode()


@pytest.mark.parametrize("person", ["yan", "bai"])
def test_whoever_does_not_confirm_has_no_such_page_and_confirms_nothing(
    imported: list[str], person: str
) -> None:
    client, before = client_of(person), status()

    page = client.get(PAGE)
    answer = client.post(PAGE, {"posting": imported})

    assert page.status_code == 302
    assert answer.status_code == 409
    assert status() == before
    assert f'href="{PAGE}"' not in client.get("/people/changes/").content.decode()


def test_with_nothing_ticked_or_nothing_there_nothing_is_done(imported: list[str]) -> None:
    sun, before = client_of("sun"), status()

    assert sun.post(PAGE, {}).status_code == 422
    assert sun.post(PAGE, {"posting": ["no-such", "\x00"]}).status_code == 404
    assert status() == before


def test_the_page_asks_the_same_few_questions_however_many_wait(
    imported: list[str], django_assert_num_queries: Callable
) -> None:
    sun = client_of("sun")
    sun.get(PAGE)

    with django_assert_num_queries(4):
        sun.get(PAGE)
    do(PLACE, "sun", ConfirmPost(posting=imported[0]))
    sun.get(PAGE)
    with django_assert_num_queries(4):
        sun.get(PAGE)


def test_of_two_people_of_one_name_the_confirmer_sees_what_each_holds(imported: list[str]) -> None:
    page = client_of("sun").get(PAGE)
    rows = page.content.decode().split("<tr>")

    held = [row for row in rows if "没有任职" in row]
    assert len(held) >= 2
    assert all(re.search(r'href="/people/of/\w+">没有任职', row) for row in held)
    listed = client_of("sun").get("/people/changes/").content.decode()
    assert "现任：" in listed


def test_unit_and_post_stand_whole_beside_each_other(imported: list[str]) -> None:
    preview = upload(("钱七", "", "", "部门负责人", "数字部", "", "2026-11-20"))
    client_of("yan").post("/people/import", {"plan": preview.context["signed"]})

    assert "任命钱七为数字部部门负责人" in client_of("sun").get("/people/changes/").content.decode()
