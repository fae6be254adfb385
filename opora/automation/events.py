"""Facts about rules: saved and removed, fired and refused."""

from dataclasses import field

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.tickets.events import TicketFact


@event("rule.saved")
class RuleSaved(ConfigurationFact):
    """A trigger or an automation was added or changed."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("automation:rule", args=[subject_id])


@event("rule.deleted")
class RuleDeleted(Fact):
    """A trigger or an automation was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the rule “%(name)s”") % {"name": self.name}


@event("standard_rule.declined")
class StandardRuleDeclined(Fact):
    """A standard rule of a newer version was looked at and not wanted; it is not offered again."""

    name: str

    def sentence(self) -> str:
        return _("declined the standard rule “%(name)s”") % {"name": self.name}


@event("rule_category.saved")
class RuleCategorySaved(ConfigurationFact):
    """A heading of triggers was added or changed."""


@event("rule_category.removed")
class RuleCategoryRemoved(Fact):
    """A heading of triggers was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the category of triggers “%(name)s”") % {"name": self.name}


@event("ticket.rule_fired")
class RuleFired(TicketFact):
    """A rule's conditions held and its steps were carried out; `outcomes` has each condition with the value seen."""

    personal = ("outcomes", "sends")
    rule_id: int
    version: int
    outcomes: dict
    steps: list
    sends: list = field(default_factory=list)
    comment_id: int | None = None
    acknowledges: bool = False
    """It writes to the requester of a new ticket; no other receipt is sent then."""

    def sentence(self) -> str:
        if self.sends:
            return _("fired and lets somebody know")
        return _("fired")

    def explanation(self, subject_id: int, event_id: int) -> str:
        return reverse("automation:firing", args=[event_id])


@event("ticket.rule_refused")
class RuleRefused(TicketFact):
    """A rule's conditions held, but a step was not carried out: it would loop, flood an address or is not possible."""

    rule_id: int
    reason: str

    def sentence(self) -> str:
        return _("did nothing: %(reason)s") % {"reason": self.reason}

    def explanation(self, subject_id: int, event_id: int) -> str:
        return reverse("automation:rule", args=[self.rule_id])
