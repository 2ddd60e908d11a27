"""Demonstrations: institutions whose own founding entry says that everything in them is made up."""

from typing import Any

from yishi.accounts.models import Account
from yishi.clerk.memory import MEMORY
from yishi.journal.tables.models import Chain
from yishi.register.models import Institution
from yishi.web.office import Office

MOST = 5
"""Demonstrations that the sign-in page shows."""


def is_stage(institution: str) -> bool:
    """Whether the journal itself says so: no row of the register, no setting can."""
    if not Chain.objects.filter(slug=institution).exists():
        return False
    return MEMORY.at(institution).state.demonstration


def stages(language: str) -> list[dict[str, Any]]:
    """The demonstrations of this installation, each with whom one may step into."""
    found = []
    rows = Institution.objects.filter(demonstration=True).order_by("slug")[:MOST]
    for row in rows:
        first = Account.objects.filter(institution=row.slug, is_active=True).order_by("id").first()
        if first is not None and is_stage(row.slug):
            found.append(
                {"slug": row.slug, "name": row.name, "roles": Office(first, language).roles}
            )
    return found
