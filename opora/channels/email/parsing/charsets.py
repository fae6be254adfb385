"""From bytes to text, whatever the sender claimed."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_ALIASES = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "chinesebig5": "big5hkscs", "big5": "big5hkscs",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "x-windows-949": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "cp-850": "cp850", "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7", "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8", "win-1251": "cp1251", "cp-1251": "cp1251", "koi8r": "koi8-r", "koi8-ru": "koi8-u",
}  # fmt: skip
_SEVEN_BIT = re.compile(r"^(iso2022|utf_?7|utf_?16|utf_?32|hz)")
_UNTELLING = {
    "",
    "binary",
    "default",
    "unknown-8bit",
    "x-unknown",
    "unknown",
    "x-user-defined",
    "8bit",
    "7bit",
    "none",
}
_NEVER = {
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "mbcs",
    "oem",
    "unicode_internal",
}
_ISO_2022_JP = re.compile(rb"\x1b[$(][@BJI]")
_GUESS_SAMPLE = 3_000
_LIKELY = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
]


def decode_text(content: bytes, declared: str | None) -> str:
    """The text of `content`; a wrong, missing or unknown charset never raises, bytes of no sense become U+FFFD.

    Text that is valid UTF-8 beyond chance is read as UTF-8 even where another 8-bit charset was declared.
    """
    if content.isascii() and not (declared and _is_stateful(declared)):
        if _ISO_2022_JP.search(content):
            return content.decode("iso2022_jp_ext", "replace")
        return content.decode("ascii")
    codec = _codec(declared or "")
    if codec and _SEVEN_BIT.match(codec):
        return content.decode(codec, "replace")
    if codec == "utf-8" or _is_plainly_utf8(content):
        return _utf8_or_guess(content)
    if codec:
        return _decode_as(content, codec)
    return _guess(content)


def decode_unlabelled(content: bytes) -> str:
    """Text of bytes nobody labelled, such as raw 8-bit headers."""
    return decode_text(content, None)


def _is_stateful(declared: str) -> bool:
    return bool(_SEVEN_BIT.match(_codec(declared)))


@lru_cache(maxsize=256)
def _codec(declared: str) -> str:
    """Python's name of a text codec; empty where the label tells nothing."""
    label = declared.strip().strip("\"'").lower().split("$")[0].lstrip("_")
    if label in _UNTELLING:
        return ""
    label = _ALIASES.get(label.replace(" ", ""), label)
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError, UnicodeError):
        return ""
    if not info._is_text_encoding or info.name.replace("-", "_") in _NEVER:  # type: ignore[attr-defined]
        return ""
    return info.name


def _is_plainly_utf8(content: bytes) -> bool:
    high = sum(1 for byte in content[:4_000] if byte >= 0x80)
    if high < 3:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf8_or_guess(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        lenient = content.decode("utf-8-sig", "replace")
    if lenient.count("\ufffd") <= max(2, len(lenient) // 50):
        return lenient
    return _guess(content)


def _decode_as(content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(codec, "replace")


def _guess(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    cyrillic = _cyrillic_codec(content[:_GUESS_SAMPLE])
    if cyrillic:
        return content.decode(cyrillic, "replace")
    found = _most_likely(content[:_GUESS_SAMPLE])
    return content.decode(found or "cp1252", "replace")


def _cyrillic_codec(sample: bytes) -> str:
    """cp1251 or koi8-u where that reading is nearly all lower-case Cyrillic, as running text is."""
    best, best_share = "", 0.0
    for codec in ("cp1251", "koi8-u"):
        letters = [char for char in sample.decode(codec, "replace") if char > "\x7f"]
        if len(letters) < 4:
            return ""
        share = sum("а" <= char <= "я" or char in "іїєґё" for char in letters) / len(letters)
        if share > best_share:
            best, best_share = codec, share
    return best if best_share > 0.75 else ""


def _most_likely(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and needed for few messages

    match = from_bytes(sample, steps=3, chunk_size=512, cp_isolation=_LIKELY).best()
    return match.encoding if match else ""
