"""winmail.dat: the Transport Neutral Encapsulation Format (MS-OXTNEF) Outlook wraps mails in."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import decode_text
from .rich_text import rtf_to_text, unpack_rtf

_SIGNATURE = 0x223E9F78
_BODY, _MESSAGE_PROPS, _OEM_CODEPAGE = 0x0002800C, 0x00069003, 0x00069007
_NEW_ATTACHMENT, _TITLE, _CONTENT, _ATTACHMENT_PROPS = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_PLAIN, _RTF, _HTML = 0x1000, 0x1009, 0x1013
_LONG_NAME, _SHORT_NAME, _KIND, _CONTENT_ID, _OBJECT, _DISPLAY_NAME = (
    0x3707,
    0x3704,
    0x370E,
    0x3712,
    0x3701,
    0x3001,
)
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0xD, 0x1E, 0x1F, 0x102}
_MULTIPLE = 0x1000
_MOST = 5_000
_DEEPEST = 5


@dataclass(slots=True)
class TnefFile:
    """A file inside; `content_type` may be empty."""

    name: str = ""
    content_type: str = ""
    content_id: str = ""
    content: bytes = b""


@dataclass(slots=True)
class TnefMessage:
    """What the wrapper held: the body in the forms it has, and its files."""

    text: str = ""
    html: str = ""
    files: list[TnefFile] = field(default_factory=list)


def open_tnef(wrapped: bytes, depth: int = 0) -> TnefMessage | None:
    """The opened wrapper; None where the bytes are not TNEF. A damaged one gives what could be read before the damage."""
    if len(wrapped) < 6 or struct.unpack_from("<I", wrapped)[0] != _SIGNATURE:
        return None
    message = TnefMessage()
    codepage = "cp1252"
    for kind, value in _attributes(wrapped):
        if kind == _OEM_CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif kind == _BODY:
            message.text = message.text or decode_text(value.rstrip(b"\0"), codepage)
        elif kind == _MESSAGE_PROPS:
            _take_body(message, dict(_properties(value)), codepage)
        elif kind == _NEW_ATTACHMENT:
            message.files.append(TnefFile())
        elif message.files:
            _take_file(message, kind, value, (codepage, depth))
    message.files = [file for file in message.files if file.content]
    return message


def _attributes(wrapped: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    while position + 9 <= len(wrapped):
        _, kind, length = struct.unpack_from("<BII", wrapped, position)
        position += 9
        if position + length > len(wrapped):
            return
        yield kind, wrapped[position : position + length]
        position += length + 2


def _take_body(message: TnefMessage, values: dict[int, tuple[int, bytes]], codepage: str) -> None:
    if _PLAIN in values:
        message.text = _string(values[_PLAIN], codepage)
    if _HTML in values:
        message.html = _string(values[_HTML], "utf-8" if values[_HTML][0] != 0x1F else codepage)
    if _RTF in values and not message.html and not message.text.strip():
        message.text = rtf_to_text(unpack_rtf(values[_RTF][1]))


def _take_file(message: TnefMessage, kind: int, value: bytes, context: tuple[str, int]) -> None:
    file, (codepage, depth) = message.files[-1], context
    if kind == _TITLE:
        file.name = file.name or decode_text(value.rstrip(b"\0"), codepage)
    elif kind == _CONTENT:
        file.content = value
    elif kind == _ATTACHMENT_PROPS:
        values = dict(_properties(value))
        for wanted in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME):
            if wanted in values and (name := _string(values[wanted], codepage)):
                file.name = name
                break
        file.content_type = _string(values[_KIND], codepage) if _KIND in values else ""
        file.content_id = _string(values[_CONTENT_ID], codepage).strip("<>") if _CONTENT_ID in values else ""
        if _OBJECT in values and depth < _DEEPEST:
            _take_embedded(message, values[_OBJECT][1], depth)


def _take_embedded(message: TnefMessage, value: bytes, depth: int) -> None:
    """A message attached inside: sixteen bytes of interface id, then TNEF again. Its files become ours."""
    inner = open_tnef(value[16:], depth + 1)
    if inner is None:
        return
    file = message.files[-1]
    file.content = (inner.html or inner.text).encode("utf-8")
    file.content_type = "text/html" if inner.html else "text/plain"
    file.name = (file.name or "message") + (".html" if inner.html else ".txt")
    message.files += inner.files


def _properties(block: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """(property id, (type, first value)) of a MAPI property list, until its end or the first damage."""
    try:
        yield from _read_properties(block)
    except (struct.error, IndexError):
        return


def _read_properties(block: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    count, position = min(struct.unpack_from("<I", block)[0], _MOST), 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", block, position)
        position += 4
        if number >= 0x8000:
            position = _after_name(block, position)
        several, kind = bool(kind & _MULTIPLE), kind & ~_MULTIPLE
        if kind not in _FIXED and kind not in _VARIABLE:
            return
        values = 1
        if several or kind in _VARIABLE:
            values = struct.unpack_from("<I", block, position)[0]
            position += 4
        first = b""
        for turn in range(min(values, _MOST)):
            length = _FIXED.get(kind, 0)
            if kind in _VARIABLE:
                length = struct.unpack_from("<I", block, position)[0]
                position += 4
            first = block[position : position + length] if turn == 0 else first
            position += length + (-length % 4)
        yield number, (kind, first)


def _after_name(block: bytes, position: int) -> int:
    """Skips the identity of a named property: a GUID, then a number or a padded UTF-16 name."""
    by_text = struct.unpack_from("<I", block, position + 16)[0] == 1
    if not by_text:
        return position + 24
    length = struct.unpack_from("<I", block, position + 20)[0]
    return position + 24 + length + (-length % 4)


def _string(value: tuple[int, bytes], codepage: str) -> str:
    kind, content = value
    if kind == 0x1F:
        return content.decode("utf-16-le", "replace").rstrip("\0")
    return decode_text(content.rstrip(b"\0"), codepage)
