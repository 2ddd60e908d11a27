"""Archive packages that tell of words which are erased now: their files go with the words."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from yishi.archive.forgetting import holds
from yishi.papers import shelf
from yishi.procedure.state import State


def forget_packages(institution: str, state: State, refs: tuple[str, ...]) -> None:
    """Remove the packages in which any of these texts is told, once all of it is kept.

    That they were made, and their digests, the journal keeps on saying.
    """
    for digest in _made(state):
        path = shelf.place_of(institution, digest)
        if path.is_file() and holds(path, refs):
            transaction.on_commit(partial(shelf.remove, institution, digest))


def _made(state: State) -> Iterator[str]:
    return (digest for held in state.sittings.values() for _, digest in held.archived)
