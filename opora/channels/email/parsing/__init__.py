"""Reads e-mail: from raw bytes to one frozen InboundMessage. No Django, no network, no disk."""

from .message import Address, Attachment, Bounce, CalendarInvite, Forward, InboundMessage
from .read import read_message

__all__ = ["Address", "Attachment", "Bounce", "CalendarInvite", "Forward", "InboundMessage", "read_message"]
