from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.core.pagination import keyset_page
from opora.core.refusals import Invalid
from opora.people.models import Organization, Person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def all_pages(rows, order, size):
    seen, cursor = [], ""
    for _ in range(100):
        page = keyset_page(rows, order=order, size=size, cursor=cursor)
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            return seen
    raise AssertionError("The pages never end.")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stamps=st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 3))), max_size=25),
    order=st.sampled_from(
        [["name"], ["-name"], ["last_seen_at"], ["-last_seen_at"], ["name", "-last_seen_at"], ["id"], ["-id"]]
    ),
    size=st.integers(1, 7),
)
def test_pages_together_are_the_whole_list_once(stamps, order, size):
    Person.objects.all().delete()
    Person.objects.bulk_create(
        Person(name=f"n{name}", last_seen_at=None if hours is None else NOON + timedelta(hours=hours))
        for name, hours in stamps
    )
    rows = Person.objects.all()
    seen = all_pages(rows, order, size)
    assert len(seen) == len(set(seen)) == len(stamps)
    assert seen == all_pages(rows, order, 100)


def test_a_cursor_of_another_order_is_refused():
    Organization.objects.bulk_create(Organization(name=f"o{n}") for n in range(5))
    cursor = keyset_page(Organization.objects.all(), order=["name"], size=2).next_cursor
    with pytest.raises(Invalid):
        keyset_page(Organization.objects.all(), order=["-name"], size=2, cursor=cursor)
