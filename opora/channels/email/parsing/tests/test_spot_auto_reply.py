"""Answers of machines are told from mail of people."""

from __future__ import annotations

import pytest

from opora.channels.email.parsing import read_message

from .samples import mail


@pytest.mark.parametrize(
    "header",
    ["Auto-Submitted: auto-replied", "Auto-Submitted: Auto-Generated; owner=x", "X-Autoreply: yes",
     "X-Autorespond: any text", "Precedence: auto_reply", "X-Mail-Autoreply: 1"],
)  # fmt: skip
def test_a_header_of_an_answer_machine_is_enough(header: str) -> None:
    assert read_message(mail(headers=header + "\n")).is_auto_reply


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "X-Autoreply: no",
        "Precedence: bulk",
        "Precedence: list",
        "X-Auto-Response-Suppress: All",
    ],
)
def test_a_header_that_says_no_or_nothing_is_not(header: str) -> None:
    assert not read_message(mail(headers=header + "\n")).is_auto_reply


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Order 17", "Out of Office: back on Monday", "Abwesenheitsnotiz", "Réponse automatique : Commande",
     "Respuesta automática: Pedido", "Risposta automatica: Ordine", "Resposta automática: Pedido", "Automatisch antwoord: x",
     "Automatyczna odpowiedź: x", "Автоответ: заказ 17", "Автоматична відповідь: замовлення", "Autosvar: x", "自动回复: 订单"],
)  # fmt: skip
def test_the_subject_of_an_absence_note_is_enough(subject: str) -> None:
    assert read_message(mail(subject=subject)).is_auto_reply


@pytest.mark.parametrize(
    "subject",
    ["How do I set an out of office note?", "Your automatic payment", "Re: Order 17", "Automobile: bill"],
)
def test_a_subject_that_only_mentions_it_is_not(subject: str) -> None:
    assert not read_message(mail(subject=subject)).is_auto_reply


def test_an_absence_note_is_no_bounce() -> None:
    message = read_message(
        mail(
            "I am away until Monday.",
            subject="Out of office",
            headers="Return-Path: <>\nAuto-Submitted: auto-replied\n",
        )
    )
    assert (message.is_auto_reply, message.is_bounce) == (True, False)
