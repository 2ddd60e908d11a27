"""Take each rule out of its charter, put each rule of the sister charter in: a case must fail."""

from pathlib import Path

import pytest

from tests.cases.mutants import (
    ROOT,
    blocks,
    essence,
    files_for,
    only_in,
    survives,
    with_block,
    without,
)

CHARTERS = {
    "general": ROOT / "general/2017-01-01.md",
    "chuwuhui": ROOT / "chuwuhui/2017-03-21.md",
    "zhurenbangonghui": ROOT / "zhurenbangonghui/2017-03-21.md",
}
SISTERS = (("chuwuhui", "zhurenbangonghui"), ("zhurenbangonghui", "chuwuhui"))
SHARDS = 8
"""Mutants are shared out, so that several processes can take them."""


def text_of(body: str) -> str:
    path: Path = CHARTERS[body]
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("body", CHARTERS)
def test_every_rule_is_missed_when_it_is_taken_out(body: str, shard: int) -> None:
    text, files = text_of(body), files_for(body)
    numbers = range(shard, len(blocks(text)), SHARDS)

    unnoticed = [
        essence(blocks(text)[n]) for n in numbers if survives(body, without(text, n), files)
    ]

    assert unnoticed == []


@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize(("body", "sister"), SISTERS)
def test_every_rule_of_the_sister_charter_is_noticed(body: str, sister: str, shard: int) -> None:
    text, files = text_of(body), files_for(body)
    foreign = list(only_in(text, text_of(sister)))[shard::SHARDS]

    unnoticed = [essence(b) for b in foreign if survives(body, with_block(text, b), files)]

    assert unnoticed == []


def test_the_unchanged_charters_survive() -> None:
    assert survives("chuwuhui", text_of("chuwuhui"), files_for("chuwuhui")[:3])
