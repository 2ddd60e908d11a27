"""What is known of a paper's file; that it was supplied, and its digest, the journal says."""

from django.db import models


class Paper(models.Model):
    """The file of one paper, as it was handed in (会议材料). A new version is a new paper."""

    institution = models.CharField(max_length=64)
    paper = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    """What the file was called."""
    type = models.CharField(max_length=100)
    """Its kind, found from its content."""
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploader = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "item", "paper"), name="paper_one"),
        )
        indexes = (models.Index(fields=("institution", "paper"), name="paper_id"),)
