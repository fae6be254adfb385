"""Forms of the settings of mailboxes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.channels.email.models import Mailbox
from opora.people.models import Brand
from opora.people.queries import groups
from opora.people.signatures import SIGNATURE_PLACES

_KEEP = _("Leave it empty to keep the password that is stored.")


class MailboxForm(forms.ModelForm):
    """One mailbox. Stored passwords are never shown; an empty field keeps them."""

    signature_places = SIGNATURE_PLACES

    aliases = forms.CharField(
        label=_("Other addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Addresses whose mail arrives here, too; one a line."),
    )
    imap_password = forms.CharField(
        label=_("Password"), required=False, help_text=_KEEP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    smtp_password = forms.CharField(
        label=_("Password"), required=False, help_text=_KEEP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    class Meta:
        model = Mailbox
        fields = [
            "brand", "address", "aliases", "name", "group", "is_active", "is_default",
            "incoming", "imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "imap_folder",
            "outgoing", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password",
            "signature", "shows_agent_names", "uses_plus_addresses", "sends_acknowledgement",
        ]  # fmt: skip
        labels = {
            "brand": _("Brand"),
            "address": _("Address"),
            "name": _("Sender name"),
            "group": _("Group for new tickets"),
            "is_active": _("In use"),
            "is_default": _(
                "Mails of the brand go out from here unless they belong to another of its mailboxes"
            ),
            "incoming": _("How mail comes in"),
            "imap_host": _("IMAP server"),
            "imap_port": _("Port"),
            "imap_security": pgettext_lazy("connection", "Security"),
            "imap_user": _("User name"),
            "imap_folder": _("Folder"),
            "outgoing": _("How mail goes out"),
            "smtp_host": _("SMTP server"),
            "smtp_port": _("Port"),
            "smtp_security": pgettext_lazy("connection", "Security"),
            "smtp_user": _("User name"),
            "signature": _("Signature"),
            "shows_agent_names": _("Show the agent's name beside the brand's"),
            "uses_plus_addresses": _("Answers come to a marked address"),
            "sends_acknowledgement": _("Acknowledge new tickets with an automatic mail"),
        }
        help_texts = {
            "name": _("What customers see; the brand's name when it is empty."),
            "signature": _("Stands under every reply, after the agent's own; the brand's when it is empty."),
            "uses_plus_addresses": _(
                "Such as support+id12…@brand. Switch it off if your mail server does not deliver such addresses."
            ),
            "sends_acknowledgement": _("At most one an hour for each correspondent, never to machines."),
        }
        widgets = {"signature": forms.Textarea(attrs={"rows": 3, "data-placeholder-target": "editor"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = Brand.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["group"].queryset = groups()  # type: ignore[attr-defined]
        self.fields["group"].empty_label = _("The default group")  # type: ignore[attr-defined]
        self.initial["aliases"] = "\n".join(self.instance.aliases)
        for name in ("imap_password", "smtp_password"):
            self.initial.pop(name, None)

    def clean_aliases(self) -> list[str]:
        return [
            line.strip().strip(",;") for line in self.cleaned_data["aliases"].split() if line.strip(",; ")
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("incoming") == Mailbox.Incoming.IMAP and not given.get("imap_host"):
            self.add_error("imap_host", _("Name the server that mail is collected from."))
        if given.get("outgoing") == Mailbox.Outgoing.SMTP and not given.get("smtp_host"):
            self.add_error("smtp_host", _("Name the server that mail is sent through."))
        return given

    def _post_clean(self) -> None:
        """The instance stays as it is: `save_mailbox` changes it, and checks what is unique."""

    @property
    def values(self) -> dict[str, Any]:
        """What `save_mailbox` takes; without passwords that were left empty."""
        kept = {name for name in ("imap_password", "smtp_password") if not self.cleaned_data.get(name)}
        return {name: value for name, value in self.cleaned_data.items() if name not in kept}
