"""Recognises reports that our own mail did not arrive, in the standard form and in some sixty others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from .addresses import find_address, parse_addresses
from .delivery_status import read_amazon_notice, read_delivery_status, status_in
from .headers import Headers
from .message import Address, Bounce
from .params import parse_params
from .patterns import fold, has_any, load
from .structure import Leaf, read_tree

_EXAMINED = 20_000
_MESSAGE_ID = re.compile(r"^[ \t>]{0,4}Message-ID:\s*<([^<>\s]{1,500})>", re.IGNORECASE | re.MULTILINE)
_LEADING_ADDRESS = re.compile(
    r"^[ \t]*(?:[->*•\[]{1,3}[ \t]*)?(?:(?:recipient(?: address)?|address|rcpt|to|for|user|user unknown|unknown user|"
    r"original recipient|final recipient|mail to|status: error, address)\s*[:=]\s*)?"
    r"<?([^\s<>\"(),;:\[\]]{1,100}@[^\s<>\"(),;:\[\]]{1,200})>?",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_RECIPIENTS = 50
_STATUS_KINDS = ("message/delivery-status", "message/global-delivery-status")


@dataclass(frozen=True, slots=True)
class Report:
    """What kind of machine report a message is; all False for ordinary mail."""

    is_bounce: bool = False
    is_delivery_report: bool = False
    is_feedback_report: bool = False
    bounces: tuple[Bounce, ...] = ()


def read_report(headers: Headers, leaves: list[Leaf], text: str, sender: Address) -> Report:
    """Reads delivery and abuse reports. A delay notice is a bounce whose action is "delayed"; success is none."""
    _, params = parse_params(headers.raw("content-type"))
    if _is_feedback(leaves, params):
        return Report(is_feedback_report=True)
    original_id = _original_message_id(leaves, text)
    statuses = [leaf for leaf in _with_inner_report(leaves, sender) if leaf.kind in _STATUS_KINDS]
    if statuses:
        found = [one for leaf in statuses for one in read_delivery_status(leaf.text(), original_id)]
        return Report(_is_failure(found), is_delivery_report=True, bounces=tuple(found[:_MOST_RECIPIENTS]))
    found = read_amazon_notice(text)
    if found:
        return Report(is_bounce=True, bounces=tuple(found))
    body = text or _report_text(leaves)
    evidence = _Evidence(headers, sender, body, leaves)
    if not evidence.is_enough(is_report=params.get("report-type", "").lower() == "delivery-status"):
        return Report()
    found = read_delivery_status(body, original_id) or _told_in_words(headers, body, original_id)
    return Report(_is_failure(found), bounces=tuple(found[:_MOST_RECIPIENTS]))


def _with_inner_report(leaves: list[Leaf], sender: Address) -> list[Leaf]:
    """The leaves, and those of a report that a gateway's own report merely encloses."""
    inner = [
        leaf
        for leaf in leaves
        if leaf.message is not None and b"report-type=delivery-status" in leaf.content[:5_000]
    ]
    if not inner or not _is_daemon(sender):
        return leaves
    return leaves + read_tree(inner[0].content).leaves


class _Evidence:
    """What speaks for a bounce that is not in the standard form."""

    def __init__(self, headers: Headers, sender: Address, text: str, leaves: list[Leaf]) -> None:
        subject = fold(headers.text("subject"))
        self.names_recipients = headers.has("x-failed-recipients")
        self.daemon = _is_daemon(sender)
        self.null_sender = headers.has("return-path") and headers.text("return-path") in ("", "<>")
        self.subject = subject.startswith(_texts("subjects", "begins")) or _any(
            "subjects", "contains", subject
        )
        self.phrase = self.original = self.enclosed = False
        if self.subject or self.null_sender or self.daemon:
            before = _before_original(text)
            self.phrase = _any("phrases", "texts", fold(before[:_EXAMINED]))
            self.enclosed = any(leaf.kind in ("message/rfc822", "text/rfc822-headers") for leaf in leaves)
            self.original = self.enclosed or len(before) < len(text)
        self.answers = headers.has("in-reply-to") and not self.daemon

    def is_enough(self, *, is_report: bool) -> bool:
        """A machine's envelope and signs in the words; or every sign in the words and no thread it answers.

        A sentence alone is not enough: notices such as "your mailbox is full" come from postmasters, too.
        """
        machine = self.daemon or self.null_sender
        if self.names_recipients or (is_report and (machine or self.phrase)):
            return True
        if machine and self.subject and (self.phrase or self.original or (self.daemon and self.null_sender)):
            return True
        if self.null_sender and self.enclosed and self.phrase:
            return True
        return self.subject and self.phrase and not self.answers


def _is_feedback(leaves: list[Leaf], params: dict[str, str]) -> bool:
    """Abuse reports: RFC 5965, and Hotmail's older form that only marks the enclosed message."""
    if params.get("report-type", "").lower() == "feedback-report":
        return True
    if any(leaf.kind == "message/feedback-report" for leaf in leaves):
        return True
    enclosed = [leaf.content[:2_000].lower() for leaf in leaves if leaf.kind == "message/rfc822"]
    return any(b"x-hmxmroriginalrecipient:" in content for content in enclosed)


def _is_failure(found: list[Bounce]) -> bool:
    succeeded = load("bounces")["delivered"]["actions"]
    return not found or any(one.action not in succeeded for one in found)


def _is_daemon(sender: Address) -> bool:
    words = load("bounces")["senders"]
    local = sender.email.partition("@")[0].lower()
    return local in words["local_parts"] or any(name in fold(sender.name) for name in words["names"])


def _told_in_words(headers: Headers, text: str, original_id: str) -> list[Bounce]:
    """The recipients a report names in prose, the first line-leading addresses before the returned message."""
    told = _before_original(text)[:_EXAMINED]
    named = [one.email for value in headers.texts("x-failed-recipients") for one in parse_addresses(value)]
    ours = {one.email.lower() for name in ("from", "to") for one in headers.addresses(name)}
    recipients = named or [
        one for one in _LEADING_ADDRESS.findall(told) if one.lower().strip(".:") not in ours
    ]
    recipients = recipients or [one for one in [find_address(told), _original_recipient(text)] if one][:1]
    subject = fold(headers.text("subject"))
    action = "delayed" if _any("delayed", "texts", fold(told) + " " + subject) else "failed"
    status = status_in(told) or ("4.0.0" if action == "delayed" else "5.0.0")
    unique = list(dict.fromkeys(one.strip(".:") for one in recipients))
    return [Bounce(one, status, action, original_id, " ".join(told.split())[:500]) for one in unique]


def _before_original(text: str) -> str:
    """The report's own words: the text before the message it returns."""
    position = 0
    for raw in text[: 2 * _EXAMINED].split("\n"):
        folded = fold(raw)
        if position and len(folded) < 120 and _any("original", "texts", folded) and _is_heading(raw):
            return text[:position]
        if position and raw.lower().startswith(("received: from", "return-path:", "received:from")):
            return text[:position]
        position += len(raw) + 1
    return text


def _is_heading(raw: str) -> bool:
    stripped = raw.strip()
    return (
        stripped.startswith(("-", "=", "*", "_")) or stripped.endswith((":", ".", "-")) or len(stripped) < 40
    )


def _original_recipient(text: str) -> str:
    found = re.search(
        r"^[ \t>]{0,4}To:[ \t]*(.{1,300})$", text[_EXAMINED // 100 :], re.MULTILINE | re.IGNORECASE
    )
    return find_address(found.group(1)) if found else ""


def _original_message_id(leaves: list[Leaf], text: str) -> str:
    for leaf in leaves:
        if leaf.kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"):
            found = _MESSAGE_ID.search(leaf.content[:_EXAMINED].decode("latin-1"))
            if found:
                return found.group(1)
    found = _MESSAGE_ID.search(text[:_EXAMINED])
    return found.group(1) if found else ""


def _report_text(leaves: list[Leaf]) -> str:
    return next((leaf.text() for leaf in leaves if leaf.kind.startswith("text/")), "")


def _any(section: str, key: str, folded: str) -> bool:
    return has_any(folded, _texts(section, key))


@cache
def _texts(section: str, key: str) -> tuple[str, ...]:
    return tuple(fold(text) for text in load("bounces")[section][key])
