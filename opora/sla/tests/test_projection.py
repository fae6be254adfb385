"""Clocks on real tickets: after each test the replay proves that they are a fold of the log."""

from datetime import timedelta

import pytest

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.week_text import read_spans
from opora.core import clock as time
from opora.events.delivering import run_overdue_deliveries
from opora.events.models import Event
from opora.notifications.models import Notification
from opora.sla.actions import notice
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.actions.save_policy import remove_policy, save_policy
from opora.sla.actions.waive_reply import waive_reply
from opora.sla.content import Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.state import from_json
from opora.sla.engine.ticket import snapshot
from opora.sla.models import ClockRow, PolicyBook, Promise
from opora.sla.tests.conftest import content
from opora.testing.at_once import at_once
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.merge import merge_tickets, unmerge_ticket
from opora.tickets.actions.remove import mark_spam, restore_ticket
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import Priority
from opora.tickets.snapshot import snapshot_of


def clocks(ticket) -> dict[str, str]:
    return {
        row.key.partition(":")[2]: row.outcome or row.state for row in ClockRow.objects.filter(ticket=ticket)
    }


def reply(ticket, by):
    return add_comment(ticket, NewComment(html="<p>Hello</p>", author=by), by=by)


def test_a_ticket_gets_its_clocks_and_they_end_with_what_they_wait_for(promised, ticket, cast):
    assert clocks(ticket) == {"sla:first_reply:1": "running", "sla:requester_wait:1": "running"}
    reply(ticket, cast.agent)
    assert clocks(ticket)["sla:first_reply:1"] == "met"
    solve_ticket(ticket, by=cast.agent)
    assert clocks(ticket)["sla:requester_wait:1"] == "met"


def test_the_fold_knows_of_a_ticket_what_the_tables_know(promised, make_ticket, cast):
    ticket = make_ticket(priority=Priority.HIGH, tags=["vip"])
    assign_ticket(ticket, by=cast.agent, assignee=cast.agent)
    change_ticket(ticket, by=cast.agent, priority=Priority.LOW, subject="New words", requester=cast.banker)
    set_tags(ticket, ["bank", "vip"], by=cast.agent)
    reply(ticket, cast.agent)
    solve_ticket(ticket, by=cast.agent)
    ticket.refresh_from_db()
    folded, read = snapshot(from_json(Promise.objects.get(pk=ticket.pk).state).values), snapshot_of(ticket)
    same = [
        "id", "subject", "category", "status_id", "priority", "type", "brand_id", "form_id", "group_id", "assignee_id",
        "requester_id", "submitter_id", "organization_id", "channel", "tags", "replies", "comments", "group_stations",
        "assignee_stations", "solved_at", "status_changed_at", "assigned_at", "customer_at", "agent_at",
    ]  # fmt: skip
    far = {name for name in same if _near(getattr(folded, name), getattr(read, name)) is False}
    assert far == set()


def _near(one, other) -> bool:
    if hasattr(one, "tzinfo") and hasattr(other, "tzinfo"):
        return abs((one - other).total_seconds()) < 1
    return one == other


def test_a_clock_that_fails_is_put_off_and_does_not_hold_up_the_others(
    promised, make_ticket, later, monkeypatch, caplog
):
    broken, whole = make_ticket("Broken"), make_ticket("Whole")
    record = notice.record

    def failing(fact, *, subject_id, **more):
        if subject_id == broken.pk:
            raise ValueError("no such thing")
        return record(fact, subject_id=subject_id, **more)

    later(3700)
    monkeypatch.setattr(notice, "record", failing)
    assert notice_due_clocks() == 1
    assert Event.objects.get(kind="ticket.sla_breached").subject_id == whole.pk
    assert f"{broken.pk}:sla:first_reply:1" in caplog.text
    monkeypatch.setattr(notice, "record", record)
    assert notice_due_clocks() == 0
    later(notice.PUT_OFF.total_seconds() + 1)
    assert notice_due_clocks() == 1


def test_a_breach_is_told_once_with_the_instant_it_became_true(promised, ticket, later):
    due = ClockRow.objects.get(metric="first_reply").breach_at
    later(3590)
    assert notice_due_clocks() == 0
    later(70)
    assert notice_due_clocks() == 1
    assert notice_due_clocks() == 0
    told = Event.objects.get(kind="ticket.sla_breached")
    assert told.occurred_at == due
    assert Promise.objects.get(pk=ticket.pk).breached


def test_a_breach_that_nobody_was_there_to_notice_is_told_after_the_reply(promised, ticket, cast, later):
    later(7200)
    reply(ticket, cast.agent)
    assert clocks(ticket)["sla:first_reply:1"] == "breached"
    notice_due_clocks()
    notice_due_clocks()
    assert Event.objects.filter(kind="ticket.sla_breached").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_of_a_breach_once(promised, ticket, later):
    later(3700)
    at_once(notice_due_clocks, notice_due_clocks)
    assert Event.objects.filter(kind="ticket.sla_breached").count() == 1


def test_the_chain_of_escalation_takes_its_steps_once(cast, make_ticket, later):
    chain = (
        Escalation(50, "notify_group"),
        Escalation(100, "raise_priority"),
        Escalation(100, "assign_person", cast.second.pk),
    )
    save_policy(by=cast.owner, name="Strict", content=content({Metric.FIRST_REPLY: 1}, escalations=chain))
    ticket = make_ticket(priority=Priority.NORMAL)
    later(1900)
    notice_due_clocks()
    run_overdue_deliveries()
    run_overdue_deliveries()
    warned = Event.objects.get(kind="ticket.sla_warned")
    assert warned.body["threshold"] == 50
    assert Notification.objects.filter(kind="promise", person=cast.second).exists()
    later(1800)
    notice_due_clocks()
    run_overdue_deliveries()
    run_overdue_deliveries()
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (Priority.HIGH, cast.second)
    assert Event.objects.filter(kind="ticket.sla_escalated").count() == 2


def test_another_policy_in_front_takes_effect_with_the_next_change(promised, ticket, cast):
    from opora.tickets.actions.put_in_order import put_in_order

    strict = save_policy(by=cast.owner, name="Strict", content=content({Metric.FIRST_REPLY: 0.5}))
    put_in_order([strict, promised], save=save_policy, by=cast.owner)
    assert ClockRow.objects.get(metric="first_reply").policy == promised
    set_tags(ticket, ["x"], by=cast.agent)
    assert ClockRow.objects.get(metric="first_reply").policy == strict
    remove_policy(strict, by=cast.owner)
    assert len(PolicyBook.objects.last().version_ids) == 1


def test_merging_spam_and_coming_back(promised, make_ticket, cast, later):
    first, second = make_ticket(), make_ticket()
    later(600)
    merge_tickets([first], into=second, by=cast.lead)
    assert set(clocks(first).values()) == {"cancelled"}
    row = ClockRow.objects.get(ticket=second, metric="first_reply")
    assert row.started_at == first.comments.get().created_at
    unmerge_ticket(first, by=cast.lead)
    mark_spam(second, by=cast.lead)
    restore_ticket(second, by=cast.lead)
    assert clocks(second)["sla:first_reply:2"] == "running"


def test_a_new_holiday_moves_what_is_due(cast, make_ticket):
    from datetime import date

    from opora.calendars.actions.special_days import put_special_days
    from opora.calendars.queries import default_calendar
    from opora.calendars.special import Day

    always = WeekHours("UTC", ((read_spans("0-24")[0],),) * 7)
    save_calendar(default_calendar(), by=cast.owner, hours=always)
    targets = {
        key: type(target)(target.length) for key, target in content({Metric.FIRST_REPLY: 30}).targets.items()
    }
    save_policy(by=cast.owner, name="In hours", content=content({}, conditions={"all": [], "any": []}).__class__(
        conditions={"all": [], "any": []}, targets=targets))  # fmt: skip
    make_ticket()
    before = ClockRow.objects.get().due_at
    tomorrow = (time.now() + timedelta(days=1)).date()
    assert isinstance(tomorrow, date)
    put_special_days(default_calendar(), [Day(date=tomorrow, name="Rest")], by=cast.owner)
    assert ClockRow.objects.get().due_at == before + timedelta(days=1)


def test_no_reply_is_needed(promised, ticket, cast):
    waive_reply(ticket, "Says thanks", by=cast.agent)
    assert clocks(ticket)["sla:first_reply:1"] == "cancelled"


def test_a_custom_field_and_a_tag_reach_the_conditions(cast, make_ticket):
    from opora.tickets.actions.save_field import save_field

    field = save_field(by=cast.owner, title="Contract")
    tree = {"all": [{"field": f"custom_field_{field.pk}", "operator": "is", "value": "gold"}], "any": []}
    save_policy(by=cast.owner, name="Gold", content=content({Metric.REQUESTER_WAIT: 4}, conditions=tree))
    ticket = make_ticket()
    assert clocks(ticket) == {}
    assert Promise.objects.get(pk=ticket.pk).uncovered
    set_field_values(ticket, {field.pk: "gold"}, by=cast.agent)
    assert clocks(ticket) == {"sla:requester_wait:1": "running"}
    assert not Promise.objects.get(pk=ticket.pk).uncovered
