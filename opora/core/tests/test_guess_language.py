import pytest

from opora.core.language import guess_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, where is my order? I have been waiting for a week."),
        ("uk", "Добрий день! Коли прийде моє замовлення? Чекаю вже тиждень."),
        ("ru", "Здравствуйте! Когда придёт мой заказ? Жду уже неделю."),
        ("de", "Guten Tag, wo ist meine Bestellung? Ich warte seit einer Woche auf die Lieferung."),
        ("pl", "Dzień dobry, gdzie jest moje zamówienie? Czekam już tydzień."),
    ],
)
def test_a_sentence_or_two_are_enough(language, text):
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "12345", "OK", "???", "こんにちは", "Où est ma commande ?"])
def test_what_it_does_not_know_it_leaves_open(text):
    assert guess_language(text) == ""
