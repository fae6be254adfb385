"""Text into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.search.words import TOKEN_LENGTH, fold, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Прошу ПОВЕРНУТИ кошти!", ["прошу", "повернути", "кошти"]),
        ("ещё счёт", ["еще", "счет"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ORD-2024/118", ["ord", "2024", "118"]),
        ("#123 №7", ["123", "7"]),
        ("iPhone15 500грн x2", ["iphone15", "iphone", "15", "500грн", "500", "грн", "x2"]),
        ("olena.k@example.com,", ["olena.k@example.com", "olena", "k", "example", "com"]),
        ("https://shop.ua/o/77?a=1", ["https", "shop", "ua", "o", "77", "a", "1"]),
        ("退款订单", ["退", "款", "订", "单"]),
        ("ＡＢＣ１２ ﬁne", ["abc12", "abc", "12", "fine"]),
        ("l'ordre customer's", ["l", "ordre", "customer"]),
        ("про\u00adблема за\u200bказ", ["проблема", "заказ"]),
        ("err_timeout.code", ["err", "timeout", "code"]),
        ("…—!?", []),
    ],
)
def test_text_becomes_these_tokens(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize("apostrophe", list("'’ʼ‘`´′"))
def test_every_apostrophe_makes_the_same_ukrainian_word(apostrophe):
    assert words(f"п{apostrophe}ять") == words("п'ять") == ["пʼять"]


def test_composed_and_decomposed_letters_are_equal():
    assert words("мій йод café") == words("мі\u0438\u0306 и\u0306од cafe\u0301")


@given(st.text(max_size=300))
def test_any_text_gives_short_clean_tokens(text):
    for word in words(text):
        assert 0 < len(word) <= TOKEN_LENGTH
        assert not set(word) & set(" \t\n'\"\\():|&!<>\x00")
        word.encode()


@given(st.text(alphabet="абвіїйАЯ'’xyzß1238-_.@/# \n", max_size=120))
def test_tokens_with_places_are_the_tokens_of_the_index(text):
    folded = fold(text)
    assert [token.text for token in tokens(folded)] == words(text)
    assert all(0 <= token.start < token.end <= len(folded) for token in tokens(folded))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens(text))
