"""Namesakes in a room are told apart wherever one is chosen or entered."""

import re
from datetime import date

import pytest

from tests.playing import PLACE, client_of, play_into
from yishi.clerk.door import do
from yishi.procedure.convening import InviteOthers
from yishi.procedure.staffing import ConfirmPost, EnterPerson, ProposePost
from yishi.procedure.verdict import Accepted

pytestmark = pytest.mark.django_db

OCT = "/sittings/oct/room"
NAMESAKE = ProposePost(
    posting="p1",
    change="appoint",
    person="liu2",
    post="窗口负责人",
    unit="tax-counter",
    since=date(2026, 10, 30),
)


def does(person: str, act: object) -> None:
    assert isinstance(do(PLACE, person, act).verdict, Accepted), act


@pytest.fixture
def room() -> str:
    """The room of the secretary, where somebody of the same name has been called in."""
    play_into()
    does("ning", EnterPerson(person="liu2", called="刘敏"))
    does("ning", NAMESAKE)
    does("wang", ConfirmPost(posting="p1"))
    does("chen", InviteOthers(sitting="oct", item="budget", people=("liu2",)))
    return client_of("xiao").get(OCT).content.decode()


def test_who_is_entered_as_here_is_told_from_a_namesake(room: str) -> None:
    assert "刘敏（税务窗口） 到会" in room


def test_the_other_buttons_of_the_roll_say_whose_they_are_where_names_are_alike(room: str) -> None:
    said = re.findall(r'aria-label="([^"]*)"[^>]*>离席<', room)
    assert said == ["离席 刘敏（副主任）"]
    assert 'aria-label="缺席 刘敏（税务窗口）"' in room
    assert "离席 曾建国" not in room


def test_forms_that_choose_or_name_one_of_them_say_which(room: str) -> None:
    assert "登记刘敏（副主任）的发言" in room
    assert '<option value="liu">刘敏（副主任）</option>' in room
    chair = client_of("chen").get(OCT).content.decode()
    assert "请刘敏（副主任）发言" in chair
    assert '<option value="liu">刘敏（副主任）</option>' in chair
