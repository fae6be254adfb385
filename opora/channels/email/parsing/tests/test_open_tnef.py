"""winmail.dat is opened; the wrapper is made here byte by byte as MS-OXTNEF describes it."""

from __future__ import annotations

import base64
import struct

from opora.channels.email.parsing import read_message
from opora.channels.email.parsing.rich_text import rtf_to_text, unpack_rtf
from opora.channels.email.parsing.tnef import open_tnef

from .samples import multipart


def _attribute(level: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def _text_property(number: int, text: str) -> bytes:
    value = (text + "\0").encode("utf-16-le")
    return struct.pack("<HHII", 0x1F, number, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def _binary_property(number: int, value: bytes) -> bytes:
    return struct.pack("<HHII", 0x102, number, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def _wrapper(*properties: bytes) -> bytes:
    message = struct.pack("<I", len(properties)) + b"".join(properties)
    names = struct.pack("<I", 1) + _text_property(0x3707, "звіт за березень.txt")
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + _attribute(1, 0x00069003, message)
        + _attribute(2, 0x00069002, b"\0" * 14)
        + _attribute(2, 0x00018010, b"REPORT~1.TXT\0")
        + _attribute(2, 0x0006800F, b"numbers")
        + _attribute(2, 0x00069005, names)
    )


def _mail(wrapper: bytes) -> bytes:
    part = f"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n{base64.b64encode(wrapper).decode()}"
    return multipart("Content-Type: text/plain\n\n", part)


def test_body_and_files_replace_the_wrapper() -> None:
    message = read_message(_mail(_wrapper(_text_property(0x1000, "Hello from Outlook"))))
    assert message.text == "Hello from Outlook"
    assert [(one.name, one.content) for one in message.attachments] == [("звіт за березень.txt", b"numbers")]


def test_html_inside_the_wrapper_is_the_html_of_the_message() -> None:
    message = read_message(_mail(_wrapper(_binary_property(0x1013, "<p>Привіт</p>".encode()))))
    assert message.html == "<p>Привіт</p>"
    assert message.text == "Привіт"


def test_stored_and_compressed_rich_text_becomes_text() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0 \'cf\'f0\'e8\'e2\'b3\'f2\par second \u1108?\par}"
    )
    stored = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    assert rtf_to_text(unpack_rtf(stored)) == "Привіт\nsecond є"
    # the example of MS-OXRTFCP, section 4.1.1
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
            " ", ""
        )
    )
    assert unpack_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_damaged_wrapper_stays_an_attachment_or_gives_what_it_had() -> None:
    whole = _wrapper(_text_property(0x1000, "Hello"))
    assert open_tnef(b"not tnef at all") is None
    for length in range(6, len(whole), 7):
        assert open_tnef(whole[:length]) is not None
    broken = read_message(_mail(b"rubbish"))
    assert [one.name for one in broken.attachments] == ["winmail.dat"]
    assert broken.defects
