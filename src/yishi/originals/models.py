"""The bytes of what was issued, as rows; triggers keep them as they were written."""

from django.db import models


class Original(models.Model):
    """One file as it was issued, under the digest that the journal holds of it (原件)."""

    institution = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content = models.BinaryField()
    words = models.TextField(blank=True)
    """What is printed in a file that was kept before there were refs; empty for every other."""
    refs = models.TextField(blank=True, default="")
    """The refs of the sealed texts printed in it, a line each: it goes when one is erased."""
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("institution", "digest"), name="original_once"),
        )
