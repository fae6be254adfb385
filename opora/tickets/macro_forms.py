"""What the editor of macros asks for: words, and the changes that come with them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.models import Group, Person
from opora.people.queries import groups
from opora.tickets.models import Macro, Priority, Status, TicketField, TicketType

Values = dict[str, Any]
Action = dict[str, Any]

LEAVE = ("", _("Leave as it is"))
NOTHING = "nothing"
"""What a list sends for “no priority”, “nobody” and the like; the empty value leaves things as they are."""
MINE, EVERYBODY = "me", "everybody"
TAGS = ("add_tags", "remove_tags")
SIMPLE = (TicketField.Type.TEXT, TicketField.Type.INTEGER, TicketField.Type.DECIMAL)


class MacroForm(forms.Form):
    """A prepared reply or note with the changes that it makes."""

    title = forms.CharField(
        label=pgettext_lazy("thing", "Name"),
        max_length=160,
        help_text=_("Found by any part of it. “Delivery::Late” stands under “Delivery”."),
    )
    description = forms.CharField(label=_("Description"), max_length=255, required=False)
    audience = forms.ChoiceField(label=_("For"))
    html = forms.CharField(label=_("Text"), required=False, widget=forms.HiddenInput)
    is_note = forms.BooleanField(label=_("Goes into an internal note"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    assignee = forms.ChoiceField(label=_("Assignee"), required=False)
    add_tags = forms.CharField(label=_("Add tags"), required=False, help_text=_("Separated by spaces"))
    remove_tags = forms.CharField(label=_("Remove tags"), required=False, help_text=_("Separated by spaces"))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *arguments: Any, by: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.by = by
        for name, choices in [("audience", self._audiences()), *_choices().items()]:
            cast(forms.ChoiceField, self.fields[name]).choices = choices
        self.own_fields = list(
            TicketField.objects.filter(is_active=True, type__in=[*SIMPLE, TicketField.Type.DROPDOWN])
        )
        for field in self.own_fields:
            self.fields[f"custom_field_{field.pk}"] = _field_of(field)

    @property
    def changes(self) -> list[forms.BoundField]:
        """The fields that change a ticket."""
        own = [f"custom_field_{field.pk}" for field in self.own_fields]
        return [self[name] for name in ("status", "priority", "type", "group", "assignee", *TAGS, *own)]

    def _audiences(self) -> list[tuple[str, Any]]:
        mine = [(MINE, _("Me alone"))]
        if "macros.share" not in self.by.allowed:
            return mine
        teams = [(f"group:{group.pk}", _("Group %(name)s") % {"name": group.name}) for group in groups()]
        return [*mine, (EVERYBODY, _("Everybody")), *teams]

    def values(self, macro: Macro | None) -> Values:
        """Return what `save_macro` takes. Changes that this form does not know stay as they are."""
        given = self.cleaned_data
        audience = given["audience"]
        group = Group.objects.filter(pk=audience.removeprefix("group:")).first() if ":" in audience else None
        kept = [action for action in (macro.actions if macro else []) if action["field"] not in self.fields]
        plain = {name: given[name] for name in ("title", "description", "html", "is_note", "is_active")}
        owner = self.by if audience == MINE else None
        return plain | {"owner": owner, "group": group, "actions": [*self._actions(), *kept]}

    def _actions(self) -> list[Action]:
        actions: list[Action] = []
        for bound in self.changes:
            value = self.cleaned_data.get(bound.name, "")
            if bound.name in TAGS:
                value = value.split()
            if value:
                actions.append({"field": bound.name, "value": "" if value == NOTHING else value})
        return actions


def initial_of_macro(macro: Macro) -> Values:
    """Return the macro as the form shows it."""
    initial = {
        name: getattr(macro, name) for name in ("title", "description", "html", "is_note", "is_active")
    }
    initial["audience"] = (
        MINE if macro.owner_id else f"group:{macro.group_id}" if macro.group_id else EVERYBODY
    )
    for action in macro.actions:
        value = action["value"]
        initial[action["field"]] = " ".join(value) if isinstance(value, list) else (value or NOTHING)
    return initial


def _choices() -> dict[str, list[tuple[Any, Any]]]:
    colleagues = Person.objects.colleagues().order_by("name", "id")
    changes: dict[str, list[tuple[Any, Any]]] = {
        "status": [(status.pk, str(status)) for status in Status.objects.filter(is_active=True)],
        "priority": [(NOTHING, _("None")), *((priority.word, priority.label) for priority in Priority)],
        "type": [(NOTHING, _("None")), *((kind.word, kind.label) for kind in TicketType)],
        "group": [(group.pk, group.name) for group in groups()],
        "assignee": [
            ("me", _("Whoever applies it")),
            (NOTHING, _("Nobody")),
            *((row.pk, str(row)) for row in colleagues),
        ],
    }
    return {name: [LEAVE, *choices] for name, choices in changes.items()}


def _field_of(field: TicketField) -> forms.Field:
    if field.type == TicketField.Type.DROPDOWN:
        return forms.ChoiceField(label=field.title, required=False, choices=[LEAVE, *field.choices])
    return forms.CharField(label=field.title, required=False, max_length=255)
