"""The subject of an answer, the same along a thread, so that every mail client keeps it together."""

import re

from opora.channels.email.models import InboundMail
from opora.channels.email.queries import first_mail_of
from opora.core.text import one_line
from opora.tickets.models import Ticket

_PREFIXES = re.compile(
    r"^\s*(?:(?:re|aw|odp|sv|vs|antw|відп|ответ|отв|fwd?|fw|wg|пересл)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)


def subject_for(ticket: Ticket, *, is_answer: bool) -> str:
    """Return the subject the thread began with, after "Re:" when there is something to answer."""
    began = first_mail_of(ticket)
    plain = bare(_begun_with(began) or ticket.subject)
    return one_line(f"Re: {plain}" if is_answer else plain)


def bare(subject: str) -> str:
    """Return the subject without "Re:", "Fwd:" and their kin."""
    return _PREFIXES.sub("", subject).strip() or subject.strip()


def _begun_with(mail: InboundMail | None) -> str:
    return mail.subject if mail else ""
