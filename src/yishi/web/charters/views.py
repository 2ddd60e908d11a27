"""The rules of each body, clause by clause in plain words, and what each did lately."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.charter.adopted import laid_out
from yishi.charter.coverage import Unaccounted, unaccounted
from yishi.charter.model import Charter, Clause, Fault, Omission
from yishi.procedure.bodylog import BodyLog
from yishi.procedure.charters import GENERAL
from yishi.procedure.enact import bind, version_on
from yishi.procedure.lint import lint
from yishi.procedure.rule import Bound
from yishi.procedure.seats import SECTION
from yishi.procedure.verdict import Message
from yishi.register.models import Finding, Kept
from yishi.web.charters.departures import last_departures
from yishi.web.charters.erasing import bodies_for
from yishi.web.charters.practice import rows
from yishi.web.exports import xlsx
from yishi.web.office import Office
from yishi.web.secretariat import of_secretariat
from yishi.wording import Names
from yishi.wording.norms import norm_of

LATELY = timedelta(days=365)
"""How far back the page says what each clause did."""


class Said(msgspec.Struct, frozen=True):
    """One rule as the page says it."""

    norm: str
    modality: str
    way: str
    reading: str


class Shown(msgspec.Struct, frozen=True):
    """One clause as the page shows it, with what it did lately."""

    clause: Clause
    rules: tuple[Said, ...]
    omissions: tuple[Omission, ...]
    did: dict[str, int]
    original: str = ""
    """What the adopted text says under this clause, where the institution has entered it."""
    last: dict[str, Any] | None = None
    """Its latest departure, where there was one of which this person reads the report."""


def charters(request: HttpRequest) -> HttpResponse:
    """Every body's rules, the version in force first."""
    office: Office = request.office  # type: ignore[attr-defined]
    today = office.now.date()
    found = []
    for body in sorted(office.state.bodies, key=lambda b: (b == GENERAL, b)):
        log = office.state.bodies[body]
        digest = log.version_on(log.last_day(today))
        charter = office.state.charters.get(digest or "")
        if charter is not None:
            ended = _ended(log)
            found.append({"charter": charter, "versions": len(log.versions), "ended": ended})
    context = {
        "found": found,
        "erases": bool(bodies_for(office)),
        "keeps_profiles": of_secretariat(office),
    }
    return render(request, "charters/charters.html", context)


COLUMNS: Final = ("title", "document", "since", "now", "clauses", "digest")
"""What the spreadsheet says of each version."""


def export(request: HttpRequest) -> HttpResponse:
    """Every version of every body's rules, as a spreadsheet, the one in force marked."""
    office: Office = request.office  # type: ignore[attr-defined]
    head = [office.catalogue.text(f"page.charters.{name}") for name in COLUMNS]
    return xlsx(office.catalogue.text("page.charters.title"), head, _versions(office))


def _versions(office: Office) -> Iterator[tuple[Any, ...]]:
    yes, today = office.catalogue.text("page.form.yes"), office.now.date()
    for body in sorted(office.state.bodies, key=lambda b: (b == GENERAL, b)):
        log = office.state.bodies[body]
        in_force = log.version_on(today)
        for since, digest in reversed(log.versions):
            held = office.state.charters[digest]
            document = held.header.get("document", {}).get("reading", "")
            now = yes if digest == in_force else ""
            yield held.title, document, since, now, len(held.clauses), digest


def charter(request: HttpRequest, subject: str) -> HttpResponse:
    """One charter; `?version=` shows an earlier or a coming one."""
    office: Office = request.office  # type: ignore[attr-defined]
    log = office.state.bodies.get(subject)
    if log is None or not log.versions:
        raise Http404
    day = log.last_day(office.now.date())
    in_force = log.version_on(day) or log.versions[0][1]
    digest = request.GET.get("version", in_force)
    if digest not in {d for _, d in log.versions}:
        raise Http404
    held = office.state.charters[digest]
    context = {
        "charter": held,
        "digest": digest,
        "in_force": digest == in_force,
        "ended": _ended(log),
        "general": subject == GENERAL,
        "enacts": _enacts(office),
        "reported": subject != GENERAL and office.reads("report", subject).allowed,
        "versions": [
            {"digest": d, "since": since, "now": d == in_force} for since, d in log.versions
        ],
        "clauses": _clauses(office, held),
        "silences": _silences(office, held),
        "entered": digest in office.state.adopted,
        "unaccounted": _unaccounted(office, held),
        "receipts": _receipts(office, held) if digest == in_force else [],
        "practices": _practices(office, subject) if digest == in_force else None,
    }
    return render(request, "charters/charter.html", context)


def _practices(office: Office, body: str) -> list[str] | None:
    """The house practices switched on today; None where the body has no rules in force."""
    today = office.now.date()
    if body == GENERAL or office.state.bodies[body].version_on(today) is None:
        return None
    return [row.kind for row in rows(office, body) if row.now is not None]


def _ended(log: BodyLog) -> date | None:
    """The day from which the latest rules are no longer in force, when it is settled."""
    return log.ended[-1] if log.ended and log.ended[-1] > log.versions[-1][0] else None


def _enacts(office: Office) -> bool:
    """Whether this person is on the staff of the office that the rules name, which enacts them."""
    today = office.now.date()
    names = {n for c in office.state.charters.values() for n in c.units.get("secretariat", ())}
    mine = office.state.roster.units_of(office.person, today)
    return any(office.state.roster.units[unit].name in names for unit in mine)


def _clauses(office: Office, held: Charter) -> list[Shown]:
    names, words = Names(office.state, held), office.catalogue
    bounds = bind(held)[0]
    did, original = _did(office, held), _original(office, held)
    last = last_departures(office, held, office.now - LATELY)
    return [
        Shown(
            clause,
            tuple(
                Said(
                    norm_of(b, words, names),
                    b.modality,
                    b.rule.way(b.modality),
                    b.citation.reading,
                )
                for b in _of(bounds, clause)
            ),
            clause.omissions,
            dict(did.get(clause.label, {})),
            original.get(number, ""),
            last.get(clause.label),
        )
        for number, clause in enumerate(held.clauses)
    ]


def _original(office: Office, held: Charter) -> dict[int, str]:
    """The sentences of the adopted text by the place of the clause they stand under."""
    text = office.state.adopted.get(held.digest)
    found: dict[int, str] = {}
    for sentence in laid_out(held, text).sentences if text else ():
        if not sentence.heading and sentence.under >= 0:
            found[sentence.under] = found.get(sentence.under, "") + sentence.text
    return found


def _unaccounted(office: Office, held: Charter) -> list[Unaccounted]:
    """Sentences of the adopted text that no clause accounts for."""
    text = office.state.adopted.get(held.digest)
    if text is None:
        return []
    return [one for one in unaccounted(held, text) if one.level == "error"]


def _receipts(office: Office, held: Charter) -> list[dict[str, Any]]:
    """Each section, and whether it has acknowledged these rules."""
    given = dict(office.state.bodies[held.body].receipts.get(held.digest, ()))
    units = office.state.roster.open_units(SECTION, office.now.date())
    return [{"unit": unit.id, "by": given.get(unit.id, "")} for unit in units]


def _of(bounds: tuple[Bound, ...], clause: Clause) -> list[Bound]:
    return [b for b in bounds if b.citation.label == clause.label]


def _did(office: Office, held: Charter) -> dict[str, Counter[str]]:
    """How often each clause was kept, departed from, and held an attempt back: two queries."""
    since = office.now - LATELY
    found: dict[str, Counter[str]] = {}
    kept = (
        Kept.objects.filter(
            institution=office.institution, charter=held.digest, month__gte=f"{since:%Y-%m}"
        )
        .values_list("clause")
        .annotate(n=Sum("times"))
    )
    for clause, times in kept:
        found.setdefault(clause, Counter())["kept"] = times
    others = (
        Finding.objects.filter(institution=office.institution, charter=held.digest, at__gte=since)
        .values_list("clause", "status")
        .annotate(n=Count("id"))
    )
    for clause, status, times in others:
        found.setdefault(clause, Counter())[status] = times
    return found


def _silences(office: Office, held: Charter) -> list[dict[str, Any]]:
    """What the charter is silent on, and which general clause answers, if one does."""
    if held.body == GENERAL:
        return []
    digest = version_on(office.state, GENERAL, office.now.date())
    general = office.state.charters.get(digest or "")
    names = Names(office.state, held)
    return [
        {"said": office.catalogue.sentence(Message(f.message, _filled(f)), names)}
        for f in lint(held, general)
        if f.message.startswith("lint.silent") and f.level == "note"
    ]


def _filled(fault: Fault) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in fault.params.items()}
