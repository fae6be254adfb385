"""A list by its next breach is read from the index, in both directions, and loses nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.core.pagination import keyset_page
from opora.people.models import Brand, Person
from opora.sla.models import Promise
from opora.tickets.models import Status, Ticket

NEXT = "promise__next_breach_at"


def _plan(sql: str) -> str:
    """How the database goes about it; PostgreSQL is told not to sort or to read whole tables while there is a way around."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("sort", "seqscan", "bitmapscan", "hashjoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.mark.parametrize("order", [NEXT, f"-{NEXT}"])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_next_breach_comes_in_the_order_of_its_index(promised, make_ticket, later, order, is_first):
    for _number in range(2):
        make_ticket()
        later(600)
    rows = Ticket.objects.live()
    cursor = "" if is_first else keyset_page(rows, order=[order], size=1).next_cursor
    assert is_first or cursor
    with CaptureQueriesContext(connection) as asked:
        keyset_page(rows, order=[order], size=50, cursor=cursor)
    plan = _plan(asked[0]["sql"])
    assert "promise_next" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.lists(st.one_of(st.none(), st.integers(0, 3), st.just("no promise")), max_size=9),
    size=st.integers(1, 4),
    order=st.sampled_from([NEXT, f"-{NEXT}"]),
)
def test_pages_by_next_breach_hold_every_ticket_once_those_without_last(hours, size, order):
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    Ticket.objects.all().delete()
    brand, _made = Brand.objects.get_or_create(name="Acme", slug="acme")
    status, _made = Status.objects.get_or_create(category=1, defaults={"name": "Open"})
    person, _made = Person.objects.get_or_create(name="Kateryna")
    known = {}
    for hour in hours:
        ticket = Ticket.objects.create(
            subject="x", requester=person, submitter=person, brand=brand, status=status, category=1
        )
        known[ticket.pk] = hour if isinstance(hour, int) else None
        if hour != "no promise":
            moment = noon + timedelta(hours=hour) if hour is not None else None
            Promise.objects.create(ticket=ticket, state={}, next_breach_at=moment)
    sign = -1 if order.startswith("-") else 1
    expected = sorted(known, key=lambda pk: (known[pk] is None, sign * (known[pk] or 0), sign * pk))
    seen, cursor = [], ""
    while True:
        page = keyset_page(Ticket.objects.all(), order=[order], size=size, cursor=cursor)
        seen += [row.pk for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == expected
