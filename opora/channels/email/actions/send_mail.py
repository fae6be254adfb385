"""A queued mail is handed to the mail server.

A mail is sent at least once. It is claimed before it is handed over and marked after, so only a process that dies
in between leaves a doubt; that mail is tried again after `CLAIM_LASTS` with the same Message-ID, by which mail
servers and readers recognise the copy.
"""

import logging
import smtplib
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from opora.channels.email.actions.note_problem import note_problem
from opora.channels.email.events import TicketMailFailed
from opora.channels.email.models import Mailbox, OutboundMail
from opora.channels.email.outgoing.compose import compose
from opora.channels.email.outgoing.problems import explain_problem
from opora.channels.email.outgoing.transport import transmit
from opora.channels.email.queries import desk_locale
from opora.core import clock
from opora.core.prepared import prepared
from opora.core.text import one_line
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.people.actions.mark_undeliverable import mark_undeliverable
from opora.people.models import Identity

log = logging.getLogger("opora.mail")

CLAIM_LASTS = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=2)

_SIGN_IN_FIRST = {530, 535}
"""Codes of RFC 4954: the server takes mail only from those who signed in."""

State = OutboundMail.State
Refused = dict[str, tuple[int, bytes]]


@task()
def send_queued_mail(mail_id: int) -> bool:
    """Send one mail; False if it is sent, taken by somebody else, or not due."""
    mail = _whole_mail.first(mail_id)
    return mail is not None and _is_due(mail) and send_mail(mail)


def send_due_mail(*, limit: int = 200) -> int:
    """Send what is due and no task has sent: put off, or left by a killed process; returns how many went out."""
    return sum(send_mail(mail) for mail in _due().order_by("due_at", "id")[:limit])


def send_mail(mail: OutboundMail) -> bool:
    """Claim the mail, hand it over, and note how it went; False if somebody else has it or it did not go out."""
    if not _claim(mail):
        return False
    try:
        refused = transmit(mail.mailbox, compose(mail), mail.remaining)
    except smtplib.SMTPRecipientsRefused as problem:
        refused = problem.recipients
    except Exception as problem:
        _note_problem(mail, problem)
        return False
    _note_sent(mail, refused)
    return mail.state == State.SENT


def _due() -> QuerySet[OutboundMail]:
    now = clock.now()
    waiting = Q(state=State.QUEUED, due_at__lte=now)
    abandoned = Q(state=State.SENDING, due_at__lte=now, claimed_at__lt=now - CLAIM_LASTS)
    return _whole(OutboundMail.objects.filter(waiting | abandoned))


def _is_due(mail: OutboundMail) -> bool:
    """The same of one mail that was read."""
    now = clock.now()
    is_abandoned = bool(mail.claimed_at and mail.claimed_at < now - CLAIM_LASTS)
    return mail.due_at <= now and (
        mail.state == State.QUEUED or (mail.state == State.SENDING and is_abandoned)
    )


@prepared
def _whole_mail(mail_id: int) -> QuerySet[OutboundMail]:
    return _whole(OutboundMail.objects.filter(pk=mail_id))[:1]


def _whole(mails: QuerySet[OutboundMail]) -> QuerySet[OutboundMail]:
    """With all that a letter is written from."""
    return mails.select_related(
        "mailbox__brand",
        "ticket__requester",
        "comment__author",
        "comment__ticket",
        "person",
        "comment__forward__answers",
        "comment__forward__ticket",
    )


def _claim(mail: OutboundMail) -> bool:
    claimed = OutboundMail.objects.filter(pk=mail.pk, state=mail.state, attempts=mail.attempts).update(
        state=State.SENDING, claimed_at=clock.now(), attempts=F("attempts") + 1
    )
    mail.attempts += claimed
    return claimed == 1


def _note_sent(mail: OutboundMail, refused: Refused) -> None:
    """Some recipients may have been refused: for now, and are tried again; or for good, and are marked."""
    for_good = {address: answer for address, answer in refused.items() if answer[0] >= 500}
    mail.remaining = [address for address in refused if address not in for_good]
    reached = [address for _name, address in [*mail.to, *mail.cc] if address not in refused]
    with update(SYSTEM, via="mail"):
        if mail.remaining:
            _put_off(mail, _told(refused[mail.remaining[0]]))
        elif reached:
            _finish(mail, State.SENT, "")
        if for_good:
            _note_refused(mail, for_good, is_nobody_left=not reached and not mail.remaining)
    Mailbox.objects.filter(pk=mail.mailbox_id).update(last_sent_at=clock.now(), last_send_error="")


def _note_refused(mail: OutboundMail, refused: Refused, *, is_nobody_left: bool) -> None:
    reason = _told(next(iter(refused.values())))
    for address, answer in refused.items():
        identity = Identity.objects.filter(kind=Identity.Kind.EMAIL, value=address).first()
        if identity:
            mark_undeliverable(identity, by=SYSTEM, reason=_told(answer))
    if is_nobody_left:
        _finish(mail, State.FAILED, reason)
    _tell_agents(mail, ", ".join(refused), reason)


def _note_problem(mail: OutboundMail, problem: Exception) -> None:
    mailbox = mail.mailbox
    with translation.override(desk_locale()):
        sentence = one_line(explain_problem(problem, host=mailbox.smtp_host, port=mailbox.smtp_port))
    log.warning("Mail %s could not be sent: %s", mail.pk, sentence, exc_info=_is_unexpected(problem))
    with update(SYSTEM, via="mail"):
        if _is_final(problem) or clock.now() - mail.created_at > GIVE_UP_AFTER:
            _finish(mail, State.FAILED, sentence)
            _tell_agents(mail, ", ".join(mail.remaining), sentence)
        else:
            _put_off(mail, sentence)
    Mailbox.objects.filter(pk=mailbox.pk).update(last_send_error=sentence)


def _is_final(problem: Exception) -> bool:
    """Whether the server refused this message for good; a wrong password or a lost line is worth another try."""
    if not isinstance(problem, (smtplib.SMTPDataError, smtplib.SMTPSenderRefused)):
        return False
    return problem.smtp_code >= 500 and problem.smtp_code not in _SIGN_IN_FIRST


def _is_unexpected(problem: Exception) -> bool:
    return not isinstance(problem, (OSError, smtplib.SMTPException))


def _finish(mail: OutboundMail, state: State, error: str) -> None:
    mail.state, mail.last_error = state, one_line(error)
    mail.sent_at = clock.now() if state == State.SENT else None
    mail.save(update_fields=["state", "last_error", "sent_at", "remaining"])


def _put_off(mail: OutboundMail, error: str) -> None:
    pause = min(timedelta(minutes=1) * 2 ** min(mail.attempts - 1, 12), LONGEST_PAUSE)
    mail.state, mail.last_error, mail.due_at = State.QUEUED, one_line(error), clock.now() + pause
    mail.save(update_fields=["state", "last_error", "due_at", "remaining"])


def _tell_agents(mail: OutboundMail, addresses: str, reason: str) -> None:
    if mail.kind == OutboundMail.Kind.NOTIFICATION:
        return
    fact = TicketMailFailed(addresses=addresses, reason=reason, comment_id=mail.comment_id)
    record(fact, subject_id=mail.ticket_id, by=SYSTEM)
    with translation.override(desk_locale()):
        sentence = _("The mail to %(addresses)s could not be sent: %(reason)s")
        note_problem(mail.ticket, sentence % {"addresses": addresses, "reason": reason})


def _told(answer: tuple[int, bytes]) -> str:
    code, words = answer
    return one_line(
        f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}", limit=200
    )
