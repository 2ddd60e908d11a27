"""Log lines tell where something went wrong and nothing about anybody."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

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

    monkeypatch.setattr("yishi.web.acts.doing.do", broken)
    data = {"subject.body": "zhurenbangonghui", "key": "k", "title": TITLE, "reason": REASON}
    data |= {"matter": "daily", "lead_unit": "business", "content": REASON}
    answer = client.post(f"/do/submit_item?q={SOUGHT}", data)

    assert answer.status_code == 500
    fault = next(line for line in told(lines) if "trace" in line)
    assert fault["page"] == "do/<slug:name>"
    assert fault["status_code"] == 500
    assert fault["event"] == "request_failed"
    assert fault["request"] == answer["X-Request-Id"]
    assert fault["request"] in answer.content.decode()
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


def test_each_sign_in_has_a_line_that_tells_how_it_went_and_not_whose(lines: io.StringIO) -> None:
    play_into()
    Account.objects.create_user("li-qiang", "the right one", institution="demo", person="li-q")
    client = Client()
    for password in ("not it", "the right one"):
        client.post("/sign-in", {"username": "li-qiang", "password": password})
    for _ in range(7):
        Client().post("/sign-in", {"username": "li-qiang", "password": "not it"})

    events = [line["event"] for line in told(lines) if line["logger"] == "yishi.sign_in"]
    assert events[:2] == ["sign_in_failed", "signed_in"]
    assert events[-1] == "sign_in_locked"
    assert "li-q" not in plain(lines)
    assert "not it" not in plain(lines)


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
    rows = [json.loads(line) for line in said.splitlines()]
    assert [row["level"] for row in rows] == ["error", "warning", "info"]
    assert {row["event"] for row in rows} == {"server"}
    assert rows[0]["message"] == "Error handling request … …"
    assert rows[2]["message"] == "Booting worker with pid: 7"
    assert "builtins.ValueError" in said
    assert SOUGHT not in said
    assert "10.1.2.3" not in said
    log.error_log.handlers.clear()


def test_each_request_has_one_line_with_its_number_and_nobodys_name(lines: io.StringIO) -> None:
    play_into()
    li = client_of("li")
    answer = li.get(f"/items/budget?q={SOUGHT}")

    (line,) = [one for one in told(lines) if one["event"] == "request"]
    assert line.pop("at")
    assert line.pop("millis") >= 0
    assert line == {
        "level": "info",
        "event": "request",
        "logger": "yishi.requests",
        "request": answer["X-Request-Id"],
        "method": "GET",
        "page": "items/<str:subject>",
        "institution": "demo",
        "account": Account.objects.get(person="li").pk,
        "status_code": 200,
    }


def test_a_stranger_has_no_account_in_the_line_and_a_style_sheet_no_line(
    lines: io.StringIO,
) -> None:
    Client().get("/health")
    Client().get("/static/yishi/app.css")

    (line,) = [one for one in told(lines) if one["event"] == "request"]
    assert line["page"] == "health"
    assert not {"account", "institution"} & set(line)


@pytest.mark.parametrize(
    ("said", "proxies", "kept"),
    [
        ("5f" * 16, 1, True),
        ("5f" * 16, 0, False),
        ("li-qiang-at-home-0", 1, False),
        ("5f" * 16 + "\n{}", 1, False),
        ("", 1, False),
    ],
)
def test_a_number_is_taken_from_our_own_proxy_only_and_only_if_it_is_one(
    settings, said: str, proxies: int, kept: bool
) -> None:
    settings.PROXIES = proxies
    number = Client().get("/health", headers={"x-request-id": said})["X-Request-Id"]

    assert (number == said) == kept
    assert len(number) == 32
    assert number != Client().get("/health")["X-Request-Id"]


def test_what_others_log_is_told_by_its_kind_and_its_numbers(lines: io.StringIO) -> None:
    for name, message, args in (
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: {SOUGHT}", ()),
        ("django.db.backends", "(%.3f) %s; args=%s", (0.25, f"SELECT '{TITLE}'", (SOUGHT,))),
        ("asyncio", "Task exception was never retrieved: %r", (TITLE,)),
        ("openpyxl", "%(who)s", ({"who": TITLE},)),
        ("markdown_it", "%s", (TITLE,)),
    ):
        logging.getLogger(name).warning(message, *args)

    rows = told(lines)
    kinds = ["request_unsafe", "database", "stream_failed", "other", "other"]
    assert [row["event"] for row in rows] == kinds
    assert rows[1]["message"] == "(0.250) …; args=…"
    assert "message" not in rows[4]
    for secret in (TITLE, SOUGHT):
        assert secret not in plain(lines)


BROKEN = f"""
import os, warnings
os.environ["DJANGO_SETTINGS_MODULE"] = "yishi.site.settings"
from unittest.mock import patch
from yishi.cli.main import main
main(["migrate"])
warnings.warn("odd: {TITLE}")
with patch("yishi.clerk.tick.tick_all", side_effect=KeyError("{TITLE}")):
    main(["tick"])
"""


def test_a_command_that_breaks_tells_where_and_none_of_the_words(tmp_path: Path) -> None:
    safe = {
        "YISHI_SECRET_KEY": "0123456789abcdef" * 4,
        "YISHI_HOSTS": "yishi.example.org",
        "YISHI_BASE_URL": "https://yishi.example.org",
        "YISHI_HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUTF8": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-c", BROKEN], env=safe, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    warned, line = (json.loads(line) for line in ran.stderr.splitlines())
    assert warned["event"] == "warning"
    assert line["event"] == "stopped"
    assert line["level"] == "critical"
    assert line["trace"][0]["error"] == "builtins.KeyError"
    assert TITLE not in ran.stdout + ran.stderr + str(line)


def test_a_full_disk_is_told_by_its_number(lines: io.StringIO) -> None:
    try:
        raise OSError(28, f"No space left: {TITLE}")
    except OSError:
        logging.getLogger("yishi.papers").exception("shelf")

    line = told(lines)[-1]
    assert line["event"] == "shelf"
    assert line["trace"][0]["error"] == "builtins.OSError 28"
    assert TITLE not in plain(lines)
