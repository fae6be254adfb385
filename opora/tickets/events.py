"""Facts about tickets."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.tickets.models.status import Category


class TicketFact(Fact):
    """The base of facts about one ticket."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("tickets:ticket", args=[subject_id])


@event("ticket.created")
class TicketCreated(TicketFact):
    """A ticket came to be: from a mail, a form, an agent, an import. Its first comment is recorded right after."""

    personal = ("subject",)
    subject: str
    channel: str
    requester_id: int
    brand_id: int
    group_id: int | None = None
    assignee_id: int | None = None
    status: str = "new"
    priority: str = ""
    type: str = ""
    follow_up_of: int | None = None
    split_from: int | None = None
    status_id: int | None = None
    form_id: int | None = None
    organization_id: int | None = None
    submitter_id: int | None = None
    locale: str = ""
    received_at: str = ""
    external_id: str = ""
    due_at: datetime | None = None
    requester_locale: str = ""
    requester_role: str = "customer"

    def sentence(self) -> str:
        if self.follow_up_of:
            return _("created this ticket as a follow-up of #%(id)s") % {"id": self.follow_up_of}
        if self.split_from:
            return _("split this ticket off #%(id)s") % {"id": self.split_from}
        return _("created this ticket")


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


class StatusMoved(TicketFact):
    """The base of all changes of status; carries where from and where to."""

    before: str
    after: str


@event("ticket.status_changed")
class TicketStatusChanged(StatusMoved):
    """The status moved between unsolved ones: new, open, pending, on hold."""

    before: str
    after: str
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("changed the status from %(before)s to %(after)s") % {
            "before": status_label(self.before, self.before_name),
            "after": status_label(self.after, self.after_name),
        }


@event("ticket.solved")
class TicketSolved(StatusMoved):
    """An unsolved ticket became solved: the clocks of its resolution stop."""

    before: str
    after: str = "solved"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None
    assignee_id: int | None = None

    def sentence(self) -> str:
        return _("solved the ticket")


@event("ticket.reopened")
class TicketReopened(StatusMoved):
    """A solved ticket became unsolved again, because the customer wrote or an agent changed their mind."""

    before: str = "solved"
    after: str = "open"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("reopened the ticket")


@event("ticket.closed")
class TicketClosed(StatusMoved):
    """A ticket was closed for good; what the customer writes now makes a follow-up."""

    before: str = "solved"
    after: str = "closed"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("closed the ticket")


@event("ticket.assigned")
class TicketAssigned(TicketFact):
    """Assignee or group changed, by hand or by a rule."""

    group_id: int | None = None
    group_name: str = ""
    assignee_id: int | None = None
    assignee_name: str = ""
    before_group_id: int | None = None
    before_assignee_id: int | None = None

    def sentence(self) -> str:
        if self.assignee_id != self.before_assignee_id:
            if self.assignee_id is None:
                return _("took the ticket off its assignee")
            return _("assigned the ticket to %(name)s") % {"name": self.assignee_name}
        return _("gave the ticket to the group %(name)s") % {"name": self.group_name or "–"}


@event("ticket.changed")
class TicketChanged(TicketFact):
    """One property changed: subject, priority, type, brand, form, tags, due date, requester or a custom field."""

    personal = ("before", "after", "before_label", "after_label")
    field: str
    title: str
    before: str | list | None = None
    after: str | list | None = None
    before_label: str = ""
    after_label: str = ""

    def sentence(self) -> str:
        values = {
            "field": _(self.title),
            "before": self.before_label or "–",
            "after": self.after_label or "–",
        }
        return _("changed %(field)s from %(before)s to %(after)s") % values


@event("ticket.collaborators_changed")
class CollaboratorsChanged(TicketFact):
    """People were put in copy or taken out, or began or ceased to follow."""

    personal = ("added", "removed")
    role: str
    added: list
    removed: list
    added_ids: tuple[int, ...] = ()
    removed_ids: tuple[int, ...] = ()

    def sentence(self) -> str:
        names = [f"+{name}" for name in self.added] + [f"−{name}" for name in self.removed]
        label = (
            _("changed who is in copy: %(names)s")
            if self.role == "cc"
            else _("changed the followers: %(names)s")
        )
        return label % {"names": ", ".join(names)}


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


@event("ticket.deleted")
class TicketDeleted(TicketFact):
    """A ticket was put into the bin; it can be restored."""

    def sentence(self) -> str:
        return _("deleted the ticket")


@event("ticket.marked_spam")
class TicketMarkedSpam(TicketFact):
    """A ticket was recognised as spam and its requester suspended."""

    def sentence(self) -> str:
        return _("marked the ticket as spam")


@event("ticket.restored")
class TicketRestored(TicketFact):
    """A deleted ticket or spam came back to the desk."""

    def sentence(self) -> str:
        return _("restored the ticket")


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


@event("ticket_field.saved")
class FieldSaved(ConfigurationFact):
    """A custom field was added or changed."""


@event("ticket_form.saved")
class FormSaved(ConfigurationFact):
    """A form was added or changed."""


@event("status.saved")
class StatusSaved(ConfigurationFact):
    """A custom status was added or changed."""


@event("view.saved")
class ViewSaved(ConfigurationFact):
    """A view was added or changed."""


@event("view.deleted")
class ViewDeleted(Fact):
    """A view was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the view “%(name)s”") % {"name": self.name}


@event("macro.saved")
class MacroSaved(ConfigurationFact):
    """A macro was added or changed."""


@event("tag.renamed")
class TagRenamed(Fact):
    """A tag got another name everywhere, or was joined with one of that name."""

    before: str
    after: str

    def sentence(self) -> str:
        return _("renamed the tag “%(before)s” to “%(after)s”") % {"before": self.before, "after": self.after}


def status_label(word: str, name: str) -> str:
    """Return a status as people read it: the desk's own name, else the category in the reader's language."""
    return name or str(Category[word.upper()].label)
