"""The wire itself: addresses, signing in, pages, errors."""

import pytest

from opora.api.wire.routing import OPERATIONS

READS = sorted(
    {
        made.path
        for made in OPERATIONS
        if made.method == "GET"
        and "{" not in made.path
        and made.version == "v2"
        and not made.path.startswith("channels/")
    }
)


@pytest.mark.parametrize("path", READS)
def test_every_list_answers_by_number_and_by_cursor_with_and_without_suffix(api, ticket, path):
    query = "query=order&name=o&start_time=0&ids=1&external_id=x&filter[type]=ticket"
    for address in (f"{path}.json?{query}", f"{path}?{query}", f"{path}.json?{query}&page[size]=2"):
        response = api.get(address)
        assert response.status_code == 200, (address, response.content)


def test_nobody_is_anonymous_on_me_and_refused_elsewhere(api_of, cast):
    nobody = api_of(None)
    assert nobody.get("users/me.json").data == {"user": {"name": "Anonymous user"}}
    refused = nobody.get("tickets.json")
    assert (refused.status_code, refused.data) == (401, {"error": "Couldn't authenticate you"})


def test_what_is_not_offered_is_an_invalid_endpoint(api):
    response = api.get("time_machines.json")
    assert (response.status_code, response.data["error"]) == (404, "InvalidEndpoint")
    assert api.post("tickets/count.json").data["error"] == "InvalidEndpoint"


@pytest.mark.parametrize("number", ["999999", "9223372036854775807", "99999999999999999999999"])
def test_unknown_ids_are_not_found(api, number):
    for noun in ("tickets", "users", "organizations", "groups", "views", "macros", "brands", "ticket_fields"):
        response = api.get(f"{noun}/{number}.json")
        assert (response.status_code, response.data) == (
            404,
            {"error": "RecordNotFound", "description": "Not found"},
        )


def test_text_where_an_id_stands_is_a_bad_request(api):
    assert api.get("tickets/abc.json").status_code == 400


def test_pages_by_number_link_to_each_other(api, make_ticket):
    made = [make_ticket().pk for _ in range(5)]
    first = api.get("tickets.json?per_page=2&include=users").data
    assert [one["id"] for one in first["tickets"]] == made[:2]
    assert first["count"] == 5 and first["previous_page"] is None
    second = api.get(first["next_page"].removeprefix("http://testserver")).data
    assert [one["id"] for one in second["tickets"]] == made[2:4] and second["users"]
    assert "per_page=2" in second["previous_page"]


def test_pages_by_cursor_cover_everything_both_ways(api, make_ticket):
    made = [make_ticket().pk for _ in range(5)]
    for sort, expected in (("", made), ("&sort=-id", made[::-1]), ("&sort=updated_at", made)):
        seen, page = [], api.get(f"tickets.json?page[size]=2{sort}").data
        while True:
            seen += [one["id"] for one in page["tickets"]]
            if not page["links"]["next"]:
                break
            page = api.get(page["links"]["next"].removeprefix("http://testserver")).data
        assert seen == expected and page["meta"]["has_more"] is False
        back = api.get(page["links"]["prev"].removeprefix("http://testserver")).data
        assert [one["id"] for one in back["tickets"]] == expected[2:4]


def test_a_cursor_of_another_list_is_refused(api, make_ticket):
    make_ticket(), make_ticket()
    cursor = api.get("tickets.json?page[size]=1").data["meta"]["after_cursor"]
    for address in (
        f"users.json?page[after]={cursor}",
        "tickets.json?page[after]=nonsense",
        f"tickets.json?page[after]={cursor}&sort=updated_at",
    ):
        assert api.get(address).status_code == 400


def test_headers_say_what_clients_look_for(api):
    response = api.get("groups.json")
    assert response["X-Zendesk-Api-Version"] == "v2" and response["X-Request-Id"]
    assert int(response["X-Rate-Limit"]) - int(response["X-Rate-Limit-Remaining"]) >= 1
    assert "Retry-After" not in response
    again = api.get("groups.json", HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304


def test_unknown_attributes_are_ignored_and_named(api):
    response = api.post("groups.json", {"group": {"name": "Night", "colour": "red"}})
    assert response.status_code == 201 and "colour" in response["X-Zendesk-Api-Warn"]


@pytest.mark.parametrize("raw", [b"{", b"[1,", b"\xff", b'{"ticket": NaN}', b"[" * 100_000])
def test_what_is_not_json_is_unprocessable(api, raw):
    response = api.client.post("/api/v2/tickets.json", raw, content_type="application/json", **api.headers)
    assert response.status_code == 422


def test_scopes_bound_what_a_token_may(api_of, cast):
    reader = api_of(cast.owner, "read")
    assert reader.get("groups.json").status_code == 200
    refused = reader.post("groups.json", {"group": {"name": "x"}})
    assert (
        refused.status_code == 403
        and "Missing the following required scopes: write" in refused.data["description"]
    )
    of_tickets = api_of(cast.owner, "tickets:read")
    assert of_tickets.get("tickets.json").status_code == 200
    assert of_tickets.get("users.json").status_code == 403


def test_whoever_manages_people_may_act_for_others_and_nobody_else(api, api_of, cast):
    me = api.get("users/me.json", HTTP_X_ON_BEHALF_OF=cast.agent.email).data
    assert me["user"]["id"] == cast.agent.pk
    agent = api_of(cast.agent)
    assert agent.get("users/me.json", HTTP_X_ON_BEHALF_OF=cast.owner.email).status_code == 403


def test_policies_are_those_of_the_pages(api_of, cast, ticket):
    outsider = api_of(cast.outsider)
    assert outsider.get(f"tickets/{ticket.pk}.json").status_code == 404
    assert outsider.get("tickets.json").data["tickets"] == []
    assert outsider.post("groups.json", {"group": {"name": "x"}}).status_code == 403


@pytest.mark.parametrize("path", ["channels/voice/phone_numbers"])
def test_add_ons_that_no_desk_has_are_refused_as_clients_expect(api, path):
    refused = api.get(path)
    assert (
        refused.status_code == 403
        and "Access to this resource is restricted" in refused.data["error"]["message"]
    )


def test_names_that_break_a_line_are_named_in_the_warning_on_one(api, ticket):
    answer = api.put(f"tickets/{ticket.pk}.json", {"ticket": {"made\nup\r\n": 1}})
    assert answer.status_code == 200
    assert "made up" in answer.headers["X-Zendesk-Api-Warn"]
