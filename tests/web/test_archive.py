"""A closed meeting goes to the archive: what is in its package, who may make it, what is kept."""

import ast
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.conf import settings
from django.test import Client

from tests.clerk.test_erasure import erase
from tests.documents.reading import text as pdf_text
from tests.playing import MONTH, PLACE, WEEK, client_of, play_into, stage_of
from tests.web.demonstration import demonstrate
from tests.web.pressing import press, text
from yishi.accounts.models import Account
from yishi.archive import check, container
from yishi.archive.check_journal import canonical
from yishi.archive.check_known import Entry, Known
from yishi.archive.profile import defaults
from yishi.clerk.door import Done, do, happen
from yishi.clerk.memory import MEMORY
from yishi.jobs.models import Job
from yishi.jobs.working import work_all
from yishi.journal.tables.models import SealedText
from yishi.journal.tables.store import TableStore
from yishi.originals.keeping import checked, status_of
from yishi.originals.models import Original
from yishi.papers import shelf
from yishi.papers.models import Paper
from yishi.papers.sweeping import sweep
from yishi.procedure.charters import EraseText
from yishi.procedure.items import SubmitItem, SupplyPaper, WithdrawItem
from yishi.procedure.minutes import PublishDecision, SetTask
from yishi.procedure.publishing import ProposePublication, PublishMinutes
from yishi.procedure.verdict import Accepted, Message, Rejected
from yishi.web.acts.doing import done
from yishi.web.archive.making import Unmade, make
from yishi.web.archive.wanted import wanted
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.pen import Pen
from yishi.web.documents.writers import FORMS
from yishi.web.office import Office

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_places(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.ARCHIVE = tmp_path / "papers", tmp_path / "archive"
    settings.RESULTS = tmp_path / "results"


def made(subject: str = "oct", person: str = "xiao") -> bytes:
    """The package of a meeting as somebody's office makes it."""
    office, out = Office(Account(institution=PLACE, person=person), "zh"), io.BytesIO()
    make(office, office.state.sittings[subject], out)
    return out.getvalue()


def whole_journal() -> list[Entry]:
    """The whole journal, as a check knows it."""
    told = ((line, line.entry) for line in TableStore(PLACE).read())
    return [
        Entry(e.seq, e.type, e.stream, line.hash, e.payload.get("sitting"), e.payload.get("digest"))
        for line, e in told
    ]


def files(raw: bytes) -> dict[str, bytes]:
    """What is in a package, by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return {name.partition("/")[2]: packed.read(name) for name in packed.namelist()}


def failed(raw: bytes, journal: list[Entry] | None = None) -> set[str]:
    """What does not pass, as files and reasons."""
    found = check.run(container.read(io.BytesIO(raw)), Known(journal=journal))
    return {one.said for one in found if one.status == "fail"}


def lines(raw: bytes) -> list[dict]:
    """The extract of the journal in a package."""
    return [json.loads(line) for line in files(raw)["data/journal/extract.jsonl"].splitlines()]


def words(raw: bytes) -> str:
    """Everything that a package says in words of its own."""
    return "\n".join(
        pdf_text(held) if name.endswith(".pdf") else held.decode()
        for name, held in files(raw).items()
        if not name.startswith("data/材料/") and not name.endswith((".docx", ".py"))
    )


# ── what is in it ─────────────────────────────────────────────────────────────────────────────


def test_it_holds_every_paper_of_the_meeting_its_rules_and_its_journal_and_passes_its_checks() -> (
    None
):
    play_into(MONTH, "")

    raw = made()

    names = {name.rpartition("/")[2].partition("_")[2] for name in files(raw) if "公文" in name}
    for title in (
        "关于召开处务会2026年第1次会议的通知.pdf",
        "处务会2026年第1次会议议程.pdf",
        "议题申报表（2027年大厅运行经费预算，处务会2026年第1次会议第2项）.pdf",
        "处务会2026年第1次会议签到表.pdf",
        "请假审批单（何立，处务会2026年第1次会议）.pdf",
        "处务会2026年第1次会议记录.pdf",
        "处务会会议纪要〔2026〕1号.pdf",
        "决定事项通知单（业务科，2027年大厅运行经费预算，处务会2026年第1次会议第2项）.pdf",
        "督办通知单（上报2027年预算，处务会2026年第1次会议第1项任务）.pdf",
        "督办事项进展反馈表（上报2027年预算，处务会2026年第1次会议第1项任务）.pdf",
        "督办事项调整申请审批表（上报2027年预算，处务会2026年第1次会议第1项任务）.pdf",
        "处务会2026年第1次会议议事合规报告.pdf",
    ):
        assert title in names, title
    slips = sorted(name[-7:] for name in names if name.startswith("决定事项通知单"))
    assert slips == ["2项）.pdf", "4项）.pdf"], "of the item, as its form and the minutes"
    held, state = files(raw), MEMORY.at(PLACE).state
    for digest in state.sittings["oct"].charters:
        name = next(n for n in held if n.endswith(f"{digest[:8]}.md"))
        assert hashlib.sha256(held[name]).hexdigest() == digest
    journal = whole_journal()
    assert failed(raw, journal) == set()
    assert failed(raw, journal[:20]) == {"archived.other_root"}
    assert "全宗号" in held["data/说明文件.TXT"].decode()


def test_the_same_meeting_has_the_same_bytes_whatever_happens_elsewhere_and_later(on) -> None:
    play_into(MONTH, "")
    before = made()
    on("2031-05-05")

    assert made() == before
    assert made(person="wang") == before
    assert made("nov") != before


def test_what_becomes_of_a_postponed_item_later_is_not_in_its_extract() -> None:
    play_into(MONTH, "minutes")
    before = files(made())["data/journal/extract.jsonl"]
    later = SupplyPaper(item="platform", paper="later", title="十二月才交的材料")
    assert isinstance(do(PLACE, "wu", later).verdict, Accepted)

    assert files(made())["data/journal/extract.jsonl"] == before


def test_the_same_meeting_has_the_same_bytes_when_an_item_has_gone_on_to_the_next() -> None:
    play_into(MONTH, "minutes")
    before = made()
    (item,) = MEMORY.at(PLACE).state.sittings["oct"].left
    for person, act in (
        ("wu", SupplyPaper(item=item, paper="later", title="十二月才交的材料")),
        ("wu", WithdrawItem(item=item)),
    ):
        done = do(PLACE, person, act, reason="不再上会。")
        assert isinstance(done.verdict, Accepted), (person, done.verdict)
    assert MEMORY.at(PLACE).state.items[item].status == "withdrawn"

    assert made() == before


def test_it_is_the_description_of_its_own_files_with_how_long_each_is_kept(settings) -> None:
    play_into(MONTH, "")
    settings.ARCHIVE.mkdir()
    own = '[fonds]\nfonds_code = "0123"\n[approval]\non = 2026-03-01\nauthority = "市档案局"\n'
    path = settings.ARCHIVE / f"{PLACE}.toml"
    path.write_text(own + '[retention]\ntask = "Y"\n', encoding="utf-8")

    said = files(made())["data/元数据.XML"].decode()

    assert "<全宗号>0123</全宗号>" in said
    assert "<缺项>全宗号</缺项>" not in said
    assert "<缺项>目录号</缺项>" in said
    assert "本单位保管期限表，市档案局2026年3月1日审查同意" in said
    for name, value in {"应到": "8", "实到": "7", "请假": "何立", "记录人": "肖雨"}.items():
        assert f"<{name}>{value}</{name}>" in said
    kept = said.partition("<题名>议题申报表（窗口叫号系统更新，")[2].partition("</文件>")[0]
    assert "<保管期限>10年</保管期限>" in kept


@pytest.mark.parametrize("case", [MONTH, WEEK])
def test_every_entry_is_proved_by_a_program_that_knows_only_the_package(case, tmp_path) -> None:
    play_into(case, "")
    raw = made("oct" if case == MONTH else "w45", person="xiao" if case == MONTH else "tan")
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        packed.extractall(tmp_path)
    (folder,) = tmp_path.glob(f"{PLACE}-*")

    def checked(*more: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-I", "-S", str(folder / "check.py"), *more]
        return subprocess.run(command, capture_output=True, text=True, env={}, cwd="/")

    ran, again, english = checked(), checked(), checked("--lang=en")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "没有不通过的" in ran.stdout
    assert again.stdout == ran.stdout
    assert "Nothing failed" in english.stdout
    told = checked(f"--digest={hashlib.sha256(raw).hexdigest()}")
    assert (told.returncode, "SHA-256 与写明的一致" in told.stdout) == (0, True)
    assert checked(f"--digest={'0' * 64}").returncode == 1

    (folder / "README.txt").write_text("x")
    (folder / "data/new.txt").write_text("x")
    (folder / "data/link.txt").symlink_to("/etc/passwd")
    ran = checked()
    assert ran.returncode == 1
    for said in (
        "README.txt：内容与打包时不一样",
        "data/new.txt：清单里没有",
        "data/link.txt：不是",
    ):
        assert said in ran.stdout


def test_every_kind_of_paper_that_goes_in_has_a_default_of_how_long_it_is_kept() -> None:
    state = stage_of(MONTH, "").history.state
    kinds = {one.kept_as for held in state.sittings.values() for one in wanted(state, held)}

    assert len(kinds) > 10
    assert kinds | {"paper", "paper_unadopted", "journal", "charter"} == {*defaults()}


def test_the_programs_in_it_need_nothing_but_python() -> None:
    play_into(MONTH, "")
    held = files(made())

    assert [name for name in held if name.endswith(".py")] == ["check.py"]
    source = held["check.py"].decode()
    imported = {
        line.split()[1].partition(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imported <= set(sys.stdlib_module_names)
    body = ast.parse(source).body
    named = Counter(n.name for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef))
    named += Counter(
        name.id
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    )
    assert {name for name, n in named.items() if n > 1} == set()


# ── what is not in it ─────────────────────────────────────────────────────────────────────────


def test_why_somebody_asked_for_leave_is_not_in_it_but_that_they_did_is() -> None:
    play_into(MONTH, "")
    told = stage_of(MONTH, "").history.done
    why = [
        one.deed.reason or getattr(one.deed.act, "why", "")
        for one in told
        if one.deed and one.deed.act.name() == "request_leave"
    ]
    assert any(why)

    raw = made()

    said = words(raw)
    assert not any(one in said for one in why if one)
    assert any(one["entry"]["type"] == "leave_requested" for one in lines(raw)[1:])
    assert "请假的事由：只给批准的人和本人查阅" in said


def test_the_words_of_another_meeting_or_of_another_body_are_not_in_it() -> None:
    play_into(MONTH, "")
    other = SubmitItem(
        item="elsewhere", body="zhurenbangonghui", title="别的会议上的事", matter="other",
        lead_unit="business",
    )  # fmt: skip
    done = do(PLACE, "li", other)
    assert isinstance(done.verdict, Accepted), done.verdict
    state = MEMORY.at(PLACE).state
    later = [i for i in state.items.values() if i.sitting == "nov" and not i.last_sitting]

    titles = {state.items[i].title for i in state.sittings["oct"].agenda}

    raw = made()

    streams = {one["entry"]["stream"] for one in lines(raw)[1:]}
    told = [text["words"] for one in lines(raw)[1:] for text in one["texts"].values()]
    assert later
    for item in (*later, state.items["elsewhere"]):
        assert f"item/{item.id}" not in streams
        assert item.title in titles or item.title not in told
    assert "别的会议上的事" not in words(raw)
    assert not any(s.startswith("sitting/") and s != "sitting/oct" for s in streams)


def keep_with_files(case: str, file_of: Callable[[str], bytes], until: str = "") -> None:
    """A case in which every paper that was supplied came with a file."""
    TableStore(PLACE).create()
    for one in stage_of(case, until).history.done:
        if one.deed is None:
            happen(PLACE, one.events, one.at)
            continue
        act = one.deed.act
        if isinstance(act, SupplyPaper):
            data = file_of(act.paper)
            digest, _ = shelf.put(PLACE, io.BytesIO(data))
            act = msgspec.structs.replace(act, digest=digest)
            Paper.objects.create(
                institution=PLACE, paper=act.paper, item=act.item, name=f"../测算 {act.paper}.pdf",
                type="application/pdf", size=len(data), sha256=digest, uploader=one.deed.actor,
                at=one.at,
            )  # fmt: skip
        do(PLACE, one.deed.actor, act, at=one.at, reason=one.deed.reason, retold=True)


def test_what_was_handed_in_is_there_as_it_was_received_under_a_safe_name() -> None:
    keep_with_files(MONTH, lambda paper: PDF)

    raw = made()

    received = {name: held for name, held in files(raw).items() if name.startswith("data/材料/")}
    assert received
    assert set(received.values()) == {PDF}
    assert all(name.count("/") == 2 and ".." not in name for name in received)
    assert failed(raw) == set()


def test_the_minutes_in_it_are_the_bytes_that_went_out(monkeypatch) -> None:
    play_into(MONTH, "recorded")
    xiao = client_of("xiao")
    due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
    assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    press(xiao, xiao.get("/sittings/oct/minutes"), "issue_minutes")
    issued = MEMORY.at(PLACE).state.sittings["oct"].minutes.files
    assert len(issued) == 4

    raw = made()

    digests = {hashlib.sha256(held).hexdigest() for held in files(raw).values()}
    assert {one.digest for one in issued} <= digests
    assert failed(raw) == set()


def test_what_the_demonstration_issued_is_there_as_if_it_had_gone_out_through_the_pages() -> None:
    now = datetime(2026, 12, 16, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    state = demonstrate(2, now=now, files=True)
    out = [s for s in state.sittings.values() if s.minutes is not None]
    kept = list(checked(PLACE, state))
    last = max(out, key=lambda s: s.minutes.issued_at)
    pen = Pen(Office(Account(institution=PLACE, person=last.chair), "zh"))
    issued = [(s, "", one) for s in out for one in s.minutes.files]
    after = [(s, v) for s in out for v in (*s.minutes.corrected, *s.minutes.versions)]
    later = [(s, str(made.number), one) for s, made in after for one in made.files]

    assert len(out) > 5
    assert len(issued) == 4 * len(out)
    assert Counter(one.status for one in kept) == {"sound": len(issued) + len(later)}
    assert Original.objects.exclude(refs="").count() == len(issued) + len(later)
    # Set anew, minutes that are corrected are called so.
    as_then = [of for of in issued if not of[0].minutes.corrected]
    for sitting, about, one in (*as_then, *later):
        again = FORMS[one.form][1](MAKERS[one.paper](pen, sitting.id, about), pen)
        assert hashlib.sha256(again).hexdigest() == one.digest, (sitting.id, one)
    for sitting in (out[0], last):
        raw = made(sitting.id, "tan")
        digests = {hashlib.sha256(held).hexdigest() for held in files(raw).values()}
        assert {one.digest for one in sitting.minutes.files} <= digests
        assert failed(raw, whole_journal()) == set()


def out_and_corrected() -> Client:
    """Minutes that went out as files and were corrected, and the office that did it."""
    play_into(MONTH, "recorded")
    xiao = client_of("xiao")
    due = SetTask(task="t-budget", due_on=date(2026, 12, 20))
    assert isinstance(do(PLACE, "xiao", due).verdict, Accepted)
    press(xiao, xiao.get("/sittings/oct/minutes"), "issue_minutes")
    form = xiao.get("/do/correct_minutes?sitting=oct")
    press(xiao, form, "correct_minutes", words="第二项应为二百万元。", reason="打字有误。")
    return xiao


def test_a_correction_of_the_minutes_is_in_it_byte_for_byte() -> None:
    out_and_corrected()
    (corrected,) = MEMORY.at(PLACE).state.sittings["oct"].minutes.corrected

    raw = made()

    digests = {hashlib.sha256(held).hexdigest() for held in files(raw).values()}
    assert len(corrected.files) == 2
    assert {one.digest for one in corrected.files} <= digests
    assert any("更正" in name for name in files(raw))
    assert failed(raw) == set()
    assert "会议纪要编号：〔2026〕1号\n" in files(raw)["data/说明文件.TXT"].decode()
    assert "<文件编号>〔2026〕1号</文件编号>" in files(raw)["data/元数据.XML"].decode()


def publish(person: str = "li") -> None:
    """What of the October minutes is public: one item, with a name masked."""
    assert isinstance(do(PLACE, "chen", PublishDecision(decision="d-circular")).verdict, Accepted)
    left_out = tuple(i for i in MEMORY.at(PLACE).state.sittings["oct"].taken if i != "circular")
    act = ProposePublication(sitting="oct", left_out=left_out, masked=(person,))
    assert isinstance(do(PLACE, "xiao", act, reason="关系公众。").verdict, Accepted)
    chen = Office(Account(institution=PLACE, person="chen"), "zh")
    assert isinstance(done(chen, PublishMinutes(sitting="oct", expects=1)).verdict, Accepted)


def test_what_was_published_of_the_minutes_is_in_it_byte_for_byte() -> None:
    out_and_corrected()
    publish()
    (version,) = MEMORY.at(PLACE).state.sittings["oct"].minutes.versions

    raw = made()

    digests = {hashlib.sha256(held).hexdigest() for held in files(raw).values()}
    assert len(version.files) == 2
    assert {one.digest for one in version.files} <= digests
    assert sum("（公开版）" in name for name in files(raw)) == 2
    assert failed(raw) == set()


def test_what_was_published_goes_with_words_that_are_erased_though_they_were_masked() -> None:
    xiao = out_and_corrected()
    form = xiao.get("/do/correct_minutes?sitting=oct")
    press(xiao, form, "correct_minutes", words="第一项由李强传达。", reason="打字有误。")
    publish()
    (version,) = MEMORY.at(PLACE).state.sittings["oct"].minutes.versions
    kept = {one.digest for one in version.files}
    assert all(status_of(PLACE, digest) == "sound" for digest in kept)

    assert erase("第一项由李强传达") > 0

    assert all(status_of(PLACE, digest) == "emptied" for digest in kept)
    raw = made()
    anew = [name for name in files(raw) if "公开版" in name]
    assert len(anew) == 2
    assert all("重新生成" in name for name in anew)
    assert failed(raw) == set()


def test_a_paper_made_anew_for_an_erased_original_is_not_called_the_original() -> None:
    out_and_corrected()
    assert "重新生成" not in words(made())

    assert erase("第二项应为二百万元") > 0

    raw = made()
    said = files(raw)["data/元数据.XML"].decode()
    assert said.count("<稿本>重新生成件（非印发原件）</稿本>") == 2
    assert "印发的原件已经没有" in files(raw)["data/说明文件.TXT"].decode()
    assert "依法删除后重新生成，非印发原件" in words(raw)
    assert failed(raw) == set()


def test_a_file_that_is_not_what_the_journal_says_stops_it_with_a_sentence() -> None:
    keep_with_files(MONTH, lambda paper: PDF)
    digest = hashlib.sha256(PDF).hexdigest()
    shelf.place_of(PLACE, digest).write_bytes(PDF + b"more")

    with pytest.raises(Unmade) as stopped:
        made()
    assert stopped.value.args[0].id == "archive.file_lost"
    answer = archive_now()
    assert answer.status_code == 200
    assert "的文件不见了，或者与登记的摘要不一致" in text(answer)


def test_erased_words_are_not_in_it_and_their_erasure_is_proved() -> None:
    play_into(MONTH, "")
    title = MEMORY.at(PLACE).state.items["budget"].title
    for ref in SealedText.objects.filter(words__contains=title).values_list("ref", flat=True):
        done = do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="依法删除。")
        assert isinstance(done.verdict, Accepted)

    raw = made()

    assert title not in words(raw)
    assert failed(raw) == set()
    found = check.run(container.read(io.BytesIO(raw)))
    assert [one.params["n"] for one in found if one.said == "archived.erased"] != []
    assert any(one["entry"]["type"] == "text_erased" for one in lines(raw)[1:])


# ── altered ───────────────────────────────────────────────────────────────────────────────────


def test_every_file_that_is_altered_is_named() -> None:
    play_into(MONTH, "")
    raw = bytearray(made())
    packed = container.read(io.BytesIO(bytes(raw)))

    for name in packed.names:
        place = packed.places[name]
        middle = place.offset + place.size // 2
        raw[middle] ^= 1
        found = check.run(container.read(io.BytesIO(bytes(raw))))
        said = [one for one in found if one.status == "fail"]
        tagged = name == "tagmanifest-sha256.txt"
        assert any(one.params.get("file") == name for one in said) or (said and tagged), name
        raw[middle] ^= 1


def test_an_entry_that_is_left_out_or_a_step_told_otherwise_is_found_by_the_description() -> None:
    play_into(MONTH, "")
    raw = made()
    held = files(raw)
    extract = held["data/journal/extract.jsonl"].splitlines(keepends=True)
    without = b"".join(extract[:5] + extract[6:])
    otherwise = held["data/元数据.XML"].replace(
        b"<\xe6\x97\xb6\xe9\x97\xb4>2026-10-30", b"<\xe6\x97\xb6\xe9\x97\xb4>2026-10-31"
    )

    assert told_of({"data/journal/extract.jsonl": without}, held) >= {"archived.process_differs"}
    assert told_of({"data/元数据.XML": otherwise}, held) >= {"archived.process_differs"}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert told_of({"data/元数据.XML": bomb}, held) >= {"archived.metadata_bad"}
    deep = b"[" * 100_000 + b"\n"
    assert told_of({"data/journal/extract.jsonl": deep}, held) >= {"archived.extract_bad"}
    program = {"data/公文/run.pdf": b"MZ\x90", "data/公文/run.exe": b"MZ\x90"}
    assert told_of(program, held) >= {"archived.program", "archived.other_format"}


def told_of(
    changed: dict[str, bytes], held: dict[str, bytes], journal: list[Entry] | None = None
) -> set[str]:
    """What fails where whoever altered the files also wrote the lists anew."""
    from yishi.archive.bag import bagged
    from yishi.archive.bag import held as opener

    payload = {n: opener(b) for n, b in {**held, **changed}.items() if n.startswith("data/")}
    out = io.BytesIO()
    container.write(out, "base", bagged(payload, (), b"").items())
    return failed(out.getvalue(), journal)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("size",), lambda was: float(was)),
        (("size",), lambda was: 1e400),
        (("size",), lambda was: True),
        (("size",), lambda was: [1]),
        (("size",), lambda was: 10**300),
        (("size",), lambda was: None),
        (("entry", "seq"), lambda was: float(was)),
        (("entry", "type"), lambda was: {}),
        (("entry", "at"), lambda was: [1]),
        (("entry", "payload"), lambda was: []),
        (("path",), lambda was: []),
        (("path",), lambda was: 5),
        (("texts",), lambda was: [1]),
    ],
)
def test_a_value_that_is_of_another_kind_is_a_sentence_and_no_failure(place, said) -> None:
    play_into(MONTH, "minutes")
    held = files(made())
    extract = held["data/journal/extract.jsonl"].splitlines()
    number = 0 if place == ("size",) else 1
    line = json.loads(extract[number])
    inner = line[place[0]] if len(place) > 1 else line
    inner[place[-1]] = said(inner[place[-1]])
    extract[number] = canonical(line).rstrip(b"\n")
    changed = {"data/journal/extract.jsonl": b"".join(one + b"\n" for one in extract)}

    other = [Entry(n, "x", "x", "0" * 64, None, None) for n in range(1, 10)]
    for journal in (None, other):
        assert told_of(changed, held, journal) >= {"archived.extract_bad"}


# ── the page, and the act ─────────────────────────────────────────────────────────────────────


def archive_now(person: str = "xiao", subject: str = "oct"):
    """Press the button of the page, or send what it would send."""
    client = client_of(person)
    given = {"subject.sitting": subject, "key": "k1"}
    return after_work(client, client.post("/do/archive_sitting", given))


def after_work(client: Client, answer):
    """The page of the job once it has been worked on; an answer that began none as it is."""
    if answer.status_code != 302:
        return answer
    work_all("me")
    return client.get(answer["Location"])


def test_the_office_archives_a_meeting_and_the_journal_keeps_the_digest_of_what_was_made() -> None:
    play_into(MONTH, "")
    xiao = client_of("xiao")
    page = xiao.get("/sittings/oct/archive")
    assert "议题申报表" in text(page)
    assert "目录号" in text(page)
    assert "/sittings/oct/archive" in xiao.get("/sittings/oct").content.decode()

    asked = press(xiao, page, "archive_sitting")
    assert "正在排队" in text(xiao.get(asked["Location"]))
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()
    done = after_work(xiao, asked)
    assert "归档：处务会" in text(done)
    assert 'href="/sittings/oct/archive" data-lead' in done.content.decode()

    ((_, digest),) = MEMORY.at(PLACE).state.sittings["oct"].archived
    page = xiao.get("/sittings/oct/archive")
    assert digest in text(page)
    assert "归档以后没有新的办理" in text(page)
    assert 'action="/do/archive_sitting"' not in page.content.decode()
    got = xiao.get(f"/sittings/oct/archive/{digest}.zip")
    raw = b"".join(got.streaming_content)
    assert hashlib.sha256(raw).hexdigest() == digest
    assert failed(raw) == set()
    assert "归档" in text(xiao.get("/sittings/oct"))


def test_the_same_form_sent_twice_archives_once() -> None:
    play_into(MONTH, "")

    once = client_of("xiao")
    for _ in range(2):
        once.post("/do/archive_sitting", {"subject.sitting": "oct", "key": "k1"})
    assert Job.objects.count() == 1
    assert archive_now().status_code == archive_now().status_code == 200
    assert len(MEMORY.at(PLACE).state.sittings["oct"].archived) == 1


@pytest.mark.parametrize("person", ["chen", "liu", "li", "guan", "ning"])
def test_who_is_not_of_the_office_finds_no_such_page_and_makes_nothing(person) -> None:
    play_into(MONTH, "")
    archive_now()
    digest = MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1]
    client, head = client_of(person), MEMORY.at(PLACE).head

    assert client.get("/sittings/oct/archive").status_code == 404
    assert client.get(f"/sittings/oct/archive/{digest}.zip").status_code == 404
    assert archive_now(person).status_code == 404
    assert "/sittings/oct/archive" not in client.get("/sittings/oct").content.decode()
    assert MEMORY.at(PLACE).head == head


@pytest.mark.parametrize("person", ["chen", "liu", "xiao"])
def test_rules_that_do_not_say_whose_it_is_give_it_nobody(person, monkeypatch) -> None:
    play_into(MONTH, "")
    archive_now()
    digest = MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1]
    silent = Accepted(())
    monkeypatch.setattr("yishi.web.archive.standing.decide", lambda deed, state: silent)

    assert client_of(person).get("/sittings/oct/archive").status_code == 404
    assert client_of(person).get(f"/sittings/oct/archive/{digest}.zip").status_code == 404
    assert archive_now(person).status_code == 404


def test_what_the_institution_has_not_said_is_named_in_the_language_of_the_page() -> None:
    play_into(MONTH, until="")
    xiao = client_of("xiao")
    assert "全宗号" in text(xiao.get("/sittings/oct/archive"))

    xiao.cookies["language"] = "en"
    page = text(xiao.get("/sittings/oct/archive"))
    assert "number of the fonds" in page
    assert "全宗号" not in page


def test_before_the_minutes_are_out_the_page_says_why_and_nothing_is_made() -> None:
    play_into(MONTH, "recorded")
    page = client_of("xiao").get("/sittings/oct/archive")

    assert page.status_code == 200
    assert "第二十六条" in text(page)
    assert 'action="/do/archive_sitting"' not in page.content.decode()
    head = MEMORY.at(PLACE).head
    assert archive_now().status_code == 200
    assert MEMORY.at(PLACE).head == head


def test_no_other_digest_than_that_of_what_is_made_can_be_put_on_record() -> None:
    play_into(MONTH, "")
    client_of("xiao").post(
        "/do/archive_sitting", {"subject.sitting": "oct", "digest": "0" * 64, "key": "k"}
    )
    work_all("me")

    assert MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1] != "0" * 64


def test_what_is_not_there_is_no_page() -> None:
    play_into(MONTH, "")
    xiao = client_of("xiao")

    assert xiao.get("/sittings/none/archive").status_code == 404
    assert xiao.get(f"/sittings/oct/archive/{'0' * 64}.zip").status_code == 404
    assert xiao.get("/do/archive_sitting").status_code == 404
    assert xiao.post("/do/archive_sitting", {}).status_code == 404


def test_a_wrong_file_of_periods_is_named_on_the_page_and_nothing_is_made(settings) -> None:
    play_into(MONTH, "")
    settings.ARCHIVE.mkdir()
    path = settings.ARCHIVE / f"{PLACE}.toml"
    path.write_text('[retention]\nminutes = "D10"\n', encoding="utf-8")

    assert "保管期限 D10 比国家规定的 Y 短" in text(client_of("xiao").get("/sittings/oct/archive"))
    assert archive_now().status_code == 409
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()


def test_a_name_that_no_font_prints_stops_it_and_is_named(monkeypatch) -> None:
    play_into(MONTH, "")
    monkeypatch.setattr("yishi.documents.fonts.Faces.missing", lambda self, words: ("\ue000",))

    answer = archive_now()

    assert answer.status_code == 200
    assert "U+E000" in text(answer)
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()


def test_what_came_later_is_counted_and_a_package_of_erased_words_is_taken_off_the_shelf(
    django_capture_on_commit_callbacks,
) -> None:
    play_into(MONTH, "")
    archive_now()
    digest = MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1]
    title = MEMORY.at(PLACE).state.items["budget"].title
    assert shelf.hold(PLACE, digest)
    assert sweep(PLACE) == 0

    with django_capture_on_commit_callbacks(execute=True):
        for ref in SealedText.objects.filter(words=title).values_list("ref", flat=True):
            do(PLACE, "chen", EraseText(body="chuwuhui", ref=ref), reason="依法删除。")

    assert not shelf.hold(PLACE, digest)
    xiao = client_of("xiao")
    page = xiao.get("/sittings/oct/archive")
    assert "这个归档包的文件已经不在了" in text(page)
    assert xiao.get(f"/sittings/oct/archive/{digest}.zip").status_code == 404
    after_work(xiao, press(xiao, page, "archive_sitting"))
    assert MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1] != digest


def shelved() -> list[Path]:
    """Every file on the shelf."""
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def meanwhile(monkeypatch, happening, times: int) -> list[int]:
    """While a package is made, something happens, so often; how often one was made."""
    made_so_far: list[int] = []

    def slowly(office, sitting, out):
        facts = make(office, sitting, out)
        made_so_far.append(1)
        if len(made_so_far) <= times:
            happening()
        return facts

    monkeypatch.setattr("yishi.web.archive.keeping.make", slowly)
    return made_so_far


def test_words_that_are_erased_while_a_package_is_made_are_in_none(monkeypatch) -> None:
    play_into(MONTH, "")
    title = MEMORY.at(PLACE).state.items["budget"].title
    made_so_far = meanwhile(monkeypatch, lambda: erase(title), 1)

    archive_now()

    # The job is taken up anew after an erasure, and finds that its act has been done.
    assert len(made_so_far) == 3
    ((_, digest),) = MEMORY.at(PLACE).state.sittings["oct"].archived
    with shelf.take(PLACE, digest) as file:
        assert title not in words(file.read())
    assert [path.name for path in shelved()] == [digest]


def test_what_happens_to_another_meeting_makes_no_second_package(monkeypatch) -> None:
    play_into(MONTH, "")
    act = SubmitItem(
        item="else", body="chuwuhui", title="别的事", matter="inform", lead_unit="office",
        content="内容", proposal="建议",
    )  # fmt: skip
    made_so_far = meanwhile(monkeypatch, lambda: do(PLACE, "wang", act), 1)

    archive_now()

    assert len(made_so_far) == len(MEMORY.at(PLACE).state.sittings["oct"].archived) == 1


def test_where_much_is_erased_it_is_begun_again_until_nothing_erased_is_in_it(
    monkeypatch,
) -> None:
    play_into(MONTH, "")
    refs = list(SealedText.objects.exclude(words="").values_list("ref", flat=True)[:9])
    gone = [SealedText.objects.get(ref=ref).words for ref in refs]
    left = iter(refs)

    def erased() -> None:
        do(PLACE, "chen", EraseText(body="chuwuhui", ref=next(left)), reason="依法删除。")

    made_so_far = meanwhile(monkeypatch, erased, 9)

    assert "做好了" in text(archive_now())

    assert len(made_so_far) > 9
    ((_, digest),) = MEMORY.at(PLACE).state.sittings["oct"].archived
    assert [path.name for path in shelved()] == [digest]
    with shelf.take(PLACE, digest) as file:
        said = words(file.read())
    assert [one for one in gone if len(one) > 8 and one in said] == []


def test_where_too_much_happens_beside_it_nothing_is_archived_and_nothing_left(
    monkeypatch,
) -> None:
    play_into(MONTH, "")
    monkeypatch.setattr("yishi.web.archive.keeping._overtaken", lambda office, sitting: True)

    assert "没有归档" in text(archive_now())
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()
    assert shelved() == []


def test_a_refused_act_leaves_no_file_and_a_file_that_cannot_be_kept_no_act(monkeypatch) -> None:
    play_into(MONTH, "")
    refused = Done(Rejected("", Message("clerk.overtaken")), MEMORY.at(PLACE).state)
    with monkeypatch.context() as held:
        held.setattr("yishi.web.archive.keeping.do", lambda *a, **k: refused)
        archive_now()
    assert shelved() == []

    def full(*args: object) -> None:
        raise OSError

    monkeypatch.setattr("yishi.papers.shelf.put", full)
    assert "制作的时候出了错" in text(archive_now())
    MEMORY.forget(PLACE)
    assert MEMORY.at(PLACE).state.sittings["oct"].archived == ()


def test_an_aged_package_is_not_swept_away(monkeypatch) -> None:
    play_into(MONTH, "")
    archive_now()
    digest = MEMORY.at(PLACE).state.sittings["oct"].archived[-1][1]
    monkeypatch.setattr("yishi.papers.shelf.DAY", -9)

    sweep(PLACE)

    assert shelf.place_of(PLACE, digest).is_file()
    assert settings.ARCHIVE is not None
