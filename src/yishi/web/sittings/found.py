"""One meeting by the id in its address."""

from django.http import Http404

from yishi.procedure.state import Sitting
from yishi.web.office import Office


def found_or_404(office: Office, subject: str) -> Sitting:
    """The meeting of this id."""
    sitting = office.state.sittings.get(subject)
    if sitting is None:
        raise Http404
    return sitting
