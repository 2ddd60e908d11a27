"""The job that makes a meeting's package and archives it, for whoever pressed the button."""

from typing import Final

from django.urls import reverse

from yishi.jobs.models import Job
from yishi.jobs.queue import Made, NotMade
from yishi.jobs.working import Work
from yishi.procedure.verdict import Accepted, Message
from yishi.web.archive.keeping import packed
from yishi.web.archive.making import Unmade
from yishi.web.archive.standing import standing
from yishi.web.jobs.asker import asker_of
from yishi.web.office import Office

KIND: Final = "archive"


def make(work: Work) -> Made:
    """Make the package, keep it, and put on record which one it was: once, however often tried."""
    job, office = work.job, asker_of(work.job)
    sitting = office.state.sittings.get(job.subject) if office else None
    how = standing(office, sitting) if office and sitting else None
    if office is None or sitting is None or how is None:
        raise NotMade("jobs.not_there")
    work.step(0, 1)
    try:
        done = packed(office, sitting, str(job.wanted["key"]))
    except Unmade as unmade:
        why: Message = unmade.args[0]
        raise NotMade(why.id, dict(why.params)) from unmade
    if done.repeated is None and not isinstance(done.verdict, Accepted):
        raise NotMade("jobs.moved_on")
    work.step(1, 1)
    return Made()


def opens(office: Office, job: Job) -> bool:
    """Whether the page of the package is there for whoever asked."""
    sitting = office.state.sittings.get(job.subject)
    return sitting is not None and standing(office, sitting) is not None


def called(office: Office, job: Job) -> str:
    """What the job's page is called."""
    name = office.catalogue.sentence(Message("page.sitting_name", {"s": job.subject}), office.names)
    return office.catalogue.text("page.archive.called", name=name)


def back(job: Job) -> str:
    """Where it was asked for, and where the package is had."""
    return reverse("archive", args=[job.subject])
