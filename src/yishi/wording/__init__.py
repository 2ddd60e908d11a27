"""The words people read, in Chinese and English; the code holds none of them (pure).

`Catalogue(language)` speaks; `Names(state, charter)` tells it what ids are called.
"""

from yishi.wording.catalogue import Catalogue
from yishi.wording.names import Names
from yishi.wording.source import LANGUAGES, Clash

__all__ = ["LANGUAGES", "Catalogue", "Clash", "Names"]
