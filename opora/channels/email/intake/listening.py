"""The LMTP and SMTP doors: a mail server hands messages over, and is told 250 only when they are safe."""

import asyncio
import logging
import os

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections, connection

from opora.channels.email.actions.receive_mail import deliver_mail
from opora.channels.email.addresses import our_addresses
from opora.channels.email.intake.nudge import mail_arrived
from opora.channels.email.marks import split_plus

log = logging.getLogger("opora.mail")

LARGEST_MESSAGE = 100 * 1024 * 1024
LATER = "451 4.3.0 It could not be kept, try again later"
DOORS = {"OPORA_SMTP_LISTEN": SMTP, "OPORA_LMTP_LISTEN": LMTP}


class Door(Controller):
    """One listening address; speaks SMTP or LMTP."""

    def __init__(self, protocol: type[SMTP], *, host: str, port: int) -> None:
        self.protocol = protocol
        super().__init__(Intake(is_lmtp=protocol is LMTP), hostname=host, port=port)

    def factory(self) -> SMTP:
        return self.protocol(
            self.handler, data_size_limit=LARGEST_MESSAGE, enable_SMTPUTF8=True, ident="Opora"
        )


class Intake:
    """Takes mail for our own addresses, and nothing else: this is no relay."""

    def __init__(self, *, is_lmtp: bool) -> None:
        self.is_lmtp = is_lmtp

    async def handle_RCPT(  # noqa: N802 - the library's name and arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not await asyncio.to_thread(_is_ours, address):
            return f"550 5.1.1 There is no mailbox {split_plus(address)[0]} here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong here is for now: a lasting refusal would make the sender give the mail up."""
        log.error("The door stumbled over a message.", exc_info=error)
        return LATER

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        try:
            await asyncio.to_thread(_keep, envelope)
            answer = "250 2.0.0 Kept"
        except Exception:
            log.exception("A message could not be kept; the sending server will try again.")
            answer = LATER
        return "\r\n".join([answer] * len(envelope.rcpt_tos)) if self.is_lmtp else answer


def open_doors() -> list[Door]:
    """Start listening where `OPORA_SMTP_LISTEN` and `OPORA_LMTP_LISTEN` (host:port) say; returns what was opened."""
    doors = []
    for name, protocol in DOORS.items():
        host, _, port = os.environ.get(name, "").rpartition(":")
        if port:
            door = Door(protocol, host=host.strip("[]") or "127.0.0.1", port=int(port))
            door.start()
            doors.append(door)
    return doors


def _is_ours(address: str) -> bool:
    try:
        return address in our_addresses()
    finally:
        close_old_connections()


def _keep(envelope: Envelope) -> None:
    """Keep the message so that even a power cut does not lose it: the sender will not send it again."""
    content = envelope.original_content or b""
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous = FULL")
        deliver_mail(content, recipients=envelope.rcpt_tos)
    finally:
        close_old_connections()
    mail_arrived.set()
