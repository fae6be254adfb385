"""Recipient addresses: the mail addresses of brands."""

from typing import Any

from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import FLAG, TEXT, WHOLE, Body, Json, require_text
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.api.writes.values import brand_of
from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.actions.remove_mailbox import remove_mailbox
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.people.queries import default_brand

ADDRESS = Body(
    "recipient_address", {"name": TEXT, "email": TEXT, "brand_id": WHOLE, "default": FLAG}, ("email",)
)


def _address(call: Call, row: Mailbox) -> Json:
    return {
        "url": call.url(f"recipient_addresses/{row.pk}"),
        "id": row.pk,
        "brand_id": row.brand_id,
        "default": row.is_default,
        "name": row.name,
        "email": row.address,
        "forwarding_status": "verified" if row.incoming != Mailbox.Incoming.NONE else "unknown",
        "spf_status": "unknown",
        "cname_status": "unknown",
        "domain_verification_status": "unknown",
        "domain_verification_code": None,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.created_at),
    }


ADDRESSES = Noun(
    "recipient_address", "recipient_addresses", "recipient_addresses", lambda call: Mailbox.objects.all(),
    present_rows(lambda call, ids: Mailbox.objects.filter(pk__in=ids), _address),
)  # fmt: skip
offer_list(ADDRESSES)
offer_one(ADDRESSES)


@operation("POST", "recipient_addresses", takes=ADDRESS)
def create_address(call: Call) -> Answer:
    """Add an address to a brand; how its mail comes and goes is set in the settings of mailboxes."""
    given = call.read(ADDRESS)
    address = require_text(given, "email")
    brand = brand_of(given.get("brand_id")) or default_brand()
    if Mailbox.objects.filter(address__iexact=address).exists():
        raise invalid_record("email", f"{address} has already been taken", "DuplicateValue")
    mailbox = save_mailbox(by=call.person, brand=brand, address=address, name=given.get("name") or "")
    return created(call, ADDRESSES, _with_default(call, mailbox, given).pk)


@operation("PUT", "recipient_addresses/{recipient_address_id}", takes=ADDRESS)
def update_address(call: Call, recipient_address_id: int) -> Any:
    """Change the name of an address, or make it the default one. The address itself stays."""
    mailbox, given = ADDRESSES.find(call, recipient_address_id), call.read(ADDRESS)
    if given.get("name") is not None:
        mailbox = save_mailbox(mailbox, by=call.person, name=given["name"])
    return changed(call, ADDRESSES, _with_default(call, mailbox, given).pk)


def _with_default(call: Call, mailbox: Mailbox, given: Json) -> Mailbox:
    if given.get("default") and not mailbox.is_default:
        return save_mailbox(mailbox, by=call.person, is_default=True)
    return mailbox


@operation("PUT", "recipient_addresses/{recipient_address_id}/verify", in_update=False)
def verify_address(call: Call, recipient_address_id: int) -> Json:
    """Try the connections by which mail of an address comes and goes. Raises 422 with what does not work."""
    findings = check_mailbox(ADDRESSES.find(call, recipient_address_id), by=call.person)
    failed = [finding.sentence for finding in findings if not finding.is_good]
    if failed:
        raise invalid_record("base", " ".join(failed))
    return {}


@operation("DELETE", "recipient_addresses/{recipient_address_id}")
def delete_address(call: Call, recipient_address_id: int) -> Answer:
    """Remove an address that has had no mail."""
    remove_mailbox(ADDRESSES.find(call, recipient_address_id), by=call.person)
    return NOTHING
