"""What the editor of views asks for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.models import Person
from opora.tickets.conditions import ConditionsField
from opora.tickets.lists import COLUMNS, GROUPINGS, SORTS, STANDARD_COLUMNS
from opora.tickets.models import View

SHARE = "views.share"
UNSOLVED = {"field": "status", "operator": "less_than", "value": "solved"}


class ViewForm(forms.Form):
    """A saved list of tickets: which, in what order, with which columns."""

    title = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    conditions = ConditionsField(label=_("Tickets in this view"))
    sort = forms.ChoiceField(label=_("Sort by"))
    descending = forms.BooleanField(label=_("Newest or highest first"), required=False)
    group_by = forms.ChoiceField(label=_("Group by"), required=False)
    columns = forms.MultipleChoiceField(
        label=_("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shared = forms.BooleanField(label=_("For everybody"), required=False)

    def __init__(self, *arguments: Any, by: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.by = by
        for name, choices in {"sort": SORTS, "group_by": GROUPINGS, "columns": COLUMNS}.items():
            cast(forms.ChoiceField, self.fields[name]).choices = list(choices.items())
        if SHARE not in by.allowed:
            del self.fields["shared"]

    def values(self, view: View | None) -> dict[str, Any]:
        """Return what `save_view` takes. Who may not share keeps a view as shared as it is."""
        given = self.cleaned_data
        shared = given["shared"] if "shared" in self.fields else bool(view and view.owner_id is None)
        sort = f"-{given['sort']}" if given["descending"] else given["sort"]
        plain = {name: given[name] for name in ("title", "conditions", "group_by", "columns")}
        return plain | {"sort": sort, "owner": None if shared else self.by}


def initial_of_view(view: View | None) -> dict[str, Any]:
    """Return the view as the form shows it; for a new one the unsolved tickets."""
    if view is None:
        conditions = {"all": [UNSOLVED], "any": []}
        return {
            "conditions": conditions,
            "sort": "updated_at",
            "descending": True,
            "columns": STANDARD_COLUMNS,
        }
    return {
        "title": view.title,
        "conditions": view.conditions,
        "sort": view.sort.lstrip("-"),
        "descending": view.sort.startswith("-"),
        "group_by": view.group_by,
        "columns": view.columns or STANDARD_COLUMNS,
        "shared": view.owner_id is None,
    }
