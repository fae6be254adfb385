"""Policies with all that they say, under /api/v1."""

import pytest

from opora.sla.models import PolicyVersion, SlaPolicy
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category
from opora.tickets.queries import status_of

V1 = "/api/v1/"
OLA = {
    "name": "Between groups",
    "agreement": "ola",
    "conditions": {"all": [{"field": "status", "operator": "less_than", "value": "solved"}], "any": []},
    "targets": [
        {"metric": "group_ownership", "priority": "normal", "seconds": 14_400},
        {"metric": "third_party", "priority": "urgent", "seconds": 3600, "around": True},
    ],
    "source": "group",
    "preset": "jsm",
    "switches": {"longest_pause": 259_200, "ours_starts": "note", "note_stops": True, "grace": 0},
    "escalations": [{"percent": 90, "step": "notify_group"}],
}


def _made(api, **more):
    response = api.post(f"{V1}policies", {"policy": OLA | more})
    assert response.status_code == 201, response.content
    return response.data["policy"]


def test_a_policy_is_made_with_all_it_says_and_read_back(api):
    made = _made(api)
    assert {name: made[name] for name in ("name", "agreement", "source", "preset", "conditions")} == {
        name: OLA[name] for name in ("name", "agreement", "source", "preset", "conditions")
    }
    assert made["switches"] == {
        "priority_change": "keep", "reopen": "new_cycle", "on_edit": "apply", "calendar": "segment",
        "ours_starts": "note", "note_stops": True, "hold_pauses": True, "grace": 0, "longest_pause": 259_200,
        "pausing_status_ids": [],
    }  # fmt: skip
    assert made["targets"][0] | {"around": False} == OLA["targets"][0] | {"around": False}
    assert made["escalations"] == [{"percent": 90, "step": "notify_group", "value": None}]
    assert api.get(f"{V1}policies/{made['id']}").data["policy"] == made
    assert [one["id"] for one in api.get(f"{V1}policies").data["policies"]] == [made["id"]]


def test_s12_the_longest_pause_is_changed_and_taken_away(api):
    path = f"{V1}policies/{_made(api)['id']}"
    shorter = api.put(path, {"policy": {"switches": {"longest_pause": 3600}}}).data["policy"]
    assert (shorter["switches"]["longest_pause"], shorter["switches"]["note_stops"]) == (3600, True)
    assert (
        api.put(path, {"policy": {"switches": {"longest_pause": None}}}).data["policy"]["switches"][
            "longest_pause"
        ]
        is None
    )
    assert shorter["version"] == 2
    assert "longest_pause" not in PolicyVersion.objects.order_by("-id")[0].content["switches"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"agreement": "love"},
        {"targets": [{"metric": "first_reply", "priority": "normal", "seconds": 1}]},
        {"targets": [{"metric": "joy", "priority": "normal", "seconds": 60}]},
        {"targets": []},
        {"switches": {"longest_pause": 5}},
        {"switches": {"ours_starts": "sometimes"}},
        {"switches": {"pausing_status_ids": [0]}},
        {"escalations": [{"percent": 90, "step": "assign_group", "value": 0}]},
        {"escalations": [{"percent": 900, "step": "notify_group"}]},
        {"source": "policy"},
        {"source": "policy", "calendar_id": 0},
        {"conditions": {"all": [{"field": "promise_broken", "operator": "is", "value": "true"}]}},
        {"name": " "},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(api, wrong):
    assert api.post(f"{V1}policies", {"policy": OLA | wrong}).status_code == 422
    assert not SlaPolicy.objects.exists()


def test_only_who_sets_promises_sees_and_removes_them(api, api_of, cast):
    made = _made(api)
    assert api_of(cast.agent).get(f"{V1}policies").status_code == 403
    assert api_of(cast.lead).delete(f"{V1}policies/{made['id']}").status_code in {403, 404}
    assert api.delete(f"{V1}policies/{made['id']}").status_code == 204
    assert api.get(f"{V1}policies").data["policies"] == []


def test_s13_whether_promises_can_be_kept_is_told_with_every_part(api, api_of, cast, make_ticket, later):
    targets = [{"metric": "requester_wait", "priority": "normal", "seconds": 3600, "around": True}]
    _made(api, agreement="sla", name="Customers", targets=targets, escalations=[])
    _made(api)
    ticket = make_ticket(priority=2)
    later(7200)
    change_status(ticket, status_of(Category.SOLVED), by=cast.agent)
    (found,) = api_of(cast.lead).get(f"{V1}attainment/feasibility").data["feasibility"]
    assert (found["policy"], found["promised"], found["fits"]) == ("Customers", 3600, False)
    assert found["parts"] == [
        {"policy": "Between groups", "cycle": 1, "seconds": 14_400, "measured": 1, "by_target": True}
    ]
    assert api_of(cast.agent).get(f"{V1}attainment/feasibility").status_code == 403
