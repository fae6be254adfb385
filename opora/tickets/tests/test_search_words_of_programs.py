"""What programs write into a search that people seldom type."""

import pytest

from opora.search.language.parser import parse
from opora.tickets.actions.rate import rate_ticket
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, TicketField
from opora.tickets.queries import status_of
from opora.tickets.searching import FIELDS, matching_tickets


@pytest.fixture
def found(cast):
    """Return a function that gives the numbers of what a search finds."""
    return lambda typed: sorted(
        matching_tickets(parse(typed, FIELDS), by=cast.owner).values_list("pk", flat=True)
    )


def test_rows_are_named_by_their_numbers(found, ticket):
    group, brand, person = ticket.group_id, ticket.brand_id, ticket.requester_id
    for typed in (
        f"group_id:{group}",
        f"brand_id:{brand}",
        f"requester_id:{person}",
        f"ticket_id:{ticket.pk}",
    ):
        assert found(typed) == [ticket.pk], typed
    assert found("ticket_id:999999") == found("assignee_id:999999") == []


def test_a_type_that_is_none_finds_nothing_and_breaks_nothing(found, ticket):
    assert found("type:nonsense") == []
    assert found("type:none") == [ticket.pk] and found("type:incident") == []


def test_a_choice_is_found_as_a_tag_and_as_a_value_of_any_field(found, cast, ticket):
    options = [{"name": "Gold", "value": "gold"}, {"name": "Silver", "value": "silver"}]
    field = save_field(by=cast.owner, title="Plan", type=TicketField.Type.DROPDOWN, options=options)
    set_field_values(ticket, {field.pk: "gold"}, by=cast.agent)
    for typed in ("tags:gold", "tags:gol*", "fieldvalue:gold", f"custom_field_{field.pk}:gold"):
        assert found(typed) == [ticket.pk], typed
    assert found("tags:silver") == found("fieldvalue:silver") == found("-tags:gold") == []


def test_files_and_those_who_spoke_are_counted_once(found, cast, ticket):
    assert found("has_attachment:true") == [] and found("has_attachment:false") == [ticket.pk]
    assert found(f"commenter:{ticket.requester_id}") == [ticket.pk]


def test_ratings_are_searched_by_their_words(found, cast, ticket):
    assert found("satisfaction:unoffered") == [ticket.pk] and found("satisfaction:good") == []
    change_status(ticket, status_of(Category.SOLVED), by=cast.agent)
    rate_ticket(ticket, score="good", comment="Quick.", by=cast.customer)
    assert found("satisfaction:good") == found("satisfaction:goodwithcomment") == [ticket.pk]
    assert found("satisfaction:bad") == found("satisfaction:good_without_comment") == []
