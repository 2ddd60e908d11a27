"""Word templates of an office's own: what is refused and where it stands, and what is filled."""

import random
import re
import signal
import subprocess
import sys
import time
import tomllib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from tests.documents.reading import words
from tests.house.source import ROOT
from tests.papers.test_converting import running
from yishi.documents.own import apart, packed
from yishi.documents.own.apart import Unfilled, filled, wrong_with
from yishi.documents.own.fields import FIELDS, sample
from yishi.documents.own.starter import STARTERS, starter
from yishi.procedure.state import State
from yishi.wording import LANGUAGES, Catalogue, Names


def template(*paragraphs: str, head: str = "") -> bytes:
    """A file that Word would write with these paragraphs."""
    made, out = docx.Document(), BytesIO()
    for said in paragraphs:
        made.add_paragraph(said)
    if head:
        made.sections[0].header.paragraphs[0].text = head
    made.save(out)
    return out.getvalue()


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """The file with one part more, or another in its place."""
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return out.getvalue()


def linked(raw: bytes, kind: str, target: str) -> bytes:
    """The file whose document leads to a part."""
    name = "word/_rels/document.xml.rels"
    with ZipFile(BytesIO(raw)) as parts:
        links = parts.read(name).decode()
    link = f'<Relationship Id="rId900" Type="{kind}" Target="{target}"/></Relationships>'
    return with_part(raw, name, links.replace("</Relationships>", link).encode())


PEOPLE = (
    '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<w15:person w15:author="孙修改"/></w15:people>'
).encode()


def told(*paragraphs: str, paper: str = "minutes", **more: str) -> list[tuple[str, dict[str, Any]]]:
    """What is wrong with a template."""
    return [(m.id, dict(m.params)) for m in wrong_with(paper, template(*paragraphs, **more))]


@pytest.mark.parametrize("paper", FIELDS)
def test_the_template_to_begin_with_stands_and_holds_every_field_it_is_given(paper: str) -> None:
    raw = starter(paper)
    assert wrong_with(paper, raw) == ()

    said = words(filled(paper, raw, sample(FIELDS[paper])))
    asked = set(re.findall(r"\{\{ ?([\w.]+) ?\}\}", words(raw)))
    for name in asked:
        assert f"〈{name.rpartition('.')[2]}〉" in said, name
    assert "{" not in said
    assert set(STARTERS) == set(FIELDS)


def test_lists_are_told_one_by_one_within_each_other() -> None:
    raw = template(
        "{{ 标志 }}",
        "{%p for 项 in 议题 %}",
        "{{ loop.index }}{{ 项.题名 }}：{{ 项.决定 }}",
        "{%p for 事 in 项.任务 %}",
        "{{ 事.内容 }}{% if not loop.last %}；{% else %}。{% endif %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p if 请假 %}",
        "请假：{{ 请假 }}",
        "{%p endif %}",
    )
    assert wrong_with("minutes", raw) == ()
    task = {"内容": "办"}
    items = [
        {"题名": "甲", "决定": "同意。", "任务": [task, task]},
        {"题名": "乙", "决定": "缓议。", "任务": []},
    ]
    said = words(filled("minutes", raw, {"标志": "纪要", "议题": items, "请假": ""}))
    assert said == "纪要1甲：同意。办；办。2乙：缓议。"


def test_a_row_of_a_table_for_each() -> None:
    made, out = docx.Document(), BytesIO()
    table = made.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for 项 in 议题 %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ 项.序号 }}", "{{ 项.题名 }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    made.save(out)

    assert wrong_with("minutes", out.getvalue()) == ()
    items = [{"序号": "一", "题名": "甲"}, {"序号": "二", "题名": "乙"}]
    file = docx.Document(BytesIO(filled("minutes", out.getvalue(), {"议题": items})))
    rows = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert rows == [["一", "甲"], ["二", "乙"]]


def test_an_unknown_field_is_named_with_its_paragraph_and_with_what_may_be_meant() -> None:
    assert told("责任人：{{ 责任人员 }}", paper="task") == [
        (
            "template.unknown_like",
            {"name": "责任人员", "where": "责任人：{{ 责任人员 }}", "near": "责任人"},
        )
    ]
    [(id_, params)] = told("{%p for 项 in 议题 %}", "{{ 项.经费 }}", "{%p endfor %}")
    assert (id_, params["name"], params["where"]) == ("template.unknown", "经费", "{{ 项.经费 }}")


def test_every_unknown_field_is_named_also_in_the_head_of_a_page() -> None:
    found = told("{{ 甲甲 }}", "{{ 乙乙 }}", head="{{ 丙丙 }}")

    assert [params["name"] for _, params in found] == ["甲甲", "乙乙", "丙丙"]


@pytest.mark.parametrize(
    ("paragraphs", "id_"),
    [
        (("{{ 编号 ",), "template.syntax"),
        (("{% for 项 in 议题 %}",), "template.syntax"),
        (("{% endif %}",), "template.syntax"),
        (("{% bogus %}",), "template.syntax"),
        (("{{ 议题 }}",), "template.a_list"),
        (("{% for 项 in 编号 %}{% endfor %}",), "template.no_list"),
        (
            ("{% for 项 in 议题 %}{% for 又 in 议题 %}{% endfor %}{% endfor %}",),
            "template.too_deep",
        ),
        (("{%p for 项 in 议题 %}{{ 项.题名 }}", "{% endfor %}"), "template.broken"),
    ],
)
def test_what_cannot_be_filled_is_told(paragraphs: tuple[str, ...], id_: str) -> None:
    assert [id for id, _ in told(*paragraphs)] == [id_]  # noqa: A001


@pytest.mark.parametrize(
    "said",
    [
        "{{ 编号.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ 编号['__class__'] }}",
        "{{ 编号|attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ 编号.format(编号) }}",
        "{{ range(1000000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9999999 }}",
        "{% for x in 'aaaa' %}{% endfor %}",
        "{% for 项 in 议题 recursive %}{{ loop(议题) }}{% endfor %}",
        "{% set x = 编号 %}{{ x }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% with x = 1 %}{{ x }}{% endwith %}",
        "{% filter upper %}{{ 编号 }}{% endfilter %}",
        "{{ 编号 if 稿 else 标志 }}",
        "{% if 编号 is defined %}{% endif %}",
        "{% if 编号 > 标志 %}{% endif %}",
        "{{ loop.index }}",
        "{{ [编号, 编号] }}",
    ],
)
def test_whatever_else_the_engine_could_do_is_refused(said: str) -> None:
    assert told(said)


@pytest.mark.parametrize("mark", ["r", "p", "tr", "tc"])
def test_a_field_with_a_mark_of_the_engines_own_is_refused_and_told_how_to_write_it(
    mark: str,
) -> None:
    """Its words would stand outside of any text: readers drop them, or the rest of a row."""
    held = "{{" + mark
    made, out = docx.Document(BytesIO(template("之前", f"（{held} 会议 }}}}）之后"))), BytesIO()
    table = made.add_table(1, 2)
    table.rows[0].cells[0].text = f"{held} 编号 }}}}"
    split = made.add_paragraph("{{")
    split.add_run(f"{mark} 主持人")
    split.add_run(" }}")
    made.save(out)

    found = wrong_with("minutes", out.getvalue())
    assert [one.id for one in found] == ["template.outside"] * 3
    assert [one.params["name"] for one in found] == ["会议", "编号", "主持人"]
    assert found[0].params["where"] == f"（{held} 会议 }}}}）之后"
    said = Catalogue("zh").sentence(found[0], Names(State()))
    assert f"{held} 会议 }}}}" in said
    assert "写 会议" in said


def test_marks_of_the_engines_own_around_for_and_if_stand() -> None:
    assert (
        told("前{%r if 编号 %}{{ 编号 }}{%r endif %}后", "{%p if 稿 %}", "稿", "{%p endif %}") == []
    )


def test_words_that_would_stand_outside_of_text_are_refused_however_they_come_there() -> None:
    """The engine joins lines at a dash: what comes of it is told by what stands in the file."""
    assert told("{%p if 编号 %}甲", "{{ 编号 }}", "{%p endif %}") == []
    bare = b"<w:body>{{ \xe7\xbc\x96\xe5\x8f\xb7 }}<w:p"
    raw = template("甲")
    with ZipFile(BytesIO(raw)) as file:
        document = file.read("word/document.xml").replace(b"<w:body>\n    <w:p", bare, 1)
        document = document.replace(b"<w:body><w:p", bare, 1)
    assert bare in document
    made = with_part(raw, "word/document.xml", document)
    assert [one.id for one in wrong_with("minutes", made)] == ["template.broken"]


def test_what_is_filled_in_stays_words() -> None:
    hostile = '{{ 标志 }}{% for %}{# #}<w:p/>&amp;]]><!--=1+1"\'#read("x")'
    raw = template("{{ 编号 }}")

    assert "".join(hostile.split()) in words(filled("minutes", raw, {"编号": hostile}))
    assert "".join(hostile.split()) in words(filled("minutes", raw, {"编号": hostile}))


def test_each_line_of_words_is_a_paragraph_like_the_one_it_stands_in() -> None:
    raw = starter("correction")
    values = {**sample(FIELDS["correction"]), "更正": "甲\n乙"}
    file = docx.Document(BytesIO(filled("correction", raw, values)))

    found = [p for p in file.paragraphs if p.text in ("甲", "乙")]
    assert [p.text for p in found] == ["甲", "乙"]
    assert [p.style.name for p in found] == ["公文正文", "公文正文"]


def test_where_no_paragraph_may_stand_lines_of_words_stay_lines() -> None:
    made, out = docx.Document(), BytesIO()
    made.core_properties.title = "{{ 编号 }}"
    made.add_paragraph("{{ 编号 }}")
    made.save(out)

    file = docx.Document(BytesIO(filled("minutes", out.getvalue(), {"编号": "甲\n乙"})))
    assert [p.text for p in file.paragraphs] == ["甲\n乙"]
    assert file.core_properties.title == "甲\n乙"


def test_a_file_says_of_itself_what_the_paper_is_and_not_who_drew_the_template() -> None:
    made, out = docx.Document(), BytesIO()
    about = made.core_properties
    about.title, about.author, about.last_modified_by = "旧标题", "钱起草", "孙修改"
    about.subject, about.comments = "纪要", "孙修改看过"
    made.add_paragraph("{{ 编号 }}")
    made.save(out)
    raw = with_part(out.getvalue(), "word/people.xml", PEOPLE)
    raw = linked(raw, "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml")
    assert wrong_with("minutes", raw) == ()

    paper = filled("minutes", raw, {"编号": "1号"}, "处务会会议纪要1号", date(2026, 12, 1))
    with ZipFile(BytesIO(paper)) as parts:
        said = "".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())
    assert "钱起草" not in said
    assert "孙修改" not in said
    held = docx.Document(BytesIO(paper)).core_properties
    assert (held.title, held.subject, held.author) == ("处务会会议纪要1号", "纪要", "")
    assert held.modified.date() == date(2026, 12, 1)


def saying(keywords: str, company: str, contact: str) -> bytes:
    """A template that says something of itself wherever the engine fills nothing."""
    made, out = docx.Document(), BytesIO()
    about = made.core_properties
    about.keywords, about.category = keywords, "科室内部"
    about.last_printed = datetime(2019, 3, 4)  # noqa: DTZ001
    made.save(out)
    with ZipFile(BytesIO(out.getvalue())) as parts:
        app, links = (parts.read(name).decode() for name in ("docProps/app.xml", "_rels/.rels"))
        types = parts.read("[Content_Types].xml").decode()
    app = app.replace("<Manager/>", "<Manager>李经理</Manager>")
    app = app.replace("<Company/>", f"<Company>{company}</Company>")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/"
    link = f'<Relationship Id="rId900" Type="{kind}relationships/custom-properties" '
    link += 'Target="docProps/custom.xml"/></Relationships>'
    custom = f'<Properties xmlns="{kind}custom-properties" xmlns:vt="{kind}docPropsVTypes">'
    for pid, (name, said) in enumerate((("联系人", contact), ("电话", "8888")), 2):
        custom += f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" '
        custom += f'name="{name}"><vt:lpwstr>{said}</vt:lpwstr></property>'
    type_ = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    told = f'<Override PartName="/docProps/custom.xml" ContentType="{type_}"/></Types>'
    raw = with_part(out.getvalue(), "docProps/app.xml", app.encode())
    raw = with_part(raw, "docProps/custom.xml", f"{custom}</Properties>".encode())
    raw = with_part(raw, "_rels/.rels", links.replace("</Relationships>", link).encode())
    return with_part(raw, "[Content_Types].xml", types.replace("</Types>", told).encode())


def said_of(paper: bytes) -> str:
    """What a file says of itself, in all its parts."""
    docx.Document(BytesIO(paper))
    with ZipFile(BytesIO(paper)) as parts:
        names = [name for name in parts.namelist() if name.startswith("docProps/")]
        return "".join(parts.read(n).decode() for n in names if n.endswith(".xml"))


def test_nothing_that_the_template_said_of_itself_goes_out_wherever_it_stood() -> None:
    raw = saying("钱起草", "某某公司", "孙修改")
    assert wrong_with("minutes", raw) == ()
    before, after = said_of(raw), said_of(filled("minutes", raw, {"编号": "1号"}))

    for told in (
        "钱起草",
        "科室内部",
        "2019-03-04",
        "李经理",
        "某某公司",
        "孙修改",
        "电话",
        "8888",
    ):
        assert told in before
        assert told not in after, told
    assert "AppVersion" in after


def test_a_field_stays_one_wherever_a_file_says_something_of_itself() -> None:
    raw = saying("{{ 编号 }}", "{{ 编发机关 }}", "{{ 主持人 }}")
    assert wrong_with("minutes", raw) == ()
    values = {"编号": "1号", "编发机关": "办公室", "主持人": "陈志远"}
    paper = filled("minutes", raw, values)

    assert docx.Document(BytesIO(paper)).core_properties.keywords == "1号"
    assert "<Company>办公室</Company>" in said_of(paper)
    assert "<vt:lpwstr>陈志远</vt:lpwstr>" in said_of(paper)
    assert "{{" not in said_of(paper)
    wrong = wrong_with("minutes", saying("", "{{ 公司 }}", ""))
    assert [one.id for one in wrong] == [
        one.id for one in wrong_with("minutes", template("{{ 公司 }}"))
    ]


def test_who_issues_it_may_stand_among_its_properties_by_a_field() -> None:
    made, out = docx.Document(), BytesIO()
    made.core_properties.author = "{{ 编发机关 }}"
    made.save(out)

    paper = filled("minutes", out.getvalue(), {"编发机关": "办公室"}, "纪要")
    assert docx.Document(BytesIO(paper)).core_properties.author == "办公室"


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ('<w:ins w:id="1" w:author="孙"><w:r><w:t>甲</w:t></w:r></w:ins>', "template.tracked"),
        ('<w:del w:id="1"><w:r><w:delText>甲</w:delText></w:r></w:del>', "template.tracked"),
        ('<w:r><w:rPr><w:rPrChange w:id="1"/></w:rPr></w:r>', "template.tracked"),
        ('<w:r><w:commentReference w:id="0"/></w:r>', "template.commented"),
    ],
)
def test_what_was_tracked_or_commented_on_is_refused_and_said(markup: str, why: str) -> None:
    raw = template("{{ 编号 }}")
    with ZipFile(BytesIO(raw)) as parts:
        body = parts.read("word/document.xml").decode()
    body = body.replace("<w:body>", f"<w:body><w:p>{markup}</w:p>")

    told = wrong_with("minutes", with_part(raw, "word/document.xml", body.encode()))
    assert [one.id for one in told] == [why]


def test_the_same_words_make_the_same_file() -> None:
    raw, values = starter("task"), sample(FIELDS["task"])

    assert filled("task", raw, values) == filled("task", raw, values)
    assert starter("task") == raw


# ── files ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 400])
def test_what_is_no_word_file_is_told(raw: bytes) -> None:
    assert [m.id for m in wrong_with("minutes", raw)] == ["template.no_docx"]


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_told_whatever_is_wrong_with_it(seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(template("{{ 编号 }}" * 20))
    for _ in range(chance.randrange(1, 40)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    if seed % 3 == 0:
        del raw[chance.randrange(len(raw) // 2, len(raw)) :]

    said = packed.refused(bytes(raw))
    assert said is None or said.id.startswith("template.")


def test_a_file_that_would_grow_is_not_opened() -> None:
    bomb = with_part(template(), "word/media/x.bin", b"\x00" * (packed.MOST_UNPACKED + 1))
    assert len(bomb) < packed.MOST_BYTES
    assert [m.id for m in wrong_with("minutes", bomb)] == ["template.bomb"]

    long = b"<w:document>" + b" " * (packed.MOST_XML + 1)
    assert [m.id for m in wrong_with("minutes", with_part(template(), "word/document.xml", long))]
    many = template()
    for n in range(3):
        many = with_part(many, f"word/media/{n}.xml", b"<a/>")
    assert wrong_with("minutes", many) == ()


def test_a_file_whose_head_lies_about_its_size_is_read_no_further_than_it_may_be_long() -> None:
    raw = bytearray(with_part(template(), "word/extra.xml", b" " * (packed.MOST_XML * 3)))
    at = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"word/extra.xml"))
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")

    assert wrong_with("minutes", bytes(raw))


LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://x/relationships/{kind}" Target="http://x/y" '
    'TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("name", "content", "id_"),
    [
        ("word/vbaProject.bin", b"x", "template.active"),
        ("word/activeX/activeX1.xml", b"<a/>", "template.active"),
        ("word/embeddings/a.bin", b"x", "template.active"),
        ("word/e.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "template.active"),
        (
            "word/f.xml",
            b"<w:instrText xml:space='preserve'> DDEAUTO cmd </w:instrText>",
            "template.active",
        ),
        (
            "word/_rels/settings.xml.rels",
            LINK.format(kind="attachedTemplate").encode(),
            "template.away",
        ),
        ("word/_rels/g.xml.rels", LINK.format(kind="image").encode(), "template.away"),
    ],
)
def test_what_could_run_or_fetch_something_is_refused(name: str, content: bytes, id_: str) -> None:
    raw = with_part(template(), name, content)

    assert [m.id for m in wrong_with("minutes", raw)] == [id_]


def test_a_link_that_a_reader_may_follow_is_none_of_it() -> None:
    raw = with_part(template(), "word/_rels/h.xml.rels", LINK.format(kind="hyperlink").encode())

    assert packed.refused(raw) is None


def test_what_takes_too_long_or_too_much_is_ended_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for run in ("while True: pass", "import sys; x = bytearray(1 << 40)", "import os; os._exit(3)"):
        monkeypatch.setattr(apart, "RUN", run)
        monkeypatch.setattr(apart, "SECONDS", 1)
        assert [m.id for m in wrong_with("minutes", template())] == ["template.too_much"]
        with pytest.raises(Unfilled):
            filled("minutes", template(), {})


def test_a_pattern_that_the_engine_would_run_on_for_ever_is_ended_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 5)
    body = "{{" * 20000 + "{%" * 20000

    assert wrong_with("minutes", template(body))


def test_the_page_of_fields_lists_every_one() -> None:
    page = (ROOT / "docs/word-templates.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\| `(\S+)` \|", page)

    assert told == [one.name for fields in FIELDS.values() for one in fields]
    assert page.count("\n## ") == len(FIELDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_meaning_in_words(language: str) -> None:
    file = ROOT / f"src/yishi/wording/pages.templates.{language}.toml"
    told = tomllib.loads(file.read_text(encoding="utf-8"))["words"]["template_fields"]

    assert {one.name for fields in FIELDS.values() for one in fields} - told.keys() == set()


# ── the process ───────────────────────────────────────────────────────────────────────────────

WORKER = """
import sys, threading, time
from pathlib import Path
from yishi.documents.own import apart
apart.RUN = sys.argv[1]
threading.Thread(target=lambda: apart.wrong_with("minutes", b"PK"), daemon=True).start()
while not Path("child").exists(): time.sleep(0.05)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""
LINGERS = (
    "import sys, json, os, time; sys.path[:] = json.loads(sys.argv[1]); "
    "made = open('new', 'w'); made.write(str(os.getpid())); made.close(); "
    "from yishi.documents.own.filling import _limited; _limited(); "
    "os.rename('new', 'child'); time.sleep(60)"
)


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere there is the clock alone.")
def test_nobody_goes_on_filling_for_a_process_that_was_killed(tmp_path: Path) -> None:
    worker = (sys.executable, "-c", WORKER, LINGERS)
    done = subprocess.run(worker, cwd=tmp_path, check=False, timeout=60)

    assert done.returncode == -signal.SIGKILL
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not running(child):
            break
        time.sleep(0.1)
    assert not running(child)
