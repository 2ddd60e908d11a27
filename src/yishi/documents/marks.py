"""The marks of the four levels: 一、 · （一） · 1. · （1）, written out, not numbered by Word."""

from typing import Final

DIGITS: Final = "〇一二三四五六七八九"
TEN: Final = "十"


def chinese(n: int) -> str:
    """A number from 1 to 99 as a mark writes it."""
    tens, ones = divmod(n, 10)
    if not 0 < n < 100:
        raise ValueError(n)
    head = "" if tens == 0 else TEN if tens == 1 else DIGITS[tens] + TEN
    return head + (DIGITS[ones] if ones else "")


def mark(level: int, n: int) -> str:
    """The mark of the n-th heading of a level, one to four; past 99 of them in plain digits."""
    said = chinese(n) if level < 3 and n < 100 else str(n)
    return (f"{said}、", f"（{said}）", f"{n}.", f"（{n}）")[level - 1]
