"""The event of a calendar part (RFC 5545): only what a reader of the mail needs to see."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from .message import CalendarInvite

_UNFOLD = re.compile(r"\n[ \t]")
_LINE = re.compile(r"^([A-Za-z-]{1,40})((?:;[^:\"\n]*(?:\"[^\"\n]*\"[^:\"\n]*)*)?):(.*)$", re.MULTILINE)
_MOST_EVENTS = 20
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_DURATION = re.compile(r"^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")
_LARGEST = 500_000


def read_invites(text: str, method: str = "") -> list[CalendarInvite]:
    """The events of a calendar, at most twenty; `method` is that of the Content-Type, used where the text has none."""
    unfolded = _UNFOLD.sub("", text[:_LARGEST].replace("\r\n", "\n").replace("\r", "\n"))
    stated = re.search(r"^METHOD:(\w+)", unfolded, re.MULTILINE | re.IGNORECASE)
    name = (stated.group(1) if stated else method).upper()
    return [_invite(event, name) for event in _events(unfolded)]


def _events(text: str) -> list[str]:
    found: list[str] = []
    end = 0
    while len(found) < _MOST_EVENTS:
        start = text.find("BEGIN:VEVENT", end)
        end = text.find("\nEND:VEVENT", start + 12)
        if start < 0 or end < 0:
            break
        found.append(text[start + 12 : end])
    return found


def _invite(event: str, method: str) -> CalendarInvite:
    fields: dict[str, tuple[str, str]] = {}
    depth = 0
    for name, params, value in _LINE.findall(event):
        depth += {"BEGIN": 1, "END": -1}.get(name.upper(), 0)
        if depth == 0:
            fields.setdefault(name.upper(), (params, value.strip()))
    starts = _moment(*fields.get("DTSTART", ("", "")))
    ends = _moment(*fields.get("DTEND", ("", "")))
    if starts and not ends and "DURATION" in fields:
        ends = starts + _duration(fields["DURATION"][1])
    return CalendarInvite(
        method=method,
        summary=_plain(fields.get("SUMMARY", ("", ""))[1]),
        starts=starts,
        ends=ends,
        organizer=re.sub(r"(?i)^mailto:", "", fields.get("ORGANIZER", ("", ""))[1]),
        location=_plain(fields.get("LOCATION", ("", ""))[1]),
    )


def _plain(value: str) -> str:
    return re.sub(r"\\[nN,;\\]", lambda match: _ESCAPES[match.group()], value).strip()


def _moment(params: str, value: str) -> datetime | None:
    match = re.match(r"^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$", value)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups()[:6])
    try:
        date(year, month, day)
        return datetime(
            year, month, day, hour, minute, min(second, 59), tzinfo=_zone(params, bool(match.group(7)))
        )
    except ValueError:
        return None


def _zone(params: str, is_utc: bool) -> tzinfo | None:
    if is_utc:
        return UTC
    named = re.search(r'TZID="?/?([\w./+ -]{1,60})', params, re.IGNORECASE)
    try:
        return ZoneInfo(named.group(1).strip()) if named else None
    except (KeyError, ValueError, OSError):
        return None


def _duration(value: str) -> timedelta:
    match = _DURATION.match(value)
    weeks, days, hours, minutes, seconds = (
        (int(group or 0) for group in match.groups()) if match else (0,) * 5
    )
    try:
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return timedelta()
