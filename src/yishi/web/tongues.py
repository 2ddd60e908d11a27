"""Chinese words in pages of another language, marked as such: a screen reader speaks them."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

PASSED: Final = re.compile(
    r"<(title|textarea|option|script|style)\b.*?</\1>|<span lang=\"zh\">[^<]*</span>|<[^>]*>|[^<]+",
    re.DOTALL,
)
"""What is passed over whole, tags, and the text between them."""

CHINESE: Final = re.compile(
    r"[《“（〔]?[\u3400-\u9fff](?:[^<>&A-Za-z]*[\u3400-\u9fff）〕》”。；，、！？)]+)?"
)
"""From the first Chinese sign to the last, with what is written between them."""


def marked(html: str) -> str:
    """The page with every run of Chinese words in its text named as Chinese."""
    return PASSED.sub(_marked, html)


def _marked(found: re.Match[str]) -> str:
    text = found.group()
    if text.startswith("<"):
        return text
    return CHINESE.sub(lambda run: f'<span lang="zh">{run.group()}</span>', text)


class Tongues:
    """Marks the Chinese words of English pages, whatever wrote them."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, its Chinese words marked where the page is in English."""
        answer = self._answer(request)
        english = getattr(request, "language", "zh") == "en"
        if english and answer.headers.get("Content-Type", "").startswith("text/html"):
            content = getattr(answer, "content", None)
            if content is not None:
                answer.content = marked(content.decode()).encode()  # type: ignore[attr-defined]
        return answer
