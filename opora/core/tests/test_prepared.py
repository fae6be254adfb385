"""Prepared queries give what their QuerySets give, for other values, threads and shapes."""

import threading

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from opora.core.prepared import insert, prepared, write
from opora.people.models import Group, Membership, Person
from opora.tickets.models import Category, Status, TicketMetric

pytestmark = [pytest.mark.django_db, pytest.mark.no_replay]


@prepared
def members_of(group_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(group_id=group_id).select_related("person", "group").order_by("id")


@prepared
def names_between(low: int, high: int) -> QuerySet[Group, str]:
    return Group.objects.filter(pk__gt=low, pk__lt=high).order_by("name").values_list("name", flat=True)


@prepared
def with_memberships(group_id: int) -> QuerySet[Group]:
    return Group.objects.filter(pk=group_id).prefetch_related("memberships__person")[:1]


@prepared
def groups_among(ids: list[int]) -> QuerySet[Group]:
    return Group.objects.filter(pk__in=ids).order_by("-name")


@prepared
def statuses_of(category: int) -> QuerySet[Status, int]:
    return Status.objects.filter(category=category).values_list("category", flat=True)


@prepared
def named(name: str, above: int) -> QuerySet[Group]:
    return Group.objects.filter(name=name, pk__gt=above)


@pytest.fixture
def two_groups(cast):
    groups = [Group.objects.create(name=name) for name in ("Alpha", "Beta")]
    Membership.objects.create(group=groups[0], person=cast.agent)
    Membership.objects.create(group=groups[1], person=cast.lead)
    return groups


def test_the_values_change_and_the_rest_stays(two_groups, cast):
    alpha, beta = two_groups
    assert [row.person for row in members_of(alpha.pk)] == [cast.agent]
    assert [row.person for row in members_of(beta.pk)] == [cast.lead]


def test_related_objects_come_along(two_groups, django_assert_num_queries):
    members_of(two_groups[0].pk)
    with django_assert_num_queries(1):
        (row,) = members_of(two_groups[1].pk)
        assert (row.group.name, row.person.name) == ("Beta", row.person.name)


def test_each_argument_stands_where_it_belongs(two_groups):
    alpha, beta = two_groups
    assert names_between(alpha.pk - 1, beta.pk + 1) == ["Alpha", "Beta"]
    assert names_between(alpha.pk, beta.pk + 1) == ["Beta"]


def test_small_integers_are_taken_though_a_driver_wraps_them(cast):
    assert set(statuses_of(Category.OPEN.value)) == {Category.OPEN}
    assert set(statuses_of(Category.SOLVED.value)) == {Category.SOLVED}


def test_lists_of_any_length_are_taken(two_groups):
    alpha, beta = two_groups
    assert groups_among([alpha.pk, beta.pk]) == [beta, alpha]
    assert groups_among([beta.pk]) == [beta]
    assert groups_among([beta.pk, alpha.pk, alpha.pk + 50_000]) == [beta, alpha]
    assert groups_among([]) == []


def test_texts_are_taken_as_they_are(two_groups):
    alpha, beta = two_groups
    assert named("Alpha", 0) == [alpha]
    assert named("Beta", alpha.pk) == [beta]
    assert named("Beta", beta.pk) == named("' OR 1=1 --", 0) == named("31001", 0) == []


def test_what_is_prefetched_belongs_to_what_was_asked(two_groups, cast):
    with_memberships(two_groups[0].pk)
    found = with_memberships.first(two_groups[1].pk)
    assert found is not None
    assert [row.person for row in found.memberships.all()] == [cast.lead]
    assert with_memberships.first(0) is None


def test_the_sql_is_made_once(two_groups, monkeypatch):
    members_of(two_groups[0].pk)
    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.as_sql", None)
    with CaptureQueriesContext(connection) as asked:
        assert len(members_of(two_groups[1].pk)) == 1
    assert str(two_groups[1].pk) in asked.captured_queries[0]["sql"]


@pytest.mark.django_db(transaction=True)
def test_a_query_compiled_here_asks_through_the_connection_of_another_thread(two_groups, cast):
    members_of(two_groups[0].pk)
    seen: list[Person] = []

    def ask() -> None:
        seen.extend(row.person for row in members_of(two_groups[0].pk))
        connections.close_all()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [cast.agent]


def test_what_is_no_integer_is_refused():
    with pytest.raises(TypeError, match="takes integers"):
        members_of(None)
    with pytest.raises(TypeError, match="takes integers"):
        members_of(True)


def test_an_argument_that_the_sql_does_not_carry_is_refused():
    forgetful = prepared(lambda group_id: Group.objects.all())
    with pytest.raises(TypeError, match="cannot be prepared"):
        forgetful(1)


def test_an_inserted_row_is_the_row_that_save_would_have_made(cast):
    one = insert(Person(name="Оля", email="olia@example.com", role=cast.agent.role, tags=["vip"]))
    other = Person(name="Оля", email="olia2@example.com", role=cast.agent.role, tags=["vip"])
    other.save(force_insert=True)
    assert other.pk == one.pk + 1
    ours, theirs = (Person.objects.filter(pk=row.pk).values().get() for row in (one, other))
    differing = {"id", "email", "created_at", "updated_at"}
    assert {k: v for k, v in ours.items() if k not in differing} == {
        k: v for k, v in theirs.items() if k not in differing
    }
    one.name = "Ольга"
    one.save()
    assert Person.objects.get(pk=one.pk).name == "Ольга"


def test_a_row_whose_key_is_another_rows_is_inserted_too(cast, make_ticket):
    ticket = make_ticket()
    TicketMetric.objects.filter(pk=ticket.pk).delete()
    insert(TicketMetric(ticket=ticket, comments=3))
    assert TicketMetric.objects.get(pk=ticket.pk).comments == 3


def test_written_are_the_named_fields_and_no_others(two_groups):
    alpha, beta = two_groups
    alpha.name, alpha.description = "Ласкаво", "not written"
    assert write(alpha, "name")
    assert list(
        Group.objects.filter(pk__in=[alpha.pk, beta.pk]).order_by("pk").values_list("name", "description")
    ) == [
        ("Ласкаво", ""),
        ("Beta", ""),
    ]


def test_nothing_is_written_where_the_table_holds_something_else(two_groups):
    alpha, _beta = two_groups
    alpha.name = "Gamma"
    assert not write(alpha, "name", name="Delta")
    assert not write(Group(pk=alpha.pk + 50_000, name="Nobody"), "name")
    assert Group.objects.get(pk=alpha.pk).name == "Alpha"
    assert write(alpha, "name", name="Alpha", description="")
    assert Group.objects.get(pk=alpha.pk).name == "Gamma"
