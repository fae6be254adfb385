"""The passage that shows why a text was found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.search.highlight import highlight
from opora.search.index import put
from opora.search.query import Not, Phrase, TextQuery, Words

pytestmark = pytest.mark.django_db


@pytest.fixture
def learnt():
    put(
        "ticket",
        1,
        title="Замовлення",
        body="замовленням заказ заказами refund refunded money <b> деньги денег",
    )


def test_other_forms_are_marked(learnt):
    assert (
        highlight("Я не отримав: «Замовленням».", TextQuery.of("замовлення"))
        == "Я не отримав: «<mark>Замовленням</mark>»."
    )
    assert highlight("Нет денег", TextQuery.of("деньги")) == "Нет <mark>денег</mark>"


def test_markup_in_the_text_is_escaped(learnt):
    assert highlight("<script>refunded</script> & co", TextQuery.of("refund")) == (
        "&lt;script&gt;<mark>refunded</mark>&lt;/script&gt; &amp; co"
    )


def test_a_phrase_is_marked_as_one_and_only_where_it_stands(learnt):
    query = TextQuery((Phrase("no money"),))
    assert highlight("Money: no Money, no", query) == "Money: <mark>no Money</mark>, no"


def test_a_beginning_marks_whole_words_and_an_address_is_marked_whole(learnt):
    assert (
        highlight("refunding now", TextQuery((Words("refu", starts=True),))) == "<mark>refunding</mark> now"
    )
    assert (
        highlight("to o.k@example.com.", TextQuery.of("o.k@example.com"))
        == "to <mark>o.k@example.com</mark>."
    )
    assert highlight("No ORD-2024/118!", TextQuery.of("2024/118")) == "No ORD-<mark>2024/118</mark>!"


def test_what_must_not_occur_is_not_marked(learnt):
    assert (
        highlight("money refund", TextQuery((Words("money"), Not(Words("refund")))))
        == "<mark>money</mark> refund"
    )


def test_the_passage_with_most_words_of_the_query_is_shown(learnt):
    filler = "lorem ipsum dolor sit amet " * 30
    text = f"refund here {filler} the refund of money {filler}"
    shown = highlight(text, TextQuery.of("refund money"))
    assert "<mark>refund</mark> of <mark>money</mark>" in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < 320


def test_a_text_without_a_match_gives_its_beginning(learnt):
    assert highlight("hello   there", TextQuery.of("refund")) == "hello there"
    assert highlight("", TextQuery.of("refund")) == ""


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400), st.text(max_size=30), st.integers(20, 300))
def test_any_text_is_escaped_and_short(text, query, width):
    shown = highlight(text, TextQuery((Words(query), Phrase(query))), width=width)
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare and ">" not in bare
    assert shown.count("<mark>") == shown.count("</mark>")
