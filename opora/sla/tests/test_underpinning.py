"""S13: what groups and suppliers take on the way must leave room for what is promised to customers."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from opora.sla import underpinning
from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Switches
from opora.sla.feasibility import doubts_about
from opora.sla.tests.conftest import content
from opora.sla.tests.test_pages import GIVEN
from opora.sla.underpinning import findings, findings_of, percentile_80
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Priority
from opora.tickets.queries import status_of

WAIT, WORK, OWNED, THIRD = (
    Metric.REQUESTER_WAIT,
    Metric.AGENT_WORK,
    Metric.GROUP_OWNERSHIP,
    Metric.THIRD_PARTY,
)


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_s13_the_80th_percentile_is_the_least_that_four_fifths_do_not_exceed(numbers):
    lengths = [timedelta(minutes=number) for number in numbers]
    found = percentile_80(lengths)
    assert Fraction(sum(length <= found for length in lengths), len(lengths)) >= Fraction(4, 5)
    assert Fraction(sum(length < found for length in lengths), len(lengths)) < Fraction(4, 5)


@pytest.fixture
def walked(cast, make_ticket, later):
    """Five tickets: 1 to 5 hours in the group, then 10 hours at the bank each; promised in 12 hours."""
    promise = save_policy(by=cast.owner, name="Customers", content=content({WAIT: 12, WORK: 6}))
    save_policy(by=cast.owner, name="L1", content=content({OWNED: 8}, agreement="ola"))
    save_policy(by=cast.owner, name="Bank", content=content({THIRD: 9}, agreement="uc"))
    for number in range(1, 6):
        ticket = make_ticket(priority=Priority.NORMAL)
        later(number * 3600)
        change_status(ticket, status_of(Category.HOLD), by=cast.agent)
        later(10 * 3600)
        change_status(ticket, status_of(Category.SOLVED), by=cast.agent)
    return promise


def _parts(finding):
    return [(part.name, round(part.length / timedelta(hours=1)), part.is_measured) for part in finding.parts]


def test_s13_the_way_is_measured_where_enough_tickets_went_it(walked, monkeypatch):
    monkeypatch.setattr(underpinning, "ENOUGH", 5)
    found = {(one.metric, one.priority): one for one in findings()}
    waiting = found[WAIT, Priority.NORMAL]
    assert _parts(waiting) == [("L1", 4, True), ("Bank", 10, True)]
    assert not waiting.fits
    assert _parts(found[WORK, Priority.NORMAL]) == [("L1", 4, True)]
    assert found[WORK, Priority.NORMAL].fits


def test_s13_a_target_stands_for_what_too_few_tickets_tell(walked):
    (waiting,) = [one for one in findings() if (one.metric, one.priority) == (WAIT, Priority.NORMAL)]
    assert _parts(waiting) == [("L1", 8, False), ("Bank", 9, False)]
    (said,) = [text for text in doubts_about(content({WAIT: 12}), walked) if text.startswith("Normal")]
    assert said == (
        "Normal: “Customer’s waiting” is promised in 12 h, but the way takes 17 h: "
        "“L1” 8 h (target, 5 measured); “Bank” 9 h (target, 5 measured)."
    )


def test_s13_where_hold_stands_still_the_third_party_takes_nothing(walked):
    pausing = content({WAIT: 12}, switches=Switches(hold_pauses=True))
    assert {_parts(one)[0][0] for one in findings_of(pausing, walked)} == {"L1"}
    assert all(one.fits for one in findings_of(pausing, walked))


def test_s13_a_new_policy_is_held_against_the_tickets_it_matches(walked, cast):
    matching = {"all": [{"field": "priority", "operator": "is", "value": "normal"}], "any": []}
    other = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}], "any": []}
    assert findings_of(content({WAIT: 12}, conditions=matching), None)
    assert findings_of(content({WAIT: 12}, conditions=other), None) == []
    assert findings_of(content({Metric.FIRST_REPLY: 1}, conditions=matching), None) == []
    assert findings_of(Content(conditions=matching, targets={}, agreement="ola"), None) == []


def test_s13_a_part_that_few_tickets_take_is_not_on_the_way(walked, monkeypatch, make_ticket, cast):
    monkeypatch.setattr(underpinning, "USUAL", 1.01)
    assert findings() == []


def test_s13_the_report_shows_the_way_beside_the_promise_and_the_editor_says_what_does_not_fit(
    walked, cast, as_
):
    report = as_(cast.lead).get(reverse("sla:attainment")).content.decode()
    assert "Is there time enough for them" in report
    assert "too little" in report
    assert reverse("sla:policy", args=[walked.pk]) not in report
    owner = as_(cast.owner)
    assert reverse("sla:policy", args=[walked.pk]) in owner.get(reverse("sla:attainment")).content.decode()
    assert (
        "Is there time enough"
        not in owner.get(reverse("sla:attainment"), {"agreement": "ola"}).content.decode()
    )
    given = {key: value for key, value in GIVEN.items() if not key.startswith("conditions")}
    answer = owner.post(
        reverse("sla:policy", args=[walked.pk]),
        given | {"name": "Customers", "target_requester_wait_2": "12 h"},
        follow=True,
    )
    assert "but the way takes 17 h" in answer.content.decode()
