"""The widths of the columns of lists, in millimetres, once for our papers and for their templates.

A day in one line takes 33 mm in Word, WPS and print, and 40 in LibreOffice, which sets digits apart
from Chinese whatever the file says; a number's heading takes 13.
"""

from typing import Final

AGENDA: Final = (13, 71, 36, 36)
ATTENDANCE: Final = (13, 24, 41, 24, 27, 27)
RECEIPTS: Final = (16, 39, 62, 39)
RECORD: Final = (24, 54, 36, 42)
SHEET: Final = (13, 22, 33, 22, 66)

COLLATION: Final = (13, 37, 26, 29, 40, 40, 40)
DECISION: Final = (13, 78, 25, 40)
EXCERPT: Final = (13, 53, 26, 24, 40)
FEEDBACK: Final = (51, 22, 21, 62)
BULLETIN: Final = (13, 63, 30, 25, 25)

FOUND: Final = (20, 39, 97)
CLAUSES: Final = (84, 18, 18, 18, 18)
NOTES: Final = (40, 16, 26, 18, 56)
