"""The text of the page of fields that an office's own Word templates may hold."""

from collections.abc import Iterable
from typing import Final

from yishi.cli.reference import MADE
from yishi.documents.own.fields import FIELDS, Field
from yishi.wording import Catalogue

_HOW: Final = """# 单位自己的 Word 模板：可以用的字段

双花括号里写字段，例如 `{{ 编号 }}`。逐项列出的，前后各用一段
`{%p for 项 in 议题 %}`、`{%p endfor %}` 围起来，中间写 `{{ 项.题名 }}`；
表格里一行一项的写 `{%tr for 项 in 议题 %}`、`{%tr endfor %}`；
可有可无的用 `{%p if 请假 %}`、`{%p endif %}`。
只能用字段、for 和 if，一个 for 里面只能再列它自己那一项里的内容。
怎样交上来，见[网页使用指南](pages-guide.md)。
"""


def templates_page(chinese: Catalogue) -> str:
    """Every paper for which an office may have a template, with its fields."""
    out = [MADE, _HOW]
    for paper, fields in FIELDS.items():
        out.append(f"## {chinese.word('documents', paper)}\n\n| 字段 | 是什么 |\n|---|---|")
        out += [_row(one, chinese) for one in fields]
        out.append("")
    return "\n".join(out)


def _row(one: Field, chinese: Catalogue) -> str:
    within = f"；每项有：{_names(one.of)}" if one.of else ""
    return f"| `{one.name}` | {chinese.word('template_fields', one.name)}{within} |"


def _names(fields: Iterable[Field]) -> str:
    return "、".join(f"{one.name}（{_names(one.of)}）" if one.of else one.name for one in fields)
