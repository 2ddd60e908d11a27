"""That an entry is in a journal: the tree, its paths, and the extract with them."""

import hashlib
import json

import pytest

from yishi.journal import decode_line, extract
from yishi.journal.merkle import Tree, leads_to

from .second import canonical
from .vectors import journal

HASHES = [hashlib.sha256(b"%d" % n).hexdigest() for n in range(40)]


def by_the_book(hashes):
    """The root as RFC 6962 defines it."""
    if len(hashes) == 1:
        return hashlib.sha256(b"\0" + bytes.fromhex(hashes[0])).digest()
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    both = by_the_book(hashes[:half]) + by_the_book(hashes[half:])
    return hashlib.sha256(b"\1" + both).digest()


@pytest.mark.parametrize("size", range(1, len(HASHES)))
def test_the_tree_is_that_of_the_rfc_and_every_path_leads_to_its_root(size):
    tree = Tree(HASHES[:size])

    assert tree.root == by_the_book(HASHES[:size]).hex()
    for seq in range(1, size + 1):
        assert leads_to(HASHES[seq - 1], seq, size, tree.path(seq)) == tree.root


def test_no_other_entry_place_size_or_path_leads_there():
    tree = Tree(HASHES[:13])
    path = tree.path(5)

    assert leads_to(HASHES[5], 5, 13, path) != tree.root
    assert leads_to(HASHES[4], 6, 13, path) != tree.root
    assert leads_to(HASHES[4], 5, 8, path) != tree.root
    assert leads_to(HASHES[4], 5, 13, path[:-1]) == ""
    assert leads_to(HASHES[4], 5, 13, [*path, "00" * 32]) == ""
    assert leads_to(HASHES[4], 0, 13, path) == leads_to(HASHES[4], 14, 13, path) == ""


def test_an_extract_tells_of_some_entries_and_opens_only_what_it_is_given():
    lines = [decode_line(raw) for raw in journal()[0]]
    taken = [lines[2], lines[0]]
    refs = [ref for line in taken for ref in line.texts]
    opened = {refs[0]: next(line.texts[refs[0]] for line in taken if refs[0] in line.texts)}

    raws = list(extract([line.hash for line in lines[:3]], taken, opened))

    head, *told = (json.loads(raw) for raw in raws)
    assert all(canonical(json.loads(raw)) + b"\n" == raw for raw in raws)
    assert (head["size"], head["hash"], head["form"]) == (3, lines[2].hash, "yishi-extract-v1")
    assert [one["entry"]["seq"] for one in told] == [1, 3]
    for one in told:
        assert leads_to(one["hash"], one["entry"]["seq"], 3, one["path"]) == head["root"]
    assert [ref for one in told for ref in one["texts"]] == list(opened)
