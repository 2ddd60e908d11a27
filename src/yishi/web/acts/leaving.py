"""What may leave the agenda of a meeting for the next one, and which meeting that is."""

from yishi.procedure.convening import SetAgenda
from yishi.procedure.offers import Offer
from yishi.procedure.state import Sitting
from yishi.web.office import Office


def following(office: Office, sitting: Sitting) -> Sitting | None:
    """The body's meeting after this one that is convened and not yet open."""
    planned = (office.state.sittings[s] for s in office.state.bodies[sitting.body].planned)
    later = [s for s in planned if s.status == "convened" and s.starts_at > sitting.starts_at]
    return min(later, key=lambda s: s.starts_at) if later else None


def leaves(office: Office, sitting: Sitting, item: str) -> bool:
    """Whether this person may take the item off an agenda on which no rule keeps it."""
    if item not in sitting.agenda or sitting.status != "convened":
        return False
    rest: dict[str, object] = {
        "sitting": sitting.id,
        "items": tuple(i for i in sitting.agenda if i != item),
    }
    answer = office.ask(SetAgenda, rest)  # type: ignore[arg-type]
    return isinstance(answer, Offer) and not answer.departs
