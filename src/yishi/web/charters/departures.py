"""Why a clause was last departed from, as far as whoever looks may read the reports on it."""

from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from yishi.charter.model import Charter
from yishi.procedure.charters import GENERAL
from yishi.register.models import Finding
from yishi.web.office import Office
from yishi.web.reports.views import noted


def last_departures(office: Office, held: Charter, since: datetime) -> dict[str, dict[str, Any]]:
    """By clause, its latest departure in the words of the compliance report: one query."""
    rows = Finding.objects.filter(
        _readable(office, held, since),
        institution=office.institution,
        charter=held.digest,
        status="departed",
        at__gte=since,
    )
    latest = rows.values("clause").annotate(last=Max("seq")).values("last")
    found: dict[str, Finding] = {}
    for row in rows.filter(seq__in=latest).order_by("-seq", "place"):
        found.setdefault(row.clause, row)
    return {clause: noted(office, row) for clause, row in found.items()}


def _readable(office: Office, held: Charter, since: datetime) -> Q:
    """What this person may read of: whole bodies, and single meetings of the others."""
    every = [b for b in office.state.bodies if b != GENERAL and held.body in (b, GENERAL)]
    whole = [b for b in every if office.reads("report", b).allowed]
    single = [
        one.id
        for one in office.state.sittings.values()
        if one.body in every and one.body not in whole and one.starts_at >= since
        if office.reads("report", one.id).allowed
    ]
    return Q(body__in=whole) | Q(sitting__in=single)
