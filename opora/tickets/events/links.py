"""Facts about tickets and other tickets."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.events.fact import event
from opora.tickets.events.base import TicketFact


@event("ticket.merged")
class TicketMerged(TicketFact):
    """This ticket was merged into another; its conversation is shown there from now on."""

    into_id: int
    status_before: int
    cc_added: list

    def sentence(self) -> str:
        return _("merged this ticket into #%(id)s") % {"id": self.into_id}


@event("ticket.merge_received")
class TicketMergeReceived(TicketFact):
    """Other tickets were merged into this one. `waiting_since`: how long their customers wait for a reply already."""

    source_ids: list
    waiting_since: datetime | None = None

    def sentence(self) -> str:
        ids = ", ".join(f"#{number}" for number in self.source_ids)
        return ngettext(
            "merged %(ids)s into this ticket", "merged %(ids)s into this ticket", len(self.source_ids)
        ) % {"ids": ids}


@event("ticket.unmerged")
class TicketUnmerged(TicketFact):
    """A merge was undone: the ticket stands by itself again."""

    from_id: int

    def sentence(self) -> str:
        return _("took this ticket out of #%(id)s again") % {"id": self.from_id}


@event("ticket.comment_split")
class CommentSplit(TicketFact):
    """A comment of this ticket became the beginning of a new one."""

    comment_id: int
    new_ticket_id: int

    def sentence(self) -> str:
        return _("split a comment into #%(id)s") % {"id": self.new_ticket_id}


@event("ticket.linked")
class TicketLinked(TicketFact):
    """This ticket was linked with another: related, child, or incident of a problem."""

    other_id: int
    how: str

    def sentence(self) -> str:
        sentences = {
            "related": _("linked #%(id)s as related"),
            "child": _("made #%(id)s a child of this ticket"),
            "parent": _("made this ticket a child of #%(id)s"),
            "incident": _("added the incident #%(id)s"),
            "problem": _("linked this ticket to the problem #%(id)s"),
        }
        return sentences[self.how] % {"id": self.other_id}


@event("ticket.unlinked")
class TicketUnlinked(TicketFact):
    """A link with another ticket was removed."""

    other_id: int

    def sentence(self) -> str:
        return _("removed the link with #%(id)s") % {"id": self.other_id}
