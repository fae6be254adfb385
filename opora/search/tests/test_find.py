"""What is put is found, by any form of its words; run on both databases."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.search import index
from opora.search.documents import Text
from opora.search.index import (
    append,
    as_subquery,
    building,
    bulk_put,
    change,
    clear,
    count,
    find,
    put,
    remove,
)
from opora.search.models import Document, WordForm
from opora.search.query import Not, Phrase, TextQuery, Words
from opora.search.tests.inflections import ENGLISH, RUSSIAN, UKRAINIAN, pairs
from opora.search.words import words

pytestmark = pytest.mark.django_db


def ids(query, kind="ticket", **options):
    query = TextQuery.of(query) if isinstance(query, str) else query
    return [hit.id for hit in find(kind, query, **options)]


def only(*parts):
    return TextQuery(parts)


@pytest.fixture
def desk():
    put(
        "ticket",
        1,
        title="Де моє замовлення?",
        body="Замовлення ORD-2024/118 не прийшло.",
        people="Олена Коваль olena@example.com",
    )
    put(
        "ticket",
        2,
        title="Refund please",
        body="I was charged twice, there is no money on my card.",
        codes="R-77",
    )
    put("ticket", 3, title="Нет денег", body="Верните деньги за заказ 118 на карту, прошу вернуть.")
    put("article", 2, title="How to refund", body="Money comes back to the card.")


@pytest.mark.parametrize("table", [UKRAINIAN, RUSSIAN, ENGLISH], ids=["Ukrainian", "Russian", "English"])
def test_a_word_is_found_by_its_other_forms_both_ways(table):
    known = pairs(table)
    assert len(known) >= 40
    for number, (one, other) in enumerate(known):
        put("there", number, title="", body=f"abc {one} xyz")
        put("back", number, title="", body=f"abc {other} xyz")
    missing = [
        (one, other)
        for number, (one, other) in enumerate(known)
        if number not in ids(other, "there") or number not in ids(one, "back")
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("замовленням", [1]), ("деньгами", [3]), ("refunded", [2]), ("charging cards", [2]), ("заказа картой", [3]),
        ("ORD-2024/118", [1]), ("2024/118", [1]), ("ord 118", [1]), ("118", [3, 1]), ("r-77", [2]),
        ("olena@example.com", [1]), ("example.com", [1]), ("Ковалем", [1]), ("замовлення деньги", []), ("nowhere", []),
    ],
)  # fmt: skip
def test_all_words_must_occur_in_some_form(desk, query, expected):
    assert ids(query) == expected
    assert count("ticket", TextQuery.of(query)) == len(expected)


def test_a_phrase_is_exact_and_does_not_reach_across_texts(desk):
    assert ids(only(Phrase("no money"))) == [2]
    assert ids(only(Phrase("no moneys"))) == []
    assert ids(only(Phrase("please I was"))) == []
    append("ticket", 2, "Money again")
    assert ids(only(Phrase("card money"))) == []


def test_what_must_not_occur_excludes(desk):
    assert ids(only(Words("118"), Not(Words("замовлень")))) == [3]
    assert sorted(ids(only(Not(Words("card"))))) == [1, 3]
    assert ids(only(Not(Phrase("no money")), Not(Words("заказ")))) == [1]


def test_the_beginning_of_a_word_is_enough_with_a_star(desk):
    assert ids(only(Words("refu", starts=True))) == [2]
    assert ids(only(Words("замов", starts=True))) == [1]
    assert ids(only(Words("ord-202", starts=True))) == [1]


def test_the_title_alone_can_be_asked(desk):
    assert ids(only(Words("деньги", in_title=True))) == [3]
    assert ids(only(Words("card", in_title=True))) == []
    assert ids(only(Phrase("refund please", in_title=True))) == [2]


def test_kinds_do_not_mix(desk):
    assert ids("refund", "article") == [2]
    assert ids("refund", "user") == []


def test_a_comment_added_is_found_and_what_was_there_stays(desk):
    append("ticket", 1, "Посилка загубилась")
    assert ids("посилку загубились") == [1]
    assert ids("посилка замовлення") == [1]
    append("ticket", 99, "nobody")
    assert ids("nobody") == []


def test_a_document_put_again_forgets_what_it_said(desk):
    put("ticket", 2, title="Thanks", body="All is well")
    assert ids("refund") == []
    assert ids("thanks well") == [2]


def test_short_fields_change_without_the_body(desk):
    change("ticket", 2, title="Chargeback", people="Ivan")
    assert ids(only(Words("refund"))) == []
    assert ids(only(Words("chargeback", in_title=True))) == [2]
    assert ids("ivan money") == [2]
    assert ids("r-77") == [2]
    assert ids(only(Phrase("no money"))) == [2]


def test_a_document_removed_is_gone_from_both_tables(desk):
    remove("ticket", 1)
    assert ids("замовлення") == []
    assert ids(only(Not(Words("nothing")))) == [3, 2]
    put("ticket", 1, title="", body="back")
    assert ids("замовлення") == []


def test_titles_and_codes_come_before_bodies_and_new_before_old():
    put("ticket", 1, title="voucher", body="a")
    put("ticket", 2, title="b", body="voucher")
    put("ticket", 3, title="c", body="voucher")
    assert ids("voucher") == [1, 3, 2]
    assert ids("voucher", before=3) == [1, 2]
    assert ids("voucher", limit=1) == [1]


def test_a_title_match_older_than_the_newest_matches_is_still_ranked():
    put("ticket", 1, title="voucher", body="a")
    bulk_put("ticket", (Text(number, "b", "voucher") for number in range(2, 320)), fresh=True)
    assert ids("voucher", limit=2) == [1, 319]


def test_common_words_give_the_newest_first():
    bulk_put(
        "ticket",
        (Text(number, "", f"common {'even' if number % 2 == 0 else 'odd'}") for number in range(1, 2_301)),
    )
    assert ids("common") == list(range(2300, 2270, -1))
    assert ids("common even", limit=3) == [2300, 2298, 2296]
    assert ids(only(Phrase("common odd")), limit=3) == [2299, 2297, 2295]
    assert count("ticket", TextQuery.of("common")) == 1_000
    assert count("ticket", TextQuery.of("common"), cap=10_000) == 2_300


def test_the_ids_can_be_a_part_of_another_query(desk):
    keys = Document.objects.filter(key__in=[1, 2, 3])
    assert not keys.exists()
    Document.objects.bulk_create(Document(key=number, title="x", people="", codes="") for number in (1, 2, 3))
    assert list(
        keys.filter(key__in=as_subquery("ticket", TextQuery.of("118")))
        .order_by("-key")
        .values_list("key", flat=True)
    ) == [3, 1]
    assert list(
        keys.exclude(key__in=as_subquery("ticket", TextQuery.of("118"))).values_list("key", flat=True)
    ) == [2]
    assert not keys.filter(key__in=as_subquery("ticket", TextQuery())).exists()


def test_many_ids_stay_a_part_of_the_other_query():
    bulk_put("ticket", (Text(number, "", "common") for number in range(1, 1_203)))
    put("ticket", 2_000, title="", body="other")
    Document.objects.bulk_create(
        Document(key=number, title="x", people="", codes="") for number in (5, 6, 2_000)
    )
    found = as_subquery("ticket", TextQuery.of("common"))
    assert not isinstance(found, list)
    keys = Document.objects.filter(key__lt=10_000, key__in=found).order_by("-key")[:2]
    assert list(keys.values_list("key", flat=True)) == [6, 5]
    phrase = as_subquery("ticket", only(Phrase("common"), Not(Words("other"))))
    assert Document.objects.filter(key__lt=10_000).exclude(key__in=phrase).get().key == 2_000


def test_an_empty_query_finds_nothing(desk):
    assert ids(TextQuery()) == ids("…") == []
    assert count("ticket", TextQuery()) == 0


def test_bulk_put_replaces_and_of_twins_the_last_counts(desk):
    many = bulk_put("ticket", [Text(1, "one", "first"), Text(1, "one", "second"), Text(5, "five", "fifth")])
    assert many == 2
    assert ids("замовлення") == ids("first") == []
    assert ids("second") == [1]


@pytest.mark.django_db(transaction=True)
def test_a_large_build_leaves_a_working_index(desk):
    with building():
        clear()
        bulk_put("ticket", (Text(number, "title", f"word {number}") for number in range(1, 50)), fresh=True)
    assert ids("7") == [7]
    assert ids("refund") == []
    put("ticket", 7, title="later", body="text")
    assert ids("later") == [7]


def test_one_kind_is_forgotten_without_the_others(desk):
    put("person", 1, title="refund", body="")
    clear("ticket")
    assert ids("refund") == []
    assert ids("refund", kind="person") == [1]
    put("ticket", 2, title="refund", body="")
    assert ids("refund") == [2]
    clear()
    assert ids("refund", kind="person") == []


@pytest.mark.django_db(transaction=True)
def test_a_form_learnt_in_a_transaction_that_failed_is_learnt_again():
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        put("ticket", 1, title="", body="хризантемами")
        raise ValueError("no")
    put("ticket", 1, title="", body="хризантемами")
    assert ids("хризантема") == [1]


def test_a_huge_document_is_indexed_as_far_as_it_goes():
    put("ticket", 1, title="big", body=" ".join(f"w{number}" for number in range(30_000)))
    append("ticket", 1, " ".join(f"v{number}" for number in range(30_000)))
    append("ticket", 1, " ".join(f"u{number}" for number in range(30_000)))
    assert ids("big") == ids("w100") == ids("v100") == [1]


def test_the_vocabulary_holds_words_but_no_numbers_or_addresses(desk):
    stored = set(WordForm.objects.values_list("form", flat=True))
    assert {"замовлення", "refund", "деньги"} <= stored
    assert not {"118", "olena@example.com", "¶refund", "¦"} & stored


def test_finding_takes_few_queries(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        ids("заказа картой refunds")


ALPHABET = "абвгіїєґыэёйцʼ'’abcxyzäßłé0123456789 -_/.@#\"*()退款กขー한글\u0301\u200d🙂\x00:|&!<>\\'"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(alphabet=ALPHABET, max_size=40), min_size=1, max_size=4))
def test_any_text_can_be_put_and_is_found_by_each_of_its_words(texts):
    with transaction.atomic():
        put("ticket", 7, title=texts[0], body=texts[-1])
        for text in texts:
            append("ticket", 7, text)
        for word in {word for text in texts for word in words(text)}:
            assert ids(only(Phrase(word))) == [7]
            assert ids(only(Words(word))) == [7]
        for text in texts:
            assert ids(only(Phrase(text))) in ([7], [] if not words(text) else [7])
            assert ids(only(Words(text))) == ([7] if words(text) else [])
        remove("ticket", 7)
        for word in {word for text in texts for word in words(text)}:
            assert ids(only(Phrase(word))) == []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60), st.booleans())
def test_no_text_breaks_a_query(text, flag):
    query = only(Words(text, starts=flag), Not(Words(text, in_title=flag)), Phrase(text, in_title=flag))
    with transaction.atomic():
        assert ids(query) == []
        assert count("ticket", query) == 0


def test_this_run_says_which_database_it_proves():
    assert connection.vendor in ("sqlite", "postgresql")
    assert index.dialect() is not None
