"""The step that calls a webhook: what is written down, and what would be sent for a ticket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.core.conditions.field import Choices
from opora.core.liquid import fill_json
from opora.core.refusals import Invalid, Refusal
from opora.core.text import without_nulls
from opora.people.queries import desk
from opora.tickets.models import Ticket
from opora.tickets.placeholders import sample_values, values_of
from opora.tickets.steps import StepKind
from opora.tickets.steps.kinds import LONGEST_TEXT
from opora.webhooks.models import Webhook
from opora.webhooks.queries import webhooks_for_rules
from opora.webhooks.sending.request import WITHOUT_BODY

CALL = "call_webhook"
SAMPLES = ('a “text” "in" quotes,\nover \\ two lines', "")
"""What a body must stay JSON with: an awkward text, and nothing at all."""


@dataclass(frozen=True)
class Call:
    """What a step sends for one ticket; `problem` says why nothing would go, “” if it would."""

    name: str
    body: str = ""
    problem: str = ""
    webhook: Webhook | None = None


def webhook_choices() -> Choices:
    """Return the webhooks that rules may call with JSON, those that are switched off marked so."""
    rows = webhooks_for_rules().filter(request_format=Webhook.Format.JSON)
    off = _("switched off")
    return [(row.public_id, row.name if row.is_active else f"{row.name} ({off})") for row in rows]


def clean_call(value: Any) -> dict[str, str]:
    """Return webhook and body as they are kept. Raises `Invalid`."""
    given = value if isinstance(value, dict) else {}
    webhook = _webhook(str(given.get("webhook") or ""))
    if webhook is None:
        raise Invalid(_("Choose a webhook that is called by rules and takes JSON."))
    body = without_nulls(str(given.get("body") or "")).strip()[:LONGEST_TEXT]
    if webhook.http_method in WITHOUT_BODY:
        if body:
            raise Invalid(_("This webhook’s method sends no body: leave it empty."))
    elif not body:
        raise Invalid(_("Write the body that is sent."))
    else:
        for sample in SAMPLES:
            fill_json(body, sample_values(sample))
    return {"webhook": webhook.public_id, "body": body}


def call_words(value: Any) -> str:
    """Return the name of the webhook."""
    found = Webhook.objects.filter(public_id=value["webhook"]).first()
    return found.name if found else _("a webhook that was removed")


def call_for(step: Mapping[str, Any], ticket: Ticket) -> Call:
    """Return what the step sends for the ticket as it is now, in the desk's language."""
    value = step["value"]
    webhook = _webhook(value["webhook"])
    if webhook is None:
        return Call(
            call_words(value), problem=_("The webhook is not there any more, or no longer for rules.")
        )
    found = desk()
    try:
        with translation.override(found.locale if found else None):
            body = fill_json(value["body"], values_of(ticket, None)) if value["body"] else ""
    except Refusal as refusal:
        return Call(webhook.name, problem=refusal.sentence)
    off = _("The webhook “%(name)s” is switched off.") % {"name": webhook.name}
    return Call(webhook.name, body, "" if webhook.is_active else off, webhook)


def _webhook(public_id: str) -> Webhook | None:
    return webhooks_for_rules().filter(public_id=public_id, request_format=Webhook.Format.JSON).first()


KIND = StepKind(
    name=CALL, title=gettext_lazy("Call a webhook"), group=gettext_lazy("Other programs"), control="call",
    options=webhook_choices, clean=clean_call, words=call_words, for_rules=True, leaves=True,
)  # fmt: skip
