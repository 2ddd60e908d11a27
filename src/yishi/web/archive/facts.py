"""What the description of a package says of the meeting, its course and its people."""

from collections.abc import Iterable, Iterator

from yishi import __version__
from yishi.archive.metadata import Absent, Done, Facts, Pairs, Person, Piece
from yishi.archive.profile import FONDS, Profile
from yishi.chronicle.scribe import AUDIT
from yishi.journal import Entry
from yishi.procedure.state import Sitting
from yishi.web.archive.entries import REPORTED, Taken
from yishi.web.documents.pen import Pen
from yishi.web.profiles.face import serial_of
from yishi.web.sittings.seated import place_of, post_of

PROGRAM = f"yishi {__version__}"
"""What made the package, and all that is not a paper handed in."""


def facts(
    pen: Pen,
    sitting: Sitting,
    profile: Profile,
    taken: Taken,
    pieces: tuple[Piece, ...],
    absent: tuple[Absent, ...],
) -> Facts:
    """All of it, in the words of the papers."""
    said = profile.fonds
    return Facts(
        source=(
            *((FONDS[key], said.get(key, "")) for key in ("archive_name", "archive_code")),
            ("全宗名称", said.get("fonds_name", "")),
            ("立档单位名称", pen.called),
        ),
        number=f"{pen.office.institution}/{sitting.id}",
        reference=_reference(pen, sitting, profile),
        content=_content(pen, sitting),
        form=_form(pieces),
        sitting=_held(pen, sitting, taken),
        matters=tuple(_matter(pen, sitting, item) for item in sitting.agenda),
        pieces=pieces,
        done=tuple(_done(pen, line.entry) for line in taken.lines),
        people=tuple(_person(pen, sitting, person) for person in taken.people),
        gaps=profile.gaps,
        absent=absent,
    )


def _reference(pen: Pen, sitting: Sitting, profile: Profile) -> Pairs:
    said = profile.fonds
    period = profile.period("minutes", sitting.body)
    return (
        ("全宗号", said.get("fonds_code", "")),
        ("目录号", said.get("catalogue_code", "")),
        ("年度", str(sitting.year)),
        ("保管期限", pen.word("archive_periods", period)),
        ("机构或问题", said.get("agency", "")),
        ("案卷号", said.get("file_code", "")),
    )


def _content(pen: Pen, sitting: Sitting) -> Pairs:
    number = serial_of(pen.office, sitting) if sitting.minutes else ""
    return (
        ("题名", pen.sitting(sitting.id)),
        ("人名", pen.people(seat.person for seat in sitting.members)),
        ("文件编号", number),
        ("责任者", pen.called),
        ("日期", sitting.held_on.isoformat()),
        ("文种", pen.word("things", "minutes")),
        ("密级", ""),
        ("保密期限", ""),
    )


def _form(pieces: Iterable[Piece]) -> Pairs:
    held = list(pieces)
    return (
        *(("文件组合类型", "组合文件"), ("件数", str(len(held)))),
        *(("页数", str(sum(one.pages for one in held))), ("语种", "汉语"), ("稿本", "正本")),
    )


def _held(pen: Pen, sitting: Sitting, taken: Taken) -> Pairs:
    """What only a meeting has (elements of our own)."""
    present = [
        p for p, held in sitting.presence.items() if any(s == "present" for s, _ in held.log)
    ]
    members = {seat.person for seat in sitting.members}
    leave = [p for p, one in sitting.leaves.items() if one.status == "granted"]
    last = taken.last
    return (
        *(("会议名称", pen.sitting(sitting.id)), ("届次", str(sitting.number))),
        ("会议类型", pen.word("sitting_kinds", sitting.kind)),
        *(
            ("开始时间", _moment(pen, sitting.opened_at)),
            ("结束时间", _moment(pen, sitting.closed_at)),
        ),
        *(("主持人", pen.person(sitting.chair)), ("记录人", pen.people(sitting.keepers))),
        *(("应到", str(len(members))), ("实到", str(len(members.intersection(present))))),
        *(
            ("请假", pen.people(leave)),
            ("列席", pen.people(p for p in present if p not in members)),
        ),
        ("规则版本", " ".join(sitting.charters)),
        *(
            ("事件区间", f"{taken.lines[0].entry.seq}-{last.entry.seq}"),
            ("登记簿条目摘要", last.hash),
        ),
    )


def _moment(pen: Pen, at: object) -> str:
    return at.astimezone(pen.office.zone).isoformat() if at else ""  # type: ignore[attr-defined]


def _matter(pen: Pen, sitting: Sitting, item: str) -> Pairs:
    held, talk = pen.office.state.items[item], sitting.talk_on(item)
    stances = [talk.stance_of(seat.person) for seat in sitting.members]
    reads = pen.office.reads("item", item).allowed
    return (
        *(("议题号", str(sitting.agenda.index(item) + 1)), ("编号", item)),
        ("题名", _title(pen, item, reads)),
        ("议题来源", pen.word("item_origins", held.origin)),
        ("汇报人", pen.person(talk.rapporteur)),
        ("议决结果", pen.word("outcomes", talk.outcome) if talk.outcome else ""),
        *((name, str(stances.count(stance))) for stance, name in COUNTS.items()),  # type: ignore[arg-type]
        ("回避人", pen.people(talk.recused)),
    )


COUNTS = {"for": "同意", "against": "不同意", "abstain": "弃权"}
"""What is counted of the positions stated."""


def _title(pen: Pen, item: str, reads: bool) -> str:
    return pen.plain(pen.office.state.items[item].title) if reads else ""


def _done(pen: Pen, entry: Entry) -> Done:
    judged = entry.stream == AUDIT
    called = pen.word("acts" if judged else "events", entry.type)
    if judged:
        verdict = str(entry.payload.get("verdict", ""))
        called += f"（{pen.word('verdicts', verdict)}）"
    return Done(
        seq=entry.seq,
        type=entry.type,
        called=called,
        at=entry.at,
        by=pen.person(entry.actor),
        basis=_basis(pen, entry),
        about=entry.stream,
    )


def _basis(pen: Pen, entry: Entry) -> str:
    """The rules it was judged by; of what they objected to, which clause."""
    charter = pen.office.state.charters.get(entry.charter or "")
    name = f"《{charter.title}》" if charter else ""
    cited = (one for name in REPORTED for one in entry.payload.get(name, ()))
    return " ".join((name, *dict.fromkeys(_label(one) for one in cited))).strip()


def _label(cited: dict[str, str]) -> str:
    return cited["rule"].partition("/")[0]


def _person(pen: Pen, sitting: Sitting, person: str) -> Person:
    roles = list(_roles(sitting, person))
    join = pen.word("shapes", "join")
    said = join.join(pen.word("archive_roles", role) for role in roles)
    return Person(person, pen.person(person), post_of(pen.office, sitting, person), said)


def _roles(sitting: Sitting, person: str) -> Iterator[str]:
    if person == sitting.chair:
        yield "chair"
    if person in sitting.keepers:
        yield "secretary"
    yield place_of(sitting, person) or "other"
