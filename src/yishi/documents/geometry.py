"""Measures of an official paper, each once (GB/T 9704-2012; sizes in points as Word names them)."""

from typing import Final

MM: Final = 72 / 25.4
"""Points in a millimetre."""

PAGE: Final = (210.0, 297.0)
"""A4, upright."""

TOP: Final = 37.0
LEFT: Final = 28.0
WIDTH: Final = 156.0
HEIGHT: Final = 225.0
BOTTOM: Final = PAGE[1] - TOP - HEIGHT
RIGHT: Final = PAGE[0] - LEFT - WIDTH

MARK_DOWN: Final = 35.0
"""From the top of the type area to the top of the red mark."""
RULE_DOWN: Final = 4.0
"""From the number to the red rule below it."""
FOLIO_DOWN: Final = 7.0
"""From the type area to the page number."""

LINES: Final = 22
CHARACTERS: Final = 28

SIZES: Final = {"1": 26.0, "2": 22.0, "s2": 18.0, "3": 16.0, "4": 14.0, "s4": 12.0, "5": 10.5}
"""Sizes of type by their number (号); s for 小."""

PRINTED_3: Final = 15.75
"""Size 3 as a printer's: 28 times 16 points would not go into 156 mm; where sizes go in halves of a
point, it is 16 with the characters drawn together."""

PITCH: Final = PRINTED_3 * 1.875
"""From line to line: the height of a character and seven eighths of it."""

THICK: Final = 0.35
THIN: Final = 0.25
"""Rules of the foot, in millimetres."""

RED: Final = "FF0000"


def twips(mm: float) -> int:
    """Millimetres as Word counts them: in twentieths of a point."""
    return round(mm * MM * 20)
