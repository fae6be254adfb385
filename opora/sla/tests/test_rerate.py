"""A changed policy and the clocks that run: they keep their promise, or take the new one, as whoever saves it says (S8)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opora.core.refusals import NotAllowed
from opora.events.models import Event
from opora.sla.actions.rerate import rerate, rerate_running, tickets_running
from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.models import ClockRow
from opora.sla.tests.conftest import content
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import add_tags

SHORT = {Metric.FIRST_REPLY: 0.5, Metric.REQUESTER_WAIT: 4}


def _targets(ticket):
    rows = ClockRow.objects.filter(ticket=ticket, state="running").order_by("metric")
    return [row.target / timedelta(hours=1) for row in rows]


@pytest.fixture
def changed(promised, ticket, make_ticket, cast, later):
    """A ticket with running clocks, one that is solved, and a policy that has promised less since then."""
    solved = make_ticket("Solved")
    solve_ticket(solved, by=cast.agent)
    later(1200)
    save_policy(promised, by=cast.owner, content=content(SHORT))
    return solved


def test_running_clocks_keep_their_promise_unless_they_are_told(changed, ticket, cast):
    add_tags(ticket, ["seen"], by=cast.agent)
    assert _targets(ticket) == [1, 8]


def test_running_clocks_take_the_new_version_with_the_time_that_has_passed(
    changed, promised, ticket, cast, later
):
    assert list(tickets_running(promised)) == [ticket.pk]
    newest = promised.versions.get(number=2)
    assert rerate_running.func(newest.pk, cast.owner.pk) == 1
    assert _targets(ticket) == [0.5, 4]
    first = ClockRow.objects.get(ticket=ticket, metric="first_reply")
    assert first.due_at - first.started_at == timedelta(minutes=30)
    fact = Event.objects.get(kind="ticket.sla_rerated")
    assert (fact.subject_id, fact.actor_id, fact.body["number"]) == (ticket.pk, cast.owner.pk, 2)
    over = ClockRow.objects.get(ticket=changed, metric="requester_wait")
    assert over.target == timedelta(hours=8)
    assert rerate_running.func(newest.pk, cast.owner.pk) == 0
    add_tags(ticket, ["seen"], by=cast.agent)
    assert _targets(ticket) == [0.5, 4]


def test_only_who_changes_promises_may(changed, promised, cast):
    with pytest.raises(NotAllowed):
        rerate(promised, by=cast.lead)


def test_the_editor_says_how_many_run_and_asks(promised, ticket, cast, as_, monkeypatch):
    asked = []
    monkeypatch.setattr("opora.sla.views.policies.rerate", lambda policy, by: asked.append((policy, by)))
    owner, page = as_(cast.owner), reverse("sla:policy", args=[promised.pk])
    shown = owner.get(page).content.decode()
    assert "Clocks of this policy run on 1 ticket." in shown
    assert 'name="running"' in shown
    given = {
        "name": "Everybody", "agreement": "sla", "source": "desk", "default_priority": "2", "preset": "opora",
        "is_active": "on", "target_first_reply_2": "30 min", "note_stops": "on",
    }  # fmt: skip
    assert owner.post(page, given | {"running": "keep"}).status_code == 302
    assert asked == []
    assert owner.post(page, given | {"running": "take"}).status_code == 302
    assert asked == [(promised, cast.owner)]
    assert 'name="running"' not in owner.get(reverse("sla:new_policy")).content.decode()
