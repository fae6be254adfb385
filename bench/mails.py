"""Mail coming in: from raw bytes to a committed ticket."""

import time
from collections.abc import Callable
from email.message import EmailMessage

from bench.words import Writer
from opora.channels.email.actions.process_mail import process_waiting_mail
from opora.channels.email.actions.receive_mail import receive_mail
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.channels.email.models import Mailbox
from opora.events.actor import SYSTEM
from opora.people.queries import default_brand


def take_mails_in(count: int) -> dict[str, dict[str, float]]:
    """Take in `count` mails of customers; returns for each half of the way how many a second, and milliseconds of
    processor time for each.

    Received: bytes and row are safe on the disk, so the sender may be told. Processed: parsed, and ticket, comment, log,
    clocks and index committed. Each opens a ticket; half have HTML beside the text; one of ten carries a file of 60 kB.
    """
    mailbox = Mailbox.objects.first() or save_mailbox(
        by=SYSTEM, brand=default_brand(), address="support@bench.test", incoming="smtp"
    )
    mails = [_mail(number) for number in range(count)]
    return {
        "mail received": _paced(lambda: [receive_mail(mail, mailbox=mailbox) for mail in mails], count),
        "mail, parse to committed ticket": _paced(_process_all, count),
    }


def _process_all() -> None:
    while process_waiting_mail():
        pass


def _paced(work: Callable[[], object], count: int) -> dict[str, float]:
    began, used = time.perf_counter(), time.process_time()
    work()
    seconds, used = time.perf_counter() - began, time.process_time() - used
    return {"a second": round(count / seconds, 1), "cpu": round(used * 1000 / count, 1)}


def _mail(number: int) -> bytes:
    stamp = time.time_ns()
    writer = Writer(stamp % 1_000_000 + number)
    language = writer.language()
    mail = EmailMessage()
    mail["From"] = f"{writer.name()} <mail{number % 150}@example{number % 40}.com>"
    mail["To"], mail["Subject"] = "support@bench.test", writer.subject(language)
    mail["Message-ID"] = f"<{stamp}.{number}@example.com>"
    text = "\n\n".join(writer.letter(language) for _ in range(3))
    mail.set_content(text)
    if number % 2:
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
        mail.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html")
    if number % 10 == 0:
        mail.add_attachment(bytes(60_000), maintype="image", subtype="png", filename="photo.png")
    return mail.as_bytes()
