"""Facts about hand-overs between groups; what the clocks of the receiving group are made of."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events import TicketFact


@dataclass(frozen=True, kw_only=True)
class EscalationFact(TicketFact):
    """The base of facts about one escalation: whose it was, whose it is asked to be."""

    personal = ("answer",)
    escalation_id: int
    from_group_id: int | None = None
    from_group_name: str = ""
    from_person_id: int | None = None
    to_group_id: int
    to_group_name: str
    tier: int | None = None
    """The line of support, 1 to 9; None for specialists beside the lines."""
    takes_over: bool = True
    """Whether the ticket itself moves to the group, or stays with its sender while the group answers."""
    opened_at: datetime
    accepted_at: datetime | None = None
    answer: str = ""

    def sentence(self) -> str:
        raise NotImplementedError


@event("ticket.escalation_opened")
class EscalationOpened(EscalationFact):
    """Somebody asked another group to take a ticket or to answer about it; `answer` is the reason they gave."""

    answered: int = 0
    """How many items of the group's checklist were filled in."""

    def sentence(self) -> str:
        return _("escalated to %(group)s") % {"group": self.to_group_name}


@event("ticket.escalation_accepted")
class EscalationAccepted(EscalationFact):
    """The receiving group took the escalation."""

    by_id: int | None = None

    def sentence(self) -> str:
        return _("accepted the escalation for %(group)s") % {"group": self.to_group_name}


@event("ticket.escalation_rejected")
class EscalationRejected(EscalationFact):
    """The receiving group sent the escalation back; `refusal` is incomplete, not_ours, known, can_be_solved or other."""

    by_id: int | None = None
    refusal: str

    def sentence(self) -> str:
        if self.refusal == "incomplete":
            return _("rejected the escalation to %(group)s, information is missing") % {
                "group": self.to_group_name
            }
        return _("rejected the escalation to %(group)s") % {"group": self.to_group_name}


@event("ticket.escalation_handed_back")
class EscalationHandedBack(EscalationFact):
    """The receiving group did its part and gave the ticket back with an answer."""

    by_id: int | None = None

    def sentence(self) -> str:
        return _("answered the escalation to %(group)s") % {"group": self.to_group_name}


@event("ticket.escalation_withdrawn")
class EscalationWithdrawn(EscalationFact):
    """The sender needs the group no longer: it was taken back, or the ticket was solved before an answer came."""

    by_id: int | None = None

    def sentence(self) -> str:
        return _("withdrew the escalation to %(group)s") % {"group": self.to_group_name}
