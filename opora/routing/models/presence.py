from django.db import models
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.people.models import Person


class AgentPresence(models.Model):
    """Whether a colleague takes new work now; no row is the same as offline.

    `chosen` is what they decided by hand and `state` what holds: a browser that falls silent or a person who is idle
    makes `state` less than `chosen`, and `automatic` says which of the two. `seen_at` is empty when no browser stands
    behind the state (set by a lead, by an import): it then holds until somebody changes it.
    """

    class State(models.TextChoices):
        ONLINE = "online", pgettext_lazy("presence", "Online")
        AWAY = "away", pgettext_lazy("presence", "Away")
        OFFLINE = "offline", pgettext_lazy("presence", "Offline")

    class Automatic(models.TextChoices):
        IDLE = "idle", pgettext_lazy("presence", "idle")
        SILENT = "silent", pgettext_lazy("presence", "browser closed")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="presence")
    state = models.CharField(max_length=8, choices=State, default=State.OFFLINE)
    chosen = models.CharField(max_length=8, choices=State, default=State.OFFLINE)
    automatic = models.CharField(max_length=8, choices=Automatic, blank=True, default="")
    reason = models.CharField(max_length=60, blank=True, default="")
    closed_ways = models.JSONField(default=list, blank=True)
    since = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    active_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "seen_at"], name="presence_silent")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"
