"""The bases of facts about one ticket."""

from django.urls import reverse

from opora.events.fact import Fact
from opora.tickets.models.status import Category
from opora.tickets.models.ticket import Priority, TicketType


class TicketFact(Fact):
    """The base of facts about one ticket."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("tickets:ticket", args=[subject_id])


def choice_label(field: str, word: object, label: str) -> str:
    """Return a priority or type in the reader's language, any other value as it was called when it was written."""
    choices = {"priority": Priority, "type": TicketType}.get(field)
    if choices is None or not isinstance(word, str):
        return label
    return str(choices[word.upper()].label)


def status_label(word: str, name: str) -> str:
    """Return a status as people read it: the desk's own name, else the category in the reader's language."""
    return name or str(Category[word.upper()].label)
