"""Sections become clauses: labels as printed, and rules with an id of their own."""

from collections.abc import Iterable

import msgspec

from yishi.charter import blocks, labels
from yishi.charter.model import Clause, Fault, Omission, RuleBlock, Silence
from yishi.charter.outline import Section


def clauses(sections: Iterable[Section], faults: list[Fault]) -> tuple[Clause, ...]:
    """The clauses in order; a label or a rule id given twice is a fault."""
    above: list[tuple[int, str]] = []
    lines: dict[str, int] = {}
    ids: dict[str, int] = {}
    found = []
    for section in sections:
        above = [entry for entry in above if entry[0] < section.level]
        above.append((section.level, labels.own(section.heading)))
        label = labels.composite([own for _, own in above])
        _check_label(section, above[-1][1], label, lines, faults)
        found.append(_clause(section, label, ids, faults))
    return tuple(found)


def _check_label(
    section: Section, own: str, label: str, lines: dict[str, int], faults: list[Fault]
) -> None:
    if not own:
        faults.append(Fault(section.line, "charter.heading_unlabelled"))
    elif label in lines:
        params: dict[str, str | int | list[str]] = {"label": label, "first": lines[label]}
        faults.append(Fault(section.line, "charter.label_repeated", params))
    lines.setdefault(label, section.line)


def _clause(section: Section, label: str, ids: dict[str, int], faults: list[Fault]) -> Clause:
    rules: list[RuleBlock] = []
    omissions: list[Omission] = []
    silences: list[Silence] = []
    for fence in section.fences:
        if fence.info == "rule" and (rule := blocks.rule(fence, faults)):
            rules.append(_identified(rule, label, ids, faults))
        elif fence.info == "no-rule" and (omission := blocks.omission(fence, faults)):
            omissions.append(omission)
        elif fence.info == "silent":
            silences += blocks.silences(fence, faults)
        elif fence.info not in ("rule", "no-rule"):
            faults.append(Fault(fence.line, "charter.fence_unknown", {"info": fence.info}))
    return Clause(
        label=label,
        heading=section.heading,
        level=section.level,
        meaning="\n\n".join(section.meaning),
        quotes=tuple(section.quotes),
        rules=tuple(rules),
        omissions=tuple(omissions),
        silences=tuple(silences),
        line=section.line,
    )


def _identified(rule: RuleBlock, label: str, ids: dict[str, int], faults: list[Fault]) -> RuleBlock:
    if rule.id in ids:
        line = rule.lines.get("id", rule.line)
        faults.append(Fault(line, "charter.rule_id_repeated", {"id": rule.id}))
    name = rule.id or _free(f"{label}/{rule.kind}", ids)
    ids.setdefault(name, 1)
    return msgspec.structs.replace(rule, id=name)


def _free(name: str, ids: dict[str, int]) -> str:
    free = name
    while free in ids:
        ids[name] += 1
        free = f"{name}#{ids[name]}"
    return free
