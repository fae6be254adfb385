"""Names, moments, sizes and trends as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from opora.core import faces, times
from opora.web import shapes

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Марія Коваленко", "МК"),
        ("Олександра-Вікторія Кучеренко-Лисогорська", "ОК"),
        ("bob.smith@example.com", "BS"),
        ("ТОВ «Платіжні рішення»", "ТР"),
        ("نور الهاشمي", "نا"),
        ("李小龍", "李"),
        ("🚲", "?"),
        ("", "?"),
    ],
)
def test_initials_are_the_first_letters_of_first_and_last_word(name, letters):
    assert faces.initials(name) == letters


def test_a_hue_never_changes():
    assert faces.hue(1) == faces.hue("1") == 11


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=-20), "now"),
        (timedelta(minutes=-3), "3 min ago"),
        (timedelta(hours=-2), "2 h ago"),
        (timedelta(hours=-30), "yesterday"),
        (timedelta(days=-3), "3 d ago"),
        (timedelta(hours=2, minutes=5), "in 2 h"),
        (timedelta(days=-20), "November 1"),
        (timedelta(days=-400), "10/17/2025"),
    ],
)
def test_a_moment_is_said_relative_to_now_and_later_as_a_day(away, words):
    assert times.relative(NOW + away, NOW) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (812, "812 B"), (14_200, "14 kB"), (2_412_344, "2.4 MB"), (3_100_000_000, "3.1 GB")],
)
def test_a_size_is_said_in_its_own_unit(size, words):
    assert shapes.filesize(size) == words


def test_a_trend_fills_its_box_from_lowest_to_highest():
    assert shapes.sparkline_points([1, 3, 2]) == [(0, 24), (36, 0), (72, 12)]


def test_a_flat_trend_is_a_line_in_the_middle():
    assert shapes.sparkline_points([5, 5]) == [(0, 12), (72, 12)]


def test_one_value_is_no_trend():
    assert shapes.sparkline_points([5]) == []


@pytest.mark.parametrize(("share", "length"), [(-1, "0"), (0.25, "25"), (7, "100")])
def test_a_ring_is_never_less_than_empty_or_more_than_full(share, length):
    assert shapes.ring_dash(share) == length
