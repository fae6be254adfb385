"""Reads a message that somebody passed on: who wrote it, about what, and what the forwarder added."""

from __future__ import annotations

import re
from textwrap import dedent

from .addresses import find_address, parse_address, parse_addresses
from .lines import Line, join_lines, without_quote_marks
from .message import Forward
from .splits import Split, find_split, is_rule, read_lines
from .subjects import bare_subject, is_forward_subject

_OPENING = re.compile(r"[\"'“„«‹](.{1,100}?)[\"'”“»›]\s*[(<]")
_NAME_BEFORE_ADDRESS = re.compile(r"([^\W\d_][^\d<>()\[\],;:\"]{0,80}?)\s*[(<\[]*$")


def read_forward(text: str, subject: str) -> Forward | None:
    """The forwarded message inside a body, or None where the body is a reply or holds nothing older.

    A forward announces itself ("Forwarded message"); or the subject does ("Fwd:"); or the quoted header has a
    subject of its own, which a reply to it would share.
    """
    lines, remainder = read_lines(text)
    split = find_split(lines)
    if split is None or not _is_forward(lines, split, subject) or _stands_in_quote(lines, split):
        return None
    message = join_lines(_trim_rule(lines[: split.start])).strip()
    header_is_quoted = any(line.depth for line in lines[split.start : split.end])
    body = _quoted_part(lines[split.end :]) if header_is_quoted else lines[split.end :]
    body = without_quote_marks(body, surely_quoted=header_is_quoted)
    fields = split.fields
    if split.kind in ("forwarded", "original") and not fields:
        body, fields = _after_introduction(body, fields)
    older = dedent(join_lines(body) + remainder).strip()
    if split.kind == "attribution":
        return _from_attribution(split, older, message, subject)
    sender = parse_address(fields.get("from", ""))
    name = sender.name or (fields.get("from", "") if "@" not in fields.get("from", "") else "")
    return Forward(
        from_address=sender.email if "@" in sender.email else "",
        from_name=_clean_name(name, sender.email),
        subject=fields.get("subject", ""),
        body=older,
        message=message,
        date=fields.get("date", ""),
        to=parse_addresses(fields.get("to", "")),
        cc=parse_addresses(fields.get("cc", "")),
    )


def _is_forward(lines: list[Line], split: Split, subject: str) -> bool:
    if split.kind == "forwarded":
        return True
    announced = is_forward_subject(subject, join_lines(lines[split.start : split.end]))
    if split.kind == "attribution":
        return announced and bool(find_address(split.text))
    if not split.fields.get("from"):
        return False
    inner = bare_subject(split.fields.get("subject", ""))
    outer = bare_subject(subject)
    return announced or bool(inner and outer and inner != outer)


def _stands_in_quote(lines: list[Line], split: Split) -> bool:
    """True where quoted lines come before the announcement: it was part of an older message already."""
    return any(line.depth and line.bare for line in lines[: split.start])


def _trim_rule(lines: list[Line]) -> list[Line]:
    while lines and (lines[-1].is_blank or is_rule(lines[-1])):
        lines = lines[:-1]
    return lines


def _quoted_part(lines: list[Line]) -> list[Line]:
    """Up to the last quoted line; what comes below is the forwarder's."""
    last = max((number for number, line in enumerate(lines) if line.depth), default=len(lines) - 1)
    return lines[: last + 1]


def _after_introduction(body: list[Line], fields: dict[str, str]) -> tuple[list[Line], dict[str, str]]:
    """A marker may be followed by an attribution instead of a header block."""
    split = find_split(body[:6])
    if split and split.kind == "header" and split.start == 0:
        return body[split.end :], split.fields
    return body, fields


def _from_attribution(split: Split, older: str, message: str, subject: str) -> Forward:
    email = find_address(split.text)
    return Forward(
        from_address=email,
        from_name=_name_in(split.text, email),
        subject=re.sub(r"^\s*[^\W\d_]{1,12}\s?[:：]\s*", "", subject)
        if is_forward_subject(subject)
        else subject,
        body=older,
        message=message,
    )


def _name_in(text: str, email: str) -> str:
    """The name in front of the address: in quotes, or the words that hold no digit."""
    quoted = _OPENING.search(text)
    if quoted:
        return quoted.group(1).strip()
    before = text[: text.find(email)] if email in text else ""
    named = _NAME_BEFORE_ADDRESS.search(before.rstrip(" \"'“”„«»<(["))
    words = named.group(1).split() if named else []
    capital = next((place for place, word in enumerate(words) if word[:1].isupper()), 0)
    return " ".join(words[capital:]).strip("\"'“”„«» ")


def _clean_name(name: str, email: str) -> str:
    name = name.strip(" *_\"'")
    return "" if name.casefold() == email.casefold() else name
