from django.db import models

from opora.core import clock


class RememberedAnswer(models.Model):
    """What a call with an `Idempotency-Key` was answered, so that the same call again makes nothing twice."""

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    location = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="answer_remembered_once")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
