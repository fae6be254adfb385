"""A mail on its way to a ticket, with all that has been found out about it."""

from dataclasses import dataclass, field
from typing import Literal, TypedDict

from opora.channels.email.addresses import OurAddresses
from opora.channels.email.models import InboundMail
from opora.channels.email.parsing import InboundMessage
from opora.channels.email.reading.house import House
from opora.people.models import Person
from opora.tickets.models import Forward, Ticket


@dataclass(frozen=True)
class Thread:
    """The ticket a mail answers, and what says so.

    `how`: a signed mark in the address or in a Message-ID, a Message-ID of an earlier mail of the ticket, only
    the number in the subject, or an answer to it that came before. `person_id` is the colleague a signed mark was made for, `comment_id` the comment
    it was about, `forward` the first of a talk with somebody outside that the mail goes on with. `is_forged`: there
    is a mark, but we did not make it.
    """

    ticket: Ticket
    how: Literal["address", "message_id", "earlier_mail", "subject", "early_answer"]
    person_id: int | None = None
    comment_id: int | None = None
    is_forged: bool = False
    forward: Forward | None = None


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """An attachment whose bytes lie in the data folder already; `sha256` is "" for one that was too large."""

    name: str
    content_type: str
    size: int
    sha256: str
    content_id: str = ""
    is_inline: bool = False


@dataclass(kw_only=True)
class Letter:
    """One mail: its row, what the parser read, whose it is, and where it belongs."""

    mail: InboundMail
    message: InboundMessage
    house: House
    files: list[StoredFile] = field(default_factory=list)
    sender: Person | None = None
    thread: Thread | None = None

    @property
    def ours(self) -> OurAddresses:
        return self.house.ours


class MailDetails(TypedDict, total=False):
    """What a comment made of a mail keeps in `details["mail"]` beside its words; missing means no.

    `id` leads to the original (`email:original`). `stranger`: the writer was not part of the ticket before.
    `unverified_agent`: the address is a colleague's, but nothing proves that they wrote. `quiet`: nothing
    automatic may answer. `forward` is the offer to make the original sender the requester (`use_original_sender`).
    """

    id: int
    stranger: bool
    unverified_agent: bool
    quiet: bool
    unreadable: bool
    shortened: bool
    left_out: list[str]
    security: str
    invites: list[dict[str, str]]
    forward: dict[str, str]
    defects: list[str]
