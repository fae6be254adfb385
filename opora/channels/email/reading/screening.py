"""What keeps a mail from the tickets: loops, spam, floods, suspended people."""

from opora.channels.email.marks import desk_mark, read_message_id
from opora.channels.email.models import SuspendedMail
from opora.channels.email.reading.letter import Letter
from opora.people.addresses import normalise_email
from opora.tickets.models import Ticket

MOST_MAILS = 20
"""More mails than this of one correspondent within ten minutes are taken for a loop or a flood."""

Reason = SuspendedMail.Reason


def why_suspend(letter: Letter) -> SuspendedMail.Reason | None:
    """Return why the mail must wait for a colleague's decision, None when it may pass."""
    if _is_from_ourselves(letter):
        return Reason.OURSELVES
    if letter.sender and letter.sender.suspended_at:
        return Reason.SENDER
    if _is_marked_spam(letter):
        return Reason.SPAM
    if _is_flood(letter):
        return Reason.RATE
    return _why_not_here(letter) if letter.thread else _why_not_new(letter)


def is_quiet(letter: Letter) -> bool:
    """Whether nothing automatic may answer: the mail came from a machine or through a list."""
    message = letter.message
    if (
        message.is_auto_reply
        or message.list_id
        or message.precedence in {"bulk", "junk", "list", "auto_reply"}
    ):
        return True
    if message.auto_submitted not in {"", "no"} or message.x_loop:
        return True
    local = letter.mail.sender.partition("@")[0]
    return (
        _header(letter, "return-path") == "<>"
        or local in _MACHINES
        or local.startswith(("no-reply", "noreply"))
    )


_MACHINES = {
    "mailer-daemon",
    "postmaster",
    "no-reply",
    "noreply",
    "donotreply",
    "do-not-reply",
    "bounce",
    "bounces",
}


def is_machine_address(address: str) -> bool:
    """Whether nobody reads what is sent to this address."""
    local = normalise_email(address).partition("@")[0]
    return local in _MACHINES


def _is_from_ourselves(letter: Letter) -> bool:
    mark = read_message_id(letter.message.message_id)
    if mark and mark.is_genuine:
        return True
    if _header(letter, "x-opora-desk") == desk_mark() or letter.message.from_address in letter.ours:
        return True
    return any(loop in letter.ours for loop in letter.message.x_loop)


def _is_marked_spam(letter: Letter) -> bool:
    flag, status = _header(letter, "x-spam-flag").lower(), _header(letter, "x-spam-status").lower()
    return flag.startswith("yes") or status.startswith("yes")


def _is_flood(letter: Letter) -> bool:
    mail = letter.mail
    if not mail.sender or (letter.sender and letter.sender.is_colleague):
        return False
    return letter.house.lately[mail.sender, mail.brand_id] >= MOST_MAILS


def _why_not_here(letter: Letter) -> SuspendedMail.Reason | None:
    """Of a mail that answers a ticket."""
    thread = letter.thread
    if thread is None or thread.is_forged:
        return Reason.FOREIGN
    if thread.ticket.removed_as == Ticket.Removed.SPAM:
        return Reason.REMOVED
    is_over = thread.ticket.is_closed or thread.ticket.removed_at is not None
    if letter.message.is_auto_reply and is_over:
        return Reason.AUTO_REPLY
    return None


def _why_not_new(letter: Letter) -> SuspendedMail.Reason | None:
    """Of a mail that would open a ticket."""
    message = letter.message
    if message.is_auto_reply or message.auto_submitted.startswith("auto-"):
        return Reason.AUTO_REPLY
    if message.is_delivery_report or message.is_feedback_report:
        return Reason.BOUNCE
    if message.precedence in {"bulk", "junk"}:
        return Reason.BULK
    return None


def _header(letter: Letter, wanted: str) -> str:
    return next((value.strip() for name, value in letter.message.headers if name.lower() == wanted), "")
