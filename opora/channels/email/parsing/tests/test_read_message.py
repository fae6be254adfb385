"""Headers, bodies, charsets, file names: what a message is made of."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from opora.channels.email.parsing import Address, read_message
from opora.channels.email.parsing.addresses import parse_addresses
from opora.channels.email.parsing.words import decode_header

from .samples import html_mail, mail, multipart


def test_an_ordinary_message_is_read_in_full() -> None:
    message = read_message(
        mail(
            "It works.",
            headers="In-Reply-To: <q1@desk.example>\nReferences: <q0@desk.example> <q1@desk.example>\n"
            "Date: Tue, 5 Mar 2024 10:15:00 +0200\nCc: Ann <ann@shop.example>, bob@shop.example\n"
            "Delivered-To: help@desk.example\nX-Loop: desk\n",
        )
    )
    assert (message.from_name, message.from_address) == ("Olena Koval", "olena@shop.example")
    assert message.to == (Address("Support", "help@desk.example"),)
    assert message.cc == (Address("Ann", "ann@shop.example"), Address("", "bob@shop.example"))
    assert message.message_id == "m1@shop.example"
    assert message.in_reply_to == "q1@desk.example"
    assert message.references == ("q0@desk.example", "q1@desk.example")
    assert message.date == datetime(2024, 3, 5, 8, 15, tzinfo=UTC)
    assert message.delivered_to == ("help@desk.example",)
    assert message.x_loop == ("desk",)
    assert message.text == message.reply_text == "It works."
    assert message.html is None
    assert message.defects == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ann <ann@a.example>", [("Ann", "ann@a.example")]),
        ('"Bell, Ann" <ann@a.example>', [("Bell, Ann", "ann@a.example")]),
        ("Bell, Ann <ann@a.example>", [("Bell, Ann", "ann@a.example")]),
        ("ann@a.example (Ann Bell)", [("Ann Bell", "ann@a.example")]),
        ("Team: ann@a.example, bob@a.example;", [("", "ann@a.example"), ("", "bob@a.example")]),
        ("Ann [mailto:ann@a.example]", [("Ann", "ann@a.example")]),
        ("Ann <ann@a.example<mailto:ann@a.example>>", [("Ann", "ann@a.example")]),
        ("a@a.example; b@a.example", [("", "a@a.example"), ("", "b@a.example")]),
        ("=?utf-8?B?0J7Qu9C10L3QsA==?= <o@a.example>", [("Олена", "o@a.example")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("<@relay.example:ann@a.example>", [("", "ann@a.example")]),
    ],
)
def test_address_lists_are_read_as_people_write_them(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.email) for one in parse_addresses(value)] == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?Q?Caf=C3=A9?=", "Café"),
        ("=?utf-8?B?0JfQsNC80L7QstC70LU=?= =?utf-8?B?0L3QvdGP?=", "Замовлення"),
        ("=?utf-8?B?0JfQsNC80L7QstC70LXQ?=\n =?utf-8?B?vdC90Y8=?=", "Замовлення"),
        ("=?koi8-r?B?7sXEz9PUwdfMxc7P?=", "Недоставлено"),
        ("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "こんにちは"),
        ("=?UTF-8?Q?two words here?=", "two words here"),
        ("=?unknown-charset?Q?abc?=", "abc"),
        ("plain =?broken", "plain =?broken"),
        ("=?utf-8?B?SGk?=", "Hi"),
        ("Re: =?utf-8*de?Q?Gr=C3=BC=C3=9Fe?= all", "Re: Grüße all"),
    ],
)
def test_encoded_words_are_decoded_even_when_broken(value: str, expected: str) -> None:
    assert decode_header(value) == expected


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Добрий день, коли буде відправлення?".encode("koi8-u"), "koi8-u"),
        ("Добрий день, коли буде відправлення?".encode("cp1251"), ""),
        ("Добрый день, когда будет отправка".encode("koi8-r"), ""),
        ("Größe und Preis".encode("latin-1"), "iso-8859-1"),
        ("Größe “und” Preis".encode("cp1252"), "us-ascii"),
        ("您好！你今天好吗？".encode(), "big5"),
        ("您好！你今天好吗？".encode("gb2312"), "gb2312"),
        ("こんにちは".encode("iso-2022-jp"), ""),
        ("안녕하세요".encode("cp949"), "ks_c_5601-1987"),
        ("Plain but mislabelled — dash".encode(), "iso-8859-1"),
        ("Grüße".encode("utf-16"), "utf-16"),
    ],
)
def test_text_is_decoded_whatever_its_label_says(content: bytes, charset: str) -> None:
    expected = {b"\xff\xfe": "utf-16"}.get(content[:2])
    label = f"; charset={charset}" if charset else ""
    raw = (
        b"From: a@b.example\nContent-Type: text/plain"
        + label.encode()
        + b"\nContent-Transfer-Encoding: base64\n\n"
    )
    text = read_message(raw + base64.b64encode(content)).text
    for codec in (
        "koi8-u",
        "cp1251",
        "koi8-r",
        "latin-1",
        "cp1252",
        "utf-8",
        "gb2312",
        "iso-2022-jp",
        "cp949",
        "utf-16",
    ):
        try:
            if text == content.decode(expected or codec):
                break
        except UnicodeDecodeError:
            continue
    assert "\ufffd" not in text
    assert any(
        word in text
        for word in ("відправлення", "отправка", "Preis", "你今天", "こんにちは", "안녕", "dash", "Grüße")
    )


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('Content-Disposition: attachment; filename="rechnung.pdf"', "rechnung.pdf"),
        ("Content-Disposition: attachment; filename=my file.pdf", "my file.pdf"),
        ('Content-Disposition: attachment; filename="a;b.pdf"', "a;b.pdf"),
        ("Content-Disposition: attachment; filename*=UTF-8''%D0%B0%D0%BA%D1%82.pdf", "акт.pdf"),
        (
            "Content-Disposition: attachment; filename*0*=UTF-8''%D0%B0%D0; filename*1*=%BA%D1%82.pdf",
            "акт.pdf",
        ),
        ('Content-Disposition: attachment; filename*0="long-"; filename*1="name.pdf"', "long-name.pdf"),
        ('Content-Disposition: attachment; filename="=?utf-8?B?0LDQutGCLnBkZg==?="', "акт.pdf"),
        ("Content-Disposition: attachment; filename=акт.pdf", "акт.pdf"),
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ('Content-Disposition: attachment; filename="C:\\\\temp\\\\x.pdf"', "x.pdf"),
        ('Content-Disposition: attachment; filename="broken.pdf', "broken.pdf"),
        ("Content-Disposition: attachment", "document.pdf"),
    ],
)
def test_attachment_names_are_found_and_made_safe(header: str, name: str) -> None:
    part = f"Content-Type: application/pdf\n{header}\nContent-Transfer-Encoding: base64\n\nSGVsbG8="
    (attachment,) = read_message(multipart("Content-Type: text/plain\n\nSee", part)).attachments
    assert (attachment.name, attachment.content) == (name, b"Hello")


def test_an_image_the_html_shows_is_inline() -> None:
    message = read_message(
        multipart(
            'Content-Type: text/html\n\n<p>Look <img src="cid:logo@x"></p>',
            "Content-Type: image/png; name=logo.png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\naGk=",
            "Content-Type: image/png; name=photo.png\nContent-Transfer-Encoding: base64\n\naGk=",
            kind="multipart/related",
        )
    )
    assert [(one.name, one.inline, one.content_id) for one in message.attachments] == [
        ("logo.png", True, "logo@x"),
        ("photo.png", False, ""),
    ]
    assert message.text == "Look"


def test_an_attached_message_is_named_by_its_subject() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: Order / 17\n\nInner"
    (attachment,) = read_message(multipart("Content-Type: text/plain\n\nSee", inner)).attachments
    assert attachment.name == "Order - 17.eml"
    assert b"Inner" in attachment.content


def test_an_invitation_is_read_and_stays_attached() -> None:
    calendar = (
        "Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
        "SUMMARY:Review\\, part 2\nDTSTART;TZID=Europe/Kyiv:20240305T101500\nDURATION:PT1H\n"
        "ORGANIZER;CN=Ann:mailto:ann@a.example\nLOCATION:Room 1\nBEGIN:VALARM\nSUMMARY:no\nEND:VALARM\nEND:VEVENT\n"
        "END:VCALENDAR"
    )
    message = read_message(multipart("Content-Type: text/plain\n\nCome", calendar))
    (invite,) = message.invites
    assert (invite.method, invite.summary, invite.location) == ("REQUEST", "Review, part 2", "Room 1")
    assert invite.organizer == "ann@a.example"
    assert invite.starts is not None
    assert invite.starts.astimezone(UTC) == datetime(2024, 3, 5, 8, 15, tzinfo=UTC)
    assert invite.ends is not None
    assert (invite.ends - invite.starts).total_seconds() == 3600
    assert [one.name for one in message.attachments] == ["invite.ics"]


def test_a_uuencoded_file_leaves_the_text_and_becomes_an_attachment() -> None:
    message = read_message(mail("See\n\nbegin 644 hi.txt\n%2&5L;&\\\n`\nend\n\nBye"))
    assert [(one.name, one.content) for one in message.attachments] == [("hi.txt", b"Hello")]
    assert "begin" not in message.text


def test_flowed_text_is_joined_into_paragraphs() -> None:
    raw = b"From: a@b.example\nContent-Type: text/plain; format=flowed\n\nOne \nparagraph.\n\n> quoted \n> words\n-- \nAnn"
    assert read_message(raw).text == "One paragraph.\n\n> quoted words\n-- \nAnn"


def test_html_becomes_readable_text() -> None:
    html = "<head><style>p{}</style></head><p>First&nbsp;line</p><ul><li>one</li><li>two</li></ul><p style='display:none'>no</p>A<br>B"
    assert read_message(html_mail(html)).text == "First line\n\n- one\n- two\n\nA\nB"


@pytest.mark.parametrize(
    ("headers", "parts", "expected"),
    [
        (
            "",
            ["Content-Type: text/plain\n\nHi", "Content-Type: application/pgp-signature; name=s.asc\n\nx"],
            "pgp-signed",
        ),
        (
            "",
            [
                "Content-Type: application/pgp-encrypted\n\nVersion: 1",
                "Content-Type: application/octet-stream\n\nx",
            ],
            "pgp-encrypted",
        ),
        (
            "",
            [
                "Content-Type: text/plain\n\nHi",
                "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx",
            ],
            "smime-signed",
        ),
        (
            "",
            ["Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx"],
            "smime-encrypted",
        ),
        ("", ["Content-Type: text/plain\n\nHi"], None),
    ],
)
def test_signed_and_encrypted_mail_is_recognised(
    headers: str, parts: list[str], expected: str | None
) -> None:
    assert read_message(multipart(*parts, headers=headers)).security == expected


def test_the_person_behind_a_group_address_is_the_author() -> None:
    raw = (
        b"From: 'Ann Bell' via Help <help@lists.example>\nReply-To: Ann Bell <ann@shop.example>\n"
        b"X-Original-From: Ann Bell <ann@shop.example>\nList-ID: Help <help.lists.example>\nSubject: Hi\n\nHello"
    )
    message = read_message(raw)
    assert message.from_address == "help@lists.example"
    assert message.author == Address("Ann Bell", "ann@shop.example")
    assert message.list_id == "help.lists.example"


def test_a_multipart_with_the_wrong_boundary_is_still_opened() -> None:
    raw = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="wrong"\n\n--right\nContent-Type: text/plain\n\nHello\n--right--\n'
    message = read_message(raw)
    assert message.text.strip() == "Hello"
    assert message.defects


@pytest.mark.parametrize("raw", [b"", b"\n", b"\x00", b"no header at all", b"From:\n\n", b"Subject: x"])
def test_next_to_nothing_is_a_message_too(raw: bytes) -> None:
    assert read_message(raw).attachments == ()
