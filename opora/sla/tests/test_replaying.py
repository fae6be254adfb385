"""A draft held against the past gives what each of both folds gives alone."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from opora.sla.engine.fold import fold, fold_moments, moments_of
from opora.sla.engine.metrics import Metric
from opora.sla.replaying import Comparison, _both, _settle, with_draft
from opora.sla.tests.folding import HIGH, LOW, NORMAL, URGENT, Life, policy, rules
from opora.sla.tests.test_rules_of_clocks import EVERYTHING, STEPS, WAYS, at

STRICTER = {metric: {LOW: 4, NORMAL: 2, HIGH: 1, URGENT: 0.5} for metric in Metric}


def _lived(steps):
    life, moment = Life(at(9)), at(9)
    for step, minutes in steps:
        moment += timedelta(minutes=minutes)
        step(life, moment)
    return life, moment


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3000)), max_size=12),
    st.sampled_from(sorted(WAYS)),
    st.sampled_from(["the same", "stricter", "for urgent tickets"]),
)
def test_both_folds_read_the_updates_once_and_are_what_each_is_alone(steps, preset, kind):
    life, moment = _lived(steps)
    present = rules(policy(EVERYTHING, 1, switches=WAYS[preset]))
    draft_policy = {
        "the same": replace(present.books[0].policies[0]),
        "stricter": policy(STRICTER, 2, id=1, switches=WAYS[preset]),
        "for urgent tickets": policy(STRICTER, 2, id=9, holds=lambda ticket, at: ticket.priority == URGENT),
    }[kind]
    draft = with_draft(present, draft_policy, in_place_of=draft_policy.id)
    until = moment + timedelta(days=2)
    before, after = _both(moments_of(1, life.events), 1, present, draft, until)
    for found, given_rules in ((before, present), (after, draft)):
        alone = fold(1, life.events, given_rules)
        _settle(alone, given_rules, until)
        assert found == alone


def test_a_ticket_whose_promises_stay_is_folded_once():
    life, moment = _lived([])
    present = rules(policy(EVERYTHING, 1))
    draft = with_draft(present, policy(STRICTER, 2, id=9, holds=lambda ticket, at: False), in_place_of=None)
    before, after = _both(moments_of(1, life.events), 1, present, draft, moment)
    assert after is before


def test_outcomes_are_counted_as_a_whole_and_by_what_the_ticket_is():
    life, moment = Life(at(9), priority="high"), at(9)
    strict, lax = rules(policy({Metric.FIRST_REPLY: 1})), rules(policy({Metric.FIRST_REPLY: 8}))
    moments = moments_of(1, life.replies(moment + timedelta(hours=2)).events)
    found = Comparison()
    found.add(1, fold_moments(1, moments, strict), fold_moments(1, moments, lax), "sla")
    told = found.to_json()
    assert told["changed"] == [
        {"ticket": 1, "clock": "sla:first_reply:1", "before": "breached", "after": "met"}
    ]
    assert ["all", "", [0, 1], [1, 1]] in told["rows"]
    assert ["priority", 3, [0, 1], [1, 1]] in told["rows"]
    assert ["metric", "first_reply", [0, 1], [1, 1]] in told["rows"]
