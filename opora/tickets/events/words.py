"""Facts about what is said on a ticket."""

from datetime import datetime

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events.base import TicketFact


@event("ticket.commented")
class TicketCommented(TicketFact):
    """Somebody added a comment: a customer wrote, an agent replied or noted something, somebody outside answered."""

    personal = ("words", "author_name")
    comment_id: int
    author_id: int
    author_kind: str
    author_name: str = ""
    is_public: bool = True
    channel: str = "web"
    is_auto_reply: bool = False
    words: str = ""
    """The first words of the comment, for lists."""
    attachments: int = 0

    def sentence(self) -> str:
        return _("replied") if self.is_public else _("added an internal note")


@event("ticket.comment_redacted")
class CommentRedacted(TicketFact):
    """The content of a comment was removed for good; that it was there stays visible."""

    comment_id: int

    def sentence(self) -> str:
        return _("removed the content of a comment")


@event("ticket.forwarded")
class TicketForwarded(TicketFact):
    """Messages of the ticket were passed on to somebody outside; the note `comment_id` says what and to whom."""

    personal = ("to", "cc")
    forward_id: int
    comment_id: int
    to: list
    cc: list
    messages: int = 0

    def sentence(self) -> str:
        addresses = ", ".join(map(str, [*self.to, *self.cc]))
        return _("forwarded the ticket to %(addresses)s") % {"addresses": addresses}


@event("ticket.reply_scheduled")
class ReplyScheduled(TicketFact):
    """An agent chose to send a reply later."""

    scheduled_id: int
    due_at: datetime

    def sentence(self) -> str:
        return _("scheduled a reply")


@event("ticket.reply_cancelled")
class ReplyCancelled(TicketFact):
    """A scheduled reply was taken back before it left."""

    scheduled_id: int

    def sentence(self) -> str:
        return _("took a scheduled reply back")


@event("ticket.reply_refused")
class ReplyRefused(TicketFact):
    """A reply that was to leave later could not: the ticket was closed in between, for one. Its words are kept."""

    scheduled_id: int
    author_id: int
    reason: str

    def sentence(self) -> str:
        return _("could not send a scheduled reply: %(reason)s") % {"reason": self.reason}
