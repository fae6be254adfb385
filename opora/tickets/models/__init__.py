from opora.tickets.models.attachment import Attachment
from opora.tickets.models.collaboration import Collaboration
from opora.tickets.models.comment import Comment
from opora.tickets.models.draft import Draft
from opora.tickets.models.dynamic_content import DynamicItem, DynamicVariant
from opora.tickets.models.field import FieldValue, TicketField
from opora.tickets.models.form import FormField, TicketForm
from opora.tickets.models.forward import Forward
from opora.tickets.models.link import TicketLink
from opora.tickets.models.macro import Macro
from opora.tickets.models.metric import TicketMetric
from opora.tickets.models.presence import Presence, ReadMark
from opora.tickets.models.rating import SatisfactionRating
from opora.tickets.models.scheduled import ScheduledReply
from opora.tickets.models.status import Category, Status
from opora.tickets.models.tag import Tag, TicketTag
from opora.tickets.models.ticket import Priority, Ticket, TicketType
from opora.tickets.models.view import View

__all__ = [
    "Attachment",
    "Category",
    "Collaboration",
    "Comment",
    "Draft",
    "DynamicItem",
    "DynamicVariant",
    "FieldValue",
    "FormField",
    "Forward",
    "Macro",
    "Presence",
    "Priority",
    "ReadMark",
    "SatisfactionRating",
    "ScheduledReply",
    "Status",
    "Tag",
    "Ticket",
    "TicketField",
    "TicketForm",
    "TicketLink",
    "TicketMetric",
    "TicketTag",
    "TicketType",
    "View",
]
