"""`yishi demo`: what is being made is said, and how far it has come."""

import pytest

from yishi.cli.demo import Progress


def test_progress_is_told_step_by_step_to_the_end_and_never_backwards(capsys) -> None:
    tell = Progress("demo")
    for part in (0.0, 0.3, 0.3, 0.2, 1.0):
        tell.played(part)

    assert list(tell.kept(iter("abcd"), 4)) == list("abcd")
    for seq in range(4):
        tell.listed(seq)
    tell.done()

    told = [int(line.split()[1].rstrip("%")) for line in capsys.readouterr().err.splitlines()]
    assert told == sorted(set(told))
    assert told[-1] == 100
    assert len(told) > 4


@pytest.mark.django_db
def test_each_institution_is_announced_made_once_and_left_alone_the_next_time(
    yishi, monkeypatch
) -> None:
    monkeypatch.setattr("yishi.cli.demo.opened", lambda migrate: None)
    asked = ("demo", "--years", "1", "--institutions", "2", "--seed", "7")

    first, again = yishi(*asked), yishi(*asked)

    assert first.status == again.status == 0
    assert first.out.count("正在生成演示单位") == 2
    assert "demo-2 100%" in first.err
    assert again.out.count("不再重做") == 2
    assert "正在生成" not in again.out
