"""Both databases give what a plain reading of every document gives, so they give the same."""

import random

import pytest

from opora.search.dialects import dialect
from opora.search.documents import Text, entry_of, part_of
from opora.search.index import append, bulk_put, count, remove
from opora.search.keys import key_of, keys_of
from opora.search.matching import TITLE, expand
from opora.search.query import Not, Phrase, TextQuery, Words
from opora.search.ranking import CANDIDATES, PHRASE_CANDIDATES
from opora.search.tests.inflections import ENGLISH, RUSSIAN, UKRAINIAN, pairs

VOCABULARY = [word for table in (UKRAINIAN, RUSSIAN, ENGLISH) for pair in pairs(table) for word in pair]


def _documents(chance):
    for number in range(1, 1_200):
        spoken = chance.choices(VOCABULARY, weights=range(len(VOCABULARY), 0, -1), k=40)
        yield Text(
            number,
            " ".join(spoken[:5]),
            " ".join(spoken[5:]),
            f"Ivan{number % 50} i{number % 50}@example.com",
            f"ORD-{number}",
        )


def _queries(chance):
    for _number in range(150):
        one, two, three = chance.choices(VOCABULARY, k=3)
        yield from (
            TextQuery.of(one), TextQuery.of(f"{one} {two}"), TextQuery((Phrase(f"{one} {two}"),)),
            TextQuery((Words(one), Not(Words(three)))), TextQuery((Words(one[:4], starts=True), Words(two, in_title=True))),
            TextQuery((Not(Words(one)), Not(Phrase(f"{two} {three}")))), TextQuery.of(f"ORD-{chance.randrange(1_200)}"),
        )  # fmt: skip


def _reading(match, documents):
    """Return the numbers of the documents that say what `match` demands, newest first."""
    return [number for number in sorted(documents, reverse=True) if _says(match, documents[number])]


def _says(match, tokens):
    text = f" {' '.join(tokens)} "
    return all(_occurs(clause, text) for clause in match.must) and not any(
        _occurs(c, text) for c in match.must_not
    )


def _occurs(clause, text):
    mark = TITLE if clause.in_title else ""
    return any(
        " " + " ".join(mark + token for token in run.tokens) + ("" if run.starts else " ") in text
        for run in clause.runs
    )


@pytest.mark.django_db
def test_the_index_answers_like_a_plain_reading_of_every_document():
    chance = random.Random(17)
    texts = list(_documents(chance))
    bulk_put("ticket", texts)
    documents = {
        text.id: [*entry_of("ticket", text).head.words, *entry_of("ticket", text).body] for text in texts
    }
    for number in range(1, 1_200, 7):
        comment = " ".join(chance.choices(VOCABULARY, k=20))
        append("ticket", number, comment)
        documents[number] += part_of(comment)
        remove("ticket", number + 2)
        documents.pop(number + 2, None)
    found = 0
    for query in _queries(chance):
        match = expand(query)
        expected = _reading(match, documents)
        assert count("ticket", match, cap=5_000) == len(expected)
        limit = PHRASE_CANDIDATES if match.has_phrases else CANDIDATES
        assert dialect().newest(match, keys_of("ticket"), limit=limit) == [
            key_of("ticket", number) for number in expected[:limit]
        ]
        found += len(expected)
    assert found > 10_000
