"""Nothing that arrives may raise, hang or exhaust the parser."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.channels.email.parsing import InboundMessage, read_message
from opora.channels.email.parsing.cut import cut_reply

from .samples import html_mail, mail, multipart

HEAD = b"From: a@b.example\nSubject: x\n"
QUIET = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
WHOLE = [
    mail("Hi\n\nOn 5 Mar 2024, Ann <a@b.example> wrote:\n> x\n-- \nAnn"),
    html_mail("<div>Hi</div><blockquote type=cite>x</blockquote>", plain="Hi\n> x"),
    multipart(
        "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: quoted-printable\n\n=F0=F2",
        "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240305T101500Z\nEND:VEVENT",
        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1",
        "Content-Type: application/ms-tnef; name*0*=utf-8''w%20; name*1=x.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgEA",
        "Content-Type: message/rfc822\n\nFrom: =?utf-8?B?0J7Qu9C10L3QsA==?= <o@b.example>\n\nInner",
    ),
]
PIECES = [
    b"\x00", b"\r", b"\n", b"\n\n", b"--cut\n", b"--cut--\n", b"=?utf-8?B?", b"?=", b'"', b"<", b">", b"(", b"\\", b";", b"*0*=",
    b"Content-Type: multipart/mixed; boundary=cut\n", b"Content-Transfer-Encoding: base64\n", b"charset=utf-16", b"\xff\xfe",
    b"begin 644 x\n", b"From: ", b"wrote:\n", b"-----Original Message-----\n", b"message/rfc822", b"\x1b$B", b"=\n", b"&#x110000;",
]  # fmt: skip


def _is_sound(message: InboundMessage) -> bool:
    assert isinstance(message.reply_text, str)
    message.text.encode("utf-8")
    message.reply_text.encode("utf-8")
    return all(one.name and "/" not in one.name for one in message.attachments)


@QUIET
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_message(raw: bytes) -> None:
    assert _is_sound(read_message(raw))


@QUIET
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_heap_of_mail_fragments_is_a_message(pieces: list[bytes]) -> None:
    assert _is_sound(read_message(b"".join(pieces)))


@QUIET
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 30)), max_size=6),
)
def test_any_mutation_of_a_message_is_a_message(raw: bytes, changes: list[tuple[float, bytes, int]]) -> None:
    for place, piece, removed in changes:
        position = int(place * len(raw))
        raw = raw[:position] + piece + raw[position + removed :]
    assert _is_sound(read_message(raw))


@QUIET
@given(st.text(max_size=1_500))
def test_any_text_can_be_cut(text: str) -> None:
    cut = cut_reply(text)
    assert len(cut.reply) <= len(text) + 1


def _nested(levels: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels)
    )
    return HEAD + opened + b"Content-Type: text/plain\n\nhello\n"


HOSTILE = {
    "a body of 40 MB": lambda: (
        HEAD + b"\n" + b"On Monday 12:30 bob wrote: hello this is text <a@b.c>\n" * 750_000
    ),
    "a line of 1 MB": lambda: HEAD + b"\n" + b"On 2024 wrote <a@b " * 55_000,
    "lines with colons": lambda: HEAD + b"\n" + b"On 5 x:\n" * 100_000,
    "lines with labels": lambda: HEAD + b"\n" + b"From: x\nTo: y\nDate: z\nfoo\n" * 30_000,
    "quotes without end": lambda: HEAD + b"\n" + b"> a\nb\n\n" * 100_000,
    "10,000 headers": lambda: b"".join(b"X-H%d: v\n" % n for n in range(10_000)) + HEAD + b"\nhi",
    "quotation marks": lambda: b"To: " + b'"' * 100_000 + b"\n" + HEAD + b"\nhi",
    "encoded words without end": lambda: b"Subject: " + b"=?utf-8?q?a" * 20_000 + b"\n" + HEAD + b"\nhi",
    "parameters without end": lambda: (
        b"Content-Type: text/plain;" + b' a="' * 20_000 + b"\n" + HEAD + b"\nhi"
    ),
    "1,000 nested parts": lambda: _nested(1_000),
    "5,000 nested messages": lambda: HEAD + b"Content-Type: message/rfc822\n\n" * 5_000 + b"\nhello",
    "deep HTML": lambda: HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 50_000 + b"hi",
    "many HTML quotes": lambda: (
        HEAD + b"Content-Type: text/html\n\n" + b"<blockquote>a</blockquote>b" * 20_000
    ),
    "null bytes": lambda: HEAD + b"\n" + b"\0" * 1_000_000,
    "flowed lines": lambda: HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"hello \n" * 300_000,
    "calendar events without end": lambda: (
        HEAD + b"Content-Type: text/calendar\n\n" + b"BEGIN:VEVENT\n" * 40_000
    ),
    "uuencoded beginnings": lambda: HEAD + b"\n" + b"begin 644 a\n" * 80_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_in_seconds(name: str) -> None:
    raw = HOSTILE[name]()
    started = time.monotonic()
    message = read_message(raw)
    assert time.monotonic() - started < 8  # a loaded machine; about a second and a half on a free one
    assert message.from_address == "a@b.example"


def test_the_parser_starts_without_django_and_heavy_libraries() -> None:
    program = "import sys, opora.channels.email.inspect as i; print(sorted({'django', 'lxml', 'charset_normalizer'} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[5]
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_the_text_of_hostile_mail_is_not_lost() -> None:
    assert "hello" in read_message(_nested(200)).text
    assert "hi" in read_message(HOSTILE["deep HTML"]()).text
