"""A job: what is to be made, for whom, how far it is, what came of it."""

from typing import Final

from django.db import models

WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
FAILED: Final = "failed"


class Job(models.Model):
    """Something that is made in the background for one person."""

    institution = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    """Who asked for it; nobody else gets what is made."""
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=64)
    """What it is about: a meeting, a paper."""
    wanted = models.JSONField(default=dict)
    """What else was said when it was asked for."""

    state = models.CharField(max_length=16, default=WAITING)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    """How many steps are done, and of how many."""
    worker = models.CharField(max_length=64, default="")
    """Which process has it."""
    until = models.DateTimeField(null=True)
    """Until when it is that process's own, unless it says that it is still at it."""
    upon = models.BigIntegerField(default=0)
    """Where the journal stood at least when it was begun."""
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=64, default="")
    """What was made, among the results."""
    name = models.CharField(max_length=200, default="")
    """What it is called when it is taken along."""
    type = models.CharField(max_length=100, default="")
    size = models.BigIntegerField(default=0)
    holds = models.JSONField(default=list)
    """What of it one must be allowed to read, as (thing, subject)."""
    remarks = models.JSONField(default=list)
    """What is missing in it, and why."""
    failure = models.CharField(max_length=64, default="")
    """The id of the sentence that says why nothing was made."""

    class Meta:
        indexes = (
            models.Index(fields=("state", "until"), name="job_due"),
            models.Index(fields=("institution", "person", "kind", "subject"), name="job_whose"),
        )

    @property
    def ended(self) -> bool:
        """Whether nothing more is done about it."""
        return self.state in (DONE, FAILED)
