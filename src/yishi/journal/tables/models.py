"""Chains, entries and sealed texts as rows; triggers keep the entries as they were written."""

from django.db import models


class Chain(models.Model):
    """Where an institution's chain stands. Whoever appends locks this row first."""

    slug = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)


class Entry(models.Model):
    """One entry, for ever: the canonical bytes that its hash covers, and what they are found by."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT)
    seq = models.BigIntegerField()
    stream = models.CharField(max_length=140)
    type = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    at = models.CharField(max_length=40)
    hash = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="entry_place"),)
        indexes = (models.Index(fields=("chain", "stream", "seq"), name="entry_stream"),)


class SealedText(models.Model):
    """The words behind a ref of an entry; an erasure may empty them, nothing else may happen."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT)
    seq = models.BigIntegerField()
    ref = models.CharField(max_length=64)
    salt = models.CharField(max_length=32, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "ref"), name="text_ref"),)
        indexes = (models.Index(fields=("chain", "seq"), name="text_place"),)
