"""Words and addresses in templates: looked up once, and the same as ever."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from yishi.web.addresses import address
from yishi.web.office import CATALOGUES


def rendered(source: str, language: str = "zh", **said: object) -> str:
    context = Context({"catalogue": CATALOGUES[language], "language": language, **said})
    return Template(source).render(context)


def test_one_template_speaks_the_language_of_each_page() -> None:
    template = Template('{% say "nav.tasks" %}|{% word "fields" "owner" %}')
    said = {
        language: template.render(Context({"catalogue": words}))
        for language, words in CATALOGUES.items()
    }

    for language, words in CATALOGUES.items():
        text, field = words.text("page.nav.tasks"), words.word("fields", "owner")
        assert said[language] == f"{text}|{field}"
    assert said["zh"] != said["en"]


def test_words_kept_under_a_name_and_words_by_a_variable_are_said_as_before() -> None:
    words = CATALOGUES["en"]

    assert rendered('{% say "nav.tasks" as it %}[{{ it }}]', "en") == (
        f"[{words.text('page.nav.tasks')}]"
    )
    assert rendered('{% word "fields" key %}', "en", key="owner") == words.word("fields", "owner")
    assert rendered("{% word table key %}", "en", table="x", key="<b>") == "&lt;b&gt;"


def test_an_address_is_the_one_that_django_gives_and_stays_with_its_mount() -> None:
    assert rendered("{% url 'desk' %}") == reverse("desk")
    assert rendered("{% url 'task' key %}", key="a-1") == reverse("task", args=["a-1"])
    assert address("task", "a-1") == address("task", "a-1")
    try:
        set_script_prefix("/yishi/")
        assert address("task", "a-1") == reverse("task", args=["a-1"])
        assert address("task", "a-1").startswith("/yishi/")
    finally:
        set_script_prefix("/")
    with pytest.raises(NoReverseMatch):
        address("nowhere")


def test_a_state_is_a_tag_whose_words_are_escaped() -> None:
    tag = rendered("{% status 'task' key %}", "en", key="open")

    assert (
        tag == f'<span class="tag task-open">{CATALOGUES["en"].word("states.task", "open")}</span>'
    )
    assert "&lt;" in rendered("{% status 'task' key %}", "en", key="<i>")
