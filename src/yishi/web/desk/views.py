"""The desk (工作台): what waits for me, until when, by which clause, and one press to do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yishi.register.models import DutyRow
from yishi.web.acts.views import link_to, page_of
from yishi.web.office import Office

MOST = 100
"""Duties that the desk shows at once."""


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for whoever is signed in."""
    office: Office = request.office  # type: ignore[attr-defined]
    rows = list(
        DutyRow.objects.filter(institution=office.institution, person=office.person).order_by(
            "due", "id"
        )[: MOST + 1]
    )
    duties = [_duty(office, row) for row in rows[:MOST]]
    return render(request, "desk/desk.html", {"duties": duties, "more": len(rows) > MOST})


def _duty(office: Office, row: DutyRow) -> dict[str, object]:
    subject = {row.kind: row.subject}
    sitting = _sitting(office, row)
    if row.act == "admit_floor_item":
        subject["sitting"] = sitting
    return {
        "row": row,
        "subject": subject,
        "page": page_of({row.kind: row.subject}),
        "link": link_to(row.act, subject, **({"person": row.about} if row.about else {})),
        "late": row.due is not None and row.due < office.now,
    }


def _sitting(office: Office, row: DutyRow) -> str:
    item = office.state.items.get(row.subject) if row.kind == "item" else None
    return (item.sitting or "") if item else ""
