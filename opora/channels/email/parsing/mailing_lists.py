"""Who is behind a message that came through a list or a group address."""

from __future__ import annotations

import re

from .addresses import parse_address
from .headers import Headers
from .message import Address

_VIA = re.compile(r"^['\"]?(.+?)['\"]?\s+(?:via|через|über|par|durch|por)\s+\S.*$", re.IGNORECASE)
_ORIGINAL_SENDERS = ("x-original-from", "x-original-sender", "original-from", "x-google-original-from")


def read_list_id(headers: Headers) -> str:
    """The identifier of List-Id (RFC 2919) without brackets and description; empty for direct mail."""
    value = headers.text("list-id")
    inside = re.search(r"<([^<>]{1,255})>", value)
    return (inside.group(1) if inside else value).strip()


def read_author(headers: Headers, sender: Address) -> Address:
    """The person who wrote: From, unless a list put its own address there and kept the person elsewhere."""
    named_via = _VIA.match(sender.name)
    original = next(
        (found for name in _ORIGINAL_SENDERS if (found := parse_address(headers.raw(name))).email), None
    )
    is_list = bool(
        read_list_id(headers) or headers.has("list-post") or headers.has("x-google-group-id") or named_via
    )
    if original and "@" in original.email and original.email.lower() != sender.email.lower():
        name = original.name or (named_via.group(1) if named_via else "")
        return Address(name, original.email)
    reply_to = parse_address(headers.raw("reply-to"))
    if is_list and named_via and "@" in reply_to.email and not _is_list_address(headers, reply_to.email):
        return Address(reply_to.name or named_via.group(1), reply_to.email)
    return sender


def _is_list_address(headers: Headers, email: str) -> bool:
    return (
        email.lower() in headers.text("list-post").lower()
        or email.lower() == parse_address(headers.raw("to")).email.lower()
    )
