from opora.channels.email.models.inbound import InboundMail
from opora.channels.email.models.mailbox import Mailbox
from opora.channels.email.models.outbound import OutboundMail
from opora.channels.email.models.suspended import SuspendedMail

__all__ = ["InboundMail", "Mailbox", "OutboundMail", "SuspendedMail"]
