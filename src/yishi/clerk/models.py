"""What the clerk itself keeps: forms already handled, and how far the timer has come."""

from django.db import models


class Submission(models.Model):
    """A form that was handled: sent again, it does nothing and leads to the same place."""

    institution = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    seq = models.BigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "key"), name="submission_once"),
        )


class Tick(models.Model):
    """The last day on which the timer looked at an institution, in its own zone."""

    institution = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
