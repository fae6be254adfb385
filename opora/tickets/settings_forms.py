"""What the settings of tickets ask for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.models import Brand
from opora.tickets.models import Category, TicketField


class FieldForm(forms.Form):
    """A property of tickets that the desk defines."""

    title = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    type = forms.ChoiceField(label=_("Kind"), choices=TicketField.Type)
    options = forms.CharField(
        label=_("Options"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line. “value = name” keeps a value of its own for searches and the API."),
    )
    pattern = forms.CharField(
        label=_("Pattern"),
        max_length=255,
        required=False,
        help_text=_("A regular expression, such as ^[A-Z]{2}[0-9]{6}$."),
    )
    description = forms.CharField(
        label=_("Description"), max_length=255, required=False, help_text=_("Help for whoever fills it in.")
    )
    tag = forms.CharField(
        label=_("Tag"),
        max_length=80,
        required=False,
        help_text=_("Is put on the ticket while the checkbox is checked."),
    )
    customer_title = forms.CharField(
        label=_("Name for customers"), max_length=120, required=False, help_text=_("The same if empty.")
    )
    is_required_to_solve = forms.BooleanField(
        label=_("Must be filled in before a ticket is solved"), required=False
    )
    is_shown_to_customers = forms.BooleanField(
        label=_("Customers see it in forms and on their tickets"), required=False
    )
    is_editable_by_customers = forms.BooleanField(
        label=_("Customers can fill it in"), required=False, initial=True
    )
    is_required_of_customers = forms.BooleanField(label=_("Customers must fill it in"), required=False)
    is_collapsed = forms.BooleanField(
        label=_("Fold it away while it is empty"),
        required=False,
        help_text=_("On the page of a ticket it stands among “More fields”."),
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Otherwise its values are kept but not shown."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_required_of_customers") and not given.get("is_shown_to_customers"):
            self.add_error(
                "is_required_of_customers",
                _("Customers can only fill in what they see. Show it to them too."),
            )
        elif given.get("is_required_of_customers") and not given.get("is_editable_by_customers"):
            self.add_error(
                "is_required_of_customers", _("What customers must fill in they must be able to fill in.")
            )
        return given


class FormForm(forms.Form):
    """Which fields a kind of ticket has."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=120, help_text=_("As colleagues see it.")
    )
    customer_name = forms.CharField(
        label=_("Name for customers"),
        max_length=120,
        required=False,
        help_text=_("In the public form. The same if empty."),
    )
    is_shown_to_customers = forms.BooleanField(label=_("Customers can choose it"), required=False)
    is_default = forms.BooleanField(
        label=_("Default form"),
        required=False,
        help_text=_("For tickets that come without one, such as mails."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.none(),
        label=_("Brands"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where it is offered: with these brands alone. With all, if none is chosen."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        cast(forms.ModelMultipleChoiceField, self.fields["brands"]).queryset = Brand.objects.filter(
            is_active=True
        )


class StatusForm(forms.Form):
    """A status of the desk's own."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=60, help_text=_("Such as “Waiting for the bank”.")
    )
    customer_name = forms.CharField(
        label=_("Name for customers"), max_length=60, required=False, help_text=_("The same if empty.")
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=255,
        required=False,
        help_text=_("When colleagues should choose it."),
    )
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class NewStatusForm(StatusForm):
    """A status that is added: its category is chosen once."""

    category = forms.TypedChoiceField(
        label=_("Category"),
        choices=[
            (category.value, category.label)
            for category in Category
            if category not in (Category.NEW, Category.CLOSED)
        ],
        coerce=int,
        help_text=_("Decides how clocks, views and automation treat it. It cannot be changed later."),
    )
    field_order = ("category", "name", "customer_name", "description", "is_active")


class StandardStatusForm(StatusForm):
    """The standard status of a category: it may be renamed, and stays in use."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"),
        max_length=60,
        required=False,
        help_text=_("Empty means the usual word, in each reader’s language."),
    )
    is_active = None  # type: ignore[assignment]


class TagForm(forms.Form):
    """A tag’s name."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"),
        max_length=80,
        help_text=_("If there is a tag of this name already, the two become one."),
    )
