"""Mail: each mailbox, what waits to go out, what waits to be read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from opora.channels.email.actions.check_mailbox import check_mailbox
from opora.channels.email.models import InboundMail, Mailbox, OutboundMail
from opora.cli.diagnosis.finding import Finding, Look, bad, count_of, ok, span_of, warning
from opora.core import clock
from opora.events.actor import SYSTEM

UNCHECKED_AFTER = timedelta(minutes=15)
STUCK_AFTER = timedelta(minutes=10)
LATELY = timedelta(days=1)


def check_mailboxes(look: Look) -> Iterator[Finding]:
    boxes = list(Mailbox.objects.filter(is_active=True).select_related("brand"))
    if not boxes:
        yield warning("No mailbox is set up: nobody can write by mail.", "Add one in Settings, Mailboxes.")
    for box in boxes:
        yield from _noted(box)
    if boxes and not look.offline:
        with ThreadPoolExecutor(8) as pool:
            for findings in pool.map(_tried, boxes):
                yield from findings


def check_outgoing(look: Look) -> Iterator[Finding]:
    now = clock.now()
    waiting = OutboundMail.objects.filter(state__in=["queued", "sending"])
    stuck = waiting.filter(due_at__lt=now - STUCK_AFTER).count()
    put_off = waiting.filter(attempts__gt=0).exclude(last_error="").order_by("-id").first()
    failed = OutboundMail.objects.filter(state="failed", created_at__gt=now - LATELY).count()
    if stuck:
        sentence = f"{count_of(stuck, 'mail waits', 'mails wait')} to be sent since over {span_of(STUCK_AFTER.total_seconds())}."
        yield bad(sentence, "See whether the worker runs (`bin/opora worker`).")
    if put_off:
        yield warning(
            f"A mail is tried again and again: {put_off.last_error}",
            "Mend the mailbox in Settings, Mailboxes.",
        )
    if failed:
        sentence = f"{count_of(failed, 'mail', 'mails')} of the last day could not be delivered."
        yield warning(sentence, "Each has a note on its ticket that says why.")
    if not (stuck or put_off or failed):
        yield ok("No mail is stuck on its way out.")


def check_incoming(look: Look) -> Iterator[Finding]:
    old = clock.now() - STUCK_AFTER
    waiting = InboundMail.objects.filter(state="received", received_at__lt=old).count()
    unreadable = InboundMail.objects.filter(state="unreadable", received_at__gt=clock.now() - LATELY).count()
    if waiting:
        sentence = f"{count_of(waiting, 'mail was', 'mails were')} stored and not read yet."
        yield bad(sentence, "See whether the worker runs (`bin/opora worker`); nothing is lost.")
    if unreadable:
        sentence = f"{count_of(unreadable, 'mail', 'mails')} of the last day could not be read."
        yield warning(sentence, "Each made a ticket with the original attached.")
    if not (waiting or unreadable):
        yield ok("No mail waits to be read.")


def _noted(box: Mailbox) -> Iterator[Finding]:
    """What the worker noted beside the mailbox."""
    fix = "Mend it in Settings, Mailboxes."
    if box.last_error:
        yield bad(f"{box.address} cannot be collected: {box.last_error}", fix)
    elif box.incoming == Mailbox.Incoming.IMAP and box.last_checked_at is None:
        yield warning(f"{box.address} has never been collected.", "Start the worker (`bin/opora worker`).")
    elif box.incoming == Mailbox.Incoming.IMAP and box.last_checked_at:
        age = clock.now() - box.last_checked_at
        sentence = f"{box.address} was last collected {span_of(age.total_seconds())} ago."
        late = age > UNCHECKED_AFTER
        yield bad(sentence, "See whether the worker runs (`bin/opora worker`).") if late else ok(sentence)
    if box.last_send_error:
        yield bad(f"{box.address} could not send: {box.last_send_error}", fix)


def _tried(box: Mailbox) -> list[Finding]:
    """What its servers say now."""
    return [
        ok(f"{box.address}: {found.sentence}")
        if found.is_good
        else bad(f"{box.address}: {found.sentence}", "")
        for found in check_mailbox(box, by=SYSTEM)
    ]
