"""How long a paper takes: minutes of three pages as PDF and DOCX, each beside its bare engine.

Warm figures are medians over papers that all differ, in time of the processor; cold ones are of a
process of its own, from its start, by the clock. LibreOffice, where it is installed, turns the
same DOCX into PDF in the same run. Then a year of papers one after the other, and a pack of 200
pages with the files of others in it, both by the clock.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from yishi.documents import binding, pdf, word
from yishi.documents.fonts import faces
from yishi.documents.marks import mark
from yishi.documents.model import Document, Foot, Gap, Heading, People, para
from yishi.papers import apart
from yishi.papers.apart import Bounds

ROUNDS = 25
ITEMS = 10
NAMES = "、".join(["陈志远", "刘敏", "曾建国", "王芳", "李强", "周琳", "吴昊"] * 3)
WORDS = "同意大厅运行经费预算按180万元编列，由责任科室按分工安排进度，及时反馈进展情况。"
YEAR = 120
"""Papers of a year that are set one after the other: as many as there are weeks, and more."""
FILES, LONG, OWN = 15, 10, 16
"""Files from others in the pack, pages of each, and minutes of three pages beside them."""
MOST = Bounds(memory=6144, seconds=300, writes=600)
BINDING = (sys.executable, "-m", "yishi.documents.binding")
AIMS = {"pdf": 40, "docx": 300}
"""Milliseconds (shared aims of the project, docs/performance.md)."""


def minutes(n: int) -> Document:
    """Minutes of three pages, other ones for each number."""
    body = []
    for place in range(1, ITEMS + 1):
        body.append(Heading(1, f"{mark(1, place)}关于第{n}次会议第{place}项议题"))
        body += [para(f"会议决定：{WORDS}"), para(f"落实事项。（责任人：李强；第{n}号）")]
    body += [Gap(), People("出席", NAMES), People("请假", "何立")]
    return Document(
        called=f"会议纪要{n}",
        dated=date(2026, 11, 2),
        format="minutes",
        mark="处务会会议纪要",
        number=f"〔2026〕{n}号",
        left="办公室",
        right="2026年11月2日",
        body=tuple(body),
        foot=Foot("办公室", "2026年11月2日印发"),
    )


def took(work: Callable[[int], object]) -> float:
    """Milliseconds of the processor that it takes, the median; the first time is not counted."""
    times = []
    for n in range(ROUNDS + 1):
        begun = process_time()
        work(n + 1)
        times.append((process_time() - begun) * 1000)
    return median(times[1:])


def bare_pdf(n: int) -> bytes:
    """The engine alone: one line on one page."""
    import typst

    return typst.compile(f"#{n}".encode(), font_paths=faces().found)


def bare_docx(n: int) -> bytes:
    """The library alone: its own empty file with one paragraph."""
    import docx

    made, out = docx.Document(), BytesIO()
    made.add_paragraph(str(n))
    made.save(out)
    return out.getvalue()


def cold(form: str) -> float:
    """Milliseconds of a whole process that makes one paper."""
    begun = perf_counter()
    subprocess.run([sys.executable, __file__, "--one", form], check=True)
    return (perf_counter() - begun) * 1000


def one(form: str) -> bytes:
    """One paper."""
    return pdf.write(minutes(1), faces()) if form == "pdf" else word.write(minutes(1))


def by_libreoffice() -> float | None:
    """Milliseconds that LibreOffice takes for the same file, the second time."""
    if shutil.which("soffice") is None:
        return None
    with tempfile.TemporaryDirectory() as home:
        path = Path(home, "minutes.docx")
        path.write_bytes(word.write(minutes(1)))
        command = ["soffice", f"-env:UserInstallation=file://{home}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", home, str(path)]
        for _ in range(2):
            begun = perf_counter()
            subprocess.run(command, check=True, capture_output=True)
        return (perf_counter() - begun) * 1000


def a_year(form: str) -> float:
    """Papers a minute, all of them different, by the clock."""
    one(form)
    begun = perf_counter()
    for n in range(YEAR):
        made = minutes(n + 1)
        pdf.write(made, faces()) if form == "pdf" else word.write(made)
    return YEAR / (perf_counter() - begun) * 60


def from_others(n: int) -> BytesIO:
    """A file of some pages, as somebody might hand it in."""
    import typst

    page = f"= 材料{n}\n#for n in range(30) [大厅运行经费按近三年实际支出测算。#n \\ ]"
    said = "\n#pagebreak()\n".join([page] * LONG)
    made = typst.compile(f'#set page(paper: "a4")\n{said}'.encode(), font_paths=faces().found)
    return BytesIO(made)


def pack() -> tuple[float, float, int]:
    """Seconds for looking through and taking apart the files, for setting all, and the pages."""
    files = [from_others(n) for n in range(FILES)]
    with tempfile.TemporaryDirectory() as home:
        begun, parts = perf_counter(), []
        for n, file in enumerate(files):
            assert apart.ask("pdf", file) == ""
            sides = apart.ask("flat", file, f"{home}/{n}.pdf", bounds=MOST)
            trying = (*BINDING, f"{home}/{n}.pdf", str(len(sides)))
            apart.run(trying, MOST)
            caption = (binding.Caption(1, f"材料{n}"),)
            parts.append(binding.Pages(caption, f"材料{n}", f"{n}.pdf", tuple(map(tuple, sides))))
        taken = perf_counter() - begun
        written = (
            binding.Written((binding.Caption(1, f"纪要{n}"),), minutes(n)) for n in range(OWN)
        )
        begun = perf_counter()
        binding.lay_out(_pack((*written, *parts)), faces(), Path(home))
        apart.run((*BINDING, home), MOST)
        bound = perf_counter() - begun
        return taken, bound, pages(Path(home, binding.MADE))


def _pack(parts: tuple[binding.Part, ...]) -> binding.Pack:
    words = binding.Words("目录", "第{n}页 共{of}页", "没有收入的", ("材料", "原因"))
    cover = binding.Cover("中心", "会议材料汇编", "处务会", (("领取人", "陈志远"),))
    on = date(2026, 11, 2)
    return binding.Pack(called="汇编", dated=on, cover=cover, mark="供", words=words, parts=parts)


def pages(path: Path) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(path).pages)


def main() -> None:
    """Measure and print."""
    print(f"{'minutes, 3 pages':22}{'warm ms':>9}{'bare ms':>9}{'cold ms':>9}  at most, warm")
    pairs: tuple[tuple[str, Callable[[int], object], Callable[[int], object]], ...] = (
        ("pdf", lambda n: pdf.write(minutes(n), faces()), bare_pdf),
        ("docx", lambda n: word.write(minutes(n)), bare_docx),
    )
    for form, work, bare in pairs:
        figures = f"{took(work):9.1f}{took(bare):9.1f}{cold(form):9.0f}"
        print(f"{form:22}{figures}  {AIMS[form]}", flush=True)
    other = by_libreoffice()
    print(f"{'docx by LibreOffice':22}" + (f"{other:9.0f}" if other else "  (not installed)"))
    for form in AIMS:
        print(f"{'a year, ' + form:22}{a_year(form):9.0f} a minute", flush=True)
    if other:
        print(f"{'a year, LibreOffice':22}{60_000 / other:9.0f} a minute")
    taken, bound, count = pack()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{'a pack':22}{count:9d} pages: files taken in {taken:.1f} s, set in {bound:.1f} s,")
    print(f"{'':22}{largest:9d} MB in the largest process, LibreOffice's included")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        main()
