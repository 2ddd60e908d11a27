"""What all of one kind see alike of a meeting in progress: made once for the kind, part by part.

Pages and streams of a process take it from the same place, for as long as nothing happens and the
minute lasts. Each part has a digest, by which a screen knows whether what it shows is the latest.
"""

import hashlib
from functools import cache
from typing import Any, Final

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from yishi.procedure.pausing import rested
from yishi.procedure.state import Sitting
from yishi.web.office import Office
from yishi.web.sittings.agenda import all_streams, left, lines
from yishi.web.sittings.habits import codes, habits_of
from yishi.web.sittings.kind import Eyes, Kind, raised, with_only
from yishi.web.sittings.reported import reported
from yishi.web.sittings.seated import roll_of
from yishi.web.sittings.talk import talk_for_all
from yishi.web.sittings.tally import Wall, on_the_wall, setting_of
from yishi.web.sittings.told import told
from yishi.web.sittings.wall import BESIDE_CODE, LINES, missing, plan_of, turns_of
from yishi.web.tongues import marked

PARTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "room": {
        "status": (),
        "called": ("inside", "called_in", "present", "opened", "called_for"),
        "stage": ("inside", "called_in"),
        "item": ("inside", "opened", "called_for"),
        "reports": ("inside",),
        "speakers": ("inside",),
        "agenda": ("opened",),
        "roll": ("called_in",),
    },
    "screen": {"screen": ("inside", "opened", "shared")},
}
"""The parts of each view, and the rights that each hangs on: it is made without any other.

Where each part stands on the page, its template says.
"""


class Frame(msgspec.Struct, frozen=True):
    """The parts of a view as one kind sees them, each with its digest."""

    parts: dict[str, SafeString]
    digests: dict[str, str]

    def since(self, shown: "Frame | None") -> dict[str, str]:
        """The parts that are not as they were."""
        known = shown.digests if shown is not None else self.digests
        return {name: self.parts[name] for name, d in self.digests.items() if known.get(name) != d}


def frame_of(office: Office, kind: Kind) -> Frame:
    """What this kind sees just now, in the language of whoever looks."""
    asked = ("frame", kind, office.language)
    return office.facts.to(asked, lambda: _frame(office, kind))


def _frame(office: Office, kind: Kind) -> Frame:
    made = {name: _part(office, kind, name) for name in PARTS[kind.view]}
    return Frame(made, {name: digest(text) for name, text in made.items()})


def _part(office: Office, kind: Kind, name: str) -> SafeString:
    """A part as all see it who have the rights that it hangs on."""
    needs = with_only(kind, *PARTS[kind.view][name])
    asked = ("part", name, needs, office.language)
    return office.facts.to(asked, lambda: made_with(Eyes(office, needs), name))


def made_with(eyes: Eyes, name: str) -> SafeString:
    """A part, made of what these eyes see."""
    made = render_to_string(f"sittings/parts/{name}.html", seen_alike(eyes))
    return mark_safe(marked(made.strip()) if eyes.language == "en" else made.strip())


def digest(text: str) -> str:
    """A short name of what a part says."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def seen_alike(eyes: Eyes) -> dict[str, Any]:
    """What the parts are made of; each thing is found out when a part first asks for it."""
    kind, sitting = eyes.kind, eyes.state.sittings[eyes.kind.sitting]
    happenings = told(eyes, all_streams(sitting))
    agenda = cache(lambda: lines(eyes, sitting, happenings))
    hears = kind.inside and sitting.current is not None
    talk = cache(lambda: talk_for_all(eyes, sitting, happenings) if hears else None)
    return {
        "office": eyes,
        "language": eyes.language,
        "catalogue": eyes.catalogue,
        "sitting": sitting,
        "agenda": agenda,
        "called_in": kind.called_in,
        "called": lambda: [line for line in agenda() if line.item in kind.called_for],
        "come": kind.present,
        "ahead": lambda: _ahead(agenda(), kind),
        "inside": kind.inside,
        "talk": talk,
        **({} if kind.view != "screen" else _on_the_wall(eyes, sitting, agenda, talk)),
        "wall": cache(lambda: _wall(eyes, sitting) if hears and kind.shared else None),
        "reports": cache(lambda: reported(eyes, sitting, happenings) if hears else None),
        "people": lambda: [{"who": one} for one in roll_of(eyes, sitting).shown],
        "beyond": lambda: roll_of(eyes, sitting),
        "present": sum(sitting.is_present(seat.person) for seat in sitting.members),
        "floor": lambda: {"raised": [{"item": eyes.state.items[i]} for i in _readable(eyes)]},
        "begun": lambda: _begun(eyes),
        "left": left(eyes.state, sitting),
        "habits": cache(lambda: habits_of(eyes, sitting)),
    }


def _on_the_wall(eyes: Eyes, sitting: Sitting, agenda: Any, talk: Any) -> dict[str, Any]:
    """What is shown from afar, on a screen that nobody scrolls."""
    still = missing(eyes, sitting)
    room = BESIDE_CODE if still and codes(eyes.state, sitting) else LINES
    return {
        "missing": still,
        "plan": lambda: plan_of(agenda(), room),
        "turns": cache(lambda: turns_of(eyes, sitting, held) if (held := talk()) else None),
    }


def _wall(eyes: Eyes, sitting: Sitting) -> Wall | None:
    """The count for the big screen, where a clause lets it be shown."""
    return on_the_wall(setting_of(eyes, sitting.id, sitting.current or ""))


def _readable(eyes: Eyes) -> list[str]:
    every = raised(eyes, eyes.state.sittings[eyes.kind.sitting])
    return [i for i in every if eyes.reads("item", i).allowed]


def _ahead(agenda: Any, kind: Kind) -> int:
    """How many items come before the next one that this kind is called in for; -1 for none."""
    open_ = [line.item for line in agenda if line.state in ("waiting", "now")]
    places = [n for n, item in enumerate(open_) if item in kind.called_for]
    return places[0] if places else -1


def _begun(eyes: Eyes) -> dict[str, Any] | None:
    """Since when the item is before the meeting: on the institution's clock, and in seconds.

    The seconds go on from where they stood before a recess; while it lasts none are counted.
    """
    sitting = eyes.state.sittings[eyes.kind.sitting]
    talk = sitting.deliberations.get(sitting.current or "")
    if talk is None or talk.begun_at is None:
        return None
    begun = talk.begun_at
    runs = begun + rested(sitting.recesses, begun, eyes.now)
    epoch = None if sitting.recess else int(runs.timestamp())
    return {"clock": f"{begun:%H:%M}", "epoch": epoch}
