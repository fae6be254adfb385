"""What one parsed e-mail is made of: plain frozen facts, no behaviour beyond reading them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox; `name` is decoded and may be empty, `email` is as written (no case change)."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part the reader can save. `name` is safe as a file name and never empty.

    `named_by_sender` is False where the message gave no name and one was made up here.
    `content_id` has no angle brackets. `inline` means the HTML body is meant to show it.
    """

    name: str
    content_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False
    named_by_sender: bool = True


@dataclass(frozen=True, slots=True)
class CalendarInvite:
    """The event of a text/calendar part. `starts` and `ends` are naive where the calendar names no zone."""

    method: str
    summary: str
    starts: datetime | None
    ends: datetime | None
    organizer: str
    location: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient our mail did not reach.

    `status` is an enhanced code of RFC 3463 ("5.1.1"); "5.0.0" or "4.0.0" where only the class is known,
    empty where nothing is. `action` is failed, delayed, delivered, relayed or expanded, or what the report says.
    """

    recipient: str
    status: str
    action: str
    original_message_id: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class Forward:
    """A message somebody passed on. `message` is what the forwarder wrote above it, `date` is as printed there."""

    from_address: str
    from_name: str
    subject: str
    body: str
    message: str
    date: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """Everything Opora reads from one e-mail. Texts use "\\n"; HTML is raw and must be sanitised before display.

    `text` is the whole decoded body; `reply_text` is what the sender newly wrote; `quoted_text` what was cut away.
    `signature` is what looks like one: a delimited signature is already out of `reply_text`, a guessed one is
    still at its end (see `reply_text_without_signature`).
    `reply_html` is None unless the quote could be cut by the structure of the HTML.
    `author` is the person behind the message, also where a mailing list rewrote the From header.
    `defects` are sentences about what was wrong with the message.
    """

    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    from_address: str = ""
    from_name: str = ""
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str | None = None
    reply_text: str = ""
    reply_html: str | None = None
    reply_text_without_signature: str = ""
    quoted_text: str = ""
    signature: str = ""
    attachments: tuple[Attachment, ...] = ()
    invites: tuple[CalendarInvite, ...] = ()
    security: str | None = None
    is_auto_reply: bool = False
    is_bounce: bool = False
    bounces: tuple[Bounce, ...] = ()
    is_delivery_report: bool = False
    is_feedback_report: bool = False
    forward: Forward | None = None
    list_id: str = ""
    author: Address = Address("", "")
    auto_submitted: str = ""
    precedence: str = ""
    x_loop: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    defects: tuple[str, ...] = ()

    @property
    def bounce(self) -> Bounce | None:
        """The first recipient the report names; None where this is no report or names none."""
        return self.bounces[0] if self.bounces else None
