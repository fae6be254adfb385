"""The fourteen vectors of the specification, verbatim. Calendar K: Kyiv, Monday to Friday, 9 to 18; 24 August 2026 off.

Vectors 1 to 3, 10 and 11 are of pure business time and stand with it, too.
"""

from datetime import UTC, datetime, timedelta

from opora.core.business_time import Hours, Schedule, Span
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Rules, Use
from opora.sla.engine.waking import waking_of
from opora.sla.tests.folding import (
    HIGH,
    LOW,
    MONDAY,
    NO_GRACE,
    NORMAL,
    URGENT,
    K,
    Life,
    hours,
    kyiv,
    policy,
    prioritised,
    rules,
)

FIRST, NEXT, WAIT = Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.REQUESTER_WAIT


def at(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return kyiv(*MONDAY, hour, minute, second)


def test_vector_1_a_weekend_with_a_change_of_clocks():
    given = rules(policy({FIRST: 8}))
    clock = Life(kyiv(2026, 3, 27, 17)).clock(given, FIRST)
    assert waking_of(clock, given).due_at == datetime(2026, 3, 30, 13, tzinfo=UTC)


def test_vector_2_a_start_on_saturday():
    given = rules(policy({FIRST: 1}))
    assert waking_of(Life(kyiv(2026, 3, 28, 11)).clock(given, FIRST), given).due_at == kyiv(2026, 3, 30, 10)


def test_vector_3_a_reply_at_night_after_a_due_at_closing_time_keeps_the_promise():
    given, life = rules(policy({FIRST: 4})), Life(kyiv(2026, 3, 27, 14))
    waking = waking_of(life.clock(given, FIRST), given)
    assert (waking.due_at, waking.breach_at) == (kyiv(2026, 3, 27, 18), kyiv(2026, 3, 30, 9))
    clock = life.replies(kyiv(2026, 3, 30, 8, 30)).clock(given, FIRST)
    assert (clock.outcome, clock.elapsed(given, clock.stopped_at)) == ("met", hours(4))


def test_vector_4_pending_pauses_the_customers_waiting():
    given, life = rules(policy({WAIT: 4})), Life(at(10))
    life.moves(at(11), "pending").moves(at(15), "open")
    assert waking_of(life.clock(given, WAIT), given).due_at == at(18)


def test_vector_5_a_raise_breaks_at_once_after_its_grace_and_high_leaves_an_hour():
    targets = {WAIT: {NORMAL: 8, HIGH: 4, URGENT: 2}}
    life = Life(at(9), priority="normal").priority(at(12), "urgent")
    strict = rules(policy(targets, switches=NO_GRACE))
    clock = life.clock(strict, WAIT)
    assert (clock.first_breach_at, clock.breach_why) == (at(12), "retarget")
    kind = rules(policy(targets))
    assert waking_of(life.clock(kind, WAIT), kind).breach_at == at(12, 15)
    high = life.priority(at(12, 5), "high").clock(kind, WAIT)
    assert waking_of(high, kind).due_at == at(13)
    assert high.first_breach_at is None


def test_vector_6_lowering_the_priority_undoes_no_breach():
    given = rules(policy({WAIT: {URGENT: 2, LOW: 24}}))
    life = Life(at(9), priority="urgent").priority(at(11, 30), "low")
    clock = life.clock(given, WAIT)
    assert clock.first_breach_at == at(11)
    assert [mark.kind for mark in clock.marks].count("breach") == 1
    assert life.moves(at(12), "solved").clock(given, WAIT).outcome == "breached"


def test_vector_7_a_turn_begins_with_the_oldest_unanswered_word():
    given = rules(policy({NEXT: 8}))
    life = Life(at(9)).replies(at(9, 30)).asks(at(10)).asks(at(10, 20)).asks(at(11)).replies(at(11, 30))
    turns = [clock for clock in life.state(given).clocks if clock.metric == NEXT]
    assert [clock.elapsed(given, at(18)) for clock in turns] == [hours(1.5)]


def test_vector_8_of_a_ticket_begun_in_private_the_customers_first_word_starts_the_clock():
    given = rules(policy({FIRST: 8}))
    life = Life(at(9), words=False).replies(at(9, 5), is_public=False).asks(at(12)).replies(at(12, 40))
    assert life.clock(given, FIRST).elapsed(given, at(18)) == timedelta(minutes=40)


def test_vector_9_a_reopened_ticket_goes_on_with_what_it_had():
    given, life = rules(policy({WAIT: 4})), Life(at(9)).moves(at(12), "solved")
    life.reopens(kyiv(2026, 4, 6, 9)).moves(kyiv(2026, 4, 6, 11), "solved")
    clock = life.clock(given, WAIT)
    assert clock.elapsed(given, kyiv(2026, 4, 7, 9)) == hours(5)
    assert (clock.first_outcome, clock.outcome) == ("met", "breached")


def test_vector_10_a_shift_without_its_hour():
    night = Schedule.of(Hours("Europe/Kyiv", ((Span(120, 300),),) * 7))
    one = policy({FIRST: 3})
    given = Rules(rules(one).books, {1: night}, [Use("desk", 0, 1, None, None)], {1: one})
    clock = Life(kyiv(2026, 3, 29, 2)).clock(given, FIRST)
    assert waking_of(clock, given).due_at == kyiv(2026, 3, 30, 3)


def test_vector_11_a_holiday_and_a_weekend():
    given = rules(policy({FIRST: 2}))
    assert waking_of(Life(kyiv(2026, 8, 21, 17, 30)).clock(given, FIRST), given).due_at == kyiv(
        2026, 8, 25, 10, 30
    )


def test_vector_12_each_part_counts_in_the_calendar_of_where_the_ticket_was():
    uses = [Use("group", 1, 2, None, None), Use("group", 5, 1, None, None)]
    given = rules(policy({WAIT: 40}, source="group"), uses=uses)
    clock = Life(kyiv(2026, 3, 28, 12)).group(kyiv(2026, 3, 29, 12), 5).clock(given, WAIT)
    assert clock.elapsed(given, at(12)) == hours(23) + hours(3)
    assert [stretch.calendar_id for stretch in clock.stretches] == [2, 1]
    assert K.elapsed(kyiv(2026, 3, 28, 12), at(12)) == hours(3)


def test_vector_13_a_reply_and_a_raise_in_one_save_is_measured_against_the_old_target():
    given = rules(policy({FIRST: {NORMAL: 4, URGENT: 1}}))
    clock = Life(at(9), priority="normal").replies(at(10, 50), prioritised("urgent")).clock(given, FIRST)
    assert (clock.state, clock.outcome, clock.target) == ("fulfilled", "met", hours(4))


def test_vector_14_an_auto_reply_stops_nothing():
    given = rules(policy({FIRST: 4}))
    life = Life(at(10)).replies(at(10, 0, 5), is_auto_reply=True).replies(at(10, 1), by="rule")
    assert life.clock(given, FIRST).state == "running"
