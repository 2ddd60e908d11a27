"""What people do in haste: press twice, go back, load again, be at the same thing in two places."""

from pathlib import Path

from django.contrib.sessions.models import Session

from tests.journeys.conftest import People
from tests.journeys.people import Person, expect
from tests.journeys.place import Place
from tests.journeys.proof import holds

BUDGET = "2027年大厅运行经费预算"


def submits(person: Person) -> Person:
    """A form, filled in and not yet sent."""
    person.goes("/submit").follows("向处务会报送").writes("议题名称", BUDGET)
    person.chooses("属于哪一类事项", "后勤、财务").answers("是不是重大问题", "是")
    return person.picks("以书面形式报送").writes("议题内容", "测算表及说明。")


def once(place: Place) -> None:
    """There is that one item, and no other."""
    assert [item.title for item in place.state.items.values()] == [BUDGET]


def test_a_form_sent_twice_in_haste_counts_once(place: Place, people: People) -> None:
    place.clock.to("2026-10-12 09:00")
    li = submits(people("li")).double_presses("报送议题")

    li.sees(BUDGET, "已报送")
    once(place)

    li.goes_back()
    li.page.go_forward()
    li.page.reload()
    li.sees(BUDGET, "已报送")
    once(place)


def test_who_goes_back_after_sending_finds_the_form_and_what_was_sent_is_not_sent_again(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    li = submits(people("li")).presses("报送议题").is_told("已办理：报送议题")

    li.goes_back().sees("议题名称").presses("报送议题")

    li.is_told("“报送议题”已经办过了，没有重复办理")
    once(place)


def test_a_refused_form_that_is_loaded_again_is_refused_again_with_all_that_was_typed(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    li = submits(people("li"))
    li.page.get_by_label("以书面形式报送").uncheck()
    li.presses("报送议题").is_refused("议题应当以书面形式报送")

    li.page.reload()

    li.is_refused("议题应当以书面形式报送")
    expect(li.page.get_by_label("议题名称")).to_have_value(BUDGET)
    li.picks("以书面形式报送").presses("报送议题").is_told("已办理：报送议题")
    once(place)


def test_a_press_on_a_page_left_open_is_answered_by_what_has_happened_since(
    place: Place, people: People, tmp_path: Path
) -> None:
    place.clock.to("2026-10-12 09:00")
    submits(people("li")).presses("报送议题")
    here, there = people("xiao"), people("xiao", phone=True)
    wang = people("wang")
    for person in (here, there, wang):
        person.goes("/items/").follows(BUDGET)
    wang.follows("退回修改").writes("理由", "请补测算依据。")

    here.presses("汇总").is_told("已办理：汇总")
    there.presses("汇总").is_refused("现在不能这样办", "现在已汇总")
    here.follows("退回修改").writes("理由", "请补附件。").presses("退回修改")
    here.is_told("已办理：退回修改")
    wang.presses("退回修改").is_refused("现在不能这样办", "现在已退回修改", "通则")
    expect(wang.page.get_by_label("理由")).to_have_value("请补测算依据。")

    here.goes_back().sees("退回修改").goes_back().sees("已退回修改", "请补附件。")
    assert not here.has("汇总")
    holds(tmp_path / "journal")


def test_what_was_typed_while_the_session_ended_is_there_after_signing_in_again(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    li = submits(people("li"))
    Session.objects.all().delete()

    li.page.get_by_role("button", name="报送议题").click()
    li.sees("您填写的内容还在")
    assert "测算表及说明。" in li.page.content()
    assert not place.state.items
    li.signs_in()
    assert "测算表及说明。" in li.page.content()
    li.presses("报送议题").is_told("已办理：报送议题")
    once(place)
