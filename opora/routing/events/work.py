"""Facts about tickets that are given away."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.events.fact import event
from opora.tickets.events import TicketFact


@event("ticket.queued")
class TicketQueued(TicketFact):
    """A ticket began to wait for somebody who can have it; `needs` are rows of skill, level, firm."""

    queue_id: int
    queue_name: str
    needs: list

    def sentence(self) -> str:
        return _("put the ticket into the queue “%(queue)s”") % {"queue": self.queue_name}


@event("ticket.routed")
class TicketRouted(TicketFact):
    """A queue gave the ticket to somebody. The body is the whole account of the decision.

    `fitting` are rows of person, name, load, capacity, score, best first; `left_out` rows of person, name, why and
    detail; loads and capacities in hundredths of an ordinary ticket. Of a large team only the first forty of each are
    kept, with all of them counted in `counts`.
    """

    queue_id: int
    queue_name: str
    strategy: str
    assignee_id: int
    assignee_name: str
    way: str = "mail"
    weight: int = 100
    waited: int = 0
    step: int = 0
    knows_customer: bool = False
    needs: list
    fitting: list
    left_out: list
    counts: dict

    def sentence(self) -> str:
        considered = sum(self.counts.values())
        return ngettext(
            "chose %(name)s, the one person considered",
            "chose %(name)s out of %(count)s people",
            considered,
        ) % {"name": self.assignee_name, "count": considered}

    def explanation(self, subject_id: int, event_id: int) -> str:
        return reverse("routing:decision", args=[subject_id, event_id])


@event("ticket.returned")
class TicketReturned(TicketFact):
    """A ticket went back to its queue: its assignee is absent, or somebody put it back by hand."""

    person_id: int
    person_name: str
    why: str = ""

    def sentence(self) -> str:
        if self.why == "absent":
            return _("put the ticket back into the queue, for %(name)s is not there") % {
                "name": self.person_name
            }
        return _("put the ticket back into the queue")
