"""What the first-run wizard asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opora.channels.email.models import Mailbox
from opora.people.languages import languages_of_desk, time_zones

IMPLICIT_TLS_PORTS = {465, 993}


class WelcomeForm(forms.Form):
    """A desk, its first administrator and its first brand."""

    name = forms.CharField(
        label=_("Name of the desk"),
        max_length=120,
        help_text=_("Colleagues see it. Your company or department."),
    )
    brand = forms.CharField(
        label=_("First brand"),
        max_length=120,
        required=False,
        help_text=_(
            "The name customers know you by. The same as the desk if empty; more can be added later."
        ),
    )
    locale = forms.ChoiceField(label=_("Language"), choices=languages_of_desk)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lambda: [(name, name.replace("_", " ")) for name in time_zones()]
    )
    admin_name = forms.CharField(label=_("Your name"), max_length=255)
    admin_email = forms.CharField(
        label=_("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Three words that do not belong together are good."),
    )


class FirstMailboxForm(forms.Form):
    """The address customers write to, and the two servers behind it."""

    address = forms.CharField(label=_("Mail address"), max_length=254, widget=forms.EmailInput)
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "off"}),
        help_text=_("With many providers an app password. It is kept encrypted."),
    )
    user = forms.CharField(
        label=_("User name"), max_length=254, required=False, help_text=_("If it is not the address itself.")
    )
    imap_host = forms.CharField(
        label=_("IMAP server"), max_length=253, help_text=_("Mail comes in from here.")
    )
    imap_port = forms.IntegerField(label=_("Port"), initial=993, min_value=1, max_value=65535)
    smtp_host = forms.CharField(
        label=_("SMTP server"), max_length=253, help_text=_("Replies go out through it.")
    )
    smtp_port = forms.IntegerField(label=_("Port"), initial=587, min_value=1, max_value=65535)

    @property
    def values(self) -> dict[str, Any]:
        """What `save_mailbox` takes. Ports 465 and 993 speak TLS from the first byte, others are asked to start it."""
        given = self.cleaned_data
        user = given["user"] or given["address"]
        return {
            "address": given["address"],
            "incoming": Mailbox.Incoming.IMAP,
            "outgoing": Mailbox.Outgoing.SMTP,
            **_server("imap", given, user),
            **_server("smtp", given, user),
        }


def _server(kind: str, given: dict[str, Any], user: str) -> dict[str, Any]:
    port = given[f"{kind}_port"]
    security = Mailbox.Security.SSL if port in IMPLICIT_TLS_PORTS else Mailbox.Security.STARTTLS
    return {
        f"{kind}_host": given[f"{kind}_host"].strip(),
        f"{kind}_port": port,
        f"{kind}_security": security,
        f"{kind}_user": user,
        f"{kind}_password": given["password"],
    }
