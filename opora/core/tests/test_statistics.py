import pytest
from django.db import connection

from opora.core.statistics import refresh_statistics

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps its own statistics"),
]


def figures(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = %s ORDER BY idx", [table])
        return dict(cursor.fetchall())


def figures_of_sqlite(table):
    """What ANALYZE itself finds, apart from indexes without rows, of which it says nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f'ANALYZE "{table}"')
    return figures(table)


@pytest.fixture
def people(cast):
    return "people_person"


def test_counting_finds_what_sqlite_finds(people):
    refresh_statistics()
    counted = figures(people)
    theirs = figures_of_sqlite(people)
    assert theirs
    assert {name: counted[name] for name in theirs} == theirs


def test_a_table_is_counted_again_only_when_it_has_doubled(people):
    assert people in refresh_statistics()
    assert people not in refresh_statistics()


def test_an_index_without_figures_is_counted(people):
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE idx = 'person_name'")
    assert people in refresh_statistics()
    assert "person_name" in figures(people)


def test_every_index_is_known_afterwards_even_an_empty_one(people):
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [people])
        assert figures(people).keys() == {name for (name,) in cursor.fetchall()}
