from django.db import models

from opora.core import clock


class Submission(models.Model):
    """Somebody sent something through a public page; kept for an hour, to notice who sends too much.

    `origin` is a keyed hash of the network address: enough to count, useless for anything else.
    """

    origin = models.CharField(max_length=32)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["origin", "at"], name="submission_origin")]

    def __str__(self) -> str:
        return f"{self.origin} at {self.at}"
