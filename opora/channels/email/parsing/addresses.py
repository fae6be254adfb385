"""Address lists as people and programs really write them (RFC 5322 and worse)."""

from __future__ import annotations

import re

from .message import Address
from .words import decode_header, raw_text

_TOKEN = re.compile(
    r"(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=)"
    r'|"(?P<quoted>(?:[^"\\]|\\.){0,2000})"'
    r"|\((?P<comment>[^()]{0,500}(?:\([^()]{0,200}\)[^()]{0,200})?)\)"
    r"|<(?P<angle>[^<>]{0,1000})>"
    r"|\[mailto:(?P<mailto>[^\]\s]{1,500})\]"
    r"|(?P<comma>[,;])"
    r"|(?P<colon>:)"
    r"|(?P<text>[^\s\"(<,;:=\[]+|.)",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s<>\"(),;:\[\]]{1,320}@[^\s<>\"(),;:\[\]]{1,255}")
_MAILTO_TAIL = re.compile(r"<mailto:[^<>\s]{1,320}>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")
_MOST_ADDRESSES = 1_000
_LONGEST_LIST = 100_000


def parse_addresses(value: str) -> tuple[Address, ...]:
    """The mailboxes of a From, To, Cc or Reply-To value, in order; groups are dissolved, junk is left out."""
    found: list[Address] = []
    mailbox = _Mailbox()
    for match in _TOKEN.finditer(_MAILTO_TAIL.sub("", raw_text(value[:_LONGEST_LIST]))):
        kind = match.lastgroup or "text"
        if kind == "comma" or (kind == "angle" and mailbox.email):
            found += mailbox.finish()
            mailbox = _Mailbox(surname=mailbox.loose_name() if kind == "comma" else "")
        if kind != "comma":
            mailbox.take(kind, match.group(kind))
        if len(found) >= _MOST_ADDRESSES:
            break
    found += mailbox.finish()
    real = [address for address in found if "@" in address.email]
    return tuple((real or found)[:_MOST_ADDRESSES])


def parse_address(value: str) -> Address:
    """The first mailbox; an empty Address where there is none."""
    return next(iter(parse_addresses(value)), Address("", ""))


def find_address(text: str) -> str:
    """The first thing in free text that reads as an address, or an empty string."""
    match = _BARE.search(_MAILTO_TAIL.sub("", text))
    return match.group().removeprefix("mailto:").strip("'.*") if match else ""


class _Mailbox:
    """Collects the tokens of one mailbox until its comma.

    `surname` is the text before an unquoted comma that held no address: 'Doe, John <john@example.com>'.
    """

    def __init__(self, surname: str = "") -> None:
        self.email = ""
        self._surname = surname
        self._phrase: list[str] = []
        self._comments: list[str] = []

    def take(self, kind: str, text: str) -> None:
        if kind in ("angle", "mailto"):
            self.email = _clean_email(text)
        elif kind == "comment":
            self._comments.append(text)
        elif kind == "colon" and not self._has_bare_address():
            self._phrase.clear()  # the name of a group
        elif kind == "quoted":
            self._phrase.append(_ESCAPE.sub(r"\1", text))
        else:
            self._phrase.append(text)

    def finish(self) -> list[Address]:
        phrase = "".join(self._phrase).strip()
        email = self.email
        if not email:
            bare = _BARE.search(phrase)
            email = bare.group() if bare else phrase if phrase and " " not in phrase else ""
            phrase = phrase.replace(email, "", 1) if email else ""
        if not email:
            return []
        name = decode_header(phrase) or decode_header(" ".join(self._comments))
        if self._surname and name:
            name = f"{decode_header(self._surname)}, {name}"
        return [Address(_clean_name(name), decode_header(email).strip(".,"))]

    def loose_name(self) -> str:
        """The phrase of a mailbox that turned out to hold no address."""
        phrase = "".join(self._phrase).strip()
        return "" if self.email or "@" in phrase else phrase

    def _has_bare_address(self) -> bool:
        return "@" in "".join(self._phrase)


def _clean_email(text: str) -> str:
    route = text.rsplit(":", 1)[-1] if text.startswith("@") else text
    return re.sub(r"\s+", "", route).removeprefix("mailto:").removeprefix("MAILTO:")


def _clean_name(name: str) -> str:
    name = re.sub(r"\s+", " ", name).strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].strip()
    return name
