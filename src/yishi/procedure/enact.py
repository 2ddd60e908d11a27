"""A charter's data bound to the kinds of rules, and the book of rules that binds one act (pure)."""

from datetime import date
from typing import Any, Final, TypeVar, get_args

import msgspec

from yishi.charter.model import Charter, Clause, Fault, RuleBlock
from yishi.procedure.charters import GENERAL
from yishi.procedure.kinds import ACTS, KINDS
from yishi.procedure.order import ReservedTo
from yishi.procedure.reading import Thing
from yishi.procedure.rule import MODALITIES, Bound, Kind
from yishi.procedure.state import Item, State
from yishi.procedure.verdict import Citation
from yishi.values.shapes import misfit, type_at, values_of

K = TypeVar("K", bound=Kind)

INSTITUTION_WIDE = frozenset(
    name
    for name, act in ACTS.items()
    if not {"body", "sitting", "item", "task", "decision", "adjustment"}
    & {field.name for field in msgspec.structs.fields(act)}
)
"""Acts that belong to no body's meetings."""

PARAM_SHAPES: Final = ("too_small", "too_large", "bad_value", "other_kind", "bad_id")
"""What a parameter can be wrong in; each has its sentence."""


def bind(charter: Charter) -> tuple[tuple[Bound, ...], tuple[Fault, ...]]:
    """Every rule of the charter bound to its kind, and what is wrong with the others."""
    bound: list[Bound] = []
    faults: list[Fault] = []
    for clause, block in charter.rules():
        made = _bind_one(charter, clause, block)
        if isinstance(made, Bound):
            bound.append(made)
            faults += _parameter_faults(charter, block, made.rule)
        else:
            faults.append(made)
    return tuple(bound), tuple(faults)


def _bind_one(charter: Charter, clause: Clause, block: RuleBlock) -> Bound | Fault:
    kind = KINDS.get(block.kind)
    if kind is None:
        line = block.lines.get("kind", block.line)
        near = _nearest(block.kind, KINDS)
        return Fault(line, "lint.unknown_kind", {"kind": block.kind, "near": near})
    modality = block.modality or kind.default_modality
    if modality not in MODALITIES or modality not in kind.modalities:
        line = block.lines.get("modality", block.line)
        allowed = list(kind.modalities)
        return Fault(line, "lint.modality", {"modality": modality, "allowed": allowed})
    try:
        rule = msgspec.convert(block.params, kind, strict=False)
    except msgspec.ValidationError as error:
        return _misfit(block, kind, str(error))
    citation = Citation(
        charter=charter.digest,
        body=charter.body,
        title=charter.title,
        label=clause.label,
        rule=block.id,
        general=charter.body == GENERAL,
        reading=block.reading,
        parts=block.parts,
    )
    return Bound(rule, modality, citation, block.line)


def _misfit(block: RuleBlock, kind: type[Kind], error: str) -> Fault:
    """Name the parameter a rule's data stumbles over, and its line."""
    fields = [field.name for field in msgspec.structs.fields(kind)]
    extra = [name for name in block.params if name not in fields]
    if extra:
        line = block.lines.get(extra[0], block.line)
        said = {"kind": block.kind, "param": extra[0], "near": _nearest(extra[0], fields)}
        return Fault(line, "lint.unknown_param", {**said, "known": fields})
    shape, params, where = misfit(error, kind)
    name = str(where[0]) if where else ""
    if shape == "missing_key":
        return Fault(block.line, "lint.missing_param", {"kind": block.kind, "param": params["key"]})
    line = block.lines.get(".".join(map(str, where)), block.lines.get(name, block.line))
    told: dict[str, str | int | list[str]] = {"kind": block.kind, "param": name, **params}
    if shape == "bad_value":
        told["allowed"] = list(values_of(type_at(kind, where)))
    return Fault(line, f"lint.{shape}" if shape in PARAM_SHAPES else "lint.bad_param", told)


def _parameter_faults(charter: Charter, block: RuleBlock, rule: Kind) -> list[Fault]:
    faults = [
        Fault(block.lines.get(param, block.line), message.id, _plain(message.params))
        for param, message in rule.faults(charter)
    ]
    for act in getattr(rule, "acts", ()):
        if act not in ACTS:
            line = block.lines.get("acts", block.line)
            faults.append(
                Fault(line, "lint.unknown_act", {"act": act, "near": _nearest(act, ACTS)})
            )
            continue
        for field in rule.looks_at():
            if not _has(act, field):
                line = block.lines.get("fields", block.lines.get("acts", block.line))
                faults.append(Fault(line, "lint.act_lacks", {"act": act, "field": field}))
    return faults


def _has(act: str, field: str) -> bool:
    """Whether an act has a field, itself or in the item it is about."""
    own = {one.name for one in msgspec.structs.fields(ACTS[act])}
    return field in own or ("item" in own and field in Item.__struct_fields__)


def _plain(params: Any) -> dict[str, str | int | list[str]]:
    return {key: list(v) if isinstance(v, tuple) else v for key, v in params.items()}


def _nearest(word: str, known: Any) -> str:
    """The known word with the most letters in common, to say what would be right."""

    def likeness(other: str) -> float:
        pairs = {word[i : i + 2] for i in range(len(word) - 1)}
        theirs = {other[i : i + 2] for i in range(len(other) - 1)}
        return len(pairs & theirs) / (len(pairs | theirs) or 1)

    return max(sorted(known), key=likeness, default="")


class Rulebook:
    """The rules that bind in one place at one time.

    The body's own rules come first; the general rules stand in where they are silent; rules of
    the institution's other bodies that reach here (`Kind.reaches`) bind too. What belongs to no
    body (people, units, posts) is judged under the general rules, and what any body's own charter
    says of such an act comes before them.
    """

    def __init__(self, digests: tuple[str, ...], charters: tuple[Charter, ...]) -> None:
        self.digests = digests
        self.charter = charters[0]
        own, general, others = _sorted_out(charters)
        self.bounds = (*own, *general)
        self._posts = _names(charters, "posts")
        self._units = _names(charters, "units")
        self._named = frozenset(
            name
            for charter in charters
            if charter.body != GENERAL
            for names in charter.posts.values()
            for name in names
        )
        self._by_rule = {id(bound.rule): bound for bound in (*self.bounds, *others)}
        self._for_act = {act: _for_act(act, own, general, others) for act in _all_acts()}
        self._entrusted = frozenset(
            act
            for act, bounds in self._for_act.items()
            if any(b.rule.says_whose(act) for b in bounds)
        )
        self._by_kind: dict[str, tuple[Bound, ...]] = {}
        for name in KINDS:
            mine = tuple(b for b in own if b.rule.name() == name)
            theirs = tuple(b for b in general if b.rule.name() == name)
            self._by_kind[name] = mine or theirs

    def for_act(self, act: str) -> tuple[Bound, ...]:
        """The rules that bear on an act, by its name."""
        return self._for_act.get(act, ())

    def entrusts(self, act: str) -> bool:
        """Whether a rule says whose an act is; what is nobody's is not anybody's either."""
        return act in self._entrusted

    def rule(self, kind: type[K]) -> K | None:
        """The rule of a kind that holds here: the body's own, else the general one."""
        return next(iter(self.all_of(kind)), None)

    def all_of(self, kind: type[K]) -> tuple[K, ...]:
        """All rules of a kind that hold here."""
        return tuple(b.rule for b in self._by_kind[kind.name()] if isinstance(b.rule, kind))

    def bound(self, rule: Kind) -> Bound:
        """The rule in its place."""
        return self._by_rule[id(rule)]

    def beside(self, state: State, digests: tuple[str, ...]) -> "Rulebook":
        """The book of other charters, for what is done here about their sittings."""
        return book_of(state, digests)

    def is_strict(self, rule: Kind) -> bool:
        """Whether the rule refuses what departs from it, instead of asking why."""
        return self.bound(rule).modality == "must"

    def post_names(self, post: str) -> tuple[str, ...]:
        """The printed names of a post that the body's charter, else the general rules, declare."""
        return self._posts.get(post, ())

    def posts_of_bodies(self) -> frozenset[str]:
        """The printed names of every post that the charter of any body declares."""
        return self._named

    def unit_names(self, unit: str) -> tuple[str, ...]:
        """The printed names of a unit that the body's charter declares."""
        return self._units.get(unit, ())

    def seats_for(self, act: str) -> tuple[str, ...]:
        """The seats to which an act is reserved."""
        return tuple(
            seat
            for bound in self.for_act(act)
            if isinstance(bound.rule, ReservedTo)
            for seat in bound.rule.by
        )


def _names(charters: tuple[Charter, ...], which: str) -> dict[str, tuple[str, ...]]:
    """Printed names by key: the body's own header, then the general rules'.

    Under the general rules alone, a key means what any of the bodies means by it.
    """
    own, general = charters[:1], tuple(c for c in charters if c.body == GENERAL)
    heard = charters if own == general[:1] else (*general, *own)
    found: dict[str, tuple[str, ...]] = {}
    for charter in heard:
        for key, names in getattr(charter, which).items():
            before = found.get(key, ()) if heard is charters else ()
            found[key] = tuple(dict.fromkeys((*before, *names)))
    return found


def _all_acts() -> tuple[str, ...]:
    return (*ACTS, *(f"read/{thing}" for thing in get_args(Thing)))


def _sorted_out(
    charters: tuple[Charter, ...],
) -> tuple[tuple[Bound, ...], tuple[Bound, ...], tuple[Bound, ...]]:
    own = _bound(charters[0])
    if charters[0].body == GENERAL:
        said = (b for c in charters[1:] for b in _bound(c))
        return tuple(b for b in said if INSTITUTION_WIDE & set(b.rule.governed())), own, ()
    general = tuple(b for c in charters[1:] if c.body == GENERAL for b in _bound(c))
    others = tuple(
        b
        for charter in charters[1:]
        if charter.body != GENERAL
        for b in _bound(charter)
        if b.rule.reaches
    )
    return own, general, others


def _for_act(
    act: str, own: tuple[Bound, ...], general: tuple[Bound, ...], others: tuple[Bound, ...]
) -> tuple[Bound, ...]:
    mine = [b for b in own if act in b.rule.governed()]
    taken = {b.rule.slot(act) for b in mine}
    default = [b for b in general if act in b.rule.governed() and b.rule.slot(act) not in taken]
    return (*mine, *default, *(b for b in others if act in b.rule.governed()))


_BOUND: dict[str, tuple[Bound, ...]] = {}
_BOOKS: dict[tuple[str, ...], Rulebook] = {}
_KEEP = 512


def _bound(charter: Charter) -> tuple[Bound, ...]:
    """The charter's rules; remembered by digest, so that a text is bound once."""
    if charter.digest not in _BOUND:
        if len(_BOUND) >= _KEEP:
            _BOUND.clear()
        _BOUND[charter.digest] = bind(charter)[0]
    return _BOUND[charter.digest]


def presumed(state: State, citation: Citation) -> bool:
    """Whether the cited rule is a presumption, from which a reason may depart."""
    charter = state.charters.get(citation.charter)
    found = (b for b in _bound(charter) if b.citation.rule == citation.rule) if charter else ()
    return any(bound.modality == "presumed" for bound in found)


def book_of(state: State, digests: tuple[str, ...]) -> Rulebook:
    """The book made of these enacted charters; remembered by their digests."""
    if digests not in _BOOKS:
        if len(_BOOKS) >= _KEEP:
            _BOOKS.clear()
        _BOOKS[digests] = Rulebook(digests, tuple(state.charters[d] for d in digests))
    return _BOOKS[digests]


def digests_on(state: State, body: str, on: date) -> tuple[str, ...]:
    """Digests of what binds a body on a day: its own, the general rules, the other bodies'."""
    others = sorted(key for key in state.bodies if key not in (body, GENERAL))
    in_force = (version_on(state, key, on) for key in (body, GENERAL, *others))
    return tuple(dict.fromkeys(digest for digest in in_force if digest))


def version_on(state: State, body: str, on: date) -> str | None:
    """The digest of the body's charter in force on a day."""
    log = state.bodies.get(body)
    return log.version_on(on) if log else None
