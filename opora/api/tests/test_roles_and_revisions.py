"""Roles, standard statuses, definitions, revisions, the audit log's filters, jobs of everybody, colleagues who leave."""

import pytest

from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_role import save_role
from opora.people.models import Person, Role
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.models import Status

CONDITIONS = {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []}


def test_a_role_is_made_changed_and_removed(api):
    said = {"ticket_access": "within-groups", "ticket_comment_access": "public", "ticket_editing": True}
    body = {"name": "Night shift", "description": "Few rights", "configuration": said}
    made = api.post("custom_roles.json", {"custom_role": body})
    assert made.status_code == 201, made.content
    role = made.data["custom_role"]
    assert {name: role["configuration"][name] for name in said} == said and role["name"] == "Night shift"
    path = f"custom_roles/{role['id']}.json"
    changed = api.put(
        path, {"custom_role": {"configuration": {"ticket_editing": False, "manage_slas": True}}}
    )
    now = changed.data["custom_role"]["configuration"]
    assert (now["ticket_editing"], now["manage_slas"], now["ticket_comment_access"]) == (
        False,
        True,
        "public",
    )
    assert set(Role.objects.get(pk=role["id"]).permissions) == {
        "tickets.note", "tickets.reply", "settings.sla",
    }  # fmt: skip
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404


@pytest.mark.parametrize(
    "said",
    [{"ticket_access": "all-of-them"}, {"macro_access": 5}, {"ticket_editing": "perhaps"}, "everything"],
)
def test_a_configuration_that_means_nothing_is_refused(api, said):
    body = {"custom_role": {"name": "Night shift", "configuration": said}}
    assert api.post("custom_roles.json", body).status_code in {400, 422}
    assert not Role.objects.filter(name="Night shift").exists()


def test_a_role_that_somebody_has_and_a_standard_one_stay(api, api_of, cast):
    taken = save_role(by=cast.owner, name="Taken", permissions=[])
    Person.objects.filter(pk=cast.second.pk).update(role=taken)
    standard = Role.objects.get(kind=Role.Kind.AGENT)
    for role in (taken, standard):
        assert api.delete(f"custom_roles/{role.pk}.json").status_code == 422
    own = save_role(by=cast.owner, name="Own", permissions=[])
    assert api_of(cast.agent).delete(f"custom_roles/{own.pk}.json").status_code == 403


def test_another_status_becomes_the_standard_one(api, ticket):
    body = {"status_category": "pending", "agent_label": "Waiting for the bank"}
    status = api.post("custom_statuses.json", {"custom_status": body}).data["custom_status"]
    assert api.put("custom_status/default", {"ids": f"{status['id']}"}).data == {}
    assert [row.pk for row in Status.objects.filter(category=2, is_default=True)] == [status["id"]]
    changed = api.put(f"tickets/{ticket.pk}.json", {"ticket": {"status": "pending"}}).data["ticket"]
    assert changed["custom_status_id"] == status["id"]
    assert api.put("custom_status/default", {"ids": "404"}).status_code == 422


def test_definitions_speak_the_words_that_conditions_are_written_in(api, cast):
    triggers = api.get("triggers/definitions.json").data["definitions"]
    asked = {one["subject"] for one in triggers["conditions_all"]}
    assert {"status", "assignee_id", "group_id", "brand_id", "current_tags", "priority"} <= asked
    done = {one["subject"] for one in triggers["actions"]}
    assert {"status", "assignee_id", "group_id", "brand_id", "current_tags", "follower"} <= done
    views = api.get("views/definitions.json").data["definitions"]
    for one in views["conditions_all"]:
        assert one["operators"] and one["subject"]
    of_group = next(one for one in views["conditions_all"] if one["subject"] == "group_id")
    assert str(cast.group.pk) in [value["value"] for value in of_group["values"]]


def test_a_revision_says_who_made_it_and_what_it_changed(api, cast):
    body = {
        "title": "One", "conditions": CONDITIONS, "actions": [{"field": "priority", "value": "high"}],
    }  # fmt: skip
    trigger = api.post("triggers.json", {"trigger": body}).data["trigger"]["id"]
    new = {"title": "Two", "actions": [{"field": "priority", "value": "urgent"}]}
    api.put(f"triggers/{trigger}.json", {"trigger": new})
    revision = api.get(f"triggers/{trigger}/revisions/2.json").data["trigger_revision"]
    assert revision["author_id"] == cast.owner.pk
    diff = revision["diff"]
    assert (diff["source_id"], diff["target_id"]) == (1, 2)
    assert diff["title"] == [{"change": "-", "content": "One"}, {"change": "+", "content": "Two"}]
    assert diff["active"] == [] and diff["conditions"] == {"all": [], "any": []}
    assert diff["actions"] == [
        {
            "field": [{"change": "=", "content": "priority"}],
            "value": [{"change": "-", "content": "high"}, {"change": "+", "content": "urgent"}],
        }
    ]
    first = api.get(f"triggers/{trigger}/revisions.json").data["trigger_revisions"][-1]
    assert first["diff"]["title"] == [{"change": "+", "content": "One"}]


def test_the_audit_log_is_asked_by_action(api, cast):
    group = api.post("groups.json", {"group": {"name": "Night"}}).data["group"]["id"]
    api.put(f"groups/{group}.json", {"group": {"description": "x"}})
    role = api.post("custom_roles.json", {"custom_role": {"name": "Own"}}).data["custom_role"]["id"]
    api.delete(f"custom_roles/{role}.json")
    whole = api.get("audit_logs.json").data["audit_logs"]
    by_action = {
        action: api.get(f"audit_logs.json?filter[action]={action}").data["audit_logs"]
        for action in ("create", "update", "destroy")
    }
    assert all(rows and {row["action"] for row in rows} == {action} for action, rows in by_action.items())
    assert sorted(row["id"] for rows in by_action.values() for row in rows) == sorted(
        row["id"] for row in whole
    )
    assert api.get("audit_logs.json?filter[action]=login").data["audit_logs"] == []


def test_administrators_see_the_jobs_of_everybody(api, api_of, cast, ticket):
    agent = api_of(cast.agent)
    job = agent.put(f"tickets/update_many.json?ids={ticket.pk}", {"ticket": {"priority": "high"}})
    key = job.data["job_status"]["id"]
    assert [one["id"] for one in api.get("job_statuses.json").data["job_statuses"]] == [key]
    assert api.get(f"job_statuses/{key}.json").status_code == 200
    assert api_of(cast.second).get(f"job_statuses/{key}.json").status_code == 404


def test_a_colleague_becomes_an_end_user_and_their_open_tickets_lose_their_assignee(
    api, api_of, cast, make_ticket
):
    waiting, done = make_ticket(), make_ticket()
    for one in (waiting, done):
        assign_ticket(one, by=cast.owner, assignee=cast.agent)
    solve_ticket(done, by=cast.owner)
    user = api.put(f"users/{cast.agent.pk}.json", {"user": {"role": "end-user"}}).data["user"]
    assert user["role"] == "end-user" and user["active"] is True
    shown = api.get(f"tickets/{waiting.pk}.json").data["ticket"]
    assert (shown["assignee_id"], shown["group_id"]) == (None, cast.group.pk)
    assert api.get(f"tickets/{done.pk}.json").data["ticket"]["assignee_id"] == cast.agent.pk
    assert cast.agent.pk not in [one["id"] for one in api.get("users.json?role=agent").data["users"]]
    person = Person.objects.get(pk=cast.agent.pk)
    assert not person.has_usable_password() and not person.memberships.exists()


def test_the_last_administrator_and_oneself_stay_colleagues(api, api_of, cast):
    assert api.put(f"users/{cast.owner.pk}.json", {"user": {"role": "end-user"}}).status_code == 422
    assert api_of(cast.agent).put(
        f"users/{cast.second.pk}.json", {"user": {"role": "end-user"}}
    ).status_code in {403, 422}
    assert Person.objects.get(pk=cast.second.pk).role_id is not None


def test_settings_that_the_desk_has_are_changed_and_others_are_named(api, api_of, cast):
    said = {"iana_time_zone": "Europe/Warsaw", "default_locale_identifier": "uk", "uses_12_hour_clock": True}
    answer = api.put(
        "account/settings.json", {"settings": {"localization": said, "voice": {"enabled": True}}}
    )
    shown = answer.data["settings"]["localization"]
    assert (shown["iana_time_zone"], shown["default_locale_identifier"]) == ("Europe/Warsaw", "uk")
    assert shown["uses_12_hour_clock"] is False
    assert {"voice", "localization.uses_12_hour_clock"} <= set(
        answer.headers["X-Zendesk-Api-Warn"].replace(",", " ").split()
    )
    for wrong in ({"iana_time_zone": "Mars/Olympus"}, {"default_locale_identifier": "fr"}):
        assert api.put("account/settings.json", {"settings": {"localization": wrong}}).status_code == 422
    other = save_brand(by=cast.owner, name="Other")
    changed = api.put("account/settings.json", {"settings": {"brands": {"default_brand_id": other.pk}}})
    assert changed.data["settings"]["brands"]["default_brand_id"] == other.pk
    body = {"settings": {"localization": {"iana_time_zone": "UTC"}}}
    assert api_of(cast.agent).put("account/settings.json", body).status_code == 403


def test_promises_of_groups_are_told_among_metric_events(api, cast, ticket):
    metric = {"priority": "normal", "metric": "group_ownership_time", "target": 60, "business_hours": False}
    asked = {"all": [{"field": "group_id", "operator": "includes", "value": [cast.group.pk]}]}
    body = {"title": "Support keeps an hour", "filter": asked, "policy_metrics": [metric]}
    policy = api.post("group_slas/policies.json", {"group_sla_policy": body}).data["group_sla_policy"]
    made = api.post(
        "tickets.json", {"ticket": {"subject": "x", "comment": {"body": "y"}, "priority": "normal"}}
    )
    number = made.data["ticket"]["id"]
    told = api.get("incremental/ticket_metric_events.json?start_time=1").data["ticket_metric_events"]
    owned = [one for one in told if one["ticket_id"] == number and one["metric"] == "group_ownership_time"]
    applied = next(one for one in owned if one["type"] == "apply_group_sla")
    assert applied["group_sla"]["target"] == 60
    assert str(applied["group_sla"]["policy"]["id"]) == policy["id"]
    assert "activate" in {one["type"] for one in owned}
