"""What a process keeps of tables that seldom change."""

import pytest

from opora.core.remembered import Remembered
from opora.people.models import Group

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return sorted(Group.objects.values_list("name", flat=True))


def test_it_is_made_once_and_asked_for_in_one_query(django_assert_num_queries):
    kept = Remembered((Group, "id"), (Group, "name"))
    assert kept.get(names) == []
    with django_assert_num_queries(1):
        assert kept.get(names) == []


def test_rows_that_come_change_or_go_are_seen():
    kept = Remembered((Group, "id"), (Group, "name"))
    first = Group.objects.create(name="Bank")
    assert kept.get(names) == ["Bank"]
    Group.objects.create(name="Airline")
    assert kept.get(names) == ["Airline", "Bank"]
    first.name = "Cards"
    first.save()
    assert kept.get(names) == ["Airline", "Cards"]
    Group.objects.filter(name="Airline").delete()
    assert kept.get(names) == ["Cards"]
