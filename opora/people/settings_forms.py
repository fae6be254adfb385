"""What the settings of desk, brands, groups, colleagues and roles ask for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.forms import zone_field
from opora.people.languages import languages_of_customers, languages_of_desk
from opora.people.models import Group, Person, Role
from opora.people.permissions import PERMISSIONS
from opora.people.signatures import SIGNATURE_PLACES
from opora.people.widgets import Hues


class DeskForm(forms.Form):
    """The desk's own settings."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"),
        max_length=120,
        help_text=_("Colleagues see it; customers see the brand."),
    )
    locale = forms.ChoiceField(
        label=_("Language"), choices=languages_of_desk, help_text=_("For whoever has not chosen one.")
    )
    time_zone = zone_field(
        required=True, help_text=_("Times of reports and of whoever has not chosen a zone.")
    )
    suspended_mail_days = forms.IntegerField(
        label=_("Delete suspended mail after, days"),
        min_value=0,
        max_value=3650,
        help_text=_(
            "Mail that was kept from the tickets and about which nobody decided. 0 keeps it for ever."
        ),
    )


class BrandForm(forms.Form):
    """A name under which customers know us."""

    signature_places = SIGNATURE_PLACES

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=120, help_text=_("Replies go out in this name.")
    )
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_(
            "In addresses of its public pages: small Latin letters, digits, dashes. Made from the name if empty."
        ),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    locale = forms.ChoiceField(label=_("Language"), choices=languages_of_customers, required=False)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-placeholder-target": "editor"}),
        help_text=_("Stands at the end of every reply of this brand."),
    )
    hue = forms.IntegerField(label=_("Colour"), widget=Hues, min_value=0, max_value=359)
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP. It is made at most 256 pixels wide and high."),
    )
    is_default = forms.BooleanField(
        label=_("Default brand"), required=False, help_text=_("Takes mail and tickets that name no other.")
    )
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Otherwise it cannot be chosen for new tickets."),
    )


class GroupForm(forms.Form):
    """A team that tickets are given to."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    description = forms.CharField(label=_("Description"), max_length=255, required=False)
    members = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_default = forms.BooleanField(
        label=_("Default group"), required=False, help_text=_("Takes new tickets that go nowhere else.")
    )
    is_private = forms.BooleanField(
        label=_("Private group"),
        required=False,
        help_text=_(
            "Only its members, administrators, and whoever is put on a ticket by name see its tickets."
        ),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        members = cast(forms.ModelMultipleChoiceField, self.fields["members"])
        members.queryset = Person.objects.colleagues().order_by("name", "id")


class InvitationForm(forms.Form):
    """A new colleague."""

    email = forms.CharField(label=_("Mail address"), max_length=254, widget=forms.EmailInput)
    name = forms.CharField(
        label=_("Name"), max_length=255, required=False, help_text=_("They can change it when they join.")
    )
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label=None)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: Any, roles: list[Role], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer_roles(self, roles)


class ColleagueForm(forms.Form):
    """A colleague's role and groups."""

    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label=None)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: Any, roles: list[Role], **options: Any) -> None:
        super().__init__(*arguments, **options)
        offer_roles(self, roles)


class RoleForm(forms.Form):
    """What colleagues of a role may do."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    description = forms.CharField(label=_("Description"), required=False, max_length=500)
    ticket_access = forms.ChoiceField(
        label=_("Which tickets they see"), choices=Role.Access, widget=forms.RadioSelect
    )
    permissions = forms.MultipleChoiceField(
        label=_("What they may do"),
        choices=list(PERMISSIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class AdministratorRoleForm(forms.Form):
    """The administrator's role: only its words can be changed."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    description = forms.CharField(label=_("Description"), required=False, max_length=500)


def offer_roles(form: forms.Form, roles: list[Role]) -> None:
    """Let the form's author choose among the roles that they may give."""
    role, groups = form.fields["role"], form.fields["groups"]
    cast(forms.ModelChoiceField, role).queryset = Role.objects.filter(
        pk__in=[offered.pk for offered in roles]
    )
    cast(forms.ModelMultipleChoiceField, groups).queryset = Group.objects.filter(deleted_at=None)
