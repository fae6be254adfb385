"""Django's way to send mail (password resets, security notes of allauth), through the desk's own mailbox."""

from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from opora.notifications.house_mail import post


class MailboxBackend(BaseEmailBackend):
    """Hands messages to the worker, which sends them through the default mailbox; without one they are logged."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with_recipients = [message for message in email_messages if message.recipients()]
        for message in with_recipients:
            post(message)
        return len(with_recipients)
