"""A worked case as data.

A case file is YAML::

    case: what it shows
    about: [五(二)3]          # optional: the clauses it is about
    play: true                # optional: `yishi play` plays it
    cast: ../../cast.yaml     # the institution it plays in, or
    after: opened.yaml        # another case to go on from
    until: decided            # … up to and with the step of that label
    steps:
      - at: 2026-10-30 15:20  # left out: the time of the step before
        by: chen
        do: state_position    # the acts and their fields are listed below
        with: {sitting: oct, item: budget, member: chen, stance: for}
        reason: why           # where an act needs one, or departs from a presumption
        label: chair-spoke
        expect: refused       # accepted (left out) · departed · refused · rejected
        grounds:              # when given: exactly these
          - {clause: 五(二)3, says: the sentence, basis: the brackets behind it}
        departs: [{clause: 二}]
        held_at: 2026-10-30 09:40   # entered from paper: when it really happened
        behalf: chen          # … and who really did it; `by` is who enters it
        breaks: [{clause: 五(二)3}]   # … with `expect: broken`: rules broken then
        notes: [the sentence]
      - roster: {post_vacated: {person: liu, post: 副主任, until: 2026-11-01}}
        at: 2026-11-01 09:00
      - ask: may              # what may a person do next, and why not
        of: chen
        about: {item: budget}
        expect: {offers: [decide_item], not_offered: [..], withheld: {close_sitting: [第八条]}}
      - ask: read             # may a person read a thing
        of: li
        thing: decision
        id: d1
        expect: {allowed: false, clause: 五(二)5, body: chuwuhui}
      - ask: reminders
        body: chuwuhui
        expect: {has: [{clause: .., kind: reminds, to: [..], about: ..}], lacks: [..]}
      - ask: report           # the compliance report of a sitting, or of a body's period
        body: chuwuhui
        sitting: oct          # or from: and to:
        expect: {has: [{clause: 二, body: chuwuhui, kind: cadence, status: broken, about: 2026-09}]}
      - ask: ledger
        expect: {has: [{task: t1, unit: business, due_on: 2026-11-20, overdue: true}]}
      - ask: charter          # what a charter states, on what it is silent, where an act falls
        body: chuwuhui
        expect:
          states: [{clause: 序言, fact: principle, value: 民主集中制}]
          silent: [quorum]
          clauses: {recuse: [第六条, 第八条]}   # exactly the clauses that bear on the act
      - ask: state            # plain facts of one subject
        sitting: oct          # with person: or item: – that person's, that item's part in it
        expect: {number: 1, status: open}
      - ask: practice         # which house practices hold in a sitting, and what they remark
        sitting: oct
        expect: {holds: [quorum], has: [{practice: quorum, about: oct, says: ..}], lacks: [..]}
      - replay: true          # write the journal, replay it, and go on from what it says

Times without an offset are in the zone of the cast. A `ref` written `words:…` means the sealed
text with those words, and words erased read `erased` after a replay; `charter_file` in place of
`text` reads a charter from a file.
"""

from typing import Any, Literal

import msgspec


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The institution that cases play in."""

    institution: str
    on: str
    enacted_by: str
    zone: str = "+08:00"
    charters: tuple[str, ...] = ()
    units: dict[str, dict[str, str]] = {}
    people: dict[str, str] = {}
    posts: tuple[dict[str, str], ...] = ()
    calendar: dict[str, dict[str, tuple[str, ...]]] = {}


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ground or a departure that a step is expected to have."""

    clause: str
    body: str = ""
    kind: str = ""
    says: str = ""
    basis: str = ""
    """The clause in brackets, with whether it is a default and how it is read."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """One step: an act, a change of the roster, a question, or a replay."""

    at: str = ""
    by: str = ""
    do: str = ""
    with_: dict[str, Any] = {}
    reason: str = ""
    behalf: str = ""
    held_at: str = ""
    label: str = ""
    expect: Any = None
    grounds: tuple[Expected, ...] | None = None
    departs: tuple[Expected, ...] | None = None
    breaks: tuple[Expected, ...] | None = None
    notes: tuple[str, ...] | None = None
    says: str = ""
    field: str = ""
    roster: dict[str, dict[str, str]] = {}
    ask: Literal[
        "", "may", "read", "reminders", "report", "ledger", "charter", "state", "practice"
    ] = ""
    of: str = ""
    about: dict[str, str] = {}
    thing: str = ""
    id: str = ""
    body: str = ""
    sitting: str = ""
    item: str = ""
    task: str = ""
    decision: str = ""
    adjustment: str = ""
    posting: str = ""
    person: str = ""
    start: str = msgspec.field(default="", name="from")
    to: str = ""
    replay: str = ""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A worked case: given, when, then."""

    case: str
    about: tuple[str, ...] = ()
    play: str = ""
    cast: str = ""
    after: str = ""
    until: str = ""
    steps: tuple[Step, ...] = ()


class Evidence(msgspec.Struct, frozen=True):
    """What a step shows of one sentence part of the adopted text."""

    part: str
    rule: str
    """The rule in its charter, `body:id`."""
    shows: str
    """stands · refused · departed · kept · broken · due · not_due · read"""


class StepResult(msgspec.Struct):
    """How one step went."""

    number: int
    line: int
    what: str
    """An act's name, `roster`, `replay`, or the question."""
    label: str = ""
    at: str = ""
    by: str = ""
    thing: str = ""
    """What was asked to be read."""
    outcome: str = ""
    said: tuple[str, ...] = ()
    """Grounds, departures and notes, in words, each with its clause."""
    clauses: tuple[str, ...] = ()
    """Labels of the clauses behind the verdict."""
    failures: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Result(msgspec.Struct):
    """How a case went."""

    file: str
    case: str
    steps: list[StepResult]
    play: bool = False

    @property
    def ok(self) -> bool:
        """Whether every expectation held."""
        return not any(step.failures for step in self.steps)
