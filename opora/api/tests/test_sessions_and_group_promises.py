"""Where colleagues are signed in, their passwords; promises between groups."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from opora.events.models import Event
from opora.testing.cast import PASSWORD


@pytest.fixture
def signed_in(cast):
    """Return a function that signs somebody in as a browser does."""
    cache.clear()

    def sign_in(person) -> Client:
        browser = Client()
        answer = browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return browser

    return sign_in


def test_administrators_see_where_everybody_is_signed_in_and_others_themselves(api, api_of, cast, signed_in):
    signed_in(cast.agent), signed_in(cast.second)
    shown = api.get("sessions.json").data["sessions"]
    assert {one["user_id"] for one in shown} == {cast.agent.pk, cast.second.pk}
    own = api_of(cast.agent)
    assert {one["user_id"] for one in own.get("sessions.json").data["sessions"]} == {cast.agent.pk}
    assert own.get(f"users/{cast.second.pk}/sessions.json").data["sessions"] == []
    one = shown[0]
    assert api.get(f"users/{one['user_id']}/sessions/{one['id']}.json").data["session"] == one


def test_a_session_that_is_ended_is_over_at_once(api, api_of, cast, signed_in):
    browser = signed_in(cast.agent)
    assert browser.get("/settings/me").status_code == 200
    session = UserSession.objects.get()
    own = api_of(cast.agent).get("users/me/session.json").data["session"]
    assert [one["id"] for one in own] == [session.pk]
    assert api.delete(f"users/{cast.agent.pk}/sessions/{session.pk}.json").status_code == 204
    assert browser.get("/settings/me").status_code == 302
    fact = Event.objects.get(kind="person.signed_out")
    assert (fact.subject_id, fact.actor_id, fact.body["sessions"]) == (cast.agent.pk, cast.owner.pk, 1)


def test_people_are_signed_out_everywhere(api, api_of, cast, signed_in):
    browsers = [signed_in(cast.agent), signed_in(cast.agent), signed_in(cast.second)]
    assert api_of(cast.agent).delete(f"users/{cast.second.pk}/sessions.json").status_code == 403
    assert api.delete(f"users/{cast.agent.pk}/sessions.json").status_code == 204
    assert [browser.get("/settings/me").status_code for browser in browsers] == [302, 302, 200]
    assert api.post(f"users/logout_many.json?ids={cast.agent.pk},{cast.second.pk}").status_code == 200
    assert not UserSession.objects.exists()


def test_the_page_of_a_colleague_signs_them_out(as_, cast, signed_in):
    browser = signed_in(cast.agent)
    owner = as_(cast.owner)
    page = owner.get(f"/settings/colleagues/{cast.agent.pk}").content.decode()
    assert "Signed in at 1 place" in page
    owner.post(f"/settings/colleagues/{cast.agent.pk}/signing-out")
    assert browser.get("/settings/me").status_code == 302


def test_a_password_is_changed_by_whoever_knows_the_one_before(api_of, cast, signed_in):
    browser, agent = signed_in(cast.agent), api_of(cast.agent)
    body = {"previous_password": PASSWORD, "password": "another-long-sentence-7"}
    assert agent.put("users/me/change_password.json", body | {"previous_password": "no"}).status_code == 422
    assert agent.put("users/me/change_password.json", body | {"password": "123"}).status_code == 422
    assert agent.put(f"users/{cast.second.pk}/password.json", body).status_code == 403
    assert agent.put(f"users/{cast.agent.pk}/password.json", body).status_code == 200
    cast.agent.refresh_from_db()
    assert cast.agent.check_password("another-long-sentence-7")
    assert browser.get("/settings/me").status_code == 302
    assert Event.objects.filter(kind="person.password_changed", subject_id=cast.agent.pk).exists()


def test_passwords_are_not_guessed_by_trying(api_of, cast):
    cache.clear()
    agent = api_of(cast.agent)
    body = {"previous_password": "wrong", "password": "another-long-sentence-7"}
    statuses = [agent.put("users/me/change_password.json", body).status_code for _ in range(7)]
    assert statuses[0] == 422 and statuses[-1] == 429


def test_what_a_password_has_to_be_is_said_beforehand(api, cast):
    said = api.get(f"users/{cast.agent.pk}/password/requirements.json").data["requirements"]
    assert said and all(isinstance(one, str) and one for one in said)


def promise(group, **changes):
    metric = {"priority": "low", "metric": "group_ownership_time", "target": 60, "business_hours": False}
    return {
        "title": "Second line",
        "description": "An hour",
        "filter": {"all": [{"field": "group_id", "operator": "includes", "value": [group.pk]}]},
        "policy_metrics": [metric | {"target_in_seconds": 3600}],
    } | changes


def test_a_promise_of_groups_reads_back(api, cast):
    made = api.post("group_slas/policies.json", {"group_sla_policy": promise(cast.group)})
    assert made.status_code == 201, made.content
    policy = made.data["group_sla_policy"]
    assert {name: policy[name] for name in promise(cast.group)} == promise(cast.group)
    assert api.get("group_slas/policies.json").data["group_sla_policies"] == [policy]
    assert api.get("slas/policies.json").data["sla_policies"] == []
    path = f"group_slas/policies/{policy['id']}.json"
    apart = {"all": [{"field": "group_id", "operator": "not_includes", "value": [cast.group.pk]}]}
    changed = api.put(path, {"group_sla_policy": {"filter": apart}}).data["group_sla_policy"]
    assert changed["filter"] == apart and changed["policy_metrics"] == policy["policy_metrics"]
    assert api.put("group_slas/policies/reorder", {"group_sla_policy_ids": [policy["id"]]}).data == {}
    asked = api.get("group_slas/policies/definitions.json").data["definitions"]["all"][0]
    assert asked["values"]["list"] == [{"value": cast.group.pk, "title": cast.group.name}]
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"policy_metrics": []},
        {"policy_metrics": [{"priority": "low", "metric": "first_reply_time", "target": 5}]},
        {"filter": {"all": [{"field": "status", "operator": "includes", "value": [1]}]}},
        {"filter": {"all": [{"field": "group_id", "operator": "includes", "value": [404]}]}},
        {"filter": {"all": "everything"}},
    ],
)
def test_a_promise_of_groups_that_makes_no_sense_is_refused(api, cast, changes):
    body = {"group_sla_policy": promise(cast.group, **changes)}
    assert api.post("group_slas/policies.json", body).status_code == 422
    assert api.get("group_slas/policies.json").data["count"] == 0


def test_agents_do_not_set_promises_of_groups(api_of, cast):
    assert api_of(cast.agent).get("group_slas/policies.json").status_code == 403
