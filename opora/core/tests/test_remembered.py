"""What a process keeps of tables that seldom change."""

import pytest

from opora.core.remembered import Remembered, look_again, looking_once
from opora.people.models import Brand, Group

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


def test_within_one_look_the_tables_of_all_are_asked_once(django_assert_num_queries):
    groups, brands = Remembered((Group, "id")), Remembered((Brand, "id"), (Brand, "name"))
    assert (groups.get(list), brands.get(list)) == ([], [])
    with django_assert_num_queries(1), looking_once(), looking_once():
        assert (groups.get(list), brands.get(list), groups.get(list)) == ([], [], [])


def test_within_one_look_settings_that_may_have_changed_are_looked_at_again():
    kept = Remembered((Group, "id"), (Group, "name"))
    with looking_once():
        assert kept.get(names) == []
        Group.objects.create(name="Bank")
        assert kept.get(names) == []
        look_again()
        assert kept.get(names) == ["Bank"]
    look_again()
    assert kept.get(names) == ["Bank"]
