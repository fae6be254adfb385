from datetime import UTC, datetime

import pytest
from django.utils import translation

from opora.core.refusals import Invalid, NotAllowed
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.save_field import options_from_lines, save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import add_tags, remove_tags, set_tags
from opora.tickets.models import Priority, TicketForm
from opora.tickets.queries import field_values


def test_each_property_is_a_fact_of_one_update(cast, ticket):
    change_ticket(ticket, by=cast.agent, priority=Priority.HIGH, subject="Late parcel")
    facts = list(Event.objects.filter(kind="ticket.changed").order_by("id"))
    assert [fact.body["field"] for fact in facts] == ["priority", "subject"]
    assert facts[0].body["after"] == "high"
    assert facts[0].update_id == facts[1].update_id


def test_what_does_not_change_is_not_recorded(cast, ticket):
    before = Event.objects.count()
    change_ticket(ticket, by=cast.agent, subject=ticket.subject)
    assert Event.objects.count() == before


def test_a_new_requester_brings_their_organization(cast, ticket):
    change_ticket(ticket, by=cast.agent, requester=cast.banker)
    ticket.refresh_from_db()
    assert ticket.organization == cast.bank


def test_a_due_date_reads_back(cast, ticket):
    due = datetime(2026, 12, 1, 9, tzinfo=UTC)
    change_ticket(ticket, by=cast.agent, due_at=due)
    ticket.refresh_from_db()
    assert ticket.due_at == due


def test_an_outsider_changes_nothing(cast, ticket):
    with pytest.raises(NotAllowed):
        change_ticket(ticket, by=cast.outsider, priority=Priority.LOW)


def test_tags_are_cleaned_added_and_removed(cast, ticket):
    set_tags(ticket, ["VIP", "late parcel", "vip", " "], by=cast.agent)
    add_tags(ticket, ["доставка"], by=cast.agent)
    remove_tags(ticket, ["VIP"], by=cast.agent)
    assert sorted(ticket.tags.values_list("name", flat=True)) == ["late_parcel", "доставка"]


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("text", " A-12 ", ["A-12"]),
        ("integer", "42", ["42"]),
        ("decimal", "12,5", ["12,5"]),
        ("date", "2026-11-21", ["2026-11-21"]),
        ("checkbox", "on", ["true"]),
        ("checkbox", "", []),
        ("tagger", "late", ["late"]),
        ("multiselect", ["late", "wrong"], ["late", "wrong"]),
        ("text", "", []),
    ],
)
def test_custom_fields_keep_what_fits(cast, ticket, kind, given, stored):
    field = save_field(
        by=cast.owner, title="Reason", type=kind, options=options_from_lines("late = Late\nwrong = Wrong")
    )
    set_field_values(ticket, {field.pk: given}, by=cast.agent)
    assert field_values(ticket).get(field.pk, []) == stored


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("integer", "1.5"),
        ("integer", "x"),
        ("decimal", "NaN"),
        ("decimal", "1e30"),
        ("date", "31.12.2026"),
        ("tagger", "other"),
    ],
)
def test_custom_fields_refuse_what_does_not(cast, ticket, kind, given):
    field = save_field(by=cast.owner, title="Reason", type=kind, options=options_from_lines("late = Late"))
    with pytest.raises(Invalid):
        set_field_values(ticket, {field.pk: given}, by=cast.agent)
    assert field_values(ticket) == {}


def test_a_pattern_is_kept_to(cast, ticket):
    field = save_field(by=cast.owner, title="Order", type="regexp", pattern=r"[A-Z]{2}-\d{4}")
    set_field_values(ticket, {field.pk: "UA-1234"}, by=cast.agent)
    with pytest.raises(Invalid):
        set_field_values(ticket, {field.pk: "1234"}, by=cast.agent)
    with pytest.raises(Invalid, match="pattern"):
        save_field(by=cast.owner, title="Broken", type="regexp", pattern="(")


def test_a_required_field_is_asked_for_before_solving(cast, ticket):
    field = save_field(by=cast.owner, title="Reason", type="text", is_required_to_solve=True)
    save_form(TicketForm.objects.get(), by=cast.owner, ticket_fields=[field])
    with pytest.raises(Invalid, match="Reason"):
        solve_ticket(ticket, by=cast.agent)
    set_field_values(ticket, {field.pk: "late"}, by=cast.agent)
    solve_ticket(ticket, by=cast.agent)
    assert ticket.is_solved


def test_a_priority_is_told_in_the_language_of_the_reader(ticket, cast):
    change_ticket(ticket, by=cast.agent, priority=Priority.URGENT)
    fact = fact_of(Event.objects.filter(kind="ticket.changed").latest("id"))
    assert fact.sentence() == "changed priority from – to Urgent"
    with translation.override("uk"):
        assert fact.sentence().endswith("Терміновий")
