"""Office documents as PDF: where the program is there, within bounds, nothing left behind."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from tests.papers import made
from yishi.papers import converting
from yishi.papers.apart import Bounds
from yishi.papers.content import DOCX, ODT
from yishi.papers.converting import NotConverted, convert, program

needs_program = pytest.mark.skipif(not program(), reason="LibreOffice is not installed here.")


def document() -> BytesIO:
    out = BytesIO()
    written = Document()
    written.add_paragraph("会议材料 Estimate")
    written.save(out)
    return out


@needs_program
def test_a_document_becomes_a_pdf_and_nothing_is_left_behind(tmp_path: Path) -> None:
    elsewhere = set(os.listdir(tempfile.gettempdir()))

    convert(document(), DOCX, tmp_path / "out.pdf")

    said = made.pages_of((tmp_path / "out.pdf").read_bytes()).pages[0].extract_text()
    assert "Estimate" in said
    assert os.listdir(tmp_path) == ["out.pdf"]
    left = set(os.listdir(tempfile.gettempdir())) - elsewhere
    assert [name for name in left if name.startswith("yishi-office-")] == []


@needs_program
def test_what_is_no_document_makes_no_pdf(tmp_path: Path) -> None:
    broken = BytesIO(made.packed({"word/document.xml": b"<w:document"}))

    with pytest.raises(NotConverted, match="not_made"):
        convert(broken, DOCX, tmp_path / "out.pdf")


CONTENT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>
<text:section text:name="S"><text:section-source xlink:href="{text}"/><text:p>as saved</text:p>
</text:section><text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image
 xlink:href="{picture}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>
</text:p></office:text></office:body></office:document-content>"""
NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
MANIFEST = f"""<?xml version="1.0"?><m:manifest xmlns:m="{NAMES}" m:version="1.2">
<m:file-entry m:full-path="/" m:media-type="{ODT}"/>
<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""


@needs_program
def test_a_document_brings_no_file_of_this_machine_into_its_pdf(tmp_path: Path) -> None:
    """What it links to stays where it is: a text and a picture that the program could well read."""
    (tmp_path / "own.txt").write_text("of this machine")
    (tmp_path / "own.png").write_bytes(made.png(40, 40))
    links = {"text": tmp_path / "own.txt", "picture": tmp_path / "own.png"}
    said = CONTENT.format(**{name: path.as_uri() for name, path in links.items()})
    written = BytesIO()
    with ZipFile(written, "w") as packed:
        packed.writestr("mimetype", ODT)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", said)

    convert(written, ODT, tmp_path / "out.pdf")

    page = made.pages_of((tmp_path / "out.pdf").read_bytes()).pages[0]
    assert "as saved" in page.extract_text()
    assert "of this machine" not in page.extract_text()
    drawn = page["/Resources"].get("/XObject", {}).values()
    assert [one for one in drawn if one.get_object()["/Subtype"] == "/Image"] == []


def test_without_the_program_it_says_so(settings, tmp_path: Path) -> None:
    for named in ("", "no-such-program"):
        settings.OFFICE = named
        with pytest.raises(NotConverted, match="no_program"):
            convert(document(), DOCX, tmp_path / "out.pdf")


def instead(tmp_path: Path, script: str) -> str:
    """A program in place of LibreOffice."""
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_one_that_does_not_end_is_ended_with_its_children(
    settings, monkeypatch, tmp_path: Path
) -> None:
    mark = tmp_path / "child"
    settings.OFFICE = instead(tmp_path, f"sleep 60 & echo $! > {mark}; wait")
    monkeypatch.setattr(converting, "BOUNDS", Bounds(memory=4096, seconds=1, writes=10))

    with pytest.raises(NotConverted, match="not_made"):
        convert(document(), DOCX, tmp_path / "out.pdf")

    child = int(mark.read_text())
    for _ in range(50):
        if not running(child):
            break
        time.sleep(0.1)
    assert not running(child)


DIES = """
import io, sys, threading, time
from pathlib import Path
from django.conf import settings
settings.configure(OFFICE=sys.argv[1])
from yishi.papers import apart, converting
from yishi.papers.content import DOCX
threading.Thread(target=lambda: {what}, daemon=True).start()
while not (Path(sys.argv[2]) / "child").exists(): time.sleep(0.05)
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""
CONVERTS = 'converting.convert(io.BytesIO(b"x"), DOCX, Path(sys.argv[2]) / "out.pdf")'
RUNS = "apart.run((sys.argv[1],), apart.Bounds(memory=4096, writes=1))"


@pytest.mark.skipif(sys.platform != "linux", reason="Elsewhere there is the clock alone.")
@pytest.mark.parametrize(
    ("what", "starts"), [(CONVERTS, True), (RUNS, False)], ids=["convert", "run"]
)
def test_nothing_goes_on_for_a_worker_that_was_killed(
    what: str, starts: bool, tmp_path: Path
) -> None:
    mark = tmp_path / "child"
    said = "sleep 60 & echo $! > {0}.new; mv {0}.new {0}; wait"
    alone = "echo $$ > {0}.new; mv {0}.new {0}; exec sleep 60"
    program = instead(tmp_path, (said if starts else alone).format(mark))

    worker = (sys.executable, "-c", DIES.format(what=what), program, str(tmp_path))
    done = subprocess.run(worker, env={"PATH": os.environ["PATH"]}, check=False, timeout=30)

    assert done.returncode == -signal.SIGKILL
    child = int(mark.read_text())
    for _ in range(50):
        if not running(child):
            break
        time.sleep(0.1)
    assert not running(child)


def running(process: int) -> bool:
    """Whether there is a process that is more than a name to be taken off the list."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_its_copy_of_the_paper_lies_beside_what_it_makes(settings, tmp_path: Path) -> None:
    """Where a worker that died left it, it is found."""
    told = tmp_path / "where"
    settings.OFFICE = instead(tmp_path, f"pwd > {told}; ls paper.docx >> {told}")

    with pytest.raises(NotConverted):
        convert(document(), DOCX, tmp_path / "out.pdf")

    where, name = told.read_text().split()
    assert Path(where).parent == tmp_path
    assert name == "paper.docx"


def test_one_that_wants_all_memory_gets_no_more_than_its_bound(
    settings, monkeypatch, tmp_path: Path
) -> None:
    told = tmp_path / "limits"
    settings.OFFICE = instead(tmp_path, f"ulimit -v > {told}; ulimit -f >> {told}")

    with pytest.raises(NotConverted):
        convert(document(), DOCX, tmp_path / "out.pdf")

    memory, writes = told.read_text().split()
    assert int(memory) == converting.BOUNDS.memory * 1024
    assert int(writes) * 512 == converting.BOUNDS.writes * 1024 * 1024


@pytest.mark.skipif(
    not converting.offline(), reason="This system lets nobody part with its network."
)
def test_it_has_no_network(settings, tmp_path: Path) -> None:
    told = tmp_path / "network"
    settings.OFFICE = instead(
        tmp_path, f"ls /proc/self/net/dev && tail -n +3 /proc/net/dev > {told}"
    )

    with pytest.raises(NotConverted):
        convert(document(), DOCX, tmp_path / "out.pdf")

    assert [line.split(":")[0].strip() for line in told.read_text().splitlines()] in ([], ["lo"])
    assert os.getuid() == os.stat(told).st_uid
