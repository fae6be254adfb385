"""The properties of tickets that conditions and searches can ask about."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.core import clock
from opora.core.conditions import ConditionField, compile_tree
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.people.models import Brand, Group, Organization, Person
from opora.tickets.models import (
    Category,
    Collaboration,
    FieldValue,
    Priority,
    Status,
    TicketField,
    TicketForm,
    TicketTag,
    TicketType,
)

EQUAL = ("is", "is_not")
ORDERED = ("is", "is_not", "less_than", "greater_than")
LISTED = ("includes", "not_includes")
TIMED = (
    "less_than",
    "greater_than",
    "within_previous_n_hours",
    "older_than_n_hours",
    "present",
    "not_present",
)

OPERATORS = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "less_than": gettext_lazy("is less or earlier than"),
    "greater_than": gettext_lazy("is more or later than"),
    "includes": gettext_lazy("includes"),
    "not_includes": gettext_lazy("does not include"),
    "present": gettext_lazy("is filled"),
    "not_present": gettext_lazy("is empty"),
    "within_previous_n_hours": gettext_lazy("within the last … hours"),
    "older_than_n_hours": gettext_lazy("more than … hours ago"),
}


def compile_conditions(tree: Any, *, by: ActsAsActor) -> Q:
    """Return the conditions on tickets as a `Q`; “current user” and “current groups” are those of `by`."""
    return compile_tree(tree, condition_fields(), by=by)


def condition_fields() -> dict[str, ConditionField]:
    """Return all fields by name: the fixed ones, then this desk's custom fields as `custom_field_<id>`."""
    fields = {field.name: field for field in FIXED_FIELDS}
    for custom in TicketField.objects.filter(is_active=True):
        name = f"custom_field_{custom.pk}"
        fields[name] = ConditionField(name, custom.title, *_custom(custom))
    return fields


def _worded(column: str, words: type[Category] | type[Priority] | type[TicketType]) -> Callable[..., Q]:
    """Compare a column of numbers that have words and an order: status category, priority, type."""

    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        if value in ("", None, "none"):
            return _is_or_not(operator, Q(**{f"{column}__isnull": True}))
        try:
            number = words[str(value).upper()].value
        except KeyError as problem:
            raise Invalid(_("“%(value)s” is none of the choices.") % {"value": str(value)[:40]}) from problem
        lookups = {"less_than": f"{column}__lt", "greater_than": f"{column}__gt"}
        if operator in lookups:
            return Q(**{lookups[operator]: number})
        return _is_or_not(operator, Q(**{column: number}))

    return to_q


def _row(column: str) -> Callable[..., Q]:
    """Compare a reference by id; empty means none."""

    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        if value in ("", None, "none"):
            return _is_or_not(operator, Q(**{f"{column}__isnull": True}))
        return _is_or_not(operator, Q(**{f"{column}_id": _whole_number(value)}))

    return to_q


def _assignee(operator: str, value: Any, by: ActsAsActor) -> Q:
    if value == "current_user":
        return _is_or_not(operator, Q(assignee_id=by.as_actor().id))
    return _row("assignee")(operator, value, by)


def _requester(operator: str, value: Any, by: ActsAsActor) -> Q:
    if value == "current_user":
        return _is_or_not(operator, Q(requester_id=by.as_actor().id))
    return _row("requester")(operator, value, by)


def _group(operator: str, value: Any, by: ActsAsActor) -> Q:
    if value == "current_groups":
        ids = by.group_ids if isinstance(by, Person) else ()
        return _is_or_not(operator, Q(group_id__in=ids))
    return _row("group")(operator, value, by)


def _tags(operator: str, value: Any, by: ActsAsActor) -> Q:
    names = value if isinstance(value, list) else str(value or "").split()
    marked = Q(id__in=TicketTag.objects.filter(tag__name__in=names).values("ticket_id"))
    return marked if operator == "includes" else ~marked


def _collaborator(kind: str) -> Callable[..., Q]:
    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        person_id = by.as_actor().id if value == "current_user" else _whole_number(value)
        marked = Q(
            id__in=Collaboration.objects.filter(kind=kind, person_id=person_id or 0).values("ticket_id")
        )
        return marked if operator == "includes" else ~marked

    return to_q


def _text(column: str) -> Callable[..., Q]:
    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        text = str(value or "")
        if operator in LISTED:
            found = Q(**{f"{column}__icontains": text})
            return found if operator == "includes" else ~found
        return _is_or_not(operator, Q(**{column: text}))

    return to_q


def _time(column: str) -> Callable[..., Q]:
    """Compare a time with a date, or with so many hours ago."""

    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        if operator in ("present", "not_present"):
            return Q(**{f"{column}__isnull": operator == "not_present"})
        if operator.endswith("n_hours"):
            edge = clock.now() - timedelta(hours=min(_whole_number(value), 10**6))
            return Q(**{f"{column}__gte" if operator.startswith("within") else f"{column}__lt": edge})
        return Q(**{f"{column}__lt" if operator == "less_than" else f"{column}__gt": as_instant(value)})

    return to_q


def as_instant(value: Any) -> datetime:
    """Return the instant that an ISO date or time names; a date is its beginning in UTC. Raises `Invalid`."""
    text = str(value or "").strip()
    try:
        moment = parse_datetime(text)
        if moment is None:
            day = parse_date(text)
            moment = datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001 - the zone is set below
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("“%(value)s” is not a date such as 2026-11-21.") % {"value": text[:40]})
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.now().tzinfo)


def _custom(
    field: TicketField,
) -> tuple[str, Sequence[str], Callable[..., Q], Callable[[], Sequence[tuple[Any, Any]]]]:
    numeric = field.type in (TicketField.Type.INTEGER, TicketField.Type.DECIMAL)

    def to_q(operator: str, value: Any, by: ActsAsActor) -> Q:
        values = FieldValue.objects.filter(field=field)
        if operator in ("present", "not_present"):
            filled = Q(id__in=values.values("ticket_id"))
            return filled if operator == "present" else ~filled
        if operator in ("less_than", "greater_than"):
            column = "number" if numeric else "text"
            further = "lt" if operator == "less_than" else "gt"
            return Q(id__in=values.filter(**{f"{column}__{further}": value}).values("ticket_id"))
        equal = Q(id__in=values.filter(text=str(value)).values("ticket_id"))
        return equal if operator in ("is", "includes") else ~equal

    operators = ["is", "is_not", "present", "not_present"]
    if numeric or field.type == TicketField.Type.DATE:
        operators += ["less_than", "greater_than"]
    kind = "choice" if field.choices else "number" if numeric else "text"
    return kind, operators, to_q, lambda: field.choices


def _is_or_not(operator: str, condition: Q) -> Q:
    return ~condition if operator == "is_not" else condition


def _whole_number(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError) as problem:
        raise Invalid(_("“%(value)s” is not a number.") % {"value": str(value)[:40]}) from problem
    if not -(2**62) < number < 2**62:
        raise Invalid(_("“%(value)s” is too large.") % {"value": str(value)[:40]})
    return number


def _words(words: type[Category] | type[Priority] | type[TicketType]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(member.name.lower(), str(member.label)) for member in words]


def _rows(model: Any, *first: tuple[str, Any]) -> Callable[[], list[tuple[str, str]]]:
    def choices() -> list[tuple[str, str]]:
        rows = model.objects.colleagues().order_by("name") if model is Person else model.objects.all()
        return [
            *((value, str(label)) for value, label in first),
            *((str(row.pk), str(row)) for row in rows[:1000]),
        ]

    return choices


_NONE = ("none", gettext_lazy("none"))
_CHANNELS = [
    ("email", gettext_lazy("mail")),
    ("web", gettext_lazy("agent")),
    ("form", gettext_lazy("web form")),
    ("api", "API"),
]

FIXED_FIELDS = [
    ConditionField("status", gettext_lazy("Status"), "choice", ORDERED, _worded("category", Category), _words(Category)),
    ConditionField("custom_status", gettext_lazy("Own status"), "choice", EQUAL, _row("status"), _rows(Status)),
    ConditionField(
        "priority", gettext_lazy("Priority"), "choice", ORDERED, _worded("priority", Priority),
        lambda: [*_words(Priority)(), ("none", _("none"))],
    ),
    ConditionField("type", gettext_lazy("Type"), "choice", EQUAL, _worded("type", TicketType), _words(TicketType)),
    ConditionField(
        "assignee", gettext_lazy("Assignee"), "choice", EQUAL, _assignee,
        _rows(Person, _NONE, ("current_user", gettext_lazy("whoever looks"))),
    ),
    ConditionField(
        "group", gettext_lazy("Group"), "choice", EQUAL, _group,
        _rows(Group, _NONE, ("current_groups", gettext_lazy("groups of whoever looks"))),
    ),
    ConditionField("brand", gettext_lazy("Brand"), "choice", EQUAL, _row("brand"), _rows(Brand)),
    ConditionField("form", gettext_lazy("Form"), "choice", EQUAL, _row("form"), _rows(TicketForm)),
    ConditionField(
        "organization", gettext_lazy("Organization"), "choice", EQUAL, _row("organization"), _rows(Organization, _NONE)
    ),
    ConditionField("requester", gettext_lazy("Requester"), "person", EQUAL, _requester),
    ConditionField("follower", gettext_lazy("Follower"), "person", LISTED, _collaborator("follower")),
    ConditionField("cc", gettext_lazy("In copy"), "person", LISTED, _collaborator("cc")),
    ConditionField("tags", gettext_lazy("Tags"), "tags", LISTED, _tags),
    ConditionField("subject", gettext_lazy("Subject"), "text", (*EQUAL, *LISTED), _text("subject")),
    ConditionField("channel", gettext_lazy("Channel"), "choice", EQUAL, _text("channel"), lambda: _CHANNELS),
    ConditionField("received_at", gettext_lazy("Received at"), "text", (*EQUAL, *LISTED), _text("received_at")),
    ConditionField("created", gettext_lazy("Created"), "date", TIMED, _time("created_at")),
    ConditionField("updated", gettext_lazy("Updated"), "date", TIMED, _time("updated_at")),
    ConditionField("solved", gettext_lazy("Solved"), "date", TIMED, _time("solved_at")),
    ConditionField("due_date", gettext_lazy("Due"), "date", TIMED, _time("due_at")),
]  # fmt: skip
