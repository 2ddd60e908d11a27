"""What every test of the application may use."""

import pytest

from yishi.clerk.memory import MEMORY
from yishi.web.answers import REMEMBERED


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test begins with a process that has seen no institution yet."""
    for slug in list(MEMORY._held):
        MEMORY.forget(slug)
    REMEMBERED.forget()
