"""What all facts about people share."""

from django.urls import reverse

from opora.events.fact import Fact


class PersonFact(Fact):
    """The base of facts about one person."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("people:person", args=[subject_id])
