"""Every dependency has a licence that we may ship beside, and stands in the table with it."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.house.source import ROOT

ALLOWED = frozenset({"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0"})
"""What a dependency at run time may be licensed under."""

UNCHANGED = {
    "docxtpl": "LGPL-2.1-only",
    "psycopg": "LGPL-3.0-only",
    "psycopg-binary": "LGPL-3.0-only",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
}
"""Exceptions: used as they are, as packages of their own (docs/licences.md)."""

SPOKEN = {
    "lgpl-2.1-only": "LGPL-2.1-only",
    "mit": "MIT",
    "mit license": "MIT",
    "bsd 2-clause license": "BSD-2-Clause",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
}
"""Licences as older metadata names them."""

BY_FILE = {
    "axe-playwright-python": "MIT",
    "jinja2": "BSD-3-Clause",
    "pylopdf-fonts-zh-cn": "OFL-1.1",
    "pytest-django": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}
"""Packages whose metadata does not say which licence; read in the licence file they bring."""

DOC = (ROOT / "docs/licences.md").read_text(encoding="utf-8")


def locked(name: str) -> set[str]:
    """The packages that a lock file names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z0-9-]+)==", text))


RUNTIME, EVERY = locked("requirements.txt"), locked("requirements-dev.txt")


def table(heading: str) -> dict[str, str]:
    """Package and licence as the page has them."""
    part = re.search(rf"(?ms)^## {heading}.*?(?=^## |\Z)", DOC)
    assert part is not None
    rows = re.findall(r"(?m)^\| ([a-z0-9-]+) \| ([^|]+) \|", part[0])
    return {name: licence.strip() for name, licence in rows}


TOLD, TOLD_DEV = table("运行时"), table("只在开发")


def licence_of(package: str) -> str:
    """The licence as the installed package says it, as an SPDX expression."""
    said = metadata(package)
    if said.get("License-Expression"):
        return str(said["License-Expression"])
    named = [str(said.get("License") or "")]
    named += [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if "License" in c]
    known = {SPOKEN.get(n.lower(), n if n in ALLOWED else "") for n in named} - {""}
    return known.pop() if len(known) == 1 else BY_FILE.get(package, f"? {named}")


def test_the_tables_name_what_is_locked_and_nothing_else() -> None:
    assert set(TOLD) == RUNTIME
    assert set(TOLD_DEV) == EVERY - RUNTIME


@pytest.mark.parametrize("package", sorted(RUNTIME))
def test_what_runs_has_a_licence_that_is_allowed(package: str) -> None:
    licence = licence_of(package)

    assert licence in ALLOWED or UNCHANGED.get(package) == licence
    assert TOLD[package] == licence


@pytest.mark.parametrize("package", sorted(EVERY - RUNTIME))
def test_what_is_used_to_develop_has_the_licence_that_is_told(package: str) -> None:
    try:
        licence = licence_of(package)
    except PackageNotFoundError:
        assert package == "colorama", "everything else is installed here"
        return

    assert TOLD_DEV[package] == licence


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "", "Proprietary"])
def test_another_licence_would_be_found(monkeypatch: pytest.MonkeyPatch, licence: str) -> None:
    from email.message import Message

    said = Message()
    said["License-Expression"] = licence
    monkeypatch.setattr("tests.site.test_licences.metadata", lambda package: said)

    assert licence_of("django") not in ALLOWED
