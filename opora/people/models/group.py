from django.db import models

from opora.core import clock
from opora.people.models.person import Person


class Group(models.Model):
    """A team that tickets are given to. Those of a private one only its members and administrators see."""

    name = models.CharField(max_length=120, unique=True)
    description = models.CharField(max_length=255, blank=True, default="")
    is_default = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A colleague's place in a group."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"
