"""Who may do what with presence, work that is given away, and escalations. Actors that are not people may."""

from opora.events.actor import ActsAsActor
from opora.people.models import Person
from opora.people.policy import may
from opora.routing.models import Escalation
from opora.tickets.models import Ticket
from opora.tickets.policy import may_assign, may_note, may_see

SETTINGS = "settings.routing"


def may_set_presence(by: ActsAsActor, person: Person) -> bool:
    """One's own, and with the right to lead that of colleagues."""
    return (isinstance(by, Person) and by.pk == person.pk and by.is_colleague) or may(by, "team.lead")


def may_escalate(by: ActsAsActor, ticket: Ticket) -> bool:
    """Whoever may give the ticket to another group."""
    return not ticket.is_closed and may_assign(by, ticket)


def may_answer_escalation(by: ActsAsActor, escalation: Escalation) -> bool:
    """The people of the receiving group, light agents too, and whoever leads the team."""
    if not may_note(by, escalation.ticket):
        return False
    return not isinstance(by, Person) or escalation.to_group_id in by.group_ids or may(by, "team.lead")


def may_withdraw(by: ActsAsActor, escalation: Escalation) -> bool:
    """Whoever asked, the people of the group that asked, and whoever leads the team."""
    if not isinstance(by, Person) or by.pk == escalation.opened_by_id or may(by, "team.lead"):
        return may_see(by, escalation.ticket)
    return escalation.from_group_id in by.group_ids and may_assign(by, escalation.ticket)
