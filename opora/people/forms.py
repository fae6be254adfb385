"""What pages about people ask for."""

from typing import Any

from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opora.people.languages import languages_of_customers, languages_of_desk, time_zones
from opora.people.models import Organization, Person
from opora.people.signatures import SIGNATURE_PLACES
from opora.people.widgets import Finder

Values = dict[str, Any]


def zone_field(*, required: bool = False, help_text: Any = "") -> forms.ChoiceField:
    """A time zone, found by its city."""
    choices = [("", ""), *((name, name) for name in time_zones())]
    widget = Finder(
        reverse_lazy("people:lookup_zones"), label=_("Time zone"), placeholder=_("A city, such as Kyiv")
    )
    return forms.ChoiceField(
        label=_("Time zone"), choices=choices, required=required, widget=widget, help_text=help_text
    )


def _organization_name(value: str) -> str:
    found = (
        Organization.objects.filter(pk=value).values_list("name", flat=True).first()
        if value.isdigit()
        else None
    )
    return found or ""


def organization_field() -> forms.ModelChoiceField:
    widget = Finder(
        reverse_lazy("people:lookup_organizations"), text_of=_organization_name, label=_("Organization")
    )
    return forms.ModelChoiceField(
        Organization.objects.all(), label=_("Organization"), required=False, widget=widget
    )


class PersonForm(forms.Form):
    """What is known about a customer."""

    name = forms.CharField(label=_("Name"), max_length=255)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    organization = organization_field()
    locale = forms.ChoiceField(label=_("Language"), choices=languages_of_customers, required=False)
    time_zone = zone_field()
    notes = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Colleagues see it beside every ticket of this person. Customers never do."),
    )


class NewPersonForm(PersonForm):
    """A customer who is entered by hand."""

    email = forms.CharField(
        label=_("Mail address"),
        max_length=254,
        required=False,
        help_text=_("Mail from this address will belong to this person."),
        widget=forms.EmailInput,
    )
    field_order = ("name", "email", "phone", "organization", "locale", "time_zone", "notes")


class IdentityForm(forms.Form):
    """Another address or number of a person."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("email", _("E-mail")), ("phone", _("Phone"))])
    value = forms.CharField(label=_("Address or number"), max_length=254)


class OrganizationForm(forms.Form):
    """A client company."""

    name = forms.CharField(label=_("Name"), max_length=255)
    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One a line, such as bank.example. Whoever writes from there belongs to this organization."
        ),
    )
    external_id = forms.CharField(
        label=_("Number elsewhere"),
        max_length=255,
        required=False,
        help_text=_("In your CRM or billing, for example."),
    )
    details = forms.CharField(
        label=_("Details"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Contract, address, links."),
    )
    notes = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Colleagues see it beside every ticket of its people."),
    )


class ProfileForm(forms.Form):
    """What a colleague decides for themselves."""

    signature_places = SIGNATURE_PLACES

    name = forms.CharField(label=_("Name"), max_length=255, help_text=_("As customers see it under replies."))
    locale = forms.ChoiceField(label=_("Language"), choices=languages_of_desk)
    time_zone = zone_field(help_text=_("Empty means the zone of the desk."))
    theme = forms.ChoiceField(label=_("Theme"), choices=Person.Theme, widget=forms.RadioSelect)
    density = forms.ChoiceField(label=_("Rows of lists"), choices=Person.Density, widget=forms.RadioSelect)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-placeholder-target": "editor"}),
        help_text=_("Stands under your replies, before the signature of the brand."),
    )
    opens_next_ticket = forms.BooleanField(
        label=_("Open the next ticket of the view after sending"), required=False
    )


class JoinForm(forms.Form):
    """An invited colleague introduces themselves."""

    name = forms.CharField(
        label=_("Your name"), max_length=255, help_text=_("As customers see it under replies.")
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least 10 characters. Three words that do not belong together are good."),
    )


class ResetPasswordForm(AllauthResetPasswordForm):
    """Sends a new password to colleagues who have one; customers and the invited get nothing, and nobody is told."""

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users: list[Person] = [
            person for person in self.users if person.is_colleague and person.has_usable_password()
        ]
        return email


def initial_of(row: Any, form: type[forms.Form]) -> Values:
    """Return the row's values for the fields of the form that it has."""
    return {name: getattr(row, name) for name in form.base_fields if hasattr(row, name)}
