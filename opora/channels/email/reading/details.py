"""What a comment keeps of its mail beside the words."""

from dataclasses import asdict
from typing import Any

from opora.channels.email.parsing import CalendarInvite, Forward
from opora.channels.email.reading.letter import Letter, MailDetails
from opora.channels.email.reading.screening import is_quiet
from opora.channels.email.reading.standing import Standing
from opora.channels.email.reading.words import Words
from opora.core.text import one_line, without_nulls
from opora.people.addresses import normalise_email

_LONGEST_FORWARD = 100_000


def details_of(letter: Letter, standing: Standing, words: Words) -> dict[str, Any]:
    """Return `Comment.details` for this mail; only what is so is written down."""
    message = letter.message
    facts: MailDetails = {
        "id": letter.mail.pk,
        "stranger": standing.is_stranger,
        "unverified_agent": standing.is_unverified_agent,
        "quiet": is_quiet(letter),
        "shortened": words.is_shortened,
        "left_out": [one_line(file.name) for file in letter.files if not file.sha256],
        "security": message.security or "",
        "invites": [_invite(invite) for invite in message.invites],
        "forward": _offer(message.forward, letter) if message.forward else {},
        "defects": [one_line(sentence) for sentence in message.defects[:5]],
    }
    details: dict[str, Any] = {"mail": {name: value for name, value in facts.items() if value}}
    if letter.thread and letter.thread.forward:
        details["forward"] = {"id": letter.thread.forward.pk, "is_answer": True}
    return details


def _invite(invite: CalendarInvite) -> dict[str, str]:
    return {
        name: one_line(value.isoformat() if hasattr(value, "isoformat") else str(value or ""))
        for name, value in asdict(invite).items()
    }


def _offer(forward: Forward, letter: Letter) -> dict[str, str]:
    """The original sender, unless they are the sender, one of us, or nobody."""
    address = normalise_email(forward.from_address)
    if not address or address == letter.mail.sender or address in letter.ours:
        return {}
    return {
        "address": address,
        "name": one_line(forward.from_name),
        "subject": one_line(forward.subject),
        "body": without_nulls(forward.body[:_LONGEST_FORWARD]),
        "message": without_nulls(forward.message[:_LONGEST_FORWARD]),
    }
