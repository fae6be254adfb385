"""Conditions on an update: what was changed, by whom, what was said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.week_text import WORKING_WEEK
from opora.core import clock
from opora.core.conditions.kinds import Number
from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.conditions import compile_conditions, describe, holds, register_field, registry, verdict
from opora.tickets.happened import happened_in
from opora.tickets.models import Ticket
from opora.tickets.snapshot import Snapshot, snapshot_of


def last_update(ticket):
    """What the newest update of the ticket did."""
    events = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk)
    newest = events.order_by("-id").values_list("update_id", flat=True).first()
    return happened_in(events.filter(update_id=newest).order_by("id"), ticket.pk)


def fits(ticket, field, operator, value="", *, by=None):
    ticket = Ticket.objects.get(pk=ticket.pk)
    tree = {"all": [{"field": field, "operator": operator, "value": value}]}
    return holds(tree, snapshot_of(ticket), happened=last_update(ticket), by=by)


def test_a_change_is_seen_with_before_and_after(cast, make_ticket):
    ticket = make_ticket(priority=1)
    change_ticket(ticket, by=cast.agent, priority=4)
    assert fits(ticket, "priority", "changed")
    assert fits(ticket, "priority", "value", "urgent")
    assert fits(ticket, "priority", "value_previous", "low")
    assert fits(ticket, "priority", "not_value_previous", "high")
    assert not fits(ticket, "priority", "value", "high")
    assert fits(ticket, "status", "not_changed")
    assert not fits(ticket, "status", "changed")


def test_in_a_new_ticket_whatever_is_filled_in_has_changed(cast, make_ticket):
    ticket = make_ticket(priority=4, assignee=cast.agent)
    assert fits(ticket, "update_type", "is", "create")
    assert fits(ticket, "assignee", "changed")
    assert fits(ticket, "priority", "value", "urgent")
    assert fits(ticket, "type", "not_changed")
    assert not fits(ticket, "priority", "value_previous", "low")


def test_tags_people_and_own_fields_change_too(cast, ticket):
    field = save_field(by=cast.owner, title="Amount", type="decimal")
    set_tags(ticket, ["vip"], by=cast.agent)
    assert fits(ticket, "tags", "value", "vip other")
    assign_ticket(ticket, by=cast.agent, assignee=cast.second)
    assert fits(ticket, "assignee", "value", str(cast.second.pk))
    assert fits(ticket, "assignee", "value_previous", "none")
    assert fits(ticket, "status", "value", "open")
    set_field_values(ticket, {field.pk: "12,5"}, by=cast.agent)
    assert fits(ticket, f"custom_field_{field.pk}", "value", "12.5")
    assert fits(ticket, f"custom_fields_{field.pk}", "greater_than", "12")


def test_a_comment_is_public_or_internal_and_has_words(cast, ticket):
    add_comment(ticket, NewComment(html="<p>Де мої ГРОШІ?</p>", author=cast.customer), by=cast.customer)
    assert fits(ticket, "comment", "is", "public")
    assert fits(ticket, "comment_text", "includes_words", "повернення гроші")
    assert not fits(ticket, "comment_text", "includes_words", "грош")
    assert fits(ticket, "comment_text", "includes_string", "грош")
    assert fits(ticket, "role", "is", "customer")
    add_comment(ticket, NewComment(html="<p>ok</p>", author=cast.agent, is_public=False), by=cast.agent)
    assert fits(ticket, "comment", "is", "internal")
    solve_ticket(ticket, by=cast.agent)
    assert fits(ticket, "comment", "not_present")
    assert fits(ticket, "role", "is", "agent")


def test_who_made_the_update_can_be_the_assignee(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    assert fits(ticket, "current_user", "is", "assignee")
    assert fits(ticket, "assignee", "is", "current_user", by=cast.agent)
    assert not fits(ticket, "assignee", "is", "current_user", by=cast.second)


def test_names_of_the_zendesk_api_mean_the_same(cast, ticket):
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    assert fits(ticket, "assignee_id", "is", str(cast.agent.pk))
    assert fits(ticket, "current_tags", "not_includes", "vip")
    assert fits(ticket, "OPEN", "less_than", "1")


@pytest.mark.parametrize(
    ("field", "operator"), [("status", "changed"), ("comment", "is"), ("priority", "value")]
)
def test_a_list_refuses_what_only_a_rule_can_ask(cast, field, operator):
    value = {"comment": "public", "priority": "high"}.get(field, "")
    with pytest.raises(Invalid, match="triggers only"):
        compile_conditions({"all": [{"field": field, "operator": operator, "value": value}]}, by=cast.agent)


def test_a_predicate_asks_the_database_nothing(cast, django_assert_num_queries):
    tree = {
        "all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
            {"field": "tags", "operator": "includes", "value": "vip"},
            {"field": "hours_updated", "operator": "greater_than", "value": "2"},
            {"field": "subject", "operator": "includes_words", "value": "refund"},
        ]
    }
    now = clock.now()
    snapshot = Snapshot(
        id=1, subject="A Refund, please", tags=frozenset(["vip"]), updated_at=now - timedelta(hours=3)
    )
    with django_assert_num_queries(0):
        assert holds(tree, snapshot, at=now)
        assert not holds(tree, snapshot, at=now - timedelta(hours=2))


def test_a_verdict_names_the_first_condition_that_failed_and_the_value_seen(cast, make_ticket):
    ticket = make_ticket(priority=2)
    tree = {
        "all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
            {"field": "priority", "operator": "greater_than", "value": "normal"},
        ],
        "any": [{"field": "tags", "operator": "includes", "value": "vip"}],
    }
    found = verdict(tree, snapshot_of(ticket))
    assert not found
    assert found.first_failing.sentence == "Priority is above “Normal”"
    assert found.first_failing.seen == "Normal"
    assert [row.holds for row in (*found.every, *found.some)] == [True, False, False]


def test_a_tree_is_told_as_a_colleague_would_say_it(cast):
    tree = {
        "all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
            {"field": "priority", "operator": "is", "value": "urgent"},
        ],
        "any": [
            {"field": "tags", "operator": "includes", "value": ["vip", "bank"]},
            {"field": "group", "operator": "is", "value": cast.group.pk},
            {"field": "created", "operator": "within_previous_n_days", "value": 1},
        ],
    }
    assert describe(tree) == (
        "Status is below “Solved” and priority is “Urgent”, and at least one of these: "
        "tags include “vip” or “bank”, group is “Support” or created within the last 1 day"
    )
    assert describe({"all": [], "any": []}) == ""


def test_another_room_can_let_conditions_ask_about_what_it_knows(cast, monkeypatch):
    monkeypatch.setattr(registry, "_known", dict(registry._known))
    field = Number(name="mood", title="Mood", seen=lambda case: len(case.ticket.subject))
    register_field(field)
    tree = {"all": [{"field": "mood", "operator": "greater_than", "value": "3"}]}
    assert holds(tree, Snapshot(id=1, subject="long"))
    with pytest.raises(ValueError, match="taken"):
        register_field(field)


def test_a_snapshot_costs_the_same_for_one_ticket_and_for_many(cast, make_ticket, django_assert_num_queries):
    from opora.tickets.snapshot import snapshots_of

    tickets = [make_ticket(f"Ticket {number}") for number in range(7)]
    set_tags(tickets[0], ["vip"], by=SYSTEM)
    with django_assert_num_queries(4):
        found = snapshots_of(tickets)
    assert found[tickets[0].pk].tags == {"vip"}
    assert found[tickets[6].pk].comments == 1


def test_a_rule_can_ask_whether_the_desk_works(cast, ticket):
    hours = WeekHours("Europe/Kyiv", WORKING_WEEK)
    save_calendar(by=cast.owner, name="Office", hours=hours, uses={"group": [cast.group.pk]})
    seen = replace(snapshot_of(ticket), group_id=cast.group.pk)
    tree = {"all": [{"field": "in_business_hours", "operator": "is", "value": "true"}]}
    monday = datetime(2027, 3, 1, 10, tzinfo=UTC)
    assert holds(tree, seen, at=monday)
    assert not holds(tree, seen, at=monday + timedelta(hours=12))
    with pytest.raises(Invalid):
        compile_conditions(tree, by=cast.agent)
