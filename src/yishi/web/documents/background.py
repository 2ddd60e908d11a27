"""Long papers of our own, made in the background: a year's bulletin or compliance report."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from yishi.documents import pdf
from yishi.documents.model import Document, Table
from yishi.jobs import queue
from yishi.jobs.models import Job
from yishi.jobs.queue import Made, NotMade
from yishi.jobs.working import Work
from yishi.originals.keeping import Altered
from yishi.web.documents import bulletin
from yishi.web.documents.kept import anew, original
from yishi.web.documents.makers import MAKERS
from yishi.web.documents.writers import FORMS
from yishi.web.jobs.asker import asker_of
from yishi.web.office import Office
from yishi.web.packs.gathering import pen_for

KIND: Final = "paper"

LONG: Final = 20_000
"""Characters beyond which a paper is not set while somebody waits: some forty pages."""

ROW: Final = 20
"""Characters as which a row of a table counts, beside its own."""


def long(document: Document) -> bool:
    """Whether a paper takes long to set."""
    rows = sum(len(block.rows) for block in document.body if isinstance(block, Table))
    return sum(map(len, document.words())) + ROW * rows > LONG


def ask(office: Office, name: str, subject: str, form: str, about: str) -> Job:
    """Ask for a paper to be made. Raises `TooMany`."""
    wanted = {"paper": name, "form": form, "about": about}
    return queue.ask(office.institution, office.person, KIND, subject, **wanted)


def make(work: Work) -> Made:
    """The job: one paper in one of its forms, for whoever asked for it."""
    job, asker = work.job, asker_of(work.job)
    name, form, about = _wanted(job)
    if asker is None:
        raise NotMade("jobs.not_there")
    pen, narrowed = pen_for(asker, job.person)
    type_, write = FORMS[form]
    try:
        document = MAKERS[name](pen, job.subject, about)
        holds = _tasks(pen.office, name, job.subject)
        work.step(1, 2)
        # It may have gone out since it was asked for: then it is what went out.
        content = original(pen.office, name, job.subject, form, about)
        if content is None:
            document = anew(pen, name, job.subject, form, document, about)
            content = write(document, pen)
        work.file.write_bytes(content)
    except Http404 as error:
        raise NotMade("jobs.not_there") from error
    except Altered as altered:
        raise NotMade("jobs.altered", {"called": document.called}) from altered
    except pdf.NoFont as error:
        raise NotMade("jobs.no_font") from error
    work.step(2, 2)
    told: Any = (*narrowed.opened, *(("task", task) for task in sorted(holds)))
    return Made(name=f"{document.called}.{form}", type=type_, holds=told)


def _wanted(job: Job) -> tuple[str, str, str]:
    return job.wanted["paper"], job.wanted["form"], job.wanted["about"]


def _tasks(office: Office, name: str, subject: str) -> set[str]:
    """The tasks that a bulletin holds: they are found among those that may be read, not asked."""
    return bulletin.readable(office, subject) if name == "bulletin" else set()


def opens(office: Office, job: Job) -> bool:
    """Whether whoever asked may read everything in it, still now."""
    name = _wanted(job)[0]
    tasks = {subject for thing, subject in job.holds if thing == "task" and name == "bulletin"}
    others: list[tuple[Any, str]] = [tuple(one) for one in job.holds if one[1] not in tasks]
    return tasks <= _tasks(office, name, job.subject) and all(
        office.reads(thing, subject).allowed for thing, subject in others
    )


def called(office: Office, job: Job) -> str:
    """What the job's page is called."""
    return office.catalogue.word("documents", job.wanted["paper"])


def back(job: Job) -> str:
    """Where it was asked for, as far as one can know."""
    name, _, about = _wanted(job)
    if name == "report" and about:
        return f"{reverse('reports')}?{urlencode({'body': job.subject, 'year': about})}"
    return reverse({"report": "reports", "bulletin": "tasks"}.get(name, "desk"))
