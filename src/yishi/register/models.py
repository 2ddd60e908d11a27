"""Rows derived from an institution's journal; only `follow` writes them, `rebuild` makes them anew.

`subject` is the id in the journal. Times are stored in UTC.
"""

from django.db import models


class Derived(models.Model):
    """A row about one subject of one institution."""

    institution = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)

    class Meta:
        abstract = True


class Institution(models.Model):
    """An institution whose journal is kept here (单位)."""

    slug = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64)
    demonstration = models.BooleanField(default=False)
    founded_on = models.DateField(null=True)


class ItemRow(Derived):
    """An item as lists show it (议题)."""

    body = models.CharField(max_length=64)
    title = models.TextField()
    matter = models.CharField(max_length=64)
    status = models.CharField(max_length=20)
    origin = models.CharField(max_length=20)
    lead_unit = models.CharField(max_length=64, blank=True)
    submitted_by = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    sitting = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=64, blank=True)
    initials = models.CharField(max_length=200, blank=True, default="")
    """The first letters of the words it is looked for by."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("institution", "subject"), name="item_one"),)
        indexes = (
            models.Index(fields=("institution", "-submitted_at"), name="item_latest"),
            models.Index(fields=("institution", "body", "status"), name="item_status"),
            models.Index(fields=("institution", "sitting"), name="item_sitting"),
        )


class SittingRow(Derived):
    """A meeting as lists show it (会议)."""

    body = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    """As announced; of a meeting opened on another day, from when it was held."""
    year = models.IntegerField(default=0)
    number = models.IntegerField(default=0)
    chair = models.CharField(max_length=64, blank=True)
    items = models.IntegerField(default=0)
    minutes = models.IntegerField(null=True)
    record_closed = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("institution", "subject"), name="sit_one"),)
        indexes = (
            models.Index(fields=("institution", "-starts_at"), name="sit_latest"),
            models.Index(fields=("institution", "body", "-starts_at"), name="sit_body"),
        )


class DecisionRow(Derived):
    """A decision as lists show it (决定)."""

    body = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    sitting = models.CharField(max_length=64)
    title = models.TextField()
    outcome = models.CharField(max_length=20)
    words = models.TextField()
    at = models.DateTimeField()
    published = models.BooleanField(default=False)
    changed = models.BooleanField(default=False)
    initials = models.CharField(max_length=200, blank=True, default="")
    """The first letters of the words it is looked for by."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("institution", "subject"), name="dec_one"),)
        indexes = (models.Index(fields=("institution", "-at"), name="dec_latest"),)


class TaskRow(Derived):
    """A task as the ledger shows it (督办台账)."""

    body = models.CharField(max_length=64)
    sitting = models.CharField(max_length=64)
    decision = models.CharField(max_length=64, blank=True)
    words = models.TextField()
    unit = models.CharField(max_length=64, blank=True)
    counter = models.CharField(max_length=64, blank=True)
    owner = models.CharField(max_length=64, blank=True)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=20)
    """assigned (minutes not out yet) · open · completed · closed · ended"""
    assigned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    feedback = models.IntegerField(default=0)
    reminded = models.IntegerField(default=0)
    checked = models.IntegerField(default=0)
    reported = models.IntegerField(default=0)
    adjusted = models.IntegerField(default=0)
    initials = models.CharField(max_length=200, blank=True, default="")
    """The first letters of the words it is looked for by."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("institution", "subject"), name="task_one"),)
        indexes = (
            models.Index(fields=("institution", "status", "due_on"), name="task_due"),
            models.Index(fields=("institution", "owner", "status"), name="task_owner"),
        )


class Reader(Derived):
    """Who may read a thing just now, by the rules; an empty person stands for everybody."""

    thing = models.CharField(max_length=16)
    """item · paper · decision · record · minutes · task"""
    person = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "thing", "subject", "person"), name="reader_one"
            ),
        )
        indexes = (models.Index(fields=("institution", "person", "thing"), name="reader_person"),)


class DutyRow(Derived):
    """An act that waits for a person (待办), with the clause that makes it theirs."""

    person = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    act = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    about = models.CharField(max_length=64, blank=True)
    clause = models.CharField(max_length=64)
    rule = models.CharField(max_length=128)
    charter = models.CharField(max_length=64)
    due = models.DateTimeField(null=True)
    begins = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "person", "kind", "subject", "act", "about"),
                name="duty_one",
            ),
        )
        indexes = (
            models.Index(fields=("institution", "kind", "subject"), name="duty_subject"),
            models.Index(fields=("institution", "person", "due"), name="duty_person"),
        )


class Finding(models.Model):
    """What a rule found of an act when it was judged: departed from with its reason, or refused."""

    institution = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    place = models.IntegerField()
    body = models.CharField(max_length=64)
    sitting = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    act = models.CharField(max_length=64)
    status = models.CharField(max_length=16)
    """departed · refused"""
    charter = models.CharField(max_length=64)
    rule = models.CharField(max_length=128)
    clause = models.CharField(max_length=64)
    message = models.CharField(max_length=100)
    params = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "seq", "place"), name="finding_one"),
        )
        indexes = (
            models.Index(fields=("institution", "sitting"), name="finding_sitting"),
            models.Index(fields=("institution", "body", "at"), name="finding_body"),
            models.Index(fields=("institution", "charter", "rule"), name="finding_rule"),
        )


class Kept(models.Model):
    """How often a rule was kept, by sitting (or none) and month."""

    institution = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    sitting = models.CharField(max_length=64, blank=True)
    month = models.CharField(max_length=7)
    charter = models.CharField(max_length=64)
    rule = models.CharField(max_length=128)
    clause = models.CharField(max_length=64)
    times = models.IntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "sitting", "body", "month", "charter", "rule"),
                name="kept_one",
            ),
        )
        indexes = (models.Index(fields=("institution", "body", "month"), name="kept_body"),)
