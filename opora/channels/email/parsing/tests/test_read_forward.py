"""Who really wrote a message that somebody passed on."""

from __future__ import annotations

import pytest

from opora.channels.email.parsing import Address, read_message

from .samples import mail, multipart

GMAIL = "---------- Forwarded message ---------\nFrom: Ann Bell <ann@shop.example>\nDate: Tue, Mar 5, 2024\nSubject: Broken lamp\nTo: <help@desk.example>\nCc: Bob <bob@shop.example>\n\nIt broke.\n"
FORMS = {
    "gmail": GMAIL,
    "apple": "> Begin forwarded message:\n>\n> From: Ann Bell <ann@shop.example>\n> Subject: Broken lamp\n> Date: 5 March 2024\n> To: help@desk.example\n>\n> It broke.\n",
    "apple uk": "> Початок листа, що пересилається:\n>\n> Від: Ann Bell <ann@shop.example>\n> Тема: Broken lamp\n> Дата: 5 березня 2024 р.\n> Кому: help@desk.example\n>\n> It broke.\n",
    "thunderbird de": "-------- Weitergeleitete Nachricht --------\nBetreff: \tBroken lamp\nDatum: \tTue, 5 Mar 2024\nVon: \tAnn Bell <ann@shop.example>\nAn: \thelp@desk.example\n\n\nIt broke.\n",
    "outlook ru": "От: Ann Bell <ann@shop.example>\nОтправлено: 5 марта 2024 г.\nКому: help@desk.example\nТема: Broken lamp\n\nIt broke.\n",
    "yahoo, one line": "  ----- Forwarded Message ----- From: Ann Bell <ann@shop.example>To: help@desk.example <help@desk.example>Sent: Tuesday, March 5, 2024Subject: Broken lamp\nIt broke.\n",
    "unknown language": "-------- Zzkrif blafon --------\nVon: Ann Bell <ann@shop.example>\nDatum: 5.3.2024\nAn: help@desk.example\nBetreff: Broken lamp\n\nIt broke.\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_the_form_of_each_program_is_opened(form: str) -> None:
    forward = read_message(mail(f"Please help Ann.\n\n{form}", subject="Fwd: Broken lamp")).forward
    assert forward is not None
    assert (forward.from_name, forward.from_address) == ("Ann Bell", "ann@shop.example")
    assert (forward.subject, forward.body, forward.message) == (
        "Broken lamp",
        "It broke.",
        "Please help Ann.",
    )


def test_recipients_of_the_original_are_kept() -> None:
    forward = read_message(mail(GMAIL, subject="Fwd: Broken lamp")).forward
    assert forward is not None
    assert forward.to == (Address("", "help@desk.example"),)
    assert forward.cc == (Address("Bob", "bob@shop.example"),)
    assert forward.date == "Tue, Mar 5, 2024"


@pytest.mark.parametrize(
    "line",
    [
        'Am 05/03/2024, 10:15 schrieb "Ann Bell" <ann@shop.example>:',
        "05/03/2024 10:15 időpontban Ann Bell (ann@shop.example) ezt írta:",
    ],
)
def test_an_attribution_under_a_forward_subject_names_the_sender(line: str) -> None:
    forward = read_message(mail(f"{line}\n\n    It broke.\n", subject="WG: Broken lamp")).forward
    assert forward is not None
    assert (forward.from_name, forward.from_address) == ("Ann Bell", "ann@shop.example")


def test_a_reply_is_no_forward() -> None:
    block = "From: Ann Bell <ann@shop.example>\nSent: Tuesday\nTo: Olena\nSubject: Order 17\n\nOld"
    assert read_message(mail(f"Works\n\n{block}")).forward is None
    assert (
        read_message(mail(f"Works\n\nOn 5 Mar 2024, Ann <ann@shop.example> wrote:\n> {GMAIL}")).forward
        is None
    )


def test_a_forward_without_a_comment_is_read_as_what_was_passed_on() -> None:
    message = read_message(mail(GMAIL, subject="Fwd: Broken lamp"))
    assert message.reply_text == "It broke."


def test_a_message_forwarded_as_attachment_is_opened() -> None:
    inner = (
        "Content-Type: message/rfc822\n\nFrom: Ann Bell <ann@shop.example>\nSubject: Broken lamp\n\nIt broke."
    )
    raw = multipart("Content-Type: text/plain\n\nSee attached", inner).replace(
        b"Subject: Parts", b"Subject: FW: Broken lamp"
    )
    forward = read_message(raw).forward
    assert forward is not None
    assert (forward.from_address, forward.subject, forward.message) == (
        "ann@shop.example",
        "Broken lamp",
        "See attached",
    )


def test_a_prefix_that_means_both_is_decided_by_the_language_of_the_header() -> None:
    norwegian = "Fra: Ann Bell <ann@shop.example>\nSendt: 5. mars 2024\nTil: Olena\nEmne: Lampe\n\nIt broke."
    finnish = "Lähettäjä: Ann Bell <ann@shop.example>\nLähetetty: 5.3.2024\nVastaanottaja: O\nAihe: Lampe\n\nIt broke."
    assert read_message(mail(norwegian, subject="VS: Lampe")).forward is not None
    assert read_message(mail(f"Works\n\n{finnish}", subject="VS: Lampe")).forward is None
