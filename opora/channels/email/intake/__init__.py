"""Where mail comes from: IMAP folders that are watched, and the LMTP and SMTP doors."""

from opora.channels.email.intake.watching import watch_mailboxes

__all__ = ["watch_mailboxes"]
