"""What the tests of pages share."""

from collections.abc import Callable
from datetime import datetime

import pytest


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make it a certain hour at the institution; of a day alone, ten in the morning."""

    def set_clock(said: str) -> None:
        hour = said if "T" in said else f"{said}T10:00"
        moment = datetime.fromisoformat(f"{hour}:00+08:00")
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock
