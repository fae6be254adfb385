"""S12: a pause lasts at most as long as the policy lets it; then the clock counts on by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.core import clock as time
from opora.events.models import Event
from opora.sla.account import account_of
from opora.sla.account_json import as_json
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Book, Switches
from opora.sla.engine.waking import COUNTS_ON, waking_of
from opora.sla.models import ClockRow, Promise
from opora.sla.replaying import compare, with_draft
from opora.sla.rulebook import rules as rules_in_force
from opora.sla.templatetags.sla import account_words, line_words
from opora.sla.tests.conftest import content
from opora.sla.tests.folding import Life, hours, policy, rules
from opora.sla.tests.test_rules_of_clocks import at
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category
from opora.tickets.queries import status_of

WAIT = Metric.REQUESTER_WAIT
DAY = Switches(longest_pause=hours(24), hold_pauses=True)
PENDING_DAYS = 3


def test_s12_a_pause_ends_by_itself_when_it_has_lasted_long_enough():
    given = rules(policy({WAIT: 8}, switches=DAY, around=True))
    life = Life(at(9)).moves(at(10), "pending")
    clock = life.clock(given, WAIT)
    waking = waking_of(clock, given)
    assert (clock.state, clock.counts_on_at) == ("paused", at(10, day=1))
    assert (waking.due_at, waking.breach_at) == (at(17, day=1), at(17, day=1))
    assert (waking.next_threshold, waking.next_at) == (COUNTS_ON, at(10, day=1))
    assert clock.elapsed(given, at(12, day=1)) == hours(1 + 2)
    assert clock.paused(at(12, day=1)) == {"pending": hours(24)}


def test_s12_whoever_comes_next_finds_it_running_with_the_instant_it_went_on():
    given = rules(policy({WAIT: 8}, switches=DAY, around=True))
    life = Life(at(9)).moves(at(10), "pending").replies(at(12, day=1), is_public=False)
    clock = life.clock(given, WAIT)
    assert [(one.start, one.runs, one.overstayed) for one in clock.stretches] == [
        (at(9), True, False),
        (at(10), False, False),
        (at(10, day=1), True, True),
    ]
    assert clock.state == "running"
    assert clock.marks[-1].details == {"why": "maximum"}
    late = life.moves(at(18, day=1), "open").clock(given, WAIT)
    assert late.first_breach_at == at(17, day=1)


def test_s12_one_waiting_after_another_is_one_pause_and_work_between_begins_a_new_one():
    given = rules(policy({WAIT: 100}, switches=DAY, around=True))
    life = Life(at(9)).moves(at(10), "pending").moves(at(20), "hold")
    assert life.clock(given, WAIT).counts_on_at == at(10, day=1)
    later = life.moves(at(12, day=1), "pending")
    assert later.clock(given, WAIT).state == "running"
    again = later.moves(at(13, day=1), "open").moves(at(14, day=1), "pending")
    assert again.clock(given, WAIT).counts_on_at == at(14, day=2)


def test_s12_a_solved_ticket_that_is_reopened_to_wait_has_a_pause_of_its_own():
    given = rules(policy({WAIT: 100}, switches=DAY, around=True))
    life = Life(at(9)).moves(at(10), "pending").moves(at(11), "solved")
    life.update(at(14), ("ticket.reopened", {"before": "solved", "after": "pending"}))
    assert life.clock(given, WAIT).counts_on_at == at(14, day=1)


def test_s12_the_customers_words_resume_it_before_the_end_of_the_pause():
    given = rules(policy({WAIT: 8}, switches=DAY, around=True))
    life = Life(at(9)).moves(at(10), "pending").asks(at(12)).moves(at(12), "open")
    clock = life.clock(given, WAIT)
    assert (clock.state, clock.counts_on_at) == ("running", None)
    assert waking_of(clock, given).due_at == at(19)


def test_s12_a_shorter_pause_set_later_counts_from_the_edit_and_a_longer_one_pauses_again():
    short, none = Switches(longest_pause=hours(1), on_edit="apply"), Switches(on_edit="apply")
    one, two = (
        policy({WAIT: 100}, 1, id=1, around=True),
        policy({WAIT: 100}, 2, id=1, switches=short, around=True),
    )
    three = policy({WAIT: 100}, 3, id=1, switches=none, around=True)
    books = rules(books=[Book(None, (one,)), Book(at(14), (two,)), Book(at(18), (three,))])
    life = Life(at(9)).moves(at(10), "pending").replies(at(15), is_public=False)
    clock = life.clock(books, WAIT)
    assert [stretch.start for stretch in clock.stretches if stretch.overstayed] == [at(15)]
    assert clock.elapsed(books, at(16)) == hours(2)
    assert life.replies(at(19), is_public=False).clock(books, WAIT).state == "paused"


MOVES = {"open": True, "pending": False, "hold": False}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(MOVES)), st.integers(1, 300)), max_size=10),
    st.integers(1, 400),
    st.integers(0, 900),
    st.lists(st.integers(0, 3000), max_size=4),
)
def test_s12_what_counts_is_what_a_stopwatch_would_and_looking_changes_nothing(steps, longest, after, looks):
    """Minute by minute: it runs where the ticket is worked on, and where it has waited for longer than it may."""
    switches = Switches(longest_pause=timedelta(minutes=longest), hold_pauses=True)
    rule = rules(policy({WAIT: 10}, switches=switches, around=True))
    life, moment, statuses = Life(at(9)), 0, [("open", 0)]
    for status, minutes in steps:
        moment += minutes
        life.moves(at(9) + timedelta(minutes=moment), status)
        statuses.append((status, moment))
    end = moment + after
    counted = _stopwatch(statuses, end, longest)
    clock = life.clock(rule, WAIT)
    until = at(9) + timedelta(minutes=end)
    assert clock.elapsed(rule, until) == timedelta(minutes=sum(counted))
    tenth = [minute for minute in range(end) if sum(counted[: minute + 1]) > 600]
    due = waking_of(clock, rule).breach_at
    assert not tenth or due == at(9) + timedelta(minutes=tenth[0])
    looked = _looked_at(life, sorted(looks)).clock(rule, WAIT)
    assert looked.elapsed(rule, until) == clock.elapsed(rule, until)
    assert (looked.first_breach_at or due) == due


def _stopwatch(statuses, end, longest):
    counted, waited = [], 0
    for minute in range(end):
        status = [name for name, since in statuses if since <= minute][-1]
        waited = 0 if MOVES[status] else waited + 1
        counted.append(MOVES[status] or waited > longest)
    return counted


def _looked_at(life, minutes):
    """The same life, with a timer that looked at the clock at some minutes."""
    looked, events = Life(at(9)), list(life.events)
    looked.events = []
    for minute in minutes:
        moment = at(9) + timedelta(minutes=minute)
        looked.events += [event for event in events if event.at <= moment]
        events = [event for event in events if event.at > moment]
        notice = {"clock": "sla:requester_wait:1", "found_at": moment.isoformat()}
        told = Life(moment).update(moment, ("ticket.sla_counted_on", notice), by="timer").events[-1]
        looked.events.append(type(told)(0, -minute - 1, told.kind, told.at, told.actor_kind, told.body))
    looked.events += events
    return looked


def _pausing(cast, **more):
    switches = Switches(longest_pause=timedelta(hours=24))
    return save_policy(by=cast.owner, name="Patient", content=content({WAIT: 8}, switches=switches, **more))


def test_s12_the_ticker_tells_of_the_end_of_a_pause_and_of_the_breach_that_follows(cast, ticket, later):
    _pausing(cast)
    add_comment(ticket, NewComment(html="<p>Which order?</p>", author=cast.agent), by=cast.agent)
    change_status(ticket, status_of(Category.PENDING), by=cast.agent)
    row = ClockRow.objects.get(ticket=ticket)
    assert (row.state, row.next_threshold) == ("paused", COUNTS_ON)
    assert Promise.objects.get(pk=ticket.pk).next_breach_at == row.breach_at
    assert "for at most 24 h" in account_words(account_of(ticket.pk, "sla:requester_wait:1"))
    later(86_500)
    assert notice_due_clocks() == 1
    fact = Event.objects.get(kind="ticket.sla_counted_on")
    assert fact.occurred_at == row.next_at
    assert ClockRow.objects.get(ticket=ticket).state == "running"
    assert not Promise.objects.get(pk=ticket.pk).paused
    account = account_of(ticket.pk, "sla:requester_wait:1")
    assert "paused for at most 24 h and counted on" in account_words(account)
    assert "the pause had lasted long enough" in line_words(account.lines[-1])
    told = as_json(account)
    assert (told["longest_pause"], told["segments"][-1]["overstayed"]) == (86_400, True)
    later(8 * 3600)
    assert notice_due_clocks() == 1
    assert Event.objects.get(kind="ticket.sla_breached").occurred_at == row.breach_at
    assert notice_due_clocks() == 0


def test_s12_the_account_knows_before_the_ticker_does(cast, ticket, later):
    _pausing(cast)
    change_status(ticket, status_of(Category.PENDING), by=cast.agent)
    later(86_400 + 1800)
    account = account_of(ticket.pk, "sla:requester_wait:1")
    assert account.clock.state == "running"
    assert account.elapsed >= timedelta(minutes=29)


def test_s12_what_if_a_pause_were_shorter(cast, ticket, later):
    patient = save_policy(by=cast.owner, name="Patient", content=content({WAIT: 8}))
    change_status(ticket, status_of(Category.PENDING), by=cast.agent)
    later(86_400 * PENDING_DAYS)
    change_status(ticket, status_of(Category.SOLVED), by=cast.agent)
    present = rules_in_force()
    known = present.books[-1].policies[0]
    shorter = replace(known, version=-1, switches=Switches(longest_pause=timedelta(hours=24)))
    draft = with_draft(present, shorter, in_place_of=patient.pk)
    found = compare(
        [ticket.pk], present=present, draft=draft, at=time.now(), agreement="sla", progress=lambda done: None
    )
    assert [(row["before"], row["after"]) for row in found.changed] == [("met", "breached")]


@pytest.mark.parametrize("pause", [None, timedelta(hours=72)])
def test_s12_the_longest_pause_is_written_down_only_where_there_is_one(pause):
    made = Content(conditions={"all": [], "any": []}, targets={}, switches=Switches(longest_pause=pause))
    written = made.to_json()
    assert ("longest_pause" in written["switches"]) is (pause is not None)
    assert Content.from_json(written) == made
