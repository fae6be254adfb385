"""Compressed RTF (MS-OXRTFCP) and the text inside RTF, for mails Outlook sent as winmail.dat."""

from __future__ import annotations

import re
import struct

from .charsets import decode_text

_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_HIDDEN_GROUPS = {
    b"fonttbl",
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"object",
    b"generator",
    b"themedata",
}
_LARGEST = 20_000_000


def unpack_rtf(packed: bytes) -> bytes:
    """The RTF of a PidTagRtfCompressed value; empty where it is not one."""
    if len(packed) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<IIII", packed)
    if kind == 0x414C454D:  # "MELA": stored as it is
        return packed[16 : 16 + size]
    if kind != 0x75465A4C or size > _LARGEST:  # "LZFu"
        return b""
    return _inflate(packed[16:], size)


def rtf_to_text(rtf: bytes) -> str:
    """The visible text of an RTF document, formatting dropped; HTML kept inside RTF loses its tags."""
    page = re.search(rb"\\ansicpg(\d{3,5})", rtf[:2_000])
    reader = _Reader("cp" + page.group(1).decode() if page else "cp1252")
    for match in _TOKEN.finditer(rtf[:_LARGEST]):
        reader.take(match)
    return reader.text()


class _Reader:
    """Follows the groups of an RTF document and collects what is shown."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._visible = [True]
        self._output: list[str] = []
        self._pending = b""
        self._to_skip = 0  # the ASCII stand-in that follows a \\u character

    def take(self, match: re.Match[bytes]) -> None:
        word, number, octet, symbol, brace, literal = match.groups()
        if octet is not None or literal is not None:
            self._take_bytes(bytes([int(octet, 16)]) if octet is not None else literal)
            return
        self._flush()
        if brace == b"{":
            self._visible.append(self._visible[-1])
        elif brace == b"}":
            self._visible = self._visible[:-1] or [True]
        elif word in _HIDDEN_GROUPS or symbol == b"*":
            self._visible[-1] = False
        elif self._visible[-1]:
            self._output.append(_spoken(word, number, symbol))
            self._to_skip = int(word == b"u" and number is not None)

    def text(self) -> str:
        self._flush()
        joined = "".join(self._output)
        return joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()

    def _take_bytes(self, piece: bytes) -> None:
        piece, self._to_skip = piece[self._to_skip :], 0
        if self._visible[-1]:
            self._pending += piece

    def _flush(self) -> None:
        if self._pending:
            self._output.append(decode_text(self._pending, self._charset))
            self._pending = b""


def _inflate(stream: bytes, size: int) -> bytes:
    """Undoes the LZ77 variant: flag bytes, literals, and (offset, length) pairs into a 4096-byte window."""
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    place, position = len(_DICTIONARY), 0
    output = bytearray()
    while position < len(stream) and len(output) < size:
        flags = stream[position]
        position += 1
        for bit in range(8):
            is_pair = flags >> bit & 1
            token = stream[position : position + 1 + is_pair]
            position += 1 + is_pair
            if len(token) < 1 + is_pair:
                return bytes(output[:size])
            start, length = (int.from_bytes(token, "big") >> 4, (token[1] & 15) + 2) if is_pair else (-1, 1)
            if start == place:
                return bytes(output[:size])
            for step in range(length):
                octet = window[(start + step) % 4096] if is_pair else token[0]
                window[place] = octet
                place = (place + 1) % 4096
                output.append(octet)
    return bytes(output[:size])


def _spoken(word: bytes | None, number: bytes | None, symbol: bytes | None) -> str:
    if word in (b"par", b"line", b"row", b"sect", b"page"):
        return "\n"
    if word in (b"tab", b"cell"):
        return "\t"
    if word == b"u" and number is not None:
        return chr(int(number) % 65536)
    if symbol == b"~":
        return "\u00a0"
    return symbol.decode("latin-1") if symbol in (b"\\", b"{", b"}") else ""
