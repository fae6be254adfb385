"""Steps that change what a ticket is."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import Choices
from opora.core.conditions.kinds.values import count, quoted, whole_number
from opora.people.models import Brand, Group, Person
from opora.tickets.models import Priority, Status, TicketField, TicketForm, TicketType
from opora.tickets.steps.kinds import NOTHING, StepKind, a_text, label_in, one_of, some_words

GROUP = _("Change the ticket")
OWN = _("Own fields")
Types = TicketField.Type


def _choice(name: str, title: Any, options: Callable[[], Choices], *, group: Any = GROUP) -> StepKind:
    return StepKind(
        name=name, title=title, group=group, control="choice", options=options, clean=one_of(options), words=label_in(options)
    )  # fmt: skip


def _tags(name: str, title: Any) -> StepKind:
    return StepKind(name=name, title=title, group=GROUP, control="tags", clean=some_words, words=" ".join)


def _statuses() -> Choices:
    return [(str(row.pk), str(row)) for row in Status.objects.filter(is_active=True)]


def _priorities() -> Choices:
    return [(NOTHING, str(_("None"))), *((member.word, str(member.label)) for member in Priority)]


def _types() -> Choices:
    return [(NOTHING, str(_("None"))), *((member.word, str(member.label)) for member in TicketType)]


def _groups() -> Choices:
    return [(str(row.pk), row.name) for row in Group.objects.filter(deleted_at=None)]


def _assignees() -> Choices:
    people = Person.objects.colleagues().order_by("name", "id")[:1000]
    return [
        ("me", str(_("current user"))),
        (NOTHING, str(_("Nobody"))),
        *((str(row.pk), str(row)) for row in people),
    ]


def _brands() -> Choices:
    return [(str(row.pk), str(row)) for row in Brand.objects.all()]


def _forms() -> Choices:
    return [(str(row.pk), str(row)) for row in TicketForm.objects.filter(is_active=True)]


def _person(value: Any) -> str:
    return str(whole_number(value))


def _name(value: Any) -> str:
    return str(Person.objects.filter(pk=value or 0).first() or f"#{value}")


KINDS = [
    _choice("status", _("Status"), _statuses),
    _choice("priority", _("Priority"), _priorities),
    _choice("type", _("Type"), _types),
    _choice("group", _("Group"), _groups),
    _choice("assignee", _("Assignee"), _assignees),
    _tags("add_tags", _("Add tags")),
    _tags("remove_tags", _("Remove tags")),
    _tags("tags", _("Set the tags")),
    _choice("brand", _("Brand"), _brands),
    _choice("form", _("Form"), _forms),
    StepKind(
        name="add_follower", title=_("Add a follower"), group=GROUP, control="person", clean=_person, words=_name,
        finder=reverse_lazy("tickets:lookup_colleagues"),
    ),
    StepKind(
        name="add_cc", title=_("Add in copy"), group=GROUP, control="person", clean=_person, words=_name,
        finder=reverse_lazy("tickets:lookup_people"),
    ),
    StepKind(
        name="due_in_hours", title=_("Due in … hours"), group=GROUP, control="hours", clean=count, words=str,
    ),
    StepKind(
        name="subject", title=_("Subject"), group=GROUP, control="line", clean=lambda value: a_text(value)[:255], words=quoted,
    ),
]  # fmt: skip


def kind_of(field: TicketField) -> StepKind:
    """Return the step that fills in a field of the desk's own."""
    name, title = f"custom_field_{field.pk}", field.title
    if field.type == Types.DROPDOWN:
        return _choice(name, title, lambda: [(NOTHING, str(_("None"))), *field.choices], group=OWN)
    if field.type == Types.CHECKBOX:
        return _choice(name, title, lambda: [("true", str(_("yes"))), (NOTHING, str(_("no")))], group=OWN)
    if field.type == Types.MULTISELECT:
        options: Callable[[], Choices] = lambda: field.choices  # noqa: E731 - a table, not a function
        return StepKind(
            name=name, title=title, group=OWN, control="choices", options=options, clean=some_words,
            words=lambda value: ", ".join(label_in(options)(word) for word in value),
        )  # fmt: skip
    control = "date" if field.type == Types.DATE else "line"
    return StepKind(name=name, title=title, group=OWN, control=control, clean=a_text, words=quoted)
