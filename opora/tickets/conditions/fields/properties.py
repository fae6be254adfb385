"""What a ticket is: status, priority, type, brand, form, tags."""

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import Choices, ConditionField, column
from opora.core.conditions.kinds import Choice, Members, Reference
from opora.people.models import Brand
from opora.tickets.conditions.case import Case
from opora.tickets.conditions.fields import satisfaction
from opora.tickets.conditions.fields.reading import changed, name_in, numbers, of_ticket, rows, words
from opora.tickets.models import Category, Comment, Priority, Status, TicketForm, TicketTag, TicketType

GROUP = _("Ticket")
CHANNELS = [
    ("email", _("mail")),
    ("web", _("agent")),
    ("form", _("web form")),
    ("api", "API"),
]


def _tagged(names: Collection[str] | None) -> Q:
    marks = TicketTag.objects.all() if names is None else TicketTag.objects.filter(tag__name__in=names)
    return Q(id__in=marks.values("ticket_id"))


def _visibilities() -> Choices:
    return [
        ("public", str(_("the customer sees the ticket"))),
        ("private", str(_("only internal notes"))),
    ]


def _visibility(case: Case) -> str:
    """Whether anything public was said. Asked of one ticket, never of a whole list."""
    said = Comment.objects.filter(ticket_id=case.ticket.id, is_public=True)
    return "public" if said.exists() else "private"


FIELDS: list[ConditionField] = [
    Choice(
        name="status", title=_("Status"), group=GROUP, options=words(Category), stored=numbers(Category), is_ordered=True,
        seen=of_ticket("category"), where=column("category"), changed=changed("status", "category"),
    ),
    Reference(
        name="custom_status", title=_("Own status"), group=GROUP, options=rows(Status, is_active=True), can_be_empty=False,
        name_of=name_in(Status), seen=of_ticket("status_id"), where=column("status_id"),
    ),
    Choice(
        name="priority", title=_("Priority"), group=GROUP, stored=numbers(Priority), is_ordered=True,
        options=words(Priority), can_be_empty=True,
        seen=of_ticket("priority"), where=column("priority"), changed=changed("priority", "priority"),
    ),
    Choice(
        name="type", title=_("Type"), group=GROUP, stored=numbers(TicketType),
        options=words(TicketType), can_be_empty=True,
        seen=of_ticket("type"), where=column("type"), changed=changed("type", "type"),
    ),
    Members(
        name="tags", title=_("Tags"), group=GROUP, holding=_tagged, member=str.lower, is_free=True,
        finder=reverse_lazy("tickets:lookup_tags"), seen=of_ticket("tags"), where=column("tags"),
        changed=changed("tags", "tags"),
    ),
    Reference(
        name="brand", title=_("Brand"), group=GROUP, options=rows(Brand), can_be_empty=False, name_of=name_in(Brand),
        seen=of_ticket("brand_id"), where=column("brand_id"), changed=changed("brand", "brand_id"),
    ),
    Reference(
        name="form", title=_("Form"), group=GROUP, options=rows(TicketForm), name_of=name_in(TicketForm),
        seen=of_ticket("form_id"), where=column("form_id"), changed=changed("form", "form_id"),
    ),
    Choice(
        name="channel", title=_("Channel"), group=GROUP, options=lambda: [(word, str(label)) for word, label in CHANNELS],
        seen=of_ticket("channel"), where=column("channel"),
    ),
    Choice(
        name="visibility", title=_("Visibility"), group=GROUP, options=_visibilities, seen=_visibility,
    ),
    satisfaction.FIELD,
]  # fmt: skip
