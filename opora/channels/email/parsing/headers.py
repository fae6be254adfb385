"""The header of a message, read once: ids, people, dates, decoded values."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from .addresses import parse_addresses
from .message import Address
from .words import decode_header

_ID = re.compile(r"<([^<>]{1,900})>")
_MOST_HEADERS = 20_000
_MOST_REFERENCES = 200


class Headers:
    """Case-blind view of a header. Values are decoded when asked for."""

    def __init__(self, part: Message) -> None:
        self._pairs = list(part.raw_items())[:_MOST_HEADERS]
        self._by_name: dict[str, list[str]] = {}
        for name, value in self._pairs:
            self._by_name.setdefault(str(name).lower(), []).append(str(value))

    def raw(self, name: str) -> str:
        """The first value as it stands, or an empty string."""
        return self._by_name.get(name, [""])[0]

    def text(self, name: str) -> str:
        return decode_header(self.raw(name))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(decode_header(value) for value in self._by_name.get(name, []))

    def has(self, name: str) -> bool:
        return name in self._by_name

    def addresses(self, name: str) -> tuple[Address, ...]:
        return tuple(address for value in self._by_name.get(name, []) for address in parse_addresses(value))

    def ids(self, name: str) -> tuple[str, ...]:
        """Message ids without angle brackets; an id written without them is taken word by word."""
        value = self.text(name)
        found = _ID.findall(value) or [word.strip("<>,;") for word in value.split() if "@" in word]
        return tuple(re.sub(r"\s+", "", one) for one in found)[-_MOST_REFERENCES:]

    def message_id(self) -> str:
        return next(iter(self.ids("message-id")), self.text("message-id").strip("<> "))

    def date(self) -> datetime | None:
        """The Date header as an aware moment; a missing zone is taken as UTC."""
        for value in (self.text("date"), self.text("received").rpartition(";")[2]):
            if value and (moment := _parse_date(value)):
                return moment
        return None

    def all(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(name), decode_header(str(value))) for name, value in self._pairs)


def raw_header(part: Message, name: str) -> str:
    """The first value of a header with its 8-bit bytes intact; empty where the part has none."""
    return next((str(value) for key, value in part.raw_items() if str(key).lower() == name), "")


def _parse_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware
