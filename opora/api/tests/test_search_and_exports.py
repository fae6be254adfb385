"""Search, and incremental exports."""

import pytest

from opora.api.tests.test_tickets import create


def test_search_finds_each_kind_and_says_which(api, cast, ticket):
    found = api.get("search.json?query=type:ticket order").data
    assert [(one["id"], one["result_type"]) for one in found["results"]] == [(ticket.pk, "ticket")] and found[
        "count"
    ] == 1
    assert (
        api.get("search.json?query=type:user kateryna@example.com").data["results"][0]["id"]
        == cast.customer.pk
    )
    assert api.get("search.json?query=type:organization First").data["results"][0]["id"] == cast.bank.pk
    assert api.get("search.json?query=type:group Support").data["results"][0]["id"] == cast.group.pk
    everything = api.get("search.json?query=Kateryna").data["results"]
    assert {one["result_type"] for one in everything} >= {"user"}
    assert api.get("search/count.json?query=type:ticket status<solved").data == {"count": 1}


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("status:new", True), ("status<pending", True), ("status>=solved", False), ("-status:new", False),
        ("requester:kateryna@example.com", True), ("assignee:none", True), ("priority:none", True), ("tags:vip", False),
        ("created>2020-01-01", True), ("created<2020-01-01", False), ("created>4hours", True), ("subject:order", True),
        ('"order"', True), ("via:email", False), ("has_attachment:true", False), ("group:Support", True),
        ("brand:Acme", True), ("organization:none", True), ("description:monday", True), ("order_by:created sort:asc", True),
    ],
)  # fmt: skip
def test_the_language_of_search(api, ticket, query, finds):
    found = api.get(
        "search.json",
        QUERY_STRING=f"query=type:ticket {query}".replace("<", "%3C").replace(">", "%3E").replace(" ", "%20"),
    )
    assert found.data["count"] == (1 if finds else 0), found.data


def test_search_goes_on_to_a_thousand_and_export_beyond(api, make_ticket):
    made = [make_ticket(f"Invoice {n}").pk for n in range(5)]
    page, seen = api.get("search/export.json?query=invoice&filter[type]=ticket&page[size]=2").data, []
    while True:
        seen += [one["id"] for one in page["results"]]
        if not page["links"]["next"]:
            break
        page = api.get(page["links"]["next"].removeprefix("http://testserver")).data
    assert seen == made and page["facets"] is None
    refused = api.get("search.json?query=invoice&page=11")
    assert refused.status_code == 422 and refused.data["error"] == "invalid"
    assert api.get("search/export.json?query=x").status_code == 422


def test_exports_by_time_and_cursor_lose_and_repeat_nothing(api, make_ticket, later):
    made = []
    for _ in range(5):
        made.append(make_ticket().pk)
        later(60)
    seen, address = [], "incremental/tickets/cursor.json?start_time=0&per_page=2"
    while True:
        page = api.get(address).data
        seen += [one["id"] for one in page["tickets"]]
        address = page["after_url"].removeprefix("http://testserver")
        if page["end_of_stream"]:
            break
    assert seen == made
    assert api.get(address).data["tickets"] == []
    seen, address = [], "incremental/tickets.json?start_time=0&per_page=2"
    while True:
        page = api.get(address).data
        seen += [one["id"] for one in page["tickets"] if one["id"] not in seen]
        address = page["next_page"].removeprefix("http://testserver")
        if page["end_of_stream"]:
            break
    assert seen == made and page["end_time"] and page["count"]


def test_deleted_tickets_are_exported_as_deleted(api, ticket):
    api.delete(f"tickets/{ticket.pk}.json")
    assert api.get("incremental/tickets/cursor.json?start_time=0").data["tickets"][0]["status"] == "deleted"


@pytest.mark.parametrize("start", ["0", "1.5", "2020-01-01T00:00:00Z", "2020-01-01"])
def test_start_time_comes_in_many_forms(api, ticket, start):
    assert api.get(f"incremental/tickets.json?start_time={start}").data["count"] == 1


def test_a_start_in_the_future_or_none_is_refused(api):
    assert api.get("incremental/tickets.json?start_time=99999999999").status_code == 422
    assert api.get("incremental/tickets.json").status_code == 400
    assert api.get("incremental/tickets/cursor.json?cursor=xyz").status_code == 400


def test_many_changes_within_one_second_do_not_stop_an_export(api, make_ticket):
    made = [make_ticket().pk for _ in range(5)]
    page = api.get("incremental/tickets.json?start_time=0&per_page=2").data
    again = api.get(page["next_page"].removeprefix("http://testserver")).data
    assert {one["id"] for one in [*page["tickets"], *again["tickets"]]} == set(made)


def test_ticket_events_tell_each_change(api, cast, ticket):
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"priority": "high", "comment": {"body": "Hi"}}})
    events = api.get("incremental/ticket_events.json?start_time=0&include=comment_events").data[
        "ticket_events"
    ]
    children = [child for event in events for child in event["child_events"]]
    assert {"priority": "high"}.items() <= next(
        child for child in children if "priority" in child and child["event_type"] == "Change"
    ).items()
    assert any(child["event_type"] == "Comment" and child["body"] == "Hi" for child in children)
    silent = api.get("incremental/ticket_events.json?start_time=0").data["ticket_events"]
    assert not any(child["event_type"] == "Comment" for event in silent for child in event["child_events"])


def test_audits_of_all_tickets_come_newest_first(api, ticket):
    create(api)
    page = api.get("ticket_audits.json").data
    assert "meta" in page and page["audits"][0]["id"] > page["audits"][-1]["id"]
