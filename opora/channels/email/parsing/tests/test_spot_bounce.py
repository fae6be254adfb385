"""Reports that our mail did not arrive, in the standard form and in others."""

from __future__ import annotations

import json

import pytest

from opora.channels.email.parsing import read_message

from .samples import mail, multipart

STATUS = (
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.desk.example\n\n"
    "Final-Recipient: rfc822; <{recipient}>\nAction: {action}\nStatus: {status}\n"
    "Diagnostic-Code: smtp; 550 no such user\n"
)
ORIGINAL = "Content-Type: message/rfc822\n\nFrom: help@desk.example\nMessage-ID: <out7@desk.example>\nSubject: Hi\n\nHello"


def _report(*statuses: str) -> bytes:
    return multipart(
        "Content-Type: text/plain\n\nSorry.",
        *statuses,
        ORIGINAL,
        kind="multipart/report; report-type=delivery-status",
    )


def test_a_standard_report_names_recipient_status_and_our_message() -> None:
    message = read_message(
        _report(STATUS.format(recipient="ann@shop.example", action="failed", status="5.1.1"))
    )
    assert message.is_bounce
    assert message.is_delivery_report
    assert message.bounce is not None
    assert message.bounce.recipient == "ann@shop.example"
    assert (message.bounce.status, message.bounce.action) == ("5.1.1", "failed")
    assert message.bounce.original_message_id == "out7@desk.example"
    assert message.bounce.diagnostic == "550 no such user"


def test_every_recipient_of_a_report_is_named() -> None:
    second = "\nFinal-Recipient: rfc822; bob@shop.example\nAction: failed\nStatus: 5.2.2\n"
    message = read_message(
        _report(STATUS.format(recipient="ann@shop.example", action="failed", status="5.1.1") + second)
    )
    assert [one.recipient for one in message.bounces] == ["ann@shop.example", "bob@shop.example"]


def test_a_delay_is_a_bounce_that_says_so_and_a_success_is_none() -> None:
    delayed = read_message(
        _report(STATUS.format(recipient="ann@shop.example", action="delayed", status="4.4.1"))
    )
    delivered = read_message(
        _report(STATUS.format(recipient="ann@shop.example", action="delivered", status="2.0.0"))
    )
    assert delayed.is_bounce
    assert delayed.bounce is not None
    assert delayed.bounce.action == "delayed"
    assert (delivered.is_bounce, delivered.is_delivery_report) == (False, True)


@pytest.mark.parametrize(
    ("sender", "subject", "body", "status"),
    [
        ("MAILER-DAEMON@mx.example", "failure notice", "Hi. This is the mail program.\nI wasn't able to deliver your message to the following addresses.\n\n<ann@shop.example>:\nno mailbox here (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nFrom: help@desk.example\n", "5.1.1"),
        ("Mail Delivery System <mailer-daemon@mx.example>", "Mail delivery failed: returning message to sender", "A message that you sent could not be delivered to one or more of its recipients.\n\n  ann@shop.example\n    550 unknown user\n\n------ This is a copy of the message ------\n\nMessage-ID: <out7@desk.example>\n", "5.0.0"),
        ("postmaster@mx.example", "Undeliverable Mail", "Unknown user: ann@shop.example\n\nOriginal message follows.\n\nFrom: help@desk.example\n", "5.0.0"),
        ("mailer-daemon@mx.example", "Недоставленное сообщение", "Письмо не может быть доставлено.\n\n<ann@shop.example>: 550 5.7.1 отказ\n", "5.7.1"),
    ],
)  # fmt: skip
def test_reports_in_prose_are_understood(sender: str, subject: str, body: str, status: str) -> None:
    raw = f"From: {sender}\nTo: help@desk.example\nReturn-Path: <>\nSubject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    message = read_message(raw.encode())
    assert message.is_bounce
    assert message.bounce is not None
    assert (message.bounce.recipient, message.bounce.status) == ("ann@shop.example", status)


def test_the_json_notice_of_amazon_is_understood() -> None:
    bounce = {
        "bounceType": "Permanent",
        "bouncedRecipients": [{"emailAddress": "ann@shop.example", "status": "5.1.1", "action": "failed"}],
    }
    notice = json.dumps(
        {"Type": "Notification", "Message": json.dumps({"notificationType": "Bounce", "bounce": bounce})}
    )
    message = read_message(mail(notice, subject="AWS Notification Message"))
    assert message.is_bounce
    assert message.bounce is not None
    assert message.bounce.recipient == "ann@shop.example"


def test_an_abuse_report_is_neither_bounce_nor_answer() -> None:
    part = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: x\nVersion: 1\n"
    message = read_message(
        multipart(
            "Content-Type: text/plain\n\nAbuse", part, kind="multipart/report; report-type=feedback-report"
        )
    )
    assert (message.is_feedback_report, message.is_bounce) == (True, False)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Re: Undelivered Mail Returned to Sender", "Why did my mail fail?\n\n> could not be delivered\n"),
        ("My parcel was not delivered", "The parcel could not be delivered to my address."),
        ("Delivery problem", "Hello, where is my order?"),
        ("Your mailbox is almost full", "Mailbox full soon."),
    ],
)
def test_a_customer_who_writes_about_delivery_is_no_bounce(subject: str, body: str) -> None:
    assert not read_message(mail(body, subject=subject, headers="In-Reply-To: <x@desk.example>\n")).is_bounce
