"""Whatever a parameter is filled with, no word of the library that converts is shown."""

from typing import Any

import msgspec
import pytest

from yishi.charter.reader import read
from yishi.procedure.enact import bind
from yishi.procedure.kinds import KINDS
from yishi.wording import Catalogue

HEADER = """---
body: town
title: 规则
in_force: 2024-01-01
---
# 规则
## 一、条
说明。

```rule
kind: {kind}
{params}
```
"""
ODD = ("x y", "-1", "99999", "[1, [2]]", "{a: b}", "true", "长的一句话", "[]", "''")
SPOKEN = (Catalogue("zh"), Catalogue("en"))


def faults(kind: str, params: dict[str, str]) -> list[Any]:
    """What is wrong with a charter whose only rule is filled in so."""
    text = "\n".join(f"{name}: {value}" for name, value in params.items())
    charter, unread = read(HEADER.format(kind=kind, params=text))
    return list(unread) if charter is None else list(bind(charter)[1])


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_fit_is_told_without_the_librarys_words(kind: str) -> None:
    fields = [field.name for field in msgspec.structs.fields(KINDS[kind])]
    for odd in ODD:
        for name in fields:
            for fault in faults(kind, {name: odd}):
                said = [one.text(fault.message, **fault.params) for one in SPOKEN]
                assert not [s for s in said if "Expected" in s or "Object" in s or "$." in s]
