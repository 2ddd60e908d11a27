"""Which face prints what: the office's own fonts before free ones, and no character unprinted.

Looked for in the office's folder, in the system, and in a package that comes with the software
and has every character of the general standard list (通用规范汉字表).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    import typst

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "fang": (
        *("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02S", "方正仿宋_GBK"),
        *("STFangsong", "华文仿宋", "FandolFang R", "FandolFang"),
    ),
    "hei": (
        *("SimHei", "黑体", "FZHei-B01S", "方正黑体_GBK", "STHeiti", "FandolHei", "Noto Sans SC"),
        *("Noto Sans CJK SC", "Source Han Sans SC"),
    ),
    "kai": (
        *("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S", "方正楷体_GBK", "STKaiti"),
        *("FandolKai", "FandolKai R", "LXGW WenKai", "AR PL UKai CN"),
    ),
    "biao": (
        *("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
        *("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "FandolSong"),
    ),
    "song": (
        *("SimSun", "宋体", "NSimSun", "STSong", "FandolSong", "Noto Serif SC"),
        "Noto Serif CJK SC",
    ),
}
"""For each role the families that play it, the proper ones first."""

PROPER: Final = {"fang": 8, "hei": 5, "kai": 7, "biao": 4, "song": 4}
"""How many of them are the ones that the standard means; the others stand in."""

WHOLE: Final = (
    *("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC"),
    *("Noto Sans SC", "Noto Sans CJK SC"),
)
"""Families that have the rare characters of names, asked after all others."""

PACKAGE: Final = "pylopdf_fonts_zh_cn"
"""The package of free fonts that comes with the software."""

HEAVY: Final = 600


class Role(msgspec.Struct, frozen=True):
    """What plays a role: families in order, how heavy, and whether it is thickened."""

    families: tuple[str, ...]
    weight: int = 400
    thick: bool = False
    """No heavy face is there: the strokes are drawn thicker."""
    proper: bool = True


class Faces:
    """The fonts of this process."""

    def __init__(self, folders: Iterable[Path] = (), system: bool = True) -> None:
        """Look for fonts in these folders, in the package, and in the system unless told not to."""
        import typst

        self.folders = tuple(folders)
        paths = [str(folder) for folder in self.folders if folder.is_dir()]
        self.found: typst.Fonts = typst.Fonts(
            include_system_fonts=system,
            include_embedded_fonts=False,
            font_paths=[*paths, *_packaged()],
        )
        self._every = self.found.fonts()
        self._lock = threading.Lock()
        self._read: dict[str, frozenset[int]] = {}

    @cached_property
    def families(self) -> frozenset[str]:
        """The families that there are."""
        return frozenset(one.family for one in self._every)

    @cached_property
    def roles(self) -> dict[str, Role]:
        """What plays each role here; empty where there is no Chinese font at all."""
        whole = tuple(name for name in WHOLE if name in self.families)
        named = {role: self._playing(names) for role, names in ROLES.items()}
        if not whole and not named["fang"]:
            return {}
        return {role: self._role(role, played, whole) for role, played in named.items()}

    def _playing(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.families)

    def _role(self, role: str, played: tuple[str, ...], whole: tuple[str, ...]) -> Role:
        families = tuple(dict.fromkeys((*played, *whole)))
        first = families[0] if families else ""
        proper = first in ROLES[role][: PROPER[role]]
        if role != "biao" or proper:
            return Role(families, proper=proper)
        weights = [one.weight for one in self._every if one.family == first]
        heaviest = max(weights, default=400)
        return Role(families, heaviest, heaviest < HEAVY, False)

    @property
    def substitutes(self) -> tuple[str, ...]:
        """The roles that are played by another face than the standard means."""
        return tuple(role for role, played in self.roles.items() if not played.proper)

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The characters that no font has, in order, each once."""
        wanted = dict.fromkeys(c for text in texts for c in text if not c.isspace())
        families = dict.fromkeys(f for role in self.roles.values() for f in role.families)
        for family in families:
            if not wanted:
                break
            has = self._characters(family)
            wanted = {c: None for c in wanted if ord(c) not in has}
        return tuple(wanted)

    def _characters(self, family: str) -> frozenset[int]:
        """The characters that a family has; its file is read once."""
        with self._lock:
            if family not in self._read:
                ordinary = (f for f in self._every if f.family == family and f.path)
                first = min(ordinary, key=lambda f: abs(f.weight - 400))
                self._read[family] = _characters(str(first.path), first.index)
            return self._read[family]


def _packaged() -> list[str]:
    spec = find_spec(PACKAGE)
    places: Any = spec.submodule_search_locations if spec else None
    return list(places or ())


def _characters(path: str, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font["cmap"].getBestCmap())


_FACES: dict[tuple[Path, ...], Faces] = {}
_FACES_LOCK = threading.Lock()


def faces(*folders: Path) -> Faces:
    """The fonts of this process with those of the office's folder, looked for once."""
    with _FACES_LOCK:
        if folders not in _FACES:
            _FACES[folders] = Faces(folders)
        return _FACES[folders]
