from django.db import models


class KeptAttributes(models.Model):
    """Attributes that a program gave an object and that mean nothing here.

    Programs that keep configuration in step write them, read them back and compare; so they are kept as they were
    given. Nothing in the desk looks at them.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="kept_attributes_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
