"""Reading an IMAP folder: each message is stored, committed, and only then marked as seen.

How far the folder has been read (`Mailbox.last_uid`) is written in the transaction that stores the message, so a
killed process neither skips one nor takes one twice. What was taken in before is recognised by its fingerprint.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from imap_tools import AND, BaseMailBox, U
from imap_tools.errors import MailboxFetchError
from imap_tools.utils import check_command_status

from opora.channels.email.actions.receive_mail import receive_mail
from opora.channels.email.addresses import our_addresses
from opora.channels.email.intake.recipients import collected_for
from opora.channels.email.models import InboundMail, Mailbox
from opora.core import clock

IDLE_SECONDS = 300
POLL_SECONDS = 30
SEEN_TOGETHER = 50
MOST_LEFT = 1000
OVERLAP = timedelta(days=2)
"""After a folder was renumbered, messages this much older than the last look are compared again."""


def fetch_new_mail(box: BaseMailBox, mailbox: Mailbox) -> int:
    """Store all messages that are new in the folder and mark them as seen; returns how many were fetched."""
    validity = _validity(box, mailbox)
    mailbox.refresh_from_db(fields=["uidvalidity", "last_uid", "last_checked_at"])
    if mailbox.uidvalidity == validity:
        uids = _later_uids(box, mailbox.last_uid)
        _take(box, mailbox, uids, validity=validity)
    else:
        highest = max(map(int, box.uids("ALL")), default=0)
        uids = _first_uids(box, mailbox, highest)
        _take(box, mailbox, uids, validity=validity)
        Mailbox.objects.filter(pk=mailbox.pk).update(uidvalidity=validity, last_uid=highest)
    Mailbox.objects.filter(pk=mailbox.pk).update(last_checked_at=clock.now(), last_error="")
    return len(uids)


def mark_stored(box: BaseMailBox, mailbox: Mailbox) -> None:
    """Mark as seen what was stored by a process that was killed before it could do so."""
    unseen = [int(uid) for uid in box.uids(AND(seen=False)) if int(uid) <= mailbox.last_uid]
    stored = InboundMail.objects.filter(mailbox=mailbox, uid__in=unseen[:MOST_LEFT]).values_list(
        "uid", flat=True
    )
    uids = sorted(uid for uid in stored if uid)
    if uids:
        _mark_seen(box, uids)


def wait_for_mail(box: BaseMailBox, stopping: threading.Event) -> None:
    """Return when the server tells of something new, when it is time to look anyway, or when stopping."""
    if "IDLE" not in {str(capability).upper() for capability in box.client.capabilities}:
        stopping.wait(POLL_SECONDS)
        return
    box.idle.start()
    try:
        for _second in range(IDLE_SECONDS):
            if stopping.is_set() or any(b"EXISTS" in line for line in box.idle.poll(timeout=1)):
                return
    finally:
        box.idle.stop()


def _validity(box: BaseMailBox, mailbox: Mailbox) -> int:
    status = box.folder.status(mailbox.imap_folder or "INBOX", ["UIDVALIDITY"])
    return int(status["UIDVALIDITY"])


def _later_uids(box: BaseMailBox, last_uid: int) -> list[int]:
    found = map(int, box.uids(AND(uid=U(str(last_uid + 1), "*"))))
    return sorted(uid for uid in found if uid > last_uid)


def _first_uids(box: BaseMailBox, mailbox: Mailbox, highest: int) -> list[int]:
    """A folder seen for the first time, or renumbered by its server: what is unread, and what came lately.

    Until all of them are stored the folder counts as new, so a process killed in between begins again.
    """
    wanted = set(map(int, box.uids(AND(seen=False))))
    if mailbox.uidvalidity is not None and mailbox.last_checked_at:
        since = (mailbox.last_checked_at - OVERLAP).date()
        wanted |= set(map(int, box.uids(AND(date_gte=since))))
    return sorted(uid for uid in wanted if uid <= highest)


def _take(box: BaseMailBox, mailbox: Mailbox, uids: Sequence[int], *, validity: int) -> None:
    for start in range(0, len(uids), SEEN_TOGETHER):
        batch = uids[start : start + SEEN_TOGETHER]
        for uid in batch:
            _store(box, mailbox, uid, validity=validity)
        _mark_seen(box, batch)


def _store(box: BaseMailBox, mailbox: Mailbox, uid: int, *, validity: int) -> None:
    raw = _fetch(box, uid)
    with transaction.atomic():
        if raw is not None:
            for owner, address in collected_for(raw, mailbox, our_addresses()):
                receive_mail(raw, mailbox=owner, recipient=address, uid=uid)
        reached = Mailbox.objects.filter(pk=mailbox.pk, uidvalidity=validity, last_uid__lt=uid)
        reached.update(last_uid=uid)


def _fetch(box: BaseMailBox, uid: int) -> bytes | None:
    """The raw message, None when somebody has removed it meanwhile; does not mark it as seen."""
    result = box.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    check_command_status(result, MailboxFetchError)
    return next(_literals(result[1]), None)


def _literals(answer: Iterable[object]) -> Iterator[bytes]:
    return (part[1] for part in answer if isinstance(part, tuple) and isinstance(part[1], bytes))


def _mark_seen(box: BaseMailBox, uids: Sequence[int]) -> None:
    """Set the flag by hand: `box.flag` would expunge what others have marked as deleted."""
    box.client.uid("store", ",".join(map(str, uids)), "+FLAGS.SILENT", r"(\Seen)")
