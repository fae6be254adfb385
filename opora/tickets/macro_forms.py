"""What the editor of macros asks for: words, and the changes that come with them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.models import Group, Person
from opora.people.queries import groups
from opora.tickets.models import Macro
from opora.tickets.steps import step_kinds
from opora.tickets.steps.editor import StepsField

Values = dict[str, Any]
MINE, EVERYBODY = "me", "everybody"


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
    steps = StepsField(label=_("Changes of the ticket"))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *arguments: Any, by: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.by = by
        cast(forms.ChoiceField, self.fields["audience"]).choices = self._audiences()

    def _audiences(self) -> list[tuple[str, Any]]:
        mine = [(MINE, _("Me alone"))]
        if "macros.share" not in self.by.allowed:
            return mine
        teams = [(f"group:{group.pk}", _("Group %(name)s") % {"name": group.name}) for group in groups()]
        return [*mine, (EVERYBODY, _("Everybody")), *teams]

    def values(self, macro: Macro | None) -> Values:
        """Return what `save_macro` takes. Steps of a kind that is gone stay as they are."""
        given = self.cleaned_data
        audience = given["audience"]
        group = Group.objects.filter(pk=audience.removeprefix("group:")).first() if ":" in audience else None
        known = step_kinds()
        kept = [action for action in (macro.actions if macro else []) if action["field"] not in known]
        plain = {name: given[name] for name in ("title", "description", "html", "is_note", "is_active")}
        owner = self.by if audience == MINE else None
        return plain | {"owner": owner, "group": group, "actions": [*given["steps"], *kept]}


def initial_of_macro(macro: Macro) -> Values:
    """Return the macro as the form shows it."""
    initial = {
        name: getattr(macro, name) for name in ("title", "description", "html", "is_note", "is_active")
    }
    initial["audience"] = (
        MINE if macro.owner_id else f"group:{macro.group_id}" if macro.group_id else EVERYBODY
    )
    initial["steps"] = macro.actions
    return initial
