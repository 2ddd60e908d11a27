"""What every list shares: only what the rules let this person read."""

from django.db.models import Q

from yishi.procedure.reading import Thing
from yishi.register.models import Reader
from yishi.web.office import Office


def readable(office: Office, thing: Thing) -> Q:
    """The rows of a list that this person may read, by the rules; a stranger reads nothing."""
    known = office.person in office.state.roster.people
    named = ("", office.person) if known else ()
    mine = Reader.objects.filter(institution=office.institution, thing=thing, person__in=named)
    return Q(subject__in=mine.values("subject"))
