"""Words of a ticket."""

from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import ConditionField, column
from opora.core.conditions.kinds import Text
from opora.tickets.conditions.case import Case
from opora.tickets.conditions.fields.reading import changed, of_ticket
from opora.tickets.models import Comment

GROUP = _("Texts")


def _description(case: Case) -> str | None:
    """The words with which the ticket began: those of its first comment. Asked of one ticket, never of a whole list."""
    words = Comment.objects.filter(ticket_id=case.ticket.id).order_by("id").values_list("text", flat=True)
    return words.first()


FIELDS: list[ConditionField] = [
    Text(
        name="subject", title=_("Subject"), group=GROUP, seen=of_ticket("subject"), where=column("subject"),
        changed=changed("subject", "subject"),
    ),
    Text(name="description", title=_("Description"), group=GROUP, seen=_description),
    Text(
        name="received_at", title=_("Received at"), group=GROUP, seen=of_ticket("received_at"), where=column("received_at"),
    ),
    Text(
        name="external_id", title=_("External number"), group=GROUP, seen=of_ticket("external_id"),
        where=column("external_id"), changed=changed("external_id", "external_id"),
    ),
]  # fmt: skip
