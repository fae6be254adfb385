"""A stored mail becomes what it is: a comment, a ticket, a bounce, a suspended mail."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import translation

from opora.channels.email.actions.accept_mail import accept_mail
from opora.channels.email.actions.keep_unreadable import keep_unreadable
from opora.channels.email.actions.note_bounce import note_bounce
from opora.channels.email.actions.suspend_mail import suspend_mail
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.channels.email.parsing import InboundMessage, read_message
from opora.channels.email.queries import desk_locale
from opora.channels.email.raw import read_raw
from opora.channels.email.reading.files import store_files
from opora.channels.email.reading.house import House, read_house
from opora.channels.email.reading.letter import Letter, StoredFile
from opora.channels.email.reading.screening import why_suspend
from opora.channels.email.reading.threads import find_thread
from opora.core import clock
from opora.core.prepared import write
from opora.core.text import one_line, without_nulls
from opora.events.recording import coming_via
from opora.people.addresses import normalise_email

log = logging.getLogger("opora.mail")

MOST_ATTEMPTS = 3
"""After so many failures a mail becomes a ticket “could not be read”, so that a person sees it."""

HEAVIEST_BATCH = 20_000_000
"""Bytes of mails that are read together; a heavier one is read alone."""

READ = ("sender", "sender_name", "subject", "message_id")
"""What reading a mail says of it."""

Made = TypeVar("Made")
State = InboundMail.State


def process_mail(mail: InboundMail) -> InboundMail:
    """Make of a received mail what it is, exactly once; does nothing when somebody else has done it.

    A failure is kept with the mail and tried again.
    """
    _process_together([mail])
    return mail


def process_waiting_mail(*, limit: int = 50) -> int:
    """Process what has been received and not processed, in the order it came; returns how many were taken up."""
    waiting = InboundMail.objects.filter(state=State.RECEIVED).select_related(
        "mailbox__brand", "mailbox__group"
    )
    mails = list(waiting.order_by("id")[:limit])
    for together in _by_weight(mails):
        _process_together(together)
    return len(mails)


def _by_weight(mails: list[InboundMail]) -> Iterator[list[InboundMail]]:
    """Batches that fit into memory."""
    batch: list[InboundMail] = []
    for mail in mails:
        if batch and sum(one.size for one in batch) + mail.size > HEAVIEST_BATCH:
            yield batch
            batch = []
        batch.append(mail)
    if batch:
        yield batch


def _process_together(mails: list[InboundMail]) -> None:
    """Read all, look up what they share, then process each in a transaction of its own."""
    read = [(mail, reading) for mail in mails if (reading := _guarded(mail, partial(_read, mail)))]
    house = read_house([mail for mail, _reading in read])
    for mail, (message, files) in read:
        _guarded(mail, partial(_make, mail, message, files, house))


def _guarded(mail: InboundMail, step: Callable[[], Made]) -> Made | None:
    """Run one step; a failure costs this mail a try and the others nothing."""
    try:
        return step()
    except OperationalError:
        raise
    except Exception as problem:
        log.exception("Mail %s could not be processed.", mail.pk)
        _note_failure(mail, problem)
        mail.refresh_from_db()
        return None


def _read(mail: InboundMail) -> tuple[InboundMessage, list[StoredFile]]:
    """Parse the message and put its files into the data folder, before anything is locked."""
    message = read_message(read_raw(mail.sha256))
    author = message.author if message.author.email else None
    mail.sender = normalise_email(author.email if author else message.from_address)[:254]
    mail.sender_name = one_line(author.name if author else message.from_name)
    mail.subject = one_line(message.subject)
    mail.message_id = without_nulls(message.message_id)[:998] or mail.message_id
    return message, store_files(message)


def _make(mail: InboundMail, message: InboundMessage, files: list[StoredFile], house: House) -> None:
    with transaction.atomic(), coming_via("mail"), translation.override(house.locale):
        if not _claim(mail):
            mail.refresh_from_db()
            return
        sender = house.people.get(mail.sender)
        thread = find_thread(mail, message, house=house, sender=sender)
        letter = Letter(mail=mail, message=message, house=house, files=files, sender=sender, thread=thread)
        _decide(letter)
    house.lately[mail.sender, mail.brand_id] += 1
    house.awaited |= {mail.awaits} - {""}
    if letter.sender:
        house.people[mail.sender] = letter.sender


def _claim(mail: InboundMail) -> bool:
    """Take the mail for this transaction; a second process waits here and then finds it done."""
    mail.state, mail.processed_at = State.PROCESSED, clock.now()
    return write(mail, "state", "processed_at", *READ, state=State.RECEIVED)


def _decide(letter: Letter) -> None:
    if not letter.message.headers:
        keep_unreadable(letter.mail)
        return
    reason = None if letter.message.is_bounce else why_suspend(letter)
    is_ordinary = reason is None and not letter.message.is_bounce
    if is_ordinary or _is_released(letter.mail):
        accept_mail(letter)
    elif letter.message.is_bounce:
        note_bounce(letter)
    elif reason:
        suspend_mail(letter.mail, reason=reason, ticket=letter.thread.ticket if letter.thread else None)


def _is_released(mail: InboundMail) -> bool:
    """Whether a colleague has decided that this mail passes."""
    return SuspendedMail.objects.filter(mail=mail, released_at__isnull=False).exists()


def _note_failure(mail: InboundMail, problem: Exception) -> None:
    sentence = one_line(f"{type(problem).__name__}: {problem}")
    waiting = InboundMail.objects.filter(pk=mail.pk, state=State.RECEIVED)
    waiting.update(attempts=F("attempts") + 1, problem=sentence)
    if not waiting.filter(attempts__gte=MOST_ATTEMPTS).exists():
        return
    with transaction.atomic(), coming_via("mail"), translation.override(desk_locale()):
        if _claim(mail):
            keep_unreadable(mail)
