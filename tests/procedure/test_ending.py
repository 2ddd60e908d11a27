"""The last rules that say who decides on rules end only while others say it ever after."""

from datetime import date, datetime, timedelta, timezone

from tests.procedure.stages import CHARTERS, played
from yishi.procedure.act import Deed
from yishi.procedure.charters import CharterRepealed, RepealCharter
from yishi.procedure.decide import decide, happen
from yishi.procedure.state import State
from yishi.procedure.verdict import Accepted, Refused, Verdict

ENDING = CHARTERS / "zhurenbangonghui/cases/14-ending.yaml"
AT = datetime(2026, 11, 16, 8, 59, tzinfo=timezone(timedelta(hours=8)))


def before_the_end() -> State:
    """The rules of another body that decides on rules are enacted, its own still bind."""
    state = State()
    for done in played(ENDING).history.done:
        act = done.deed.act if done.deed else None
        ends = isinstance(act, RepealCharter) and act.body == "chuwuhui"
        if ends and isinstance(done.verdict, Accepted):
            return state
        for event in done.events:
            state = happen(state, event, done.at)
    raise LookupError("chuwuhui was not ended")


def ended(state: State) -> Verdict:
    act = RepealCharter(body="chuwuhui", decision="d-all", ends_on=date(2026, 12, 1))
    return decide(Deed(act=act, actor="wang", at=AT), state)


def test_they_end_once_others_say_who_decides_on_rules() -> None:
    assert isinstance(ended(before_the_end()), Accepted)


def test_they_do_not_end_when_the_others_are_to_end_as_well() -> None:
    state = before_the_end()
    digest = state.bodies["yewuhui"].versions[-1][1]
    other = CharterRepealed(
        body="yewuhui", digest=digest, ends_on=date(2026, 12, 15), decision="d-end"
    )

    refused = ended(happen(state, other, AT))

    assert isinstance(refused, Refused)
    assert [g.message.id for g in refused.grounds] == ["amended_by.nobody_left"]
