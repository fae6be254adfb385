"""Facts about who is there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.fact import Fact, event


@event("presence.changed")
class PresenceChanged(Fact):
    """A colleague became online, away or offline, or opened or closed a way of working. The subject is the person.

    `automatic` is "" when somebody chose it, "idle" or "silent" when the browser did, "back" when it came back.
    `lasted` is how many seconds the state before had held.
    """

    before: str
    after: str
    reason: str = ""
    automatic: str = ""
    closed_ways: list
    lasted: int = 0

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("people:person", args=[subject_id])

    def sentence(self) -> str:
        sentences = {
            "online": _("is online"),
            "away": _("is away"),
            "offline": _("is offline"),
        }
        sentence = sentences[self.after]
        return f"{sentence}: {self.reason}" if self.reason else sentence
