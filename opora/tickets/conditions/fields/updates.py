"""What an update is: who made it, by which door, what was said. Only rules can ask, for only they look at an update."""

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opora.calendars.models import Calendar
from opora.calendars.queries import calendars, is_open_for, schedules
from opora.core.conditions.field import Choices, ConditionField
from opora.core.conditions.kinds import Choice, Flag, Members, Reference, StandIn, Text
from opora.core.conditions.kinds.values import whole_number
from opora.core.refusals import Invalid
from opora.people.models import Person
from opora.tickets.conditions.case import Case
from opora.tickets.conditions.fields.people import roles
from opora.tickets.conditions.fields.reading import name_in

GROUP = _("This update")


def _comment(case: Case) -> str | None:
    happened = case.happened
    return ("public" if happened.comment_is_public else "internal") if happened.has_comment else None


def _is_open(case: Case) -> bool:
    ticket = case.ticket
    return is_open_for(case.at, group_id=ticket.group_id, brand_id=ticket.brand_id)


def _open_calendars(case: Case) -> frozenset[int]:
    return frozenset(pk for pk, hours in schedules().items() if hours.is_open(case.at))


def _calendars() -> Choices:
    return [(str(row.pk), row.name) for row in calendars()]


def _of_no_list(_calendars: object) -> Q:
    raise Invalid(gettext("Only triggers can ask this: they look at an update."))


def _assignee(_by: object, case: Case | None) -> tuple[int, ...]:
    return (case.ticket.assignee_id or -1,) if case else ()


def _requester(_by: object, case: Case | None) -> tuple[int, ...]:
    return (case.ticket.requester_id or -1,) if case else ()


def _update_types() -> Choices:
    return [("create", str(_("a new ticket"))), ("change", str(_("a change of a ticket")))]


def _comments() -> Choices:
    return [
        ("public", str(_("a public reply"))),
        ("internal", str(_("an internal note"))),
    ]


def _doors() -> Choices:
    return [
        ("web", str(_("the workspace"))),
        ("mail", str(_("mail"))),
        ("form", str(_("web form"))),
        ("api", "API"),
        ("rule", str(_("a rule"))),
        ("import", str(_("an import"))),
    ]


def _actors() -> Choices:
    return [
        *roles(),
        ("rule", str(_("a rule"))),
        ("timer", str(_("the clock"))),
        ("import", str(_("an import"))),
        ("system", "Opora"),
    ]


FIELDS: list[ConditionField] = [
    Choice(
        name="update_type", title=_("The update"), group=GROUP, options=_update_types,
        seen=lambda case: "create" if case.happened.is_new else "change",
    ),
    Choice(
        name="comment", title=_("The comment"), group=GROUP, options=_comments, can_be_empty=True, seen=_comment,
    ),
    Text(
        name="comment_text", title=_("Text of the comment"), group=GROUP, seen=lambda case: case.happened.comment_text,
    ),
    Flag(
        name="comment_is_automatic", title=_("The comment is an automatic reply"), group=GROUP,
        seen=lambda case: case.happened.is_auto_reply,
    ),
    Reference(
        name="current_user", title=_("Who made it"), group=GROUP, finder=reverse_lazy("tickets:lookup_people"),
        name_of=name_in(Person), seen=lambda case: case.happened.actor_id,
        stand_ins={"assignee": StandIn(_("the assignee"), _assignee), "requester": StandIn(_("the requester"), _requester)},
    ),
    Choice(
        name="role", title=_("Role of who made it"), group=GROUP, options=_actors, seen=lambda case: case.happened.role,
    ),
    Choice(
        name="update_via", title=_("Came through"), group=GROUP, options=_doors, seen=lambda case: case.happened.via,
    ),
    Flag(name="in_business_hours", title=_("Within working hours"), group=GROUP, seen=_is_open),
    Members(
        name="within_schedule", title=_("Open calendars"), group=GROUP, holding=_of_no_list, member=whole_number,
        options=_calendars, name_of=name_in(Calendar), seen=_open_calendars,
    ),
]  # fmt: skip
