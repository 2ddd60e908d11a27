"""Taking papers along, and reading what they say."""

from django.test import Client

from tests.documents.reading import text, words


def got(client: Client, name: str, subject: str, about: str = "", form: str = "pdf") -> object:
    """The answer to somebody who asks for a paper."""
    between = f"{subject}/{about}" if about else subject
    return client.get(f"/documents/{name}/{between}/{form}")


def said(client: Client, name: str, subject: str, about: str = "") -> str:
    """All words of a paper without blanks, which are the same in both of its forms."""
    pdf = got(client, name, subject, about)
    docx = got(client, name, subject, about, "docx")
    assert (pdf.status_code, docx.status_code) == (200, 200), (name, subject, about)
    held = words(docx.content)
    assert _bare(text(pdf.content)) >= _bare(held) - set("—")
    return held


def _bare(said: str) -> set[str]:
    return set(said)
