"""People, organizations, groups and their memberships through the API."""

from opora.people.models import Person


def test_a_user_reads_back_as_written(api, cast):
    api.post("user_fields.json", {"user_field": {"key": "tier", "title": "Tier"}})
    given = {
        "name": "Ivan Franko", "email": "Ivan@Example.com", "phone": "+380501112233", "alias": "Kameniar",
        "details": "poet", "notes": "writes at night", "external_id": "u-1", "tags": ["vip", "poet"],
        "organization_id": cast.bank.pk, "user_fields": {"tier": "gold"}, "time_zone": "Europe/Kyiv", "locale": "uk",
        "verified": True,
    }  # fmt: skip
    response = api.post("users.json", {"user": given})
    assert response.status_code == 201, response.content
    user = response.data["user"]
    assert user["role"] == "end-user" and user["email"] == "ivan@example.com" and user["active"] is True
    for name in (
        "name",
        "phone",
        "alias",
        "details",
        "notes",
        "external_id",
        "organization_id",
        "user_fields",
        "time_zone",
        "locale",
    ):
        assert user[name] == given[name], name
    assert sorted(user["tags"]) == ["poet", "vip"]
    changed = api.put(
        f"users/{user['id']}.json", {"user": {"name": "I. Franko", "user_fields": {"tier": None}}}
    ).data["user"]
    assert changed["name"] == "I. Franko" and changed["user_fields"] == {"tier": None}
    assert api.get("users/search.json?external_id=u-1").data["users"][0]["id"] == user["id"]
    assert [one["id"] for one in api.get("users/search.json?query=ivan@example.com").data["users"]] == [
        user["id"]
    ]
    assert [one["id"] for one in api.get("users/search.json?query=Franko").data["users"]] == [user["id"]]
    deleted = api.delete(f"users/{user['id']}.json")
    assert (
        deleted.status_code == 200
        and deleted.data["user"]["active"] is False
        and deleted.data["user"]["email"] is None
    )


def test_taken_addresses_and_blank_names_are_refused(api, cast):
    taken = api.post("users.json", {"user": {"name": "X", "email": cast.customer.email}})
    assert taken.status_code == 422 and taken.data["details"]["email"][0]["error"] == "DuplicateValue"
    blank = api.post("users.json", {"user": {"name": " "}})
    assert blank.data["details"]["name"][0] == {"description": "Name: cannot be blank", "error": "BlankValue"}


def test_create_or_update_matches_external_id_then_address(api):
    body = {"user": {"name": "A", "email": "a@example.com", "external_id": "7"}}
    first = api.post("users/create_or_update.json", body)
    second = api.post("users/create_or_update.json", {"user": {"name": "B", "external_id": "7"}})
    third = api.post("users/create_or_update.json", {"user": {"name": "C", "email": "a@example.com"}})
    assert (first.status_code, second.status_code, third.status_code) == (201, 200, 200)
    assert {one.data["user"]["id"] for one in (first, second, third)} == {first.data["user"]["id"]}


def test_agents_are_invited_and_roles_chosen(api):
    user = api.post(
        "users.json", {"user": {"name": "New Agent", "email": "agent@desk.test", "role": "agent"}}
    ).data["user"]
    assert user["role"] == "agent"
    assert user["id"] in [one["id"] for one in api.get("users.json?role=agent").data["users"]]
    assert user["id"] not in [
        one["id"] for one in api.get("users.json?role[]=admin&role[]=end-user").data["users"]
    ]
    assert api.put(f"users/{user['id']}.json", {"user": {"role": "admin"}}).data["user"]["role"] == "admin"


def test_identities_come_become_primary_and_go(api, cast):
    path = f"users/{cast.customer.pk}/identities"
    made = api.post(f"{path}.json", {"identity": {"type": "email", "value": "two@example.com"}})
    assert made.status_code == 201 and made.data["identity"]["primary"] is False
    number = made.data["identity"]["id"]
    listed = api.put(f"{path}/{number}/make_primary.json").data["identities"]
    assert [one["value"] for one in listed if one["primary"]] == ["two@example.com"]
    assert api.put(f"{path}/{number}/verify.json").data["identity"]["verified"] is True
    assert api.delete(f"{path}/{number}.json").status_code == 204
    assert Person.objects.get(pk=cast.customer.pk).email == "kateryna@example.com"


def test_users_merge_with_their_tickets(api, cast, ticket):
    other = api.post("users.json", {"user": {"name": "Kateryna", "email": "k2@example.com"}}).data["user"]
    merged = api.put(f"users/{cast.customer.pk}/merge.json", {"user": {"id": other["id"]}})
    assert merged.data["user"]["id"] == other["id"]
    assert api.get(f"tickets/{ticket.pk}.json").data["ticket"]["requester_id"] == other["id"]


def test_an_organization_reads_back_as_written(api, cast):
    given = {
        "name": "Acme", "details": "d", "notes": "n", "external_id": "o-1", "domain_names": ["acme.test"],
        "tags": ["big"], "group_id": cast.group.pk,
    }  # fmt: skip
    response = api.post("organizations.json", {"organization": given})
    assert response.status_code == 201
    organization = response.data["organization"]
    assert {name: organization[name] for name in given} == given
    taken = api.post("organizations.json", {"organization": {"name": "Acme"}})
    assert taken.status_code == 422 and taken.data["details"]["name"][0]["error"] == "DuplicateValue"
    assert api.get("organizations/search.json?external_id=o-1").data["organizations"] == [organization]
    assert api.get("organizations/autocomplete.json?name=ac").data["organizations"] == [organization]
    assert (
        api.put(f"organizations/{organization['id']}.json", {"organization": {"notes": "other"}}).data[
            "organization"
        ]["notes"]
        == "other"
    )
    assert api.delete(f"organizations/{organization['id']}.json").status_code == 204
    assert api.get(f"organizations/{organization['id']}.json").status_code == 404


def test_organizations_are_written_in_bulk(api):
    job = api.job(
        api.post(
            "organizations/create_many.json", {"organizations": [{"name": "A"}, {"name": "B"}, {"name": "A"}]}
        )
    )
    assert [result.get("status") for result in job["results"]] == ["Created", "Created", None]
    assert "taken" in job["results"][2]["details"] or "already" in job["results"][2]["details"]
    ids = [result["id"] for result in job["results"][:2]]
    api.job(
        api.put(
            "organizations/update_many.json", {"organizations": [{"id": pk, "notes": str(pk)} for pk in ids]}
        )
    )
    shown = api.get(f"organizations/show_many.json?ids={ids[0]},{ids[1]}").data["organizations"]
    assert [one["notes"] for one in shown] == [str(pk) for pk in ids]
    done = api.job(api.call("delete", f"organizations/destroy_many.json?ids={ids[0]}"))
    assert done["results"][0]["success"] is True


def test_people_belong_to_several_organizations_one_by_default(api, cast):
    other = api.post("organizations.json", {"organization": {"name": "Other"}}).data["organization"]
    path = f"users/{cast.banker.pk}/organization_memberships"
    made = api.post(
        "organization_memberships.json",
        {"organization_membership": {"user_id": cast.banker.pk, "organization_id": other["id"]}},
    )
    assert made.status_code == 201 and made.data["organization_membership"]["default"] is False
    listed = api.put(f"{path}/{made.data['organization_membership']['id']}/make_default.json").data[
        "organization_memberships"
    ]
    assert [one["organization_id"] for one in listed if one["default"]] == [other["id"]]
    assert api.get(f"users/{cast.banker.pk}.json").data["user"]["organization_id"] == other["id"]
    assert len(api.get(f"users/{cast.banker.pk}/organizations.json").data["organizations"]) == 2
    api.delete(f"organization_memberships/{made.data['organization_membership']['id']}.json")
    assert api.get(f"users/{cast.banker.pk}.json").data["user"]["organization_id"] == cast.bank.pk
    twice = api.post(
        "organization_memberships.json",
        {"organization_membership": {"user_id": cast.banker.pk, "organization_id": cast.bank.pk}},
    )
    assert twice.status_code == 422


def test_groups_and_who_is_in_them(api, cast):
    group = api.post("groups.json", {"group": {"name": "Night", "description": "d"}}).data["group"]
    place = api.post(
        "group_memberships.json", {"group_membership": {"user_id": cast.agent.pk, "group_id": group["id"]}}
    )
    assert place.status_code == 201 and place.data["group_membership"]["default"] is False
    number = place.data["group_membership"]["id"]
    assert [one["id"] for one in api.get(f"groups/{group['id']}/users.json").data["users"]] == [cast.agent.pk]
    api.put(f"users/{cast.agent.pk}/group_memberships/{number}/make_default.json")
    assert api.get(f"users/{cast.agent.pk}.json").data["user"]["default_group_id"] == group["id"]
    assert api.delete(f"group_memberships/{number}.json").status_code == 204
    assert api.delete(f"groups/{group['id']}.json").status_code == 204
    assert group["id"] not in [one["id"] for one in api.get("groups.json").data["groups"]]


def test_exports_of_people_carry_identities(api, cast):
    page = api.get("incremental/users/cursor.json?start_time=0&include=identities").data
    assert page["end_of_stream"] is True and len(page["identities"]) >= len(page["users"]) - 1
    again = api.get(page["after_url"].removeprefix("http://testserver")).data
    assert again["users"] == [] and again["after_cursor"] == page["after_cursor"]
