"""What the settings of API tokens ask for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.core import clock

SCOPES = {
    "read": _("Read everything that I may read"),
    "write": _("Change everything that I may change"),
    "tickets:read": _("Read tickets only"),
    "users:read": _("Read people only"),
    "impersonate": _("Act in the name of other people, if I may manage them"),
}
LASTS = {"30": _("30 days"), "90": _("90 days"), "365": _("One year"), "": _("Until it is revoked")}


class TokenForm(forms.Form):
    """A new token: what it is for, what it may do, how long it lives."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=120, help_text=_("What uses it, and what for.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple, initial=["read"]
    )
    lasts = forms.ChoiceField(
        label=_("It works for"), choices=list(LASTS.items()), required=False, initial="90"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        days = given.pop("lasts", "")
        given["expires_at"] = clock.now() + timedelta(days=int(days)) if days else None
        return given
