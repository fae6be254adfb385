"""Facts about tickets, one file for each part of a ticket's life."""

from opora.tickets.events.base import (
    TicketFact,
    status_label,
)
from opora.tickets.events.configuration import (
    DynamicContentRemoved,
    DynamicContentSaved,
    FieldSaved,
    FormSaved,
    MacroSaved,
    StatusSaved,
    TagRenamed,
    ViewDeleted,
    ViewSaved,
)
from opora.tickets.events.life import (
    StatusMoved,
    TicketClosed,
    TicketCreated,
    TicketDeleted,
    TicketMarkedSpam,
    TicketReopened,
    TicketRestored,
    TicketSolved,
    TicketStatusChanged,
)
from opora.tickets.events.links import (
    CommentSplit,
    TicketLinked,
    TicketMerged,
    TicketMergeReceived,
    TicketUnlinked,
    TicketUnmerged,
)
from opora.tickets.events.properties import (
    CollaboratorsChanged,
    TicketAssigned,
    TicketChanged,
)
from opora.tickets.events.ratings import (
    TicketRated,
)
from opora.tickets.events.removals import (
    CommentMadePrivate,
    FieldRemoved,
    FormRemoved,
    MacroRemoved,
    TicketErased,
)
from opora.tickets.events.words import (
    CommentRedacted,
    ReplyCancelled,
    ReplyRefused,
    ReplyScheduled,
    TicketCommented,
    TicketForwarded,
)

__all__ = [
    "CollaboratorsChanged",
    "CommentMadePrivate",
    "CommentRedacted",
    "CommentSplit",
    "DynamicContentRemoved",
    "DynamicContentSaved",
    "FieldRemoved",
    "FieldSaved",
    "FormRemoved",
    "FormSaved",
    "MacroRemoved",
    "MacroSaved",
    "ReplyCancelled",
    "ReplyRefused",
    "ReplyScheduled",
    "StatusMoved",
    "StatusSaved",
    "TagRenamed",
    "TicketAssigned",
    "TicketChanged",
    "TicketClosed",
    "TicketCommented",
    "TicketCreated",
    "TicketDeleted",
    "TicketErased",
    "TicketFact",
    "TicketForwarded",
    "TicketLinked",
    "TicketMarkedSpam",
    "TicketMergeReceived",
    "TicketMerged",
    "TicketRated",
    "TicketReopened",
    "TicketRestored",
    "TicketSolved",
    "TicketStatusChanged",
    "TicketUnlinked",
    "TicketUnmerged",
    "ViewDeleted",
    "ViewSaved",
    "status_label",
]
