"""The first start (首次设置): the institution, its charters, an administrator, a second person."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yishi.accounts import bootstrap
from yishi.accounts.keeping import note
from yishi.accounts.links import one_time_link
from yishi.journal.tables.models import Chain
from yishi.procedure.charters import GENERAL
from yishi.procedure.state import State
from yishi.procedure.verdict import Message
from yishi.web.middleware import open_to_all
from yishi.web.office import CATALOGUES
from yishi.web.setup.founding import ASKED, ZONES, Answers, posts_of, set_up, wrong
from yishi.web.setup.shipped import Faulty, Offered, brought, general, shipped
from yishi.wording import Names

MOST = 8
"""Charters that somebody may bring at once."""


@open_to_all
def setup(request: HttpRequest) -> HttpResponse:
    """Ask for what an institution needs to begin; dead once there is one.

    Unless whoever runs the server has asked for another one beside it.
    """
    said = request.POST.get("token") or request.GET.get("token", "")
    another = bootstrap.is_for_another(said) and bootstrap.is_token(said)
    if Chain.objects.exists() and not another:
        return render(request, "setup/over.html", status=404)
    if not bootstrap.is_token(said):
        # So that it belongs to whoever serves the pages, whoever asks for it on the server later.
        with suppress(OSError):
            bootstrap.token()
        return render(request, "setup/closed.html", {"tried": bool(said)}, status=403)
    offered = shipped(timezone.now().date())
    if request.method != "POST":
        return _page(request, said, offered, {"zone": "Asia/Shanghai"})
    return _answered(request, said, offered)


def _answered(request: HttpRequest, token: str, offered: list[Offered]) -> HttpResponse:
    defaults = general(offered)
    answers = Answers(
        {name: request.POST.get(name, "") for name in ASKED},
        request.POST.get("password", ""),
        request.POST.get("again", ""),
    )
    chosen, faulty, problems = _charters(request, offered, defaults)
    problems |= wrong(answers)
    if not problems:
        try:
            with bootstrap.spending():
                admin, second = set_up(answers, defaults, chosen, timezone.now())
        except IntegrityError:
            problems["slug"] = "setup.bad_slug"
        except bootstrap.Spent:
            return render(request, "setup/over.html", status=404)
        else:
            note(second, "link_shown", admin.person)
            link = {"link": one_time_link(second), "who": answers["second_name"]}
            return render(request, "setup/done.html", {**link, "admin": admin})
    return _page(request, token, offered, answers.typed, problems, faulty, 422)


def _charters(
    request: HttpRequest, offered: list[Offered], defaults: Offered
) -> tuple[list[Offered], list[Faulty], dict[str, str]]:
    """The charters chosen and brought; what is wrong with them."""
    keys = request.POST.getlist("charters")
    chosen = [one for one in offered if one.key in keys and one.key != GENERAL]
    files = request.FILES.getlist("files")[:MOST]
    read = [brought(f.name or "?", f.read(), defaults.charter) for f in files]
    faulty = [one for one in read if isinstance(one, Faulty)]
    chosen += [one for one in read if isinstance(one, Offered)]
    problems = {"charters": "setup.charter_faulty"} if faulty else {}
    if not chosen and not faulty:
        problems["charters"] = "setup.no_charter"
    if len({one.key for one in chosen}) < len(chosen):
        problems["charters"] = "setup.charter_twice"
    return chosen, faulty, problems


def _page(
    request: HttpRequest,
    token: str,
    offered: list[Offered],
    typed: Any,
    problems: dict[str, str] | None = None,
    faulty: list[Faulty] | None = None,
    status: int = 200,
) -> HttpResponse:
    words = CATALOGUES[getattr(request, "language", "zh")]
    said = {
        name: words.text(f"page.{key}") if words.has(f"page.{key}") else key
        for name, key in (problems or {}).items()
    }
    context = {
        "token": token,
        "offered": [one for one in offered if one.key != GENERAL],
        "chosen": request.POST.getlist("charters"),
        "typed": typed,
        "problems": said,
        "faulty": [(one.name, list(_told(words, one))) for one in faulty or ()],
        "zones": sorted(ZONES),
        "confirmer": posts_of(general(offered), "confirmer"),
    }
    return render(request, "setup/setup.html", context, status=status)


def _told(words: Any, one: Faulty) -> Any:
    """Each fault with its line: what is wrong, and what would be right."""
    nobody = Names(State())
    for fault in one.faults[:60]:
        params = {k: tuple(v) if isinstance(v, list) else v for k, v in fault.params.items()}
        message = Message(fault.message, params)
        yield fault.line, words.sentence(message, nobody), words.next(message, nobody)
