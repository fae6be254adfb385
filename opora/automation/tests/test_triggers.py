"""Triggers: in order, each once for one update, looking again at what the others changed."""

import pytest

from opora.automation.models import Firing
from opora.events.models import Event
from opora.events.recording import DEEPEST, caused_by
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import Ticket

URGENT = ("priority", "is", "urgent")


def tags(ticket):
    return set(ticket.tags.values_list("name", flat=True))


def test_a_trigger_changes_the_ticket_in_the_same_transaction_and_says_why(
    cast, rule, make_ticket, rule_events
):
    made = rule("Bank first", [("update_type", "is", "create"), ("subject", "includes_words", "outage")],
                ("priority", "urgent"), ("add_tags", ["incident"]))  # fmt: skip
    ticket = make_ticket("Total OUTAGE since noon")
    ticket.refresh_from_db()
    assert ticket.priority == 4
    assert tags(ticket) == {"incident"}
    (fired,) = rule_events("ticket.rule_fired", ticket)
    assert (fired.actor_kind, fired.actor_name, fired.via) == ("rule", "Bank first", "rule")
    assert fired.body["rule_id"] == made.pk
    assert fired.body["outcomes"]["all"][1]["seen"] == "Total OUTAGE since noon"
    changed = rule_events("ticket.changed", ticket)[0]
    assert changed.update_id == fired.update_id != Event.objects.get(kind="ticket.created").update_id
    assert changed.cause_id == Event.objects.filter(kind="ticket.commented").get().pk
    assert Firing.objects.get().ticket_id == ticket.pk


def test_a_rule_does_nothing_when_a_condition_fails_or_it_is_switched_off(cast, rule, make_ticket):
    rule("Off", [("update_type", "is", "create")], ("priority", "urgent"), is_active=False)
    rule("Other", [URGENT], ("add_tags", ["x"]))
    ticket = make_ticket(priority=1)
    assert ticket.priority == 1
    assert tags(ticket) == set()
    assert not Firing.objects.exists()


def test_triggers_look_again_at_what_a_later_one_changed(cast, rule, make_ticket):
    rule("Second", [("tags", "includes", "vip")], ("priority", "urgent"))
    rule("First", [("update_type", "is", "create")], ("add_tags", ["vip"]))
    ticket = make_ticket()
    ticket.refresh_from_db()
    assert ticket.priority == 4
    assert list(Firing.objects.order_by("event_id").values_list("ticket_id", flat=True)) == [ticket.pk] * 2


def test_two_triggers_that_undo_each_other_fire_once_each(cast, rule, ticket):
    rule("Up", [("priority", "is_not", "urgent")], ("priority", "urgent"))
    rule("Down", [("priority", "is", "urgent")], ("priority", "low"))
    set_tags(ticket, ["go"], by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.priority == 1
    assert Firing.objects.count() == 2


def test_changed_means_changed_by_this_update_or_by_a_rule_on_top_of_it(cast, rule, ticket):
    rule("Told", [("assignee", "changed")], ("add_tags", ["assigned"]))
    change_ticket(ticket, by=cast.agent, priority=2)
    assert tags(ticket) == set()
    assign_ticket(ticket, by=cast.agent, assignee=cast.second)
    assert tags(ticket) == {"assigned"}


def test_a_rule_writes_a_note_and_takes_the_current_user_as_assignee(cast, rule, ticket):
    rule("Mine", [("comment", "is", "internal"), ("role", "is", "agent")], ("assignee", "me"),
         ("note", "Taken by {{current_user.name}} <b>& co</b>"))  # fmt: skip
    add_comment(ticket, NewComment(html="<p>mine</p>", author=cast.agent, is_public=False), by=cast.agent)
    ticket.refresh_from_db()
    assert ticket.assignee == cast.agent
    note = ticket.comments.order_by("-id")[0]
    assert note.text.strip() == "Taken by Andrii Agent <b>& co</b>"
    assert not note.is_public
    assert note.author_kind == "system"


def test_a_step_that_is_refused_undoes_the_rule_alone_and_the_ticket_says_so(
    cast, rule, make_ticket, rule_events
):
    made = rule("Broken", [("update_type", "is", "create")], ("add_tags", ["half"]), ("priority", "high"))
    made.steps.append({"field": "custom_field_99999", "value": "x"})
    made.save()
    ticket = make_ticket("Still here")
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.priority, tags(ticket)) == ("Still here", None, set())
    (refused,) = rule_events("ticket.rule_refused", ticket)
    assert "There is no field 99999" in refused.body["reason"]
    assert not rule_events("ticket.rule_fired", ticket)


def test_closed_tickets_and_imports_set_nothing_off(cast, rule, make_ticket):
    from opora.events.recording import coming_via

    rule("Any", [("subject", "present")], ("add_tags", ["seen"]))
    with coming_via("import"):
        ticket = make_ticket()
    assert tags(ticket) == set()


def test_a_chain_that_is_too_deep_is_refused_and_the_refusal_is_kept(cast, rule, ticket, rule_events):
    rule("Deep", [("subject", "present")], ("add_tags", ["deep"]))
    event = Event.objects.last()
    event.depth = DEEPEST - 1
    with caused_by(event):
        change_ticket(ticket, by=cast.agent, priority=3)
    assert tags(ticket) == set()
    (refused,) = rule_events("ticket.rule_refused", ticket)
    assert "led back to itself" in refused.body["reason"]
    assert Ticket.objects.get(pk=ticket.pk).priority == 3


def test_a_solved_ticket_sets_off_what_asks_for_it(cast, rule, ticket):
    rule(
        "Thanks",
        [("status", "value", "solved"), ("status", "value_previous", "new")],
        ("add_tags", ["quick"]),
    )
    solve_ticket(ticket, by=cast.agent)
    assert tags(ticket) == {"quick"}


def test_without_triggers_an_update_asks_one_question_more_and_a_hundred_ask_no_more(
    cast, rule, ticket, django_assert_max_num_queries
):
    for number in range(30):
        rule(f"Never {number}", [("subject", "includes_words", f"word{number}")], ("priority", "low"))
    change_ticket(ticket, by=cast.agent, priority=2)
    with django_assert_max_num_queries(40):
        change_ticket(ticket, by=cast.agent, priority=3)


@pytest.mark.parametrize("tree", [{"all": []}, {"all": [{"field": "gone", "operator": "is", "value": "x"}]}])
def test_a_rule_without_sense_is_not_saved(cast, tree):
    from opora.automation.actions.save_rule import save_rule
    from opora.core.refusals import Invalid

    with pytest.raises(Invalid):
        save_rule(by=cast.owner, title="X", conditions=tree, steps=[{"field": "priority", "value": "low"}])
