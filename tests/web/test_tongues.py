"""In pages of another language a screen reader is told which words are Chinese."""

import re

import pytest

from tests.playing import client_of, play_into
from yishi.web.tongues import marked


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Item 1 关于预算的请示</p>", '<p>Item 1 <span lang="zh">关于预算的请示</span></p>'),
        ("<p>五(二)3, rule</p>", '<p><span lang="zh">五(二)</span>3, rule</p>'),
        ("<p>《规则》第3条。 Read</p>", '<p><span lang="zh">《规则》第3条。</span> Read</p>'),
        ('<a title="规则">Rules &amp; all</a>', '<a title="规则">Rules &amp; all</a>'),
        ("<title>会场</title>", "<title>会场</title>"),
        ("<textarea>\n会场</textarea>", "<textarea>\n会场</textarea>"),
        ("<option>会场</option>", "<option>会场</option>"),
    ],
)
def test_runs_of_chinese_words_are_marked_and_nothing_else(html: str, said: str) -> None:
    assert marked(html) == said
    assert marked(said) == said


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sittings/oct/room", "/sittings/oct", "/"])
def test_no_chinese_word_of_an_english_page_is_unmarked(path: str) -> None:
    play_into()

    page = client_of("chen", language="en").get(path).content.decode()

    assert page.count('<span lang="zh">') > 3
    hidden = r"<(title|option|textarea)\b.*?</\1>|<span lang=.zh.>[^<]*</span>|<[^>]*>"
    assert not re.search("[\u4e00-\u9fff]", re.sub(hidden, "", page, flags=re.DOTALL))
    assert 'lang="zh"' not in client_of("liu").get(path).content.decode()
