"""Files uuencoded into the text of old and of machine-made mails."""

from __future__ import annotations

import binascii
import re

_BLOCK = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{0,200})\n((?:[ -`]{1,90}\n){1,200000})`?[ \t]*\n?end[ \t]*$", re.MULTILINE
)


def split_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without its uuencoded blocks, and the blocks as (name, content); a broken block stays text."""
    if "begin " not in text or "\nend" not in text:
        return text, []
    files: list[tuple[str, bytes]] = []

    def take(match: re.Match[str]) -> str:
        try:
            content = b"".join(_decode_line(line) for line in match.group(2).splitlines())
        except (binascii.Error, ValueError):
            return match.group()
        files.append((match.group(1).strip(), content))
        return ""

    return _BLOCK.sub(take, text), files


def _decode_line(line: str) -> bytes:
    raw = line.encode("ascii")
    try:
        return binascii.a2b_uu(raw)
    except binascii.Error:
        length = (((raw[0] - 32) & 63) * 4 + 5) // 3  # some encoders pad beyond the stated length
        return binascii.a2b_uu(raw[:length])
