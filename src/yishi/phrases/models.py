"""One table: the phrases of each institution, by where they are offered."""

from typing import Final

from django.db import models

PLACES: Final = ("opinion", "record", "decision")
"""Where phrases are offered: beside what a speaker said, what is noted, what is decided."""

LONGEST: Final = 200
"""Characters of one phrase."""

MOST: Final = 40
"""Phrases that an institution may keep for one place."""


class Phrase(models.Model):
    """One phrase, as the office words it."""

    institution = models.CharField(max_length=64)
    place = models.CharField(max_length=16)
    words = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "place", "words"), name="phrase_once"),
        )


def phrases_of(institution: str) -> dict[str, list[Phrase]]:
    """The phrases of an institution by their place, in the order in which they were written."""
    found: dict[str, list[Phrase]] = {place: [] for place in PLACES}
    for one in Phrase.objects.filter(institution=institution).order_by("id"):
        found.setdefault(one.place, []).append(one)
    return found
