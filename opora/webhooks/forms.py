"""Forms of the settings of webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.webhooks.actions.invoke_webhook import LONGEST_BODY
from opora.webhooks.models import Webhook
from opora.webhooks.vocabulary import BY_RULES, EVENT_TYPES

DOMAINS = {
    "ticket": pgettext_lazy("webhook events about", "Tickets"),
    "user": pgettext_lazy("webhook events about", "People"),
    "organization": pgettext_lazy("webhook events about", "Organizations"),
}


def event_choices() -> list[tuple[object, list[tuple[str, object]]]]:
    """The kinds of events by what they are about."""
    return [
        (title, [(kind.name, kind.label) for kind in EVENT_TYPES.values() if kind.domain == domain])
        for domain, title in DOMAINS.items()
    ]


class WebhookForm(forms.ModelForm):
    """One webhook. The stored secret and headers are never shown; empty fields keep them."""

    connection = forms.ChoiceField(
        label=_("What calls it"),
        choices=[
            ("events", _("Events: whenever something of the chosen kinds happens")),
            ("rules", _("Triggers and automations: when a rule says so")),
        ],
        widget=forms.RadioSelect,
        initial="events",
    )
    subscriptions = forms.MultipleChoiceField(
        label=_("Kinds of events"),
        choices=event_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    auth_secret = forms.CharField(
        label=_("Password, token or key"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave it empty to keep the one that is stored."),
    )
    custom_headers = forms.CharField(
        label=_("Headers of your own"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "X-Source: opora", "spellcheck": "false"}),
        help_text=_(
            "One a line, such as X-Source: opora. Stored ones are not shown; leave it empty to keep them."
        ),
    )
    drops_headers = forms.BooleanField(label=_("Remove the stored headers"), required=False)

    class Meta:
        model = Webhook
        fields = ["name", "description", "endpoint", "http_method", "request_format", "is_active", "authentication", "auth_name"]  # fmt: skip
        labels = {
            "name": pgettext_lazy("thing", "Name"),
            "description": _("Description"),
            "endpoint": _("Address"),
            "http_method": _("Method"),
            "request_format": _("Format"),
            "is_active": _("In use"),
            "authentication": _("Authentication"),
            "auth_name": _("User name or name of the header"),
        }
        help_texts = {
            "endpoint": _("Where the requests go, such as https://hooks.example.com/desk."),
            "auth_name": _("For a password the user name, for an API key the header such as X-Api-Key."),
        }
        widgets = {"endpoint": forms.TextInput(attrs={"type": "url", "spellcheck": "false"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            chosen = self.instance.event_types
            self.initial["connection"] = "rules" if chosen == [BY_RULES] else "events"
            self.initial["subscriptions"] = chosen
        if not self.instance.auth_secret:
            self.fields["auth_secret"].help_text = ""
        if not self.instance.sealed_headers:
            del self.fields["drops_headers"]

    def clean_custom_headers(self) -> dict[str, str]:
        headers = {}
        for line in self.cleaned_data["custom_headers"].splitlines():
            name, colon, value = line.partition(":")
            if line.strip() and not colon:
                raise forms.ValidationError(_("Write each header as a name, a colon and a value."))
            if line.strip():
                headers[name] = value
        return headers

    def _post_clean(self) -> None:
        """The instance stays as it is: `save_webhook` changes it and checks it."""

    @property
    def values(self) -> dict[str, Any]:
        """What `save_webhook` takes; without a secret or headers that were left empty."""
        given = dict(self.cleaned_data)
        drops = given.pop("drops_headers", False)
        if given.pop("connection") == "rules":
            given["subscriptions"] = [BY_RULES]
        else:
            given |= {"http_method": Webhook.Method.POST, "request_format": Webhook.Format.JSON}
        if not given["auth_secret"]:
            del given["auth_secret"]
        if not given["custom_headers"] and not drops:
            del given["custom_headers"]
        return given


class TrialForm(forms.Form):
    """What to send when an endpoint is tried out."""

    trial_body = forms.CharField(
        label=_("Body to send"),
        required=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "textarea code"}),
    )
