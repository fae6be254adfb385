"""Mailboxes: the addresses of brands with how their mail comes and goes, and trying whether it does."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import FLAG, LONG_TEXT, TEXT, TEXTS, WHOLE, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, made, own, own_list, own_noun, own_one, single
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import bounded, chosen, flag, given_fields, many, moment, number, one_of, words
from opora.api.writes.values import brand_of, group_of
from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.actions.remove_mailbox import remove_mailbox
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.channels.email.policy import may_change_mailboxes
from opora.channels.email.queries import mailboxes
from opora.people.policy import require

_PORT = bounded(1, 65_535)
_SAME = (
    "name", "address", "aliases", "incoming", "imap_host", "imap_port", "imap_security", "imap_user", "imap_password",
    "imap_folder", "outgoing", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password", "signature",
    "shows_agent_names", "uses_plus_addresses", "sends_acknowledgement",
)  # fmt: skip
_NAMES = {**{name: name for name in _SAME}, "active": "is_active", "default": "is_default"}
MAILBOX = Body(
    "mailbox",
    {
        "name": text(120), "address": text(254), "aliases": TEXTS, "brand_id": WHOLE, "group_id": WHOLE,
        "incoming": chosen(Mailbox.Incoming), "imap_host": text(253), "imap_port": _PORT,
        "imap_security": chosen(Mailbox.Security), "imap_user": text(254), "imap_password": TEXT, "imap_folder": TEXT,
        "outgoing": chosen(Mailbox.Outgoing), "smtp_host": text(253), "smtp_port": _PORT,
        "smtp_security": chosen(Mailbox.Security), "smtp_user": text(254), "smtp_password": TEXT,
        "signature": LONG_TEXT, "shows_agent_names": FLAG, "uses_plus_addresses": FLAG, "sends_acknowledgement": FLAG,
        "active": FLAG, "default": FLAG,
    },
)  # fmt: skip
SHAPE = {
    "id": number("pk"), "name": words("name"), "address": words("address"),
    "aliases": many("aliases", {"type": "string"}), "brand_id": number("brand_id"),
    "group_id": number("group_id", empty=True), "active": flag("is_active"), "default": flag("is_default"),
    "incoming": one_of("incoming", Mailbox.Incoming), "imap_host": words("imap_host"),
    "imap_port": number("imap_port"), "imap_security": one_of("imap_security", Mailbox.Security),
    "imap_user": words("imap_user"), "imap_folder": words("imap_folder"),
    "outgoing": one_of("outgoing", Mailbox.Outgoing), "smtp_host": words("smtp_host"),
    "smtp_port": number("smtp_port"), "smtp_security": one_of("smtp_security", Mailbox.Security),
    "smtp_user": words("smtp_user"), "signature": words("signature"), "shows_agent_names": flag("shows_agent_names"),
    "uses_plus_addresses": flag("uses_plus_addresses"), "sends_acknowledgement": flag("sends_acknowledgement"),
    "last_checked_at": moment("last_checked_at", empty=True), "last_error": words("last_error"),
    "last_sent_at": moment("last_sent_at", empty=True), "last_send_error": words("last_send_error"),
    "created_at": moment("created_at"),
}  # fmt: skip
_FINDINGS = {
    "type": "array",
    "items": answer_of({"works": {"type": "boolean"}, "sentence": {"type": "string"}}),
}


def _rows(call: Call) -> QuerySet[Mailbox]:
    require(may_change_mailboxes(call.person))
    return mailboxes()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(pk__in=ids)


MAILBOXES = own_noun(
    "mailbox", many="mailboxes", path="mailboxes", rows=_rows, load=_load, shape=SHAPE,
    orders={"id": "id", "address": "address"}, references={"brands": ("brand_id",), "groups": ("group_id",)},
)  # fmt: skip
own_list(MAILBOXES)
own_one(MAILBOXES)


@own("POST", "mailboxes", takes=MAILBOX, answers=single(MAILBOXES))
def create_mailbox(call: Call) -> Answer:
    """Add a mailbox to a brand. Passwords are kept encrypted and never told again."""
    given = call.read(MAILBOX)
    require_text(given, "address")
    if not given.get("brand_id"):
        raise invalid_record("brand_id", "cannot be blank", "BlankValue")
    return made(call, MAILBOXES, save_mailbox(by=call.person, **_fields(given)).pk)


@own("PUT", "mailboxes/{mailbox_id}", takes=MAILBOX, answers=single(MAILBOXES))
def update_mailbox(call: Call, mailbox_id: int) -> Any:
    """Change a mailbox; what is not given, passwords too, stays as it is."""
    mailbox, given = MAILBOXES.find(call, mailbox_id), call.read(MAILBOX)
    return changed(call, MAILBOXES, save_mailbox(mailbox, by=call.person, **_fields(given)).pk)


@own("DELETE", "mailboxes/{mailbox_id}")
def delete_mailbox(call: Call, mailbox_id: int) -> Answer:
    """Remove a mailbox that has had no mail; another one can be taken out of use by `active`."""
    remove_mailbox(MAILBOXES.find(call, mailbox_id), by=call.person)
    return NOTHING


@own("POST", "mailboxes/{mailbox_id}/trial", in_update=False, answers=answer_of({"findings": _FINDINGS}))
def try_mailbox(call: Call, mailbox_id: int) -> Json:
    """Try the connections of a mailbox and say in sentences what works; nothing is changed and no mail is sent."""
    findings = check_mailbox(MAILBOXES.find(call, mailbox_id), by=call.person)
    return {"findings": [{"works": one.is_good, "sentence": str(one.sentence)} for one in findings]}


def _fields(given: Json) -> Json:
    fields = given_fields(given, _NAMES)
    if fields.get("incoming") == Mailbox.Incoming.IMAP and not given.get("imap_host"):
        raise invalid_record("imap_host", "name the server that mail is collected from", "BlankValue")
    if fields.get("outgoing") == Mailbox.Outgoing.SMTP and not given.get("smtp_host"):
        raise invalid_record("smtp_host", "name the server that mail is sent through", "BlankValue")
    if given.get("brand_id"):
        fields["brand"] = brand_of(given["brand_id"])
    if "group_id" in given:
        fields["group"] = group_of(given["group_id"])
    return fields
