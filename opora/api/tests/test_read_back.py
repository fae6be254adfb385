"""What programs write reads back as it was written, also what means nothing to the desk itself."""

import gzip
import json

import pytest

from opora.events.delivering import run_deliveries
from opora.events.models import Delivery, Event
from opora.people.actions.ask_to_verify import asked_identity
from opora.people.actions.change_person import change_person
from opora.people.models import Identity, Membership


def deliver():
    """Let a worker do what is owed, also what follows from it."""
    pending = Delivery.objects.filter(state=Delivery.State.PENDING)
    while owed := pending.values_list("update_id", flat=True).first():
        run_deliveries.call(owed)


def one(api, path, name, values):
    """Create an object; return it as it was answered, after checking that it reads back so."""
    response = api.post(path, {name: values})
    assert response.status_code == 201 and response["Location"], response.data
    made = response.data[name]
    assert api.get(f"{path}/{made['id']}").data[name] == made
    assert {key: made[key] for key in values} == values
    return made


def test_attributes_that_mean_nothing_here_are_kept(api, later):
    field = {"type": "text", "title": "Order", "title_in_portal": "Your order", "collapsed_for_agents": True}
    made = one(api, "ticket_fields", "ticket_field", field)
    later(5)
    changed = api.put(f"ticket_fields/{made['id']}", {"ticket_field": {"title_in_portal": "Number"}}).data
    assert changed["ticket_field"].pop("updated_at") > made.pop("updated_at")
    assert changed["ticket_field"] == made | {"title_in_portal": "Number", "raw_title_in_portal": "Number"}
    one(
        api,
        "organizations",
        "organization",
        {"name": "Bank", "shared_tickets": True, "shared_comments": True},
    )
    status = {
        "status_category": "open",
        "agent_label": "Asked",
        "description": "d",
        "end_user_description": "e",
    }
    one(api, "custom_statuses", "custom_status", status)
    one(api, "user_fields", "user_field", {"type": "checkbox", "title": "VIP", "key": "vip", "tag": "vip"})


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Kyiv", "Europe/Kyiv"),
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("Asia/Thimphu", "Asia/Thimphu"),
    ],
)
def test_time_zones_go_by_either_name(api, written, zone):
    user = api.post("users", {"user": {"name": "Ada", "time_zone": written}}).data["user"]
    assert (user["time_zone"], user["iana_time_zone"]) == (written, zone)
    schedule = {"name": "Day", "time_zone": written}
    assert (
        api.post("business_hours/schedules", {"schedule": schedule}).data["schedule"]["time_zone"] == written
    )
    assert api.post("users", {"user": {"name": "Ada", "time_zone": "Atlantis"}}).status_code == 422


def test_a_zone_that_was_chosen_on_a_page_is_said_by_its_city(api, cast):
    change_person(cast.customer, by=cast.agent, time_zone="Europe/Warsaw")
    assert api.get(f"users/{cast.customer.pk}").data["user"]["time_zone"] == "Warsaw"


def test_an_address_is_vouched_for_and_a_colleague_gets_a_group(api, cast):
    given = {"name": "Ada", "email": "ada@new.test", "verified": True}
    user = api.post("users", {"user": given}).data["user"]
    assert user["verified"] and Identity.objects.get(value="ada@new.test").verified_at
    group = api.post("groups", {"group": {"name": "Night"}}).data["group"]
    changed = api.put(f"users/{cast.agent.pk}", {"user": {"default_group_id": group["id"]}}).data["user"]
    assert changed["default_group_id"] == group["id"]
    assert Membership.objects.get(person=cast.agent, is_default=True).group_id == group["id"]


def test_a_person_is_asked_for_confirmation_and_confirms_with_a_button(api, cast, client, mailoutbox):
    path = f"users/{cast.customer.pk}/identities"
    made = api.post(path, {"identity": {"type": "email", "value": "second@new.test"}}).data["identity"]
    assert api.put(f"{path}/{made['id']}/request_verification").status_code == 200
    assert Event.objects.filter(kind="person.verification_asked", subject_id=cast.customer.pk).exists()
    (mail,) = mailoutbox
    link = next(line for line in mail.body.splitlines() if "/confirmations/" in line)
    place = link.partition("testserver")[2]
    assert mail.to == ["second@new.test"] and asked_identity(place.rpartition("/")[2]).pk == made["id"]
    assert client.get(place).status_code == 200, "a program that looks at links confirms nothing"
    assert Identity.objects.get(pk=made["id"]).verified_at is None
    assert client.post(place).status_code == 200
    assert Identity.objects.get(pk=made["id"]).verified_at is not None
    assert client.get(f"{place}x").status_code == 404


def test_options_of_profile_fields_are_listed_added_and_removed(api):
    values = {"type": "dropdown", "title": "Plan", "key": "plan", "custom_field_options": [{"name": "Free", "value": "free"}]}  # fmt: skip
    field = api.post("user_fields", {"user_field": values}).data["user_field"]
    path = f"user_fields/{field['id']}/options"
    added = api.post(path, {"custom_field_option": {"name": "Paid", "value": "paid"}})
    assert added.status_code == 201 and api.get(path).data["count"] == 2
    option = added.data["custom_field_option"]
    assert api.get(f"{path}/{option['id']}").data["custom_field_option"] == option
    assert api.delete(f"{path}/{option['id']}").status_code == 204
    assert [one["value"] for one in api.get(path).data["custom_field_options"]] == ["free"]
    assert api.get(f"{path}/9").status_code == 404


def test_groups_are_joined_and_left_by_many_at_once(api, cast):
    group = api.post("groups", {"group": {"name": "Night"}}).data["group"]
    given = [{"user_id": cast.agent.pk, "group_id": group["id"]}, {"user_id": cast.customer.pk, "group_id": group["id"]}]  # fmt: skip
    done = api.job(api.post("group_memberships/create_many", {"group_memberships": given}))
    assert done["results"][0]["status"] == "Created" and "error" in done["results"][1]
    place = done["results"][0]["id"]
    assert api.get(f"group_memberships/{place}").status_code == 200
    api.job(api.delete(f"group_memberships/destroy_many?ids={place}"))
    assert api.get(f"group_memberships/{place}").status_code == 404


def test_lists_of_what_the_desk_does_not_have_are_empty_and_cannot_be_written(api):
    for path, name in (("community/topics", "topics"), ("help_center/community/posts", "posts"), ("skips", "skips")):  # fmt: skip
        assert api.get(path).data[name] == [] == api.get(f"{path}?page[size]=5").data[name]
    assert api.post("community/topics", {"topic": {"name": "x"}}).status_code == 404


def test_long_answers_are_packed_for_clients_that_can_read_them(api):
    plain = api.client.get("/api/v2/locales.json", **api.headers)
    packed = api.client.get("/api/v2/locales.json", HTTP_ACCEPT_ENCODING="gzip, br", **api.headers)
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == json.loads(plain.content)
    assert "Accept-Encoding" in plain["Vary"] and plain["ETag"] == packed["ETag"]


def test_what_is_offered_at_an_address_is_said_without_signing_in(api_of):
    nobody = api_of(None)
    answer = nobody.call("options", "tickets/1.json")
    assert answer.status_code == 204 and answer["Allow"] == "DELETE, GET, HEAD, OPTIONS, PUT"
    assert nobody.call("options", "moon.json").status_code == 404


def test_settings_say_every_attribute(api):
    settings = api.get("account/settings").data["settings"]
    assert settings["active_features"]["organization_access_enabled"] is True
    assert settings["chat"]["enabled"] is False and settings["cdn"]["hosts"] == []
    assert settings["limits"]["attachment_size"] == 50 * 1024 * 1024


def test_the_log_of_configuration_is_for_those_who_run_the_desk(api, api_of, cast):
    api.post("groups", {"group": {"name": "Night"}})
    found = api.get("audit_logs?filter[source_type]=group&sort=-created_at").data["audit_logs"]
    assert found[0]["action"] == "create" and found[0]["source_label"] == "Night"
    assert found[0]["actor_id"] == cast.owner.pk
    assert api.get(f"audit_logs/{found[0]['id']}").data["audit_log"] == found[0]
    assert api.get("audit_logs?filter[created_at][]=x&filter[created_at][]=y").status_code == 400
    assert api_of(cast.agent).get("audit_logs").status_code == 403


def test_what_a_colleague_was_told_of_is_their_stream(api, api_of, cast, ticket):
    api.put(f"tickets/{ticket.pk}", {"ticket": {"assignee_id": cast.agent.pk}})
    deliver()
    agent = api_of(cast.agent)
    (told,) = agent.get("activities").data["activities"]
    assert told["verb"] == "tickets.assignment" and told["object"]["ticket"]["id"] == ticket.pk
    assert (told["user_id"], told["actor_id"]) == (cast.agent.pk, cast.owner.pk)
    assert agent.get("activities/count").data["count"]["value"] == 1
    assert api.get(f"activities/{told['id']}").status_code == 404, "the owner was not told"
