import pytest

from opora.core.refusals import NotAllowed
from opora.events.models import Event
from opora.routing.actions.mark_absent import mark_absent
from opora.routing.actions.note_activity import note_activity
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.models import AgentPresence

State = AgentPresence.State
MINUTE = 60


def facts_of(person):
    events = Event.objects.filter(kind="presence.changed", subject_id=person.pk).order_by("id")
    return [(event.body["before"], event.body["after"], event.body.get("automatic", "")) for event in events]


def state_of(person):
    return AgentPresence.objects.get(pk=person.pk).state


def test_coming_online_is_recorded(cast):
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.agent)
    assert state_of(cast.agent) == State.ONLINE
    assert facts_of(cast.agent) == [("offline", "online", "")]


def test_choosing_what_holds_already_records_nothing(cast):
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.agent)
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.agent)
    assert len(facts_of(cast.agent)) == 1


def test_the_fact_says_how_long_the_state_before_lasted(cast, later, time_machine):
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.agent)
    later(90 * MINUTE)
    set_presence(cast.agent, Chosen(state=State.AWAY, reason="Lunch"), by=cast.agent)
    body = Event.objects.filter(kind="presence.changed").latest("id").body
    assert (body["lasted"], body["reason"]) == (pytest.approx(90 * MINUTE, abs=30), "Lunch")


def test_only_being_away_has_a_reason(cast):
    presence = set_presence(cast.agent, Chosen(state=State.ONLINE, reason="Lunch"), by=cast.agent)
    assert presence.reason == ""


def test_closing_a_way_of_working_is_recorded_and_unknown_ways_are_dropped(cast):
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.agent)
    presence = set_presence(
        cast.agent, Chosen(state=State.ONLINE, closed_ways=["voice", "smoke"]), by=cast.agent
    )
    assert presence.closed_ways == ["voice"]
    assert len(facts_of(cast.agent)) == 2


def test_a_lead_sets_the_presence_of_others_and_an_agent_does_not(cast):
    set_presence(cast.agent, Chosen(state=State.OFFLINE), by=cast.lead)
    with pytest.raises(NotAllowed):
        set_presence(cast.lead, Chosen(state=State.OFFLINE), by=cast.agent)
    with pytest.raises(NotAllowed):
        set_presence(cast.customer, Chosen(state=State.ONLINE), by=cast.customer)


def test_whoever_is_idle_becomes_away_and_comes_back_with_the_first_key(cast, later):
    set_presence(cast.agent, Chosen(state=State.ONLINE, in_browser=True), by=cast.agent)
    for _minute in range(16):
        later(MINUTE)
        note_activity(cast.agent, is_active=False)
        mark_absent()
    assert state_of(cast.agent) == State.AWAY
    note_activity(cast.agent, is_active=False)
    assert state_of(cast.agent) == State.AWAY
    note_activity(cast.agent, is_active=True)
    assert state_of(cast.agent) == State.ONLINE
    assert facts_of(cast.agent) == [
        ("offline", "online", ""),
        ("online", "away", "idle"),
        ("away", "online", "back"),
    ]


def test_a_silent_browser_makes_offline_and_its_return_brings_back_what_was_chosen(cast, later):
    chosen = Chosen(state=State.AWAY, reason="Training", in_browser=True)
    set_presence(cast.agent, chosen, by=cast.agent)
    later(4 * MINUTE)
    assert mark_absent() == 1
    assert state_of(cast.agent) == State.OFFLINE
    assert mark_absent() == 0
    note_activity(cast.agent, is_active=False)
    presence = AgentPresence.objects.get(pk=cast.agent.pk)
    assert (presence.state, presence.reason) == (State.AWAY, "Training")


def test_signs_of_life_keep_somebody_online(cast, later):
    set_presence(cast.agent, Chosen(state=State.ONLINE, in_browser=True), by=cast.agent)
    for _minute in range(40):
        later(MINUTE)
        note_activity(cast.agent, is_active=True)
        assert mark_absent() == 0


def test_a_state_that_a_lead_set_needs_no_browser(cast, later):
    set_presence(cast.agent, Chosen(state=State.ONLINE), by=cast.lead)
    later(600 * MINUTE)
    assert mark_absent() == 0
    assert state_of(cast.agent) == State.ONLINE


def test_whoever_chose_offline_stays_offline_with_the_page_open(cast):
    set_presence(cast.agent, Chosen(state=State.OFFLINE, in_browser=True), by=cast.agent)
    note_activity(cast.agent, is_active=True)
    assert state_of(cast.agent) == State.OFFLINE


def test_an_open_page_alone_makes_nobody_online(cast):
    assert note_activity(cast.agent, is_active=True) is None
    assert not AgentPresence.objects.exists()
