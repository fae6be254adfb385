"""Promises as they are set up, seen and explained."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from opora.calendars.queries import default_calendar
from opora.core import clock as time
from opora.people.models import Person
from opora.sla.actions.ask_what_if import answer_what_if, ask_what_if
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.models import ClockRow, PolicyVersion, SlaPolicy, WhatIf
from opora.sla.tests.conftest import content
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.conditions import compile_conditions
from opora.tickets.models import Ticket, View


@pytest.fixture
def owner(cast, as_):
    return as_(cast.owner)


GIVEN = {
    "name": "Gold", "agreement": "sla", "source": "desk", "default_priority": "2", "preset": "opora", "is_active": "on",
    "target_first_reply_4": "30 min", "target_first_reply_2": "4 h", "around_4": "on",
    "percent_0": "90", "step_0": "notify_assignee",
    "conditions-all-0-field": "priority", "conditions-all-0-operator": "is", "conditions-all-0-value": "urgent",
}  # fmt: skip


def test_a_policy_is_made_changed_ordered_and_removed(owner, cast):
    assert owner.post(reverse("sla:new_policy"), GIVEN).status_code == 302
    gold = SlaPolicy.objects.get()
    written = PolicyVersion.objects.get().content
    assert ["first_reply", 4, 1800, True] in written["targets"]
    assert written["escalations"] == [{"percent": 90, "step": "notify_assignee", "value": None}]
    page = reverse("sla:policy", args=[gold.pk])
    shown = owner.get(page).content.decode()
    assert 'value="30 min"' in shown
    assert owner.post(page, GIVEN | {"target_first_reply_4": "15 min"}).status_code == 302
    assert gold.versions.count() == 2
    assert "15 min" in owner.get(reverse("sla:versions", args=[gold.pk])).content.decode()
    rest = save_policy(by=cast.owner, name="Rest", content=content({Metric.FIRST_REPLY: 4}))
    owner.post(reverse("sla:policy_order"), {"up": rest.pk})
    assert [row.name for row in SlaPolicy.objects.all()] == ["Rest", "Gold"]
    listed = owner.get(reverse("sla:policies")).content.decode()
    assert listed.index("Rest") < listed.index("Gold")
    owner.post(reverse("sla:removal", args=[gold.pk]))
    assert owner.get(page).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"target_first_reply_4": "", "target_first_reply_2": ""}, "at least one thing"),
        ({"target_first_reply_4": "2 days"}, "hours instead of days"),
        ({"source": "policy"}, "Choose the calendar"),
        ({"step_0": "assign_group"}, "Choose a group"),
        (
            {"conditions-all-0-field": "promise_broken", "conditions-all-0-value": "true"},
            "cannot depend on promises",
        ),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_in_a_sentence(owner, cast, wrong, said):
    answer = owner.post(reverse("sla:new_policy"), GIVEN | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SlaPolicy.objects.exists()


def test_s12_the_editor_keeps_how_long_a_pause_may_last(owner):
    owner.post(reverse("sla:new_policy"), GIVEN | {"longest_pause": "72 год"})
    gold = SlaPolicy.objects.get()
    assert gold.versions.get().content["switches"]["longest_pause"] == 72 * 3600
    assert 'value="72 h"' in owner.get(reverse("sla:policy", args=[gold.pk])).content.decode()
    refused = owner.post(reverse("sla:policy", args=[gold.pk]), GIVEN | {"longest_pause": "3 days"})
    assert "hours instead of days" in refused.content.decode()


def test_s9_the_editor_keeps_whether_a_ticket_that_we_begin_waits_for_a_reply(owner):
    owner.post(reverse("sla:new_policy"), GIVEN | {"ours_starts": "note"})
    gold = SlaPolicy.objects.get()
    assert gold.versions.get().content["switches"]["ours_starts"] == "note"
    shown = owner.get(reverse("sla:policy", args=[gold.pk])).content.decode()
    assert '<option value="note" selected>' in shown
    owner.post(reverse("sla:policy", args=[gold.pk]), GIVEN | {"ours_starts": "never"})
    assert "ours_starts" not in gold.versions.order_by("-number")[0].content["switches"]


def test_a_ticket_shows_its_countdowns_and_their_account(promised, ticket, cast, as_, later):
    agent = as_(cast.agent)
    block = agent.get(reverse("sla:clocks", args=[ticket.pk])).content.decode()
    assert "First reply" in block
    assert 'data-state="running"' in agent.get(reverse("sla:line", args=[ticket.pk])).content.decode()
    later(4000)
    assert 'data-state="late"' in agent.get(reverse("sla:line", args=[ticket.pk])).content.decode()
    page = agent.get(reverse("sla:why", args=[ticket.pk])).content.decode()
    assert "“Everybody” (version 1) promises 1 h" in page
    assert "It matches every ticket" in page
    assert "<svg" in page
    told = json.loads(agent.get(reverse("sla:account_json", args=[ticket.pk])).content)
    first = next(row for row in told["clocks"] if row["metric"] == "first_reply")
    assert first["policy"]["name"] == "Everybody"
    assert sum(part["counted"] for part in first["segments"]) == pytest.approx(first["elapsed"], abs=2)


def test_the_first_condition_that_failed_is_shown_with_what_was_seen(cast, make_ticket, as_):
    tree = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}], "any": []}
    save_policy(by=cast.owner, name="Urgent only", content=content({Metric.FIRST_REPLY: 1}, conditions=tree))
    save_policy(by=cast.owner, name="Everybody else", content=content({Metric.FIRST_REPLY: 4}))
    page = as_(cast.agent).get(reverse("sla:why", args=[make_ticket(priority=1).pk])).content.decode()
    assert page.index("Urgent only") < page.index("does not match") < page.rindex("Everybody else")
    assert "it was: Low" in page


def test_no_reply_is_needed_says_who_may_reply(promised, ticket, cast, as_):
    page = reverse("sla:waiver", args=[ticket.pk])
    assert as_(cast.agent).post(page, {"reason": ""}).status_code == 422
    assert as_(cast.agent).post(page, {"reason": "Says thanks"}).status_code == 302
    assert as_(cast.agent).post(page, {"reason": "Again"}).status_code == 409


def test_views_ask_for_the_next_breach_and_sort_by_it(promised, make_ticket, cast, as_, later):
    first = make_ticket("Sooner")
    later(600)
    second = make_ticket("Later")
    add_comment(second, NewComment(html="<p>Hi</p>", author=cast.agent), by=cast.agent)
    near = {"all": [{"field": "hours_until_breach", "operator": "less_than", "value": 2}], "any": []}
    assert list(Ticket.objects.filter(compile_conditions(near, by=cast.agent))) == [first]
    later(3100)
    notice_due_clocks()
    broken = {"all": [{"field": "promise_broken", "operator": "is", "value": "true"}], "any": []}
    assert list(Ticket.objects.filter(compile_conditions(broken, by=cast.agent))) == [first]
    view = View.objects.get(title="All unsolved")
    rows = (
        as_(cast.agent)
        .get(reverse("tickets:rows", args=[view.pk]), {"sort": "promise__next_breach_at"})
        .content.decode()
    )
    assert rows.index("Sooner") < rows.index("Later")
    assert 'data-state="late"' in rows


def test_attainment_counts_and_leads_to_the_tickets(promised, make_ticket, cast, owner, later):
    kept, broken = make_ticket("Kept"), make_ticket("Broken")
    add_comment(kept, NewComment(html="<p>Hi</p>", author=cast.agent), by=cast.agent)
    later(3700)
    notice_due_clocks()
    page = owner.get(reverse("sla:attainment")).content.decode()
    assert "50.0" in page
    found = owner.get(
        reverse("sla:attainment_tickets"), {"outcome": "broken", "metric": "first_reply"}
    ).content.decode()
    assert "Broken" in found
    assert "Kept" not in found.partition("<tbody>")[2]
    assert broken.pk
    assert owner.get(reverse("sla:attainment"), {"days": "x", "agreement": "y"}).status_code == 200
    assert owner.get(reverse("sla:attainment_tickets"), {"brand": "x", "cursor": "bad"}).status_code == 422


def test_a_team_lead_reads_attainment_and_changes_no_promise(promised, ticket, cast, as_):
    lead, agent = as_(cast.lead), as_(cast.agent)
    assert lead.get(reverse("sla:attainment")).status_code == 200
    assert lead.get(reverse("sla:attainment_tickets")).status_code == 200
    assert lead.get(reverse("sla:policies")).status_code == 403
    assert agent.get(reverse("sla:attainment")).status_code == 403


def test_a_draft_is_held_against_the_past(promised, make_ticket, cast, owner, later):
    for _number in range(3):
        ticket = make_ticket()
        later(1800)
        add_comment(ticket, NewComment(html="<p>Hi</p>", author=cast.agent), by=cast.agent)
    before = ClockRow.objects.filter(outcome="met", metric="first_reply").count()
    answer = owner.post(
        reverse("sla:what_ifs"),
        GIVEN
        | {
            "policy_id": promised.pk,
            "target_first_reply_2": "15 min",
            "around_2": "on",
            "conditions-all-0-operator": "is_not",
        },
    )
    asked = WhatIf.objects.get()
    assert answer["Location"] == reverse("sla:what_if", args=[asked.pk])
    assert "Waiting for the worker" in owner.get(answer["Location"]).content.decode()
    answer_what_if.func(asked.pk)
    asked.refresh_from_db()
    rows = {(name, value): (old, new) for name, value, old, new in asked.result["rows"]}
    assert rows["metric", "first_reply"] == ([3, 3], [0, 3])
    assert ClockRow.objects.filter(outcome="met", metric="first_reply").count() == before == 3
    assert f"#{ticket.pk}" in owner.get(answer["Location"]).content.decode()


def test_another_calendar_is_held_against_the_past(promised, ticket, cast, owner):
    mine = default_calendar().pk
    owner.post(reverse("sla:what_ifs"), {"days": "30", "calendar": mine, "instead_of": mine})
    asked = WhatIf.objects.get()
    answer_what_if.func(asked.pk)
    asked.refresh_from_db()
    assert asked.result["changes"] == 0
    assert (
        owner.post(reverse("sla:what_ifs"), {"days": "30", "calendar": "0", "instead_of": "x"}).status_code
        == 422
    )
    assert (
        owner.post(reverse("sla:what_ifs"), {"days": "1", "calendar": mine, "instead_of": mine}).status_code
        == 422
    )
    assert asked.asked_at <= time.now() + timedelta(seconds=1)
    assert isinstance(cast.owner, Person)
    assert ask_what_if({"days": 7, "calendar": mine, "instead_of": mine}, by=cast.owner).pk
