"""The marks our mails carry, so that an answer finds its ticket: signed, so that nobody can make one up.

A reply address is `support+id123.mac@brand`; one made for a colleague is `support+id123.p45.mac@brand` and lets
that colleague answer by mail; `support+id123.f7.mac@brand` leads to the talk that began with forward number 7.
A Message-ID is `opora.<ticket>.<comment>.<person>.<random>.mac@brand`.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

_TAG = re.compile(r"id(\d{1,18})(?:\.p(\d{1,18}))?(?:\.f(\d{1,18}))?\.([a-z2-7]{16})")
_MESSAGE_ID = re.compile(r"opora\.(\d{1,18})\.(\d{1,18})\.(\d{1,18})\.([0-9a-f]{8})\.([a-z2-7]{16})@.+")


@dataclass(frozen=True)
class Mark:
    """What a mark says: the ticket, the comment, the colleague and the forward it was made for (None when none).

    `is_genuine` is False when the signature is not ours.
    """

    ticket_id: int
    person_id: int | None
    comment_id: int | None
    is_genuine: bool
    forward_id: int | None = None


def split_plus(address: str) -> tuple[str, str]:
    """Return ("support@brand", "tag") of "support+tag@brand"; the tag is "" when there is none."""
    local, at, domain = address.rpartition("@")
    name, _, tag = local.partition("+")
    return f"{name}{at}{domain}", tag


def reply_address(
    address: str, *, ticket_id: int, person_id: int | None = None, forward_id: int | None = None
) -> str:
    """Return `address` with the mark of a ticket, and of a colleague or a forward if given."""
    local, _, domain = address.rpartition("@")
    name = _name(ticket_id, person_id, forward_id)
    return f"{local}+{name}.{_mac('address', name)}@{domain}"


def read_reply_address(address: str) -> Mark | None:
    """Return the mark in an address, None when it has none."""
    found = _TAG.fullmatch(split_plus(address.lower())[1])
    if found is None:
        return None
    ticket, person, forward = (int(number) if number else None for number in found.groups()[:3])
    genuine = hmac.compare_digest(found.group(4), _mac("address", _name(ticket, person, forward)))
    return Mark(int(found.group(1)), person, None, genuine, forward)


def _name(ticket_id: int | None, person_id: int | None, forward_id: int | None) -> str:
    return (
        f"id{ticket_id}" + (f".p{person_id}" if person_id else "") + (f".f{forward_id}" if forward_id else "")
    )


def new_message_id(
    domain: str, *, ticket_id: int, comment_id: int | None, person_id: int | None = None
) -> str:
    """Return a fresh Message-ID (without brackets) that names ticket, comment and colleague."""
    name = f"{ticket_id}.{comment_id or 0}.{person_id or 0}.{secrets.token_hex(4)}"
    return f"opora.{name}.{_mac('message', name)}@{domain}"


def read_message_id(message_id: str) -> Mark | None:
    """Return the mark in a Message-ID, None when it is not one of Opora's."""
    found = _MESSAGE_ID.fullmatch(message_id.strip("<> "))
    if found is None:
        return None
    ticket, comment, person, random, mac = found.groups()
    genuine = hmac.compare_digest(mac, _mac("message", f"{ticket}.{comment}.{person}.{random}"))
    return Mark(int(ticket), int(person) or None, int(comment) or None, genuine)


def desk_mark() -> str:
    """Return the value of `X-Opora-Desk`: the same for all mails of this desk, meaningless elsewhere."""
    return _mac("desk", "desk")


def _mac(purpose: str, value: str) -> str:
    digest = salted_hmac(f"opora.email.{purpose}", value, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
