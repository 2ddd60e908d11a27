"""Rules of procedure are ended by decision: the form, and what the pages say afterwards."""

import re

import pytest

from tests.playing import PLACE, client_of, play_into
from yishi.clerk.memory import MEMORY

pytestmark = pytest.mark.django_db

CASE = "zhurenbangonghui/cases/14-ending.yaml"
FORM = "/do/repeal_charter"


def test_the_office_ends_rules_by_the_decision_of_another_meeting() -> None:
    play_into(CASE, "decided")
    wang = client_of("wang")
    page = wang.get("/charters/zhurenbangonghui").content.decode()
    assert f"{FORM}?body=zhurenbangonghui" in page

    form = wang.get(FORM, {"body": "zhurenbangonghui"}).content.decode()
    assert "废止主任办公会议事规则" in form
    [key] = re.findall(r'name="key" value="([^"]+)"', form)
    typed = {"subject.body": "zhurenbangonghui", "decision": "d-end", "key": key}
    late = wang.post(FORM, {**typed, "ends_on": "2026-11-01"})
    assert late.status_code == 409
    assert "不能倒回去废止" in late.content.decode()
    assert 'value="2026-11-01"' in late.content.decode()

    assert wang.post(FORM, {**typed, "ends_on": "2999-01-01"}).status_code == 302
    assert str(MEMORY.at(PLACE).state.bodies["zhurenbangonghui"].ended[0]) == "2999-01-01"
    assert "自2999年1月1日起废止" in wang.get("/charters/").content.decode()
    assert FORM not in wang.get("/charters/zhurenbangonghui").content.decode()


def test_ended_rules_and_what_was_begun_under_them_stay_to_be_read() -> None:
    play_into(CASE, "")

    page = client_of("tan").get("/charters/zhurenbangonghui").content.decode()
    assert "这份规则自2026年11月10日起废止" in page
    assert client_of("tan").get("/items/left").status_code == 200
    assert client_of("guan").get("/items/left").status_code == 404
    waits = client_of("wang").get("/items/waits").content.decode()
    assert "自2026年11月10日起废止，这个议题不再上会" in waits
    assert "/do/withdraw_item" in waits
    assert "不再上会" not in client_of("wang").get("/items/left").content.decode()
    assert client_of("tan").get("/reports/?body=zhurenbangonghui&year=2026").status_code == 200
