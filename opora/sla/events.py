"""Facts about promises."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.sla.words import STEPS, metric_name
from opora.tickets.events import TicketFact


@event("sla_policy.saved")
class SlaPolicySaved(ConfigurationFact):
    """A policy was added or changed, its place in the order included."""

    version_id: int | None = None

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("sla:policy", args=[subject_id])


@event("sla_policy.removed")
class SlaPolicyRemoved(Fact):
    """A policy was taken out of use; clocks that it began go on."""

    name: str

    def sentence(self) -> str:
        return _("removed the policy “%(name)s”") % {"name": self.name}


class ClockFact(TicketFact):
    """The base of what a clock tells by itself. It happened when it became true, found or not."""


@event("ticket.sla_warned")
class SlaWarned(ClockFact):
    """So many percent of a promise's time are used up, and its policy wants somebody told."""

    clock: str
    metric: str
    threshold: int
    version_id: int
    found_at: str

    def sentence(self) -> str:
        values = {"percent": self.threshold, "metric": metric_name(self.metric)}
        return _("saw %(percent)s%% of the time used: %(metric)s") % values


@event("ticket.sla_breached")
class SlaBreached(ClockFact):
    """A promise was broken."""

    clock: str
    metric: str
    threshold: int = 100
    version_id: int
    found_at: str

    def sentence(self) -> str:
        return _("saw a promise broken: %(metric)s") % {"metric": metric_name(self.metric)}


@event("ticket.sla_counted_on")
class SlaCountedOn(ClockFact):
    """A clock was paused for as long as its policy lets it, and counts on though the ticket still waits."""

    clock: str
    metric: str
    version_id: int
    found_at: str

    def sentence(self) -> str:
        return _("saw a pause last for as long as it may, and counts on: %(metric)s") % {
            "metric": metric_name(self.metric)
        }


@event("ticket.reply_not_needed")
class ReplyNotNeeded(TicketFact):
    """A colleague judged that the customer's last words need no reply; the clock of the turn ends without outcome."""

    reason: str

    def sentence(self) -> str:
        return _("said that no reply is needed: %(reason)s") % {"reason": self.reason}


@event("ticket.sla_excluded")
class PromiseExcluded(TicketFact):
    """A broken promise was left out of the net attainment, with a reason; the gross one still counts it."""

    personal = ("reason",)
    clock: str
    metric: str
    reason: str

    def sentence(self) -> str:
        values = {"metric": metric_name(self.metric), "reason": self.reason}
        return _("left a broken promise out of the net attainment: %(metric)s. %(reason)s") % values


@event("ticket.sla_counted_again")
class PromiseCountedAgain(TicketFact):
    """A promise that was left out of the net attainment is counted again."""

    clock: str
    metric: str

    def sentence(self) -> str:
        return _("counts a broken promise again: %(metric)s") % {"metric": metric_name(self.metric)}


@event("ticket.sla_rerated")
class TicketRerated(TicketFact):
    """The ticket’s running clocks of a policy took its newest version: whoever changed the policy wanted it so."""

    policy_id: int
    policy: str
    number: int

    def sentence(self) -> str:
        values = {"policy": self.policy, "number": self.number}
        return _("gave its running clocks version %(number)s of the policy “%(policy)s”") % values


@event("ticket.sla_escalated")
class SlaEscalated(TicketFact):
    """A policy's chain of escalation took its steps: people are told, the ticket may have changed."""

    metric: str
    threshold: int
    people: tuple[int, ...] = ()
    steps: tuple[str, ...] = ()

    def sentence(self) -> str:
        steps = ", ".join(str(STEPS.get(step, step)) for step in self.steps)
        return _("escalated %(metric)s at %(percent)s%%: %(steps)s") % {
            "metric": metric_name(self.metric),
            "percent": self.threshold,
            "steps": steps,
        }
