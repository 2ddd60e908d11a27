"""Messages (消息): to one person, by one channel, each at most once."""

from django.db import models


class Message(models.Model):
    """A message owed to a person. Queued with what caused it, delivered later."""

    institution = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    channel = models.CharField(max_length=16)
    """desk · mail"""
    key = models.CharField(max_length=200)
    """What it is about; the same thing is told to the same person once a channel."""
    kind = models.CharField(max_length=64)
    """Message id of its sentence in the catalogue."""
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    calendar = models.CharField(max_length=64, blank=True)
    """The sitting whose calendar entry goes with it."""
    to = models.EmailField(blank=True)
    """Where mail goes in place of the owner's own address."""
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    given_up = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("institution", "person", "channel", "key"), name="message_once"
            ),
        )
        indexes = (
            models.Index(fields=("institution", "person", "channel", "-made_at"), name="msg_desk"),
            models.Index(fields=("channel", "sent_at", "next_try"), name="msg_due"),
        )
