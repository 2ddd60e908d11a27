"""A profile beside the standard, with the fonts that this server has."""

from django.conf import settings

from yishi.documents.conformance import Check, checks
from yishi.documents.fonts import faces
from yishi.documents.profile import Profile
from yishi.web.office import Office


def checked(office: Office, given: Profile) -> tuple[Check, ...]:
    """Every requirement that the profile keeps or departs from."""
    organ = given.organ or office.state.called
    return checks(given, organ, faces(settings.FONTS).substitutes)
