"""How papers look, tried in a browser: beside the form at once, or by a button without scripts."""

from tests.journeys.conftest import People
from tests.journeys.people import Person, expect
from tests.journeys.place import Place

ADDRESS = "/profiles/general"


def picture(person: Person) -> str:
    """The first page that is shown beside the form."""
    return person.page.locator(".sheets img").first.get_attribute("src") or ""


def test_what_is_typed_is_set_beside_the_form_without_loading_the_page_again(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    xiao = people("xiao").goes(ADDRESS)
    before, address = picture(xiao), xiao.page.url
    xiao.page.evaluate("document.body.dataset.same = 'yes'")

    xiao.page.get_by_label("纪要标志").fill("郴州市政务服务中心办公会纪要")
    expect(xiao.page.locator(".sheets img").first).not_to_have_attribute("src", before)

    assert xiao.page.url == address
    assert xiao.page.evaluate("document.body.dataset.same") == "yes"
    expect(xiao.page.get_by_label("纪要标志")).to_be_focused()


def test_what_no_font_has_is_told_at_its_field_until_it_is_gone(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    xiao = people("xiao").goes(ADDRESS)
    field = xiao.page.get_by_label("印发机关", exact=True)

    field.fill("张\ue123")
    told = xiao.page.locator("form#face .wrong p.error")
    expect(told).to_contain_text("U+E123")
    expect(field).to_have_attribute("aria-invalid", "true")

    field.fill("办公室")
    expect(told).to_have_count(0)


def test_without_scripts_a_button_sets_it_and_nothing_typed_is_lost(
    place: Place, people: People
) -> None:
    place.clock.to("2026-10-12 09:00")
    xiao = people("xiao", scripts=False).goes(ADDRESS)
    before = picture(xiao)

    xiao.page.get_by_label("纪要标志").fill("郴州市政务服务中心办公会纪要")
    xiao.presses("预览")

    expect(xiao.page.get_by_label("纪要标志")).to_have_value("郴州市政务服务中心办公会纪要")
    assert picture(xiao) != before
    xiao.presses("保存为新的一版").is_told("公文格式已保存")


def test_enter_in_a_field_previews_and_keeps_no_version(place: Place, people: People) -> None:
    place.clock.to("2026-10-12 09:00")
    for scripts in (True, False):
        xiao = people("xiao", scripts=scripts).goes(ADDRESS)
        before = picture(xiao)
        field = xiao.page.get_by_label("纪要标志")
        field.fill("郴州市政务服务中心回车纪要")
        field.press("Enter")

        expect(xiao.page.locator(".sheets img").first).not_to_have_attribute("src", before)
        expect(xiao.page.get_by_label("纪要标志")).to_have_value("郴州市政务服务中心回车纪要")
        expect(xiao.page.get_by_text("公文格式已保存")).to_have_count(0)
        xiao.goes(ADDRESS)
        expect(xiao.page.get_by_label("纪要标志")).to_have_value("")
