"""Mailboxes, mails and a way to bring them in."""

import itertools
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid
from types import SimpleNamespace
from typing import Any

import pytest

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.actions.receive_mail import deliver_mail, receive_mail
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import InboundMail, Mailbox, OutboundMail
from opora.channels.email.outgoing import transport
from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.people.actions.save_brand import save_brand
from opora.people.queries import default_brand

_count = itertools.count(1)


def write_mail(text: str = "Where is my order?", **headers: Any) -> bytes:
    """Return a plain mail of the customer to support@acme.test; `headers` replace or add, "" removes."""
    html, files = headers.pop("html", None), headers.pop("files", [])
    message = EmailMessage()
    defaults = {
        "from_": "Kateryna Customer <kateryna@example.com>",
        "to": "support@acme.test",
        "subject": "Where is my order?",
        "message_id": make_msgid(f"n{next(_count)}", "example.com"),
        "date": "Sat, 21 Nov 2026 10:00:00 +0200",
    }
    for name, value in {**defaults, **headers}.items():
        if value:
            message[name.rstrip("_").replace("_", "-").title().replace("Id", "ID")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content, content_type in files:
        main, sub = content_type.split("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


@pytest.fixture
def mailbox(cast: SimpleNamespace) -> Mailbox:
    """The mailbox support@acme.test of the first brand; replies go out to a sink (see `sent`)."""
    return save_mailbox(
        by=SYSTEM, brand=default_brand(), address="support@acme.test", incoming=Mailbox.Incoming.SMTP,
        outgoing=Mailbox.Outgoing.SMTP, smtp_host="sink.test",
    )  # fmt: skip


@pytest.fixture
def other_mailbox(mailbox: Mailbox) -> Mailbox:
    """The mailbox help@beta.test of another brand."""
    beta = save_brand(by=SYSTEM, name="Beta")
    return save_mailbox(
        by=SYSTEM, brand=beta, address="help@beta.test", incoming=Mailbox.Incoming.SMTP,
        outgoing=Mailbox.Outgoing.SMTP, smtp_host="sink.test",
    )  # fmt: skip


@pytest.fixture
def bring_in(mailbox: Mailbox) -> Callable[..., InboundMail]:
    """Return a function that receives and processes a mail, and returns its row."""

    def bring(raw: bytes | str = "Where is my order?", *, to: str = "", **headers: Any) -> InboundMail:
        content = raw if isinstance(raw, bytes) else write_mail(raw, **({"to": to} if to else {}), **headers)
        if to and isinstance(raw, bytes):
            return process_mail(deliver_mail(content, recipients=[to])[0])
        return process_mail(receive_mail(content, mailbox=mailbox, recipient=to or "support@acme.test"))

    return bring


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], bytes]]:
    """What was handed to SMTP servers: (recipients, message); nothing leaves the machine."""
    handed: list[tuple[list[str], bytes]] = []

    def hand_over(mailbox: Mailbox, message: bytes, recipients: list[str]) -> dict[str, tuple[int, bytes]]:
        handed.append((list(recipients), message))
        return {}

    monkeypatch.setattr("opora.channels.email.actions.send_mail.transmit", hand_over)
    assert transport.transmit is not hand_over
    return handed


@pytest.fixture
def react() -> Callable[[], None]:
    """Return a function that does what the worker would: runs reactions, then sends what is queued."""
    from opora.channels.email.actions.send_mail import send_due_mail

    def run() -> None:
        while run_overdue_deliveries() or send_due_mail():
            pass
        assert not OutboundMail.objects.filter(state="sending").exists()

    return run
