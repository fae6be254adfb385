"""The bases of facts about one ticket."""

from django.urls import reverse

from opora.events.fact import Fact
from opora.tickets.models.status import Category


class TicketFact(Fact):
    """The base of facts about one ticket."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("tickets:ticket", args=[subject_id])


def status_label(word: str, name: str) -> str:
    """Return a status as people read it: the desk's own name, else the category in the reader's language."""
    return name or str(Category[word.upper()].label)
