"""S1 to S18 of the specification, each under its number."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opora.core.business_time import Hours, Schedule, Since, Span
from opora.sla.attainment import wilson
from opora.sla.content import PRESETS, Content, policy_of
from opora.sla.engine.fold import fold, fold_update
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Book, Rules, Switches, Use
from opora.sla.engine.state import TicketState, from_json, to_json
from opora.sla.engine.waking import waking_of
from opora.sla.tests.folding import (
    AGENT,
    CUSTOMER,
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

FIRST, NEXT, WAIT, WORK = Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.REQUESTER_WAIT, Metric.AGENT_WORK
TOTAL, OWNED, THIRD = Metric.TOTAL_RESOLUTION, Metric.GROUP_OWNERSHIP, Metric.THIRD_PARTY


def at(hour, minute=0, day=0):
    return kyiv(*MONDAY, hour, minute) + timedelta(days=day)


STEPS = [
    lambda life, moment: life.asks(moment),
    lambda life, moment: life.replies(moment),
    lambda life, moment: life.replies(moment, is_public=False),
    lambda life, moment: life.moves(moment, "pending"),
    lambda life, moment: life.moves(moment, "hold"),
    lambda life, moment: life.moves(moment, "open"),
    lambda life, moment: life.moves(moment, "solved"),
    lambda life, moment: life.reopens(moment),
    lambda life, moment: life.priority(moment, "urgent"),
    lambda life, moment: life.priority(moment, "low"),
    lambda life, moment: life.group(moment, 5),
    lambda life, moment: life.replies(moment, prioritised("high")),
]
WAYS = {**PRESETS, "paused for a day at most": Switches(longest_pause=timedelta(days=1))}
EVERYTHING = {metric: {LOW: 8, NORMAL: 4, HIGH: 2, URGENT: 1} for metric in Metric}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5000)), max_size=12),
    st.sampled_from(sorted(WAYS)),
)
def test_s1_the_state_is_a_function_of_the_events_however_often_it_is_put_away(steps, preset):
    life, moment = Life(at(9)), at(9)
    for step, minutes in steps:
        moment += timedelta(minutes=minutes)
        step(life, moment)
    rule = rules(
        policy(EVERYTHING, switches=WAYS[preset], source="group"), uses=[Use("group", 5, 2, None, None)]
    )
    whole, kept = fold(1, life.events, rule), TicketState(values={"id": 1})
    for number in sorted({event.update_id for event in life.events}):
        fold_update(kept, [event for event in life.events if event.update_id == number], rule)
        kept = from_json(to_json(kept))
    assert kept == whole
    for clock in whole.clocks:
        starts = [stretch.start for stretch in clock.stretches]
        assert starts == sorted(starts)
        assert all(one.end <= other.start for one, other in pairwise(clock.stretches))
        assert (clock.outcome == "met") <= (clock.first_breach_at is None)


def test_s2_time_is_counted_in_the_calendar():
    given = rules(policy({FIRST: 8}))
    assert Life(at(17)).clock(given, FIRST).elapsed(given, at(10, day=1)) == hours(2)


def test_s3_a_promise_due_at_closing_time_is_broken_only_when_the_desk_opens_again():
    given, life = rules(policy({FIRST: 4})), Life(at(14))
    assert life.clock(given, FIRST).first_breach_at is None
    late = life.replies(at(9, 1, day=1)).clock(given, FIRST)
    assert (late.outcome, late.first_breach_at) == ("breached", at(9, day=1))


def test_s4_what_stops_is_measured_before_what_changes():
    given = rules(policy({FIRST: {NORMAL: 4, URGENT: 1}}, switches=NO_GRACE))
    life = Life(at(9), priority="normal")
    life.update(at(11), prioritised("urgent"), ("ticket.commented", {"author_id": 7, "author_kind": "agent"}))
    assert life.clock(given, FIRST).outcome == "met"


def test_s5_the_first_policy_of_each_kind_is_the_promise():
    vip = policy({FIRST: 1}, 1, holds=lambda ticket, moment: ticket.organization_id == 9)
    rest, inner = policy({FIRST: 4}, 2), policy({OWNED: 2}, 3, agreement="ola")
    given = rules(vip, rest, inner)
    assert Life(at(9), organization_id=9).clock(given, FIRST).version == 1
    assert Life(at(9)).clock(given, FIRST).version == 2
    assert Life(at(9)).clock(given, OWNED, agreement="ola").version == 3
    nobody = Life(at(9)).state(rules(policy({FIRST: 1}, holds=lambda ticket, moment: False)))
    assert (nobody.clocks, nobody.policies) == ([], {})
    assert [run.metric for run in nobody.runs] == [WAIT, WORK, TOTAL, FIRST, OWNED]


def test_s5_a_missing_priority_is_the_policys_default_and_flagged():
    clock = Life(at(9)).clock(rules(policy({FIRST: {HIGH: 2, NORMAL: 8}}, default_priority=HIGH)), FIRST)
    assert (clock.target, clock.priority, clock.assumed) == (hours(2), HIGH, True)


def test_s6_another_target_keeps_what_has_passed():
    given = rules(policy({WAIT: {NORMAL: 8, HIGH: 4}}))
    clock = Life(at(9), priority="normal").priority(at(10), "high").clock(given, WAIT)
    assert waking_of(clock, given).due_at == at(13)
    assert [mark.kind for mark in clock.marks] == ["activate", "apply", "apply"]


@pytest.mark.parametrize(("mode", "due"), [("keep", 13), ("restart", 14), ("retro", 13)])
def test_s6_the_ways_to_change_a_target(mode, due):
    given = rules(policy({WAIT: {NORMAL: 8, HIGH: 4}}, switches=Switches(priority_change=mode)))
    clock = Life(at(9), priority="normal").priority(at(10), "high").clock(given, WAIT)
    assert waking_of(clock, given).due_at == at(due)


def test_s7_each_stretch_counts_in_its_own_calendar_unless_the_last_one_rules():
    uses = [Use("group", 5, 2, None, None)]
    life = Life(at(17)).group(at(20), 5)
    by_part = rules(policy({WAIT: 40}, source="group"), uses=uses)
    assert life.clock(by_part, WAIT).elapsed(by_part, at(21)) == hours(2)
    last = rules(policy({WAIT: 40}, source="group", switches=Switches(calendar="last")), uses=uses)
    assert life.clock(last, WAIT).elapsed(last, at(21)) == hours(4)


def test_s7_whoever_has_no_calendar_falls_back():
    uses = [Use("brand", 1, 2, None, None)]
    given = rules(policy({WAIT: 40}, source="organization"), uses=uses)
    assert Life(at(9), organization_id=3).clock(given, WAIT).stretches[0].calendar_id == 2
    assert Life(at(9), brand_id=4).clock(given, WAIT).stretches[0].calendar_id == 1


def test_s8_new_hours_and_new_policies_reach_forward_only():
    longer = Hours("Europe/Kyiv", ((Span(0, 1440),),) * 7)
    changed = Schedule((*K.history, Since(at(20), longer)))
    one = policy({WAIT: 40})
    given = Rules([Book(None, (one,))], {1: changed}, [Use("desk", 0, 1, None, None)], {1: one})
    assert Life(at(17)).clock(given, WAIT).elapsed(given, at(22)) == hours(1 + 2)
    first, second = policy({WAIT: 8}, 1, id=1), policy({WAIT: 2}, 2, id=1)
    books = rules(books=[Book(None, (first,)), Book(at(11), (second,))])
    life = Life(at(9)).asks(at(12))
    assert life.clock(books, WAIT).target == hours(8)
    assert Life(at(12)).clock(books, WAIT).target == hours(2)


def test_s8_a_desk_that_counts_like_others_takes_the_new_version_at_the_next_change():
    first = policy({WAIT: 8}, 1, id=1)
    second = policy({WAIT: 2}, 2, id=1, switches=PRESETS["zendesk"])
    books = rules(books=[Book(None, (first,)), Book(at(11), (second,))])
    clock = Life(at(9)).asks(at(12)).clock(books, WAIT)
    assert (clock.target, clock.first_breach_at, clock.breach_why) == (hours(2), at(12), "retarget")


def test_s9_only_a_person_of_ours_stops_the_first_reply():
    given = rules(policy({FIRST: 4}))
    life = Life(at(9)).asks(at(9, 10)).replies(at(9, 20), author_id=1).replies(at(9, 30), is_public=False)
    assert life.replies(at(9, 40), by="timer").clock(given, FIRST).state == "running"
    assert life.replies(at(10)).clock(given, FIRST).elapsed(given, at(18)) == hours(1)


def test_s9_a_solution_without_a_reply_is_kept_and_says_so():
    clock = Life(at(9)).moves(at(10), "solved").clock(rules(policy({FIRST: 4})), FIRST)
    assert (clock.outcome, clock.how) == ("met", "without_reply")


def test_s9_an_internal_note_may_stop_it_where_a_desk_wants_so():
    given = rules(policy({FIRST: 4}, switches=Switches(note_stops=True)))
    assert Life(at(9)).replies(at(10), is_public=False).clock(given, FIRST).how == "note"


def test_s9_a_conversation_that_we_began_has_no_first_reply():
    given = rules(policy({FIRST: 4, NEXT: 4}))
    life = Life(at(9), words=False).replies(at(9, 5)).asks(at(11))
    assert [clock.metric for clock in life.state(given).clocks] == [NEXT]


@pytest.mark.parametrize(
    ("way", "public", "first"),
    [
        ("never", False, None),
        ("note", False, 9),
        ("note", True, None),
        ("always", True, 9),
        ("always", False, 9),
    ],
)
def test_s9_a_ticket_that_we_begin_for_a_customer_may_wait_for_a_first_reply(way, public, first):
    given = rules(policy({FIRST: 4}, switches=Switches(ours_starts=way)))
    life = Life(at(9), words=False, submitter_id=AGENT)
    words = ("ticket.commented", {"author_id": AGENT, "author_kind": "agent", "is_public": public})
    life.events.append(replace(life.events[0], id=99, kind=words[0], body=words[1]))
    clocks = life.state(given).clocks
    assert [clock.since for clock in clocks] == ([at(first)] if first else [])
    if first:
        clock = life.asks(at(10)).replies(at(11)).clock(given, FIRST)
        assert (clock.elapsed(given, at(18)), clock.how) == (hours(2), "replied")


@pytest.mark.parametrize("by", ["rule", "timer", "import", "system", "customer"])
def test_s9_a_ticket_that_a_machine_or_the_customer_begins_is_not_begun_by_us(by):
    given = rules(policy({FIRST: 4}, switches=Switches(ours_starts="always")))
    life = Life(at(9), words=False, submitter_id=AGENT)
    life.events[0] = replace(life.events[0], actor_kind=by)
    assert life.state(given).clocks == []


def test_s9_a_colleague_who_asks_for_themselves_is_a_customer():
    life = Life(at(9), words=False, submitter_id=CUSTOMER)
    life.events.append(
        replace(
            life.events[0],
            id=99,
            kind="ticket.commented",
            body={"author_id": CUSTOMER, "author_kind": "agent"},
        )
    )
    assert life.clock(rules(policy({FIRST: 4})), FIRST).since == at(9)


def test_s10_one_clock_a_turn_and_a_colleague_may_end_it():
    given = rules(policy({NEXT: 4}))
    life = Life(at(9)).replies(at(9, 30)).asks(at(10)).replies(at(11)).asks(at(12)).asks(at(13))
    life.update(at(14), ("ticket.reply_not_needed", {"reason": "thanks"}))
    assert life.clock(given, NEXT, 1).outcome == "met"
    assert (life.clock(given, NEXT, 2).state, life.clock(given, NEXT, 2).how) == ("cancelled", "unneeded")
    assert life.clock(given, NEXT, 2).since == at(12)


def test_s11_each_kind_of_time_runs_in_its_statuses():
    given = rules(policy({WAIT: 40, WORK: 40, TOTAL: 40}))
    life = (
        Life(at(9))
        .moves(at(10), "pending")
        .moves(at(12), "hold")
        .moves(at(15), "open")
        .moves(at(16), "solved")
    )
    counted = {metric: life.clock(given, metric).elapsed(given, at(18)) for metric in (WAIT, WORK, TOTAL)}
    assert counted == {WAIT: hours(1 + 3 + 1), WORK: hours(1 + 1), TOTAL: hours(7)}


def test_s11_a_reopened_ticket_may_begin_another_cycle():
    given = rules(policy({WAIT: 4}, switches=PRESETS["jsm"]))
    life = Life(at(9)).moves(at(12), "solved").reopens(at(14))
    assert life.clock(given, WAIT, 1).outcome == "met"
    assert life.clock(given, WAIT, 2).elapsed(given, at(15)) == hours(1)


def test_s12_a_pause_without_a_word_to_the_customer_is_flagged():
    given = rules(policy({WAIT: 8}))
    silent = Life(at(9)).moves(at(10), "pending").clock(given, WAIT)
    assert [stretch.unexplained for stretch in silent.stretches] == [False, True]
    asked = Life(at(9)).replies(at(10), ("ticket.status_changed", {"before": "open", "after": "pending"}))
    assert not asked.clock(given, WAIT).stretches[-1].unexplained
    assert asked.asks(at(11)).moves(at(11), "open").clock(given, WAIT).state == "running"


def test_s12_hold_pauses_the_customers_waiting_where_a_desk_wants_so():
    given = rules(policy({WAIT: 8}, switches=Switches(hold_pauses=True)))
    assert Life(at(9)).moves(at(10), "hold").clock(given, WAIT).state == "paused"


def test_s12_hold_pauses_only_for_the_reasons_that_a_policy_names():
    given = rules(policy({WAIT: 8}, switches=Switches(pausing_statuses=(31,))))

    def held(life, moment, status):
        return life.update(
            moment, ("ticket.status_changed", {"before": "open", "after": "hold", "after_id": status})
        )

    life = held(held(Life(at(9)), at(10), 30), at(12), 31)
    clock = life.clock(given, WAIT)
    assert (clock.state, clock.elapsed(given, at(15))) == ("paused", hours(3))
    assert held(life, at(14), 30).clock(given, WAIT).elapsed(given, at(15)) == hours(4)


def test_s13_a_group_owns_a_ticket_once_for_each_time_it_gets_it():
    given = rules(policy({OWNED: 2}, agreement="ola"), policy({THIRD: 4}, 2, agreement="uc"))
    life = Life(at(9)).group(at(10), 5).group(at(12), 1, before=5).moves(at(13), "hold").moves(at(15), "open")
    owned = [life.clock(given, OWNED, cycle, "ola").elapsed(given, at(16)) for cycle in (1, 2, 3)]
    assert owned == [hours(1), hours(2), hours(1 + 1)]
    assert life.clock(given, THIRD, 1, "uc").elapsed(given, at(18)) == hours(2)


def test_s14_a_merged_tickets_clocks_end_and_the_survivor_takes_the_oldest_question():
    given = rules(policy({FIRST: 8, WAIT: 8}))
    gone = Life(at(9)).update(
        at(11), ("ticket.closed", {"before": "open"}), ("ticket.merged", {"into_id": 2})
    )
    assert {clock.how for clock in gone.state(given).clocks} == {"merged"}
    assert {clock.outcome for clock in gone.state(given).clocks} == {"cancelled"}
    kept = Life(at(10)).update(
        at(11), ("ticket.merge_received", {"source_ids": [1], "waiting_since": at(9).isoformat()})
    )
    clock = kept.clock(given, FIRST)
    assert (clock.since, clock.elapsed(given, at(12))) == (at(9), hours(3))


def test_s14_spam_and_the_bin_end_clocks_without_an_outcome_and_coming_back_begins_anew():
    given = rules(policy({FIRST: 8}))
    life = Life(at(9)).update(at(10), ("ticket.marked_spam", {}))
    assert life.clock(given, FIRST).outcome == "cancelled"
    assert life.update(at(11), ("ticket.restored", {})).clock(given, FIRST, 2).since == at(11)


def test_s15_shares_have_wilsons_intervals():
    vectors = {
        (9, 10): (59.6, 98.2),
        (45, 50): (78.6, 95.7),
        (180, 200): (85.1, 93.4),
        (5, 5): (56.6, 100),
        (0, 5): (0, 43.4),
    }
    for (met, total), (low, high) in vectors.items():
        found = [100 * edge for edge in wilson(met, total)]
        assert found == [pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06)]


def test_s16_thresholds_come_in_open_hours_and_not_while_it_is_paused():
    given = rules(policy({WAIT: 4}, thresholds=(50, 75)))
    life = Life(at(17))
    waking = waking_of(life.clock(given, WAIT), given)
    assert (waking.next_threshold, waking.next_at) == (50, at(10, day=1))
    paused = waking_of(life.moves(at(17, 30), "pending").clock(given, WAIT), given)
    assert (paused.next_at, paused.breach_at) == (None, None)


def test_s16_a_threshold_that_was_told_of_is_not_told_again():
    given = rules(policy({WAIT: 4}, thresholds=(50,)))
    notice = {"clock": "sla:requester_wait:1", "threshold": 50, "found_at": at(11).isoformat()}
    life = Life(at(9)).update(at(11), ("ticket.sla_warned", notice), by="timer")
    waking = waking_of(life.clock(given, WAIT), given)
    assert (waking.next_threshold, waking.next_at) == (100, at(13))


def test_s16_what_came_true_before_the_clock_stopped_is_still_told():
    given = rules(policy({FIRST: 1}))
    waking = waking_of(Life(at(9)).replies(at(12)).clock(given, FIRST), given)
    assert (waking.next_threshold, waking.next_at) == (100, at(10))
    assert waking_of(Life(at(9)).replies(at(9, 30)).clock(given, FIRST), given).next_at is None


def test_s17_both_times_and_the_pauses_are_known():
    given = rules(policy({WAIT: 40}))
    life = Life(at(9)).moves(at(10), "pending").moves(at(12), "open").moves(at(13), "solved")
    clock = life.clock(given, WAIT)
    assert clock.elapsed(given, at(18)) == hours(2)
    assert clock.real(at(18)) == hours(4)
    assert clock.paused(at(18)) == {"pending": hours(2)}


def test_s18_presets_are_data_and_survive_being_written_down():
    for preset, switches in PRESETS.items():
        content = Content(conditions={"all": [], "any": []}, targets={}, preset=preset, switches=switches)
        assert Content.from_json(content.to_json()) == content


@pytest.mark.parametrize(
    ("preset", "urgent_due", "held", "cycles"),
    [
        ("opora", 12, 4, 1),
        ("zendesk", 12, 4, 1),
        ("freshdesk", 12, 2, 1),
        ("jsm", 12, 2, 2),
        ("servicenow", 12, 2, 2),
    ],
)
def test_s18_each_preset_counts_as_that_desk_does(preset, urgent_due, held, cycles):
    """A raised priority, two hours on hold, a reopening."""
    given = rules(policy({WAIT: {NORMAL: 8, URGENT: 3}}, switches=PRESETS[preset]))
    raised = Life(at(9), priority="normal").priority(at(10), "urgent").clock(given, WAIT)
    assert waking_of(raised, given).due_at == at(urgent_due)
    waiting = Life(at(9)).moves(at(11), "hold").clock(given, WAIT)
    assert waiting.elapsed(given, at(13)) == hours(held)
    reopened = Life(at(9)).moves(at(10), "solved").reopens(at(11)).state(given)
    assert len([clock for clock in reopened.clocks if clock.metric == WAIT]) == cycles
    late = Life(at(9), priority="normal").priority(at(13), "urgent").clock(given, WAIT)
    assert (late.first_breach_at is None) is (preset == "opora")


@pytest.mark.django_db
def test_a_written_policy_asks_its_conditions():
    tree = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}], "any": []}
    written = policy_of(Content(conditions=tree, targets={}), policy_id=1, version_id=1)
    made = Rules([Book(None, (written,))], {})
    assert Life(at(9), priority="urgent").state(made).policies == {"sla": 1}
    assert Life(at(9), priority="low").state(made).policies == {}
