"""Suspended mail with the reason in a word, and what a colleague decides about it."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import FLAG, Body
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, own, own_noun, own_one
from opora.api.wire.paging import list_of
from opora.api.wire.problems import not_found
from opora.api.wire.shapes import moment, number, one_of, words
from opora.channels.email.actions.delete_mail import delete_mail
from opora.channels.email.actions.release_mail import release_mail
from opora.channels.email.models import SuspendedMail
from opora.channels.email.policy import may_decide_suspended
from opora.people.policy import require

RELEASE = Body("release", {"lift_suspension": FLAG})
SHAPE = {
    "id": number("pk"), "reason": one_of("reason", SuspendedMail.Reason), "sender": words("mail.sender"),
    "sender_name": words("mail.sender_name"), "recipient": words("mail.recipient"), "subject": words("mail.subject"),
    "message_id": words("mail.message_id"), "size": number("mail.size"), "mailbox_id": number("mail.mailbox_id"),
    "brand_id": number("mail.brand_id"), "ticket_id": number("ticket_id", empty=True),
    "suspended_at": moment("suspended_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[SuspendedMail]:
    require(may_decide_suspended(call.person))
    return SuspendedMail.objects.filter(released_at=None, deleted_at=None)


def _load(call: Call, ids: Sequence[int]) -> QuerySet[SuspendedMail]:
    return SuspendedMail.objects.filter(pk__in=ids).select_related("mail")


SUSPENDED = own_noun(
    "suspended_mail", path="suspended_mails", rows=_rows, load=_load, shape=SHAPE,
    orders={"suspended_at": "suspended_at", "id": "id"},
    references={"mailboxes": ("mailbox_id",), "brands": ("brand_id",), "tickets": ("ticket_id",)},
)  # fmt: skip
own_one(SUSPENDED)


@own("GET", "suspended_mails", answers=listed(SUSPENDED))
def list_suspended(call: Call) -> object:
    """List the mails that wait for a decision, newest first; `reason` narrows them."""
    reason = call.param("reason")
    rows = _rows(call)
    return list_of(call, SUSPENDED, rows.filter(reason=reason) if reason else rows, order="-suspended_at")


@own("POST", "suspended_mails/{suspended_mail_id}/release", takes=RELEASE,
     answers=answer_of({"release": answer_of({"suspended_mail_id": {"type": "integer"}, "ticket_id": {"type": "integer", "nullable": True}})}))  # fmt: skip
def release(call: Call, suspended_mail_id: int) -> Answer:
    """Let a mail through to the tickets; with `lift_suspension` its sender's further mails too."""
    given = call.read(RELEASE) if call.body else {}
    mail = release_mail(
        _waiting(call, suspended_mail_id), by=call.person, lift_suspension=bool(given.get("lift_suspension"))
    )
    return Answer({"release": {"suspended_mail_id": suspended_mail_id, "ticket_id": mail.ticket_id}}, 201)


@own("DELETE", "suspended_mails/{suspended_mail_id}")
def throw_away(call: Call, suspended_mail_id: int) -> Answer:
    """Throw a suspended mail away."""
    delete_mail(_waiting(call, suspended_mail_id), by=call.person)
    return NOTHING


def _waiting(call: Call, pk: int) -> SuspendedMail:
    found = _rows(call).select_related("mail").filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found
