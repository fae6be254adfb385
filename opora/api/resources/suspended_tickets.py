"""Suspended tickets: mails that were kept from the tickets until a colleague decides."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.nouns.tickets import TICKETS
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import not_found, restricted
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.channels.email.actions.delete_mail import delete_mail
from opora.channels.email.actions.release_mail import release_mail
from opora.channels.email.models import SuspendedMail
from opora.channels.email.policy import may_decide_suspended

_CAUSES = {
    "sender": "Received from a suspended user", "auto_reply": "Automated response mail", "bounce": "Delivery failure",
    "spam": "Detected as spam", "rate": "Too many mails from this sender", "ourselves": "Detected as mail loop",
    "bulk": "Bulk mail", "foreign": "Permission denied due to unauthenticated email update", "removed": "Detected as spam",
}  # fmt: skip


def _rows(call: Call) -> QuerySet[SuspendedMail]:
    if not may_decide_suspended(call.person):
        raise restricted()
    return SuspendedMail.objects.filter(released_at=None, deleted_at=None)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = SuspendedMail.objects.select_related("mail__mailbox").in_bulk(ids)
    return [_suspended(call, rows[pk]) for pk in ids if pk in rows]


def _suspended(call: Call, row: SuspendedMail) -> Json:
    mail = row.mail
    return {
        "url": call.url(f"suspended_tickets/{row.pk}"),
        "id": row.pk,
        "author": {"id": None, "name": mail.sender_name or mail.sender, "email": mail.sender},
        "subject": mail.subject,
        "content": "",
        "cause": _CAUSES.get(row.reason, row.reason),
        "cause_id": list(_CAUSES).index(row.reason) + 1 if row.reason in _CAUSES else 0,
        "message_id": mail.message_id,
        "ticket_id": row.ticket_id,
        "recipient": mail.recipient or mail.mailbox.address,
        "created_at": stamp(row.suspended_at),
        "updated_at": stamp(row.suspended_at),
        "via": {
            "channel": "email",
            "source": {"from": {"name": mail.sender, "address": mail.sender}, "to": {}, "rel": None},
        },
        "attachments": [],
        "brand_id": mail.brand_id,
        "error_messages": None,
    }


SUSPENDED_TICKETS = Noun(
    "suspended_ticket", "suspended_tickets", "suspended_tickets", _rows, _present,
    orders={"id": "id", "created_at": "suspended_at"},
)  # fmt: skip
offer_list(SUSPENDED_TICKETS)
offer_one(SUSPENDED_TICKETS)


@operation("DELETE", "suspended_tickets/{suspended_ticket_id}")
def delete_suspended(call: Call, suspended_ticket_id: int) -> Answer:
    """Throw a suspended mail away."""
    delete_mail(_waiting(call, suspended_ticket_id), by=call.person)
    return NOTHING


@operation("DELETE", "suspended_tickets/destroy_many")
def delete_many_suspended(call: Call) -> Answer:
    """Throw several suspended mails away."""
    for pk in call.ids():
        delete_mail(_waiting(call, pk), by=call.person)
    return NOTHING


@operation("PUT", "suspended_tickets/{suspended_ticket_id}/recover")
def recover(call: Call, suspended_ticket_id: int) -> Json:
    """Let a suspended mail through to the tickets."""
    return {"ticket": _recovered(call, [suspended_ticket_id])}


@operation("PUT", "suspended_tickets/recover_many")
def recover_many(call: Call) -> Json:
    """Let several suspended mails through to the tickets."""
    return {"tickets": _recovered(call, call.ids())}


def _recovered(call: Call, ids: Sequence[int]) -> list[Json]:
    made = [release_mail(_waiting(call, pk), by=call.person).ticket_id for pk in ids]
    return TICKETS.present(call, [pk for pk in made if pk])


def _waiting(call: Call, pk: int) -> SuspendedMail:
    found = _rows(call).select_related("mail").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found
