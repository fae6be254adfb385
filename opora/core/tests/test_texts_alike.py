import pytest

from opora.core.texts_alike import holds_text, holds_word, spaced


@pytest.mark.parametrize(
    ("text", "wanted", "whole", "part"),
    [
        ("Замовлення №17", "ЗАМОВЛЕННЯ", True, True),
        ("Замовлення №17", "замов", False, True),
        ("Re: e-mail, please", "e-mail", True, True),
        ("100% refund", "100", True, True),
        ("", "x", False, False),
        ("one two three", "two three", True, True),
        ("one two three", "one three", False, False),
        ("anything", "—", False, False),
    ],
)
def test_words_are_whole_and_parts_are_parts(text, wanted, whole, part):
    assert holds_word(text, wanted) is whole
    assert holds_text(text, wanted) is part


def test_words_stand_between_single_spaces():
    assert spaced("  Їжа_та—ВОДА! ") == " їжа та вода "
    assert spaced("…").strip() == ""
