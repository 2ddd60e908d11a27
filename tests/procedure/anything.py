"""For each field of an act, anything it may be filled with: known, unknown, fitting or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.procedure.acting import Company


def _known(name: str) -> Callable[[Company], str | None]:
    return lambda company: company.some([*sorted(getattr(company.state, name)), "nowhere"])


def _either(company: Company) -> bool | None:
    return company.chance.choice((True, False, None))


def _words(company: Company) -> str | None:
    return company.chance.choice(("好。", "先听大家的。\n再说。", "长" * 300, None))


def _one_of(*values: Any) -> Callable[[Company], Any]:
    return lambda company: company.chance.choice(values)


def _several(of: Callable[[Company], Sequence[Any]]) -> Callable[[Company], list[Any]]:
    def some(company: Company) -> list[Any]:
        found = of(company)
        return [one for one in found if company.chance.random() < 0.5]

    return some


def _subject_or_new(name: str) -> Callable[[Company], str | None]:
    known = _known(f"{name}s")
    return lambda company: company.fresh() if company.chance.random() < 0.5 else known(company)


def _person(company: Company) -> str:
    return company.chance.choice((*company.people, "nobody"))


def _unit(kind: str) -> Callable[[Company], str | None]:
    """Mostly a unit of the kind, seldom another or none that there is."""

    def unit(company: Company) -> str | None:
        units = company.state.roster.units
        if company.chance.random() < 0.1:
            return company.chance.choice((*sorted(units), "no-unit"))
        return company.some([u for u in sorted(units) if units[u].kind == kind], none=0.3)

    return unit


def _start(company: Company) -> str:
    ahead = timedelta(days=company.chance.randint(-2, 50), hours=company.chance.randint(0, 12))
    return (company.at + ahead).isoformat()


def _agenda(company: Company) -> list[str]:
    """Mostly what one body could take; now and then whatever there is."""
    body = company.some(sorted(company.state.bodies))
    fits = company.chance.random() < 0.8
    items = [i for i in company.state.items.values() if i.status in ("approved", "on_agenda")]
    held = [i.id for i in (items if fits else company.state.items.values()) if i.body == body]
    kept = [i for i in sorted(held) if fits or company.chance.random() < 0.7]
    return kept[::-1] if company.chance.random() < 0.5 else kept


def _entry(company: Company) -> str:
    notes = [n[0] for s in company.state.sittings.values() for n in s.record.notes]
    return company.chance.choice([*sorted(notes), *sorted(company.state.items), "x"])


def nothing(company: Company) -> None:
    """What nobody has thought of yet is left out."""


MATTERS = (
    "inform", "administration", "personnel", "windows", "plans", "rules", "other", "daily",
    "section_reports", "elsewhere",
)  # fmt: skip

ANY: dict[str, Callable[[Company], Any]] = {
    "body": _known("bodies"),
    **{name: _subject_or_new(name) for name in ("item", "sitting", "decision", "task")},
    "adjustment": _subject_or_new("adjustment"),
    **dict.fromkeys(("paper", "note"), lambda company: company.fresh()),
    **dict.fromkeys(("title", "content", "proposal", "words", "summary", "need"), _words),
    **dict.fromkeys(("cause", "effect", "opinion"), _words),
    "matter": _one_of(*MATTERS),
    **dict.fromkeys(("lead_unit", "unit"), _unit("section")),
    "counter": _unit("counter"),
    "co_units": _several(lambda company: sorted(company.state.roster.units)),
    **dict.fromkeys(("weighty", "triple_major", "within_authority"), _either),
    **dict.fromkeys(("written", "late_admitted"), _one_of(True, False)),
    "changes": lambda company: company.some(sorted(company.state.decisions), none=0.5),
    "changes_task": lambda company: company.some(sorted(company.state.tasks), none=0.8),
    "starts_at": _start,
    "kind": _one_of("ordinary", "extra"),
    "venue": _one_of(None, None, "三楼会议室", "政务大厅"),
    "bring": _one_of(None, "请带报表"),
    "items": _agenda,
    "people": _several(lambda company: company.people),
    **dict.fromkeys(("person", "member", "rapporteur", "to"), _person),
    "owner": lambda company: company.some(company.people, none=0.2),
    "status": _one_of("absent", "leave"),
    "stance": _one_of(*["for"] * 7, "against", "abstain", "none"),
    "outcome": _one_of("adopt", "adopt", "agree_in_principle", "reject", "postpone", "noted"),
    "parts": _several(lambda company: ("content", "proposal")),
    "tasks": lambda company: company.drafts(),
    "due_on": lambda company: company.some((company.day(),), none=0.2),
    "steps": lambda company: (
        [{"by": company.day(), "words": "一步"}] * company.chance.randint(0, 2)
    ),
    "corrects": _entry,
    "period": _one_of("2026-10", "2026-W45", "2027-01", "2026-13"),
    "year": _one_of(2026, 2027),
    "holidays": lambda company: [company.day()],
    "workdays": lambda company: [],
    "text": _words,
    "posting": _subject_or_new("posting"),
    "change": _one_of("appoint", "remove"),
    "post": _one_of("科室负责人", "副主任", "处务会秘书", "系统管理员", "科员"),
    **dict.fromkeys(("since", "until"), lambda company: company.some((company.near(),), none=0.3)),
    "called": _one_of("新人", "新科室"),
    "unit_kind": _one_of("section", "counter"),
    "on": lambda company: company.day(),
    **dict.fromkeys(("number", "sittings", "minutes"), lambda c: c.chance.randint(0, 9)),
    "digest": _one_of(None, "0" * 64, "f" * 64),
    "ref": _one_of("0" * 64, "f" * 64),
}
"""For each field of an act, anything it may be filled with: far more than `fillings` tries."""
