from datetime import timedelta

import pytest

from opora.core.refusals import Invalid
from opora.sla.lengths import length_words, read_length


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 min", 30),
        ("45", 45),
        ("4 h", 240),
        ("1 h 30 min", 90),
        ("1,5 год", 90),
        ("2 ч", 120),
        ("20 хв", 20),
        ("2h30", 150),
    ],
)
def test_lengths_are_read_as_people_type_them(text, minutes):
    assert read_length(text) == timedelta(minutes=minutes)
    assert read_length(length_words(timedelta(minutes=minutes))) == timedelta(minutes=minutes)


def test_nothing_is_no_length():
    assert read_length(" ") is None


@pytest.mark.parametrize("text", ["soon", "2 d", "3 дні", "0", "-4 h", "9999 h", "4 h x"])
def test_what_is_no_length_is_refused_in_a_sentence(text):
    with pytest.raises(Invalid) as refused:
        read_length(text)
    assert refused.value.sentence.endswith((".", "?"))
