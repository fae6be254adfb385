"""Promises that cannot be kept are said when they are saved; options of reply clocks (S9, S13)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opora.calendars.models import Calendar
from opora.calendars.queries import default_calendar
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target
from opora.sla.feasibility import doubts_about
from opora.sla.models import PolicyVersion
from opora.sla.tests.conftest import EVERY, content
from opora.sla.tests.test_pages import GIVEN


def _content(targets, **more):
    made = {key: Target(timedelta(hours=hours)) for key, hours in targets.items()}
    return Content(conditions=EVERY, targets=made, **more)


def test_a_sound_policy_raises_no_doubt(cast):
    assert doubts_about(content({Metric.FIRST_REPLY: 1, Metric.REQUESTER_WAIT: 8})) == []
    assert doubts_about(_content({(Metric.FIRST_REPLY, 2): 8, (Metric.FIRST_REPLY, 4): 1})) == []


def test_a_target_that_takes_months_in_its_hours_is_said(cast):
    (said,) = doubts_about(_content({(Metric.FIRST_REPLY, 2): 2000}))
    assert default_calendar().name in said
    assert "2000 h take" in said
    assert doubts_about(_content({(Metric.FIRST_REPLY, 2): 2000}, source="around")) == []


def test_a_calendar_that_never_opens_is_said(cast, monkeypatch):
    monkeypatch.setattr("opora.core.business_time.Schedule.add", lambda self, start, amount: None)
    (said,) = doubts_about(_content({(Metric.FIRST_REPLY, 2): 4}))
    assert "never pass" in said
    assert Calendar.objects.count() == 1


def test_promises_that_stand_on_their_heads_are_said(cast):
    (slow,) = doubts_about(_content({(Metric.FIRST_REPLY, 4): 8, (Metric.FIRST_REPLY, 2): 1}))
    assert slow == "First reply: Urgent is promised more slowly than Normal."
    (early,) = doubts_about(_content({(Metric.FIRST_REPLY, 2): 8, (Metric.REQUESTER_WAIT, 2): 4}))
    assert "sooner than the first reply" in early


@pytest.mark.parametrize("note", [True, False])
def test_the_editor_shows_doubts_and_keeps_whether_a_note_counts(cast, as_, note):
    owner = as_(cast.owner)
    given = GIVEN | {"target_first_reply_4": "8 h", "target_first_reply_2": "1 h", "around_2": "on"}
    answer = owner.post(
        reverse("sla:new_policy"), given | ({"note_stops": "on"} if note else {}), follow=True
    )
    shown = answer.content.decode()
    assert "promised more slowly" in shown
    version = PolicyVersion.objects.get()
    assert version.content["switches"]["note_stops"] is note
    assert (' name="note_stops" ' in shown) and (
        ("checked" in shown.split('name="note_stops"')[1].split(">")[0]) is note
    )
