"""What a machine lacks is told by a skip; where everything must be tested, by a failure."""

import pytest

from tests.journeys.place import lacking


@pytest.mark.parametrize("said", ["", "1"])
def test_elsewhere_its_absence_skips_visibly(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("CI", said)

    with pytest.raises(pytest.skip.Exception, match="no Chromium here"):
        lacking("Chromium")


@pytest.mark.parametrize("what", ["Chromium", "PostgreSQL"])
def test_on_a_build_machine_its_absence_fails(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setenv("CI", "true")

    with pytest.raises(pytest.fail.Exception, match=f"must be {what}"):
        lacking(what)
