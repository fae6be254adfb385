"""What pages about tickets ask for."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opora.people.models import Brand, Group, Person
from opora.people.widgets import Finder
from opora.tickets.models import Priority, TicketType


class NewTicketForm(forms.Form):
    """A ticket that a colleague writes for a customer, or to one."""

    email = forms.CharField(
        label=_("Requester"),
        max_length=254,
        widget=Finder(
            reverse_lazy("tickets:lookup_people", query={"by": "email"}),
            label=_("Requester"),
            placeholder=_("A name or mail address"),
            is_free=True,
        ),
    )
    name = forms.CharField(
        label=_("Name"), max_length=255, required=False, help_text=_("Of somebody we do not know yet.")
    )
    subject = forms.CharField(label=_("Subject"), max_length=255)
    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"))
    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"), required=False)
    assignee = forms.ModelChoiceField(Person.objects.none(), label=_("Assignee"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[("", "–"), *Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    type = forms.TypedChoiceField(
        label=_("Type"),
        choices=[("", "–"), *TicketType.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.fields["brand"].queryset = Brand.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["brand"].initial = Brand.objects.order_by("-is_default", "id").first()
        self.fields["group"].queryset = Group.objects.filter(deleted_at=None)  # type: ignore[attr-defined]
        self.fields["group"].empty_label = _("The default group")  # type: ignore[attr-defined]
        self.fields["assignee"].empty_label = "–"  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = Person.objects.colleagues().order_by("name")  # type: ignore[attr-defined]
