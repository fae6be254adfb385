"""Facts about whose a ticket is and what is known of it."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events.base import TicketFact, choice_label


@event("ticket.assigned")
class TicketAssigned(TicketFact):
    """Assignee or group changed, by hand or by a rule."""

    group_id: int | None = None
    group_name: str = ""
    assignee_id: int | None = None
    assignee_name: str = ""
    before_group_id: int | None = None
    before_assignee_id: int | None = None

    def sentence(self) -> str:
        if self.assignee_id != self.before_assignee_id:
            if self.assignee_id is None:
                return _("took the ticket off its assignee")
            return _("assigned the ticket to %(name)s") % {"name": self.assignee_name}
        return _("gave the ticket to the group %(name)s") % {"name": self.group_name or "–"}


@event("ticket.changed")
class TicketChanged(TicketFact):
    """One property changed: subject, priority, type, brand, form, tags, due date, requester or a custom field."""

    personal = ("before", "after", "before_label", "after_label")
    field: str
    title: str
    before: str | list | None = None
    after: str | list | None = None
    before_label: str = ""
    after_label: str = ""

    def sentence(self) -> str:
        values = {
            "field": _(self.title),
            "before": choice_label(self.field, self.before, self.before_label) or "–",
            "after": choice_label(self.field, self.after, self.after_label) or "–",
        }
        return _("changed %(field)s from %(before)s to %(after)s") % values


@event("ticket.collaborators_changed")
class CollaboratorsChanged(TicketFact):
    """People were put in copy or taken out, or began or ceased to follow."""

    personal = ("added", "removed")
    role: str
    added: list
    removed: list
    added_ids: tuple[int, ...] = ()
    removed_ids: tuple[int, ...] = ()

    def sentence(self) -> str:
        names = [f"+{name}" for name in self.added] + [f"−{name}" for name in self.removed]
        label = (
            _("changed who is in copy: %(names)s")
            if self.role == "cc"
            else _("changed the followers: %(names)s")
        )
        return label % {"names": ", ".join(names)}
