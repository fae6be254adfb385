"""Machine-readable delivery reports: RFC 3464 fields, and the JSON of Amazon's notifications."""

from __future__ import annotations

import json
import re
from typing import Any

from .addresses import find_address
from .message import Bounce
from .words import decode_header

_FIELD = re.compile(r"^([A-Za-z-]{3,40})[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?![\d.])")
_RECIPIENT_FIELDS = ("final-recipient", "original-recipient", "x-actual-recipient", "recipient-address")
_LARGEST = 200_000


def read_delivery_status(report: str, original_message_id: str) -> list[Bounce]:
    """One entry a recipient block of a message/delivery-status part, or of a text that quotes such fields."""
    blocks = re.split(r"\n[ \t]*\n", report[:_LARGEST].replace("\r\n", "\n").replace("\r", "\n"))
    found = [_recipient(_fields(block), original_message_id) for block in blocks]
    return [bounce for bounce in found if bounce is not None]


def read_amazon_notice(text: str) -> list[Bounce]:
    """The recipients of an Amazon SES bounce notification, sent as JSON; empty for anything else."""
    start = text.find("{")
    if start < 0 or ("otificationType" not in text and "eventType" not in text):
        return []
    notice = _json(text[start:])
    if isinstance(notice.get("Message"), str):
        notice = _json(notice["Message"])
    bounce, mail = notice.get("bounce"), notice.get("mail")
    if not isinstance(bounce, dict):
        return []
    message_id = str(mail.get("messageId", "")) if isinstance(mail, dict) else ""
    recipients = bounce.get("bouncedRecipients")
    return [
        Bounce(
            recipient=str(one.get("emailAddress", "")),
            status=str(one.get("status", ""))
            or ("4.0.0" if bounce.get("bounceType") == "Transient" else "5.0.0"),
            action=str(one.get("action", "failed")),
            original_message_id=message_id,
            diagnostic=str(one.get("diagnosticCode", "")),
        )
        for one in (recipients if isinstance(recipients, list) else [])
        if isinstance(one, dict)
    ]


def status_in(text: str) -> str:
    """The first enhanced status code in free text, or the class of the first SMTP reply code; may be empty."""
    enhanced = _STATUS.search(text)
    if enhanced:
        return enhanced.group(1)
    code = _REPLY_CODE.search(text)
    return f"{code.group(1)}.0.0" if code else ""


def _fields(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(block):
        found.setdefault(name.lower(), " ".join(value.split()))
    return found


def _recipient(fields: dict[str, str], original_message_id: str) -> Bounce | None:
    if not any(name in fields for name in _RECIPIENT_FIELDS[:3]) or not (
        "action" in fields or "status" in fields
    ):
        return None
    diagnostic = decode_header(fields.get("diagnostic-code", ""))
    stated = _STATUS.search(fields.get("status", ""))
    return Bounce(
        recipient=_address(fields),
        status=stated.group(1) if stated else status_in(diagnostic),
        action=re.split(r"[\s;(]", fields.get("action", "failed").lower().strip())[0],
        original_message_id=original_message_id,
        diagnostic=re.sub(r"^\s*(?:smtp|x-[\w-]+)\s*;\s*", "", diagnostic, flags=re.IGNORECASE)[:1_000],
    )


def _address(fields: dict[str, str]) -> str:
    for name in _RECIPIENT_FIELDS:
        found = find_address(decode_header(fields.get(name, "").rpartition(";")[2]))
        if found:
            return found
    return fields.get("final-recipient", "").rpartition(";")[2].strip().strip("<>")


def _json(text: str) -> dict[str, Any]:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
