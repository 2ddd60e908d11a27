"""A profile beside the standard: each requirement once, with all that departs from it."""

from itertools import product

import pytest

from yishi.documents.conformance import checks, departures
from yishi.documents.profile import Profile

TITLES = "GW-C2、C3"


@pytest.mark.parametrize(
    ("typefaces", "substitutes", "found"),
    [
        ("gb2312", (), None),
        ("windows", (), "profile.word_is"),
        ("gbk", ("biao",), "profile.face_is"),
        ("windows", ("biao", "fang"), "profile.titles_are"),
    ],
)
def test_the_face_of_titles_stands_once_whatever_departs_from_it(
    typefaces: str, substitutes: tuple[str, ...], found: str | None
) -> None:
    every = checks(Profile(typefaces=typefaces), "某中心", substitutes)
    [titles] = [one for one in every if one.number == TITLES]

    assert (titles.found.id if titles.found else None) == found


def test_no_requirement_is_listed_twice() -> None:
    for typefaces, played in product(("gb2312", "windows", "gbk"), ((), ("biao", "hei"))):
        every = checks(Profile(typefaces=typefaces), "某中心", played)
        numbers = [one.number for one in every]
        assert len(set(numbers)) == len(numbers)
        assert {one.number for one in departures(every)} <= set(numbers)
