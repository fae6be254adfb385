"""Facts about presence, work given away, and escalations."""

from opora.routing.events.escalation import (
    EscalationAccepted,
    EscalationHandedBack,
    EscalationOpened,
    EscalationRejected,
    EscalationWithdrawn,
)
from opora.routing.events.presence import PresenceChanged
from opora.routing.events.setting import (
    CapacitySaved,
    LineSaved,
    PersonSkillsSaved,
    QueueSaved,
    RequirementSaved,
    RoutingSettingsSaved,
    SkillSaved,
)
from opora.routing.events.work import TicketQueued, TicketReturned, TicketRouted

__all__ = [
    "CapacitySaved",
    "EscalationAccepted",
    "EscalationHandedBack",
    "EscalationOpened",
    "EscalationRejected",
    "EscalationWithdrawn",
    "LineSaved",
    "PersonSkillsSaved",
    "PresenceChanged",
    "QueueSaved",
    "RequirementSaved",
    "RoutingSettingsSaved",
    "SkillSaved",
    "TicketQueued",
    "TicketReturned",
    "TicketRouted",
]
