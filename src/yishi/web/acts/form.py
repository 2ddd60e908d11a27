"""One act as a form for one person: made from the act's fields, filled, read back into the act."""

import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from yishi.charter.reader import read as read_charter
from yishi.procedure.act import Act, Deed
from yishi.procedure.convening import SetAgenda
from yishi.procedure.decide import judge, place
from yishi.procedure.enact import bind, presumed
from yishi.procedure.kinds import ACTS
from yishi.procedure.offers import Offer, Withheld
from yishi.procedure.rule import Bound
from yishi.procedure.state import Sitting
from yishi.procedure.subjects import NOT_OFFERED
from yishi.procedure.verdict import Ground, Message, Refused, Rejected
from yishi.values.wire import fields_in
from yishi.web.acts.after import ASKED_FIRST
from yishi.web.acts.beginning import begun, digest, settled
from yishi.web.acts.choices import CHOICES, Asked, choices
from yishi.web.acts.grounds import tellable
from yishi.web.acts.inputs import Choice, Input, Typed, Unreadable, kind_of, read, typed
from yishi.web.acts.lead import ALSO, FIELD, Timed, timed
from yishi.web.acts.leaving import following, leaves
from yishi.web.acts.ordering import Place, places, shifted
from yishi.web.acts.paper import NOW, did_happen, happened, paper_inputs
from yishi.web.acts.rows import in_rows, told_of
from yishi.web.acts.standing import standing
from yishi.web.acts.wanted import OF_OTHERS, demanded, wanted
from yishi.web.office import Office

SUBJECTS: Final = ("body", "sitting", "item", "decision", "task", "adjustment", "posting")
"""Fields that say what an act is about; a form carries them along, unseen."""

KEY: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}\Z")
"""What the key of a form looks like; any other counts as none."""


class ActForm:
    """The form for an act on a subject: what to fill in, what helps, what stands in the way."""

    def __init__(
        self,
        office: Office,
        kind: type[Act],
        subject: Mapping[str, str],
        preset: Mapping[str, str] | None = None,
        data: Typed | None = None,
    ) -> None:
        self.office, self.kind = office, kind
        self.name = kind.name()
        known = {f.name for f in fields_in(kind)} - {kind.new}
        self.subject = {k: v for k, v in subject.items() if k in known and k in SUBJECTS and v}
        self.asked = Asked(office, kind, self.subject)
        self.key = secrets.token_hex(12)
        self.seen = office.seq
        self.reason = self.moved = ""
        self.problem: Message | None = None
        self.grounds: tuple[Ground, ...] = ()
        self.faults: list[str] = []
        self.reason_asked = kind.reasoned
        self.inputs = [
            self._input(f, preset or {}, data)
            for f in fields_in(kind)
            if f.name not in self.subject and f.name not in self._hidden()
            if f.required or wanted(self.asked, f.name)
        ]
        self.paper = paper_inputs(self.asked, preset or {}, data)
        self.happened = NOW
        self.began = self._beginnings() if kind.overwrites else {}
        if data is not None:
            self.reason = "".join(data.get("reason", [])).replace("\r\n", "\n").strip()
            said = "".join(data.get("key", []))
            self.key = said if KEY.match(said) else self.key
            self._goes_on(data)
            self.reason_asked = self.reason_asked or bool(self.reason)
        elif self.reason_asked:
            self.reason = standing(self.asked, self.name, "reason") or ""

    def _hidden(self) -> tuple[str, ...]:
        return (self.kind.new, "paper", "note")

    def _input(
        self,
        field: msgspec.structs.FieldInfo,
        preset: Mapping[str, str],
        data: Typed | None,
    ) -> Input:
        kind = kind_of(field)
        one = Input(
            name=field.name,
            kind=kind,
            label=self._label(field.name),
            required=field.required and kind not in ("checks", "agenda", "days"),
            hint=self._hint(field.name),
            demanded=None if field.required else demanded(self.asked, field.name),
            choices=choices(self.asked, field),
        )
        if data is not None:
            one.values, one.rows = typed(kind, field.name, data)
        elif preset.get(field.name):
            one.values = (preset[field.name],)
        elif self._today(field.name, preset):
            one.values = (self.office.now.date().isoformat(),)
        else:
            one.values, one.rows = self._begun(one)
        return one

    def _begun(self, one: Input) -> tuple[tuple[str, ...], tuple[dict[str, str], ...]]:
        """What stands in the form at first: what is there already, or the only choice."""
        held = standing(self.asked, self.name, one.name)
        if isinstance(held, tuple) and held and isinstance(held[0], dict):
            return (), held
        if held:
            return tuple(held) if isinstance(held, tuple) else (str(held),), ()
        # What is typed here is handed in in writing: nobody has to say so as well.
        if one.name == "written" and one.demanded:
            return ("yes",), ()
        if one.kind in ("choice", "radio") and one.required:
            own = "" if self.name in OF_OTHERS else self.office.person
            mine = [c.value for c in one.choices if c.value == own]
            only = [c.value for c in one.choices] if len(one.choices) == 1 else []
            return tuple((mine or only)[:1]), ()
        return (), ()

    def _beginnings(self) -> dict[str, str]:
        """Digests of what stands where the act would put something else."""
        return {one.name: digest(one.kind, self._begun(one)) for one in self.inputs}

    def _goes_on(self, data: Typed) -> None:
        """A form that is shown again began when it was shown first: `seen` stays what it was."""
        said = "".join(data.get("seen", []))
        if self.kind.overwrites and said.isdecimal() and len(said) < 18:
            self.seen, self.began = min(int(said), self.seen), begun(data)

    @property
    def beginnings(self) -> tuple[tuple[str, str], ...]:
        """What each field began with, as the form carries it along."""
        return tuple(self.began.items())

    def overtaken(self, office: Office) -> None:
        """Take up what somebody else wrote meanwhile, so that nobody wipes it unseen."""
        self.office, self.asked = office, Asked(office, self.kind, self.subject)
        now = {one.name: self._begun(one) for one in self.inputs}
        self.inputs = settled(self.inputs, self.began, now)
        self.seen, self.began = office.seq, self._beginnings()

    def _today(self, name: str, preset: Mapping[str, str]) -> bool:
        """Whether a day begins as today: the first of what begins, the last of what ends."""
        ends = preset.get("change") == "remove" or self.name == "close_unit"
        return name == ("until" if ends else "since")

    def _label(self, name: str) -> str:
        words = self.office.catalogue
        own = f"page.form.label.{self.name}.{name}"
        return words.text(own) if words.has(own) else words.word("fields", name)

    def _hint(self, name: str) -> str:
        words = self.office.catalogue
        for key in (f"page.form.hint.{self.name}.{name}", f"page.form.hint.{name}"):
            if words.has(key):
                return words.text(key)
        return ""

    @property
    def title(self) -> str:
        """The act's name in words."""
        return self.office.catalogue.word("acts", self.name)

    @property
    def asks_first(self) -> bool:
        """Whether nothing takes the act back, so that the page asks once more."""
        return self.name in ASKED_FIRST

    @property
    def bare(self) -> bool:
        """Whether there is nothing to fill in, so that one press does it."""
        filled = all(one.kind == "carried" for one in self.inputs)
        return filled and not self.reason_asked and not self.asks_first

    @property
    def order(self) -> tuple[Place, ...]:
        """The items that may be taken, those chosen first in their order, with their minutes."""
        held = self.asked.sitting
        asked = held.agenda if held is not None and self.kind is SetAgenda else ()
        leaving = {i for i in asked if held is not None and leaves(self.office, held, i)}
        return places(self.inputs, held, leaving)

    @property
    def next_sitting(self) -> Sitting | None:
        """The meeting to which an item of this one's agenda may be moved, when it is convened."""
        held = self.asked.sitting
        return following(self.office, held) if held is not None else None

    def shift(self, wanted: str) -> None:
        """Put one item before or after its neighbour or off, as a button asks: `up:<item>`."""
        self.inputs = shifted(self.inputs, wanted)
        self.moved = wanted

    @property
    def timed(self) -> bool:
        """Whether the form gives a meeting its time."""
        return any(one.name == FIELD for one in self.inputs)

    @property
    def lead(self) -> Timed | None:
        """What there is to say of the time that is typed: the notice, whether it is usual."""
        typed = {one.name: one.value for one in self.inputs}
        about = self.subject | {name: typed[name] for name in ALSO if typed.get(name)}
        return timed(self.office, self.kind, about, typed.get(FIELD, ""))

    @property
    def rules(self) -> tuple[Bound, ...]:
        """The rules that will judge the act, as help beside the form."""
        book = self.asked.book
        return book.for_act(self.name) if book is not None else ()

    def aside(self, bound: Bound) -> bool:
        """Whether a rule is about another kind of matter than the one chosen, if any is yet."""
        asked = [one.value for one in self.inputs if one.name == "matter"]
        return bool(asked) and getattr(bound.rule, "matter", asked[0]) != asked[0]

    @property
    def has_file(self) -> bool:
        """Whether a text may be brought as a file."""
        return any(one.kind == "charter" for one in self.inputs)

    @property
    def units(self) -> tuple[Choice, ...]:
        """Sections, for the rows of tasks."""
        return tuple(CHOICES["unit"](self.asked))

    @property
    def counters(self) -> tuple[Choice, ...]:
        """Service counters, for the rows of tasks."""
        return tuple(CHOICES["counter"](self.asked)) if wanted(self.asked, "counter") else ()

    @property
    def everybody(self) -> tuple[Choice, ...]:
        """People who hold any post today, for the rows of tasks."""
        return tuple(CHOICES["owner"](self.asked))

    @property
    def old_tasks(self) -> list[tuple[Choice, str]]:
        """Each old task with what becomes of it (`continues` or `ends`), so far as it is said."""
        old = {one.name: one for one in self.inputs if one.kind == "old"}
        said = {task: name for name, one in old.items() for task in one.values}
        every = {c.value: c for one in old.values() for c in one.choices}
        return [(c, said.get(task, "")) for task, c in every.items()]

    def choose_subject(self) -> bool:
        """Whether the form still has to ask what the act is about."""
        return any(one.name in SUBJECTS for one in self.inputs)

    def withheld(self) -> Withheld | None:
        """Why no filling of the form would stand; None when one would, or nobody can say yet."""
        if self.choose_subject() or self.name in NOT_OFFERED:
            return None
        answer = self.office.ask(self.kind, self.subject)
        if not isinstance(answer, Withheld):
            return None
        return msgspec.structs.replace(answer, grounds=tellable(self.office, answer.grounds))

    @property
    def _settled(self) -> bool:
        """Whether there is at most a word to add, which no rule asks for."""
        free = ("line", "words")
        return not self.reason_asked and all(
            one.kind == "carried" or (one.kind in free and not one.required and not one.demanded)
            for one in self.inputs
        )

    def foretell(self) -> None:
        """Where nothing is left to fill in and the act departs from a rule: ask why beforehand."""
        answer = self.office.ask(self.kind, self.subject) if self._settled else None
        if isinstance(answer, Offer) and answer.departs:
            deed = Deed(act=answer.example, actor=self.office.person, at=self.office.now)
            setting = place(deed, self.office.state)
            verdict = setting if isinstance(setting, Rejected) else judge(setting)
            if isinstance(verdict, Refused):
                self.answered(verdict)

    def act(self) -> Act | None:
        """The act as it was filled in; None, with the errors at their fields, when it is none."""
        filled: dict[str, Any] = dict(self.subject)
        for one in self.inputs:
            try:
                value = read(one, self.office.zone, self._new)
            except Unreadable as problem:
                one.error = self.office.catalogue.text(f"page.{problem.args[0]}", n=one.longest)
                continue
            if value is None and one.required:
                one.error = self.office.catalogue.text("page.form.missing", label=one.label)
            elif value is not None:
                filled[one.name] = value
        if any(one.error for one in self.inputs):
            return None
        built = self._whole(filled)
        self.happened = happened(self.paper, built, self.office)
        return None if any(one.error for one in self.paper) else built

    def _whole(self, filled: dict[str, Any]) -> Act | None:
        """The act of what was filled in and what is made anew."""
        for name in self._hidden():
            if name and name in {f.name for f in fields_in(self.kind)}:
                filled[name] = self._new(name)
        return self._built(filled)

    def _built(self, filled: dict[str, Any]) -> Act | None:
        try:
            return msgspec.convert(filled, self.kind)
        except msgspec.ValidationError as error:
            name = str(error).rpartition("`$.")[2].partition("`")[0].partition("[")[0]
            text = self.office.catalogue.text("page.form.misfit")
            found = next((one for one in self.inputs if one.name == name), None)
            if found is not None:
                found.error = text
            else:
                self.problem = Message("page.form.misfit")
            return None

    def _new(self, kind: str) -> str:
        """A fresh id."""
        return f"{kind[0]}{secrets.token_hex(6)}"

    def answered(self, verdict: Refused | Rejected) -> None:
        """Take up what came back, so that the form shows it beside what was typed."""
        if isinstance(verdict, Refused):
            self.grounds = tellable(self.office, verdict.grounds)
            state = self.office.state
            if all(presumed(state, g.citation) for g in verdict.grounds) or self.breaks:
                self.reason_asked = True
            return
        if verdict.message.id == "place.charter_faulty":
            self.faults = self._faults()
        named = (*self.inputs, *self.paper)
        found = next((one for one in named if one.name == verdict.field), None)
        found = in_rows(self.inputs, verdict) or found
        said = self.office.catalogue.sentence(verdict.message, self.office.names)
        if found is not None:
            found.error = said + told_of(found, self.office.catalogue)
        else:
            self.problem = verdict.message

    def _faults(self) -> list[str]:
        """Everything wrong with a text of rules, each with its line."""
        source = next((one.value for one in self.inputs if one.kind == "charter"), "")
        charter, read_faults = read_charter(source.replace("\r\n", "\n") + "\n")
        faults = (*read_faults, *(bind(charter)[1] if charter is not None else ()))
        words = self.office.catalogue
        return [
            words.text("page.form.fault", line=f.line, said=words.text(f.message, **f.params))
            for f in sorted(faults, key=lambda f: f.line)
            if f.level == "error"
        ]

    @property
    def breaks(self) -> bool:
        """Whether what stands in the way can have been so at a meeting held on paper."""
        return bool(self.paper) and did_happen(self.asked, self.grounds)

    @property
    def departs(self) -> bool:
        """Whether a reason is all that is missing."""
        state = self.office.state
        return bool(self.grounds) and all(presumed(state, g.citation) for g in self.grounds)


def form_for(
    office: Office, name: str, subject: Mapping[str, str], preset: Mapping[str, str] | None = None
) -> ActForm:
    """The form for an act by its name. Raises KeyError for an unknown one."""
    return ActForm(office, ACTS[name], subject, preset)


__all__ = ["SUBJECTS", "ActForm", "Choice", "form_for", "standing"]
