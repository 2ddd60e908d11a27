"""Log lines tell where something went wrong and nothing about anybody."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError
from django.test import Client

from tests.playing import client_of, play_into
from yishi.accounts.links import one_time_path
from yishi.accounts.models import Account
from yishi.site.logs import JsonLines, ServerLog

pytestmark = pytest.mark.django_db

TITLE, REASON, SOUGHT = "关于王某某补助的请示", "他的病历号是四一二七", "四三〇四一九七五"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What would stand in the log, the talkative levels too."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logging.root.addHandler(handler)
    before = logging.root.level
    logging.root.setLevel(logging.INFO)
    yield out
    logging.root.setLevel(before)
    logging.root.removeHandler(handler)


def told(lines: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def plain(lines: io.StringIO) -> str:
    """The lines without the escapes behind which words could hide."""
    return "\n".join(str(line) for line in told(lines)) + lines.getvalue()


def test_the_site_writes_these_lines() -> None:
    assert any(isinstance(h.formatter, JsonLines) for h in logging.root.handlers)


def test_a_fault_in_a_form_leaves_none_of_its_words(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_into()
    client = client_of("li")
    client.raise_request_exception = False

    def broken(institution: str, person: str, act: object, **more: object) -> None:
        try:
            raise KeyError(getattr(act, "title", ""))
        except KeyError as error:
            error.add_note(f"for {person}")
            raise IntegrityError(f"DETAIL: Key (title)=({act!r}) {more}") from error

    monkeypatch.setattr("yishi.web.acts.views.do", broken)
    data = {"subject.body": "zhurenbangonghui", "key": "k", "title": TITLE, "reason": REASON}
    data |= {"matter": "daily", "lead_unit": "business", "content": REASON}
    answer = client.post(f"/do/submit_item?q={SOUGHT}", data)

    assert answer.status_code == 500
    fault = next(line for line in told(lines) if "trace" in line)
    assert fault["page"] == "do/<slug:name>"
    assert fault["status_code"] == 500
    kinds = [one["error"] for one in fault["trace"]]
    assert kinds == ["django.db.utils.IntegrityError", "builtins.KeyError"]
    assert any("yishi.web.acts.views._done:" in place for place in fault["trace"][0]["places"])
    for secret in (TITLE, REASON, SOUGHT, "title)=", "for li"):
        assert secret not in plain(lines)


def test_a_search_a_link_and_a_wrong_password_leave_no_trace(lines: io.StringIO) -> None:
    play_into()
    chen = Account.objects.create_user("chen", "a-long-password-9", institution="demo", person="c")
    path = one_time_path(chen)

    client_of("li").get(f"/items/?q={SOUGHT}")
    client_of("li").get(f"/{SOUGHT}")
    Client().get(path + "x")
    Client().get(path, headers={"host": f"{SOUGHT}.example"})
    Client().post("/sign-in", {"username": "chen", "password": SOUGHT})

    assert told(lines)
    for secret in (SOUGHT, path.rsplit("/", 1)[1], "chen", "127.0.0.1"):
        assert secret not in plain(lines)


def test_the_serving_processes_name_nobody_who_asks(capfd: pytest.CaptureFixture[str]) -> None:
    from gunicorn.config import Config

    log = ServerLog(Config())
    try:
        raise ValueError(SOUGHT)
    except ValueError:
        log.exception("Error handling request %s %s", "GET", f"/items/?q={SOUGHT}")
    log.warning("Invalid request from ip=10.1.2.3: " + SOUGHT)  # noqa: G003
    log.info("Booting worker with pid: %s", 7)

    said = capfd.readouterr().err
    assert [json.loads(line)["level"] for line in said.splitlines()] == ["error", "warning", "info"]
    assert "builtins.ValueError" in said
    assert SOUGHT not in said
    assert "10.1.2.3" not in said
    log.error_log.handlers.clear()


def test_a_full_disk_is_told_by_its_number(lines: io.StringIO) -> None:
    try:
        raise OSError(28, f"No space left: {TITLE}")
    except OSError:
        logging.getLogger("yishi.papers").exception("shelf")

    line = told(lines)[-1]
    assert line["message"] == "shelf"
    assert line["trace"][0]["error"] == "builtins.OSError 28"
    assert TITLE not in plain(lines)
