"""Tickets through the API: what is written is read back, and the log knows it."""

from datetime import UTC, datetime

import pytest

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.queries import default_calendar
from opora.calendars.week_text import WORKING_WEEK
from opora.events.models import Event
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Ticket, TicketField


def create(api, **attributes):
    given = {"subject": "Printer on fire", "comment": {"body": "It burns.\n\nReally."}} | attributes
    response = api.post("tickets.json", {"ticket": given})
    assert response.status_code == 201, response.content
    return response


def test_a_new_ticket_reads_back_as_written(api, cast):
    field = TicketField.objects.create(key="order", title="Order")
    choice = TicketField.objects.create(
        key="reason", title="Reason", type="tagger", options=[{"name": "Late", "value": "late"}]
    )
    response = create(
        api, priority="high", type="incident", tags=["one", "two"], external_id="x-1", group_id=cast.group.pk,
        requester={"name": "New Person", "email": "new@example.com"}, assignee_id=cast.agent.pk,
        custom_fields=[{"id": field.pk, "value": "A-1"}, {"id": choice.pk, "value": "late"}],
    )  # fmt: skip
    ticket = response.data["ticket"]
    assert response["Location"] == ticket["url"] == f"http://testserver/api/v2/tickets/{ticket['id']}.json"
    assert ticket["status"] == "open" and ticket["priority"] == "high" and ticket["type"] == "incident"
    assert ticket["description"] == "It burns.\n\nReally."
    assert ticket["tags"] == ["late", "one", "two"]
    assert {"id": field.pk, "value": "A-1"} in ticket["custom_fields"] == ticket["fields"]
    assert ticket["submitter_id"] == cast.owner.pk and ticket["via"]["channel"] == "api"
    assert api.get(f"users/{ticket['requester_id']}.json").data["user"]["email"] == "new@example.com"
    events = response.data["audit"]["events"]
    assert events[0]["type"] == "Comment" and {event["field_name"] for event in events[1:]} >= {
        "subject",
        "tags",
    }
    assert api.get(f"tickets/{ticket['id']}.json").data["ticket"] == ticket


def test_a_ticket_without_assignee_stays_new_though_an_agent_wrote(api):
    assert create(api).data["ticket"]["status"] == "new"


def test_an_update_is_one_audit_of_its_differences(api, cast, ticket):
    response = api.put(
        f"tickets/{ticket.pk}.json",
        {
            "ticket": {
                "status": "pending",
                "priority": "urgent",
                "subject": "Other",
                "comment": {"body": "Note", "public": False},
            }
        },
    )
    assert response.status_code == 200, response.content
    shown, audit = response.data["ticket"], response.data["audit"]
    assert (shown["status"], shown["priority"], shown["subject"]) == ("pending", "urgent", "Other")
    changes = {
        event["field_name"]: (event["previous_value"], event["value"]) for event in audit["events"][1:]
    }
    assert changes["priority"] == (None, "urgent") and changes["status"] == ("new", "pending")
    assert audit["events"][0]["body"] == "Note" and audit["events"][0]["public"] is False
    assert (
        Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, via="api")
        .values("update_id")
        .distinct()
        .count()
        == 1
    )
    comments = api.get(f"tickets/{ticket.pk}/comments.json").data["comments"]
    assert comments[-1]["audit_id"] == audit["id"] and comments[-1]["id"] == audit["events"][0]["id"]
    assert api.get(f"tickets/{ticket.pk}/audits/{audit['id']}.json").data["audit"] == audit
    assert [one["id"] for one in api.get(f"tickets/{ticket.pk}/audits.json").data["audits"]][-1] == audit[
        "id"
    ]


def test_a_safe_update_is_refused_when_the_ticket_has_changed(api, ticket, later):
    seen = api.get(f"tickets/{ticket.pk}.json").data["ticket"]["updated_at"]
    assert (
        api.put(
            f"tickets/{ticket.pk}.json",
            {"ticket": {"subject": "A", "safe_update": True, "updated_stamp": seen}},
        ).status_code
        == 200
    )
    later(5)
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"subject": "B"}})
    refused = api.put(
        f"tickets/{ticket.pk}.json", {"ticket": {"subject": "C", "safe_update": True, "updated_stamp": seen}}
    )
    assert (refused.status_code, refused.data["error"]) == (409, "UpdateConflict")
    assert Ticket.objects.get(pk=ticket.pk).subject == "B"


def test_a_closed_ticket_changes_no_more_and_can_be_followed_up(api, ticket):
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"status": "closed"}})
    refused = api.put(f"tickets/{ticket.pk}.json", {"ticket": {"subject": "x"}})
    assert refused.status_code == 422 and "closed prevents ticket update" in str(
        refused.data["details"]["status"]
    )
    again = create(api, via_followup_source_id=ticket.pk).data["ticket"]
    assert again["via"]["source"]["rel"] == "follow_up"
    assert api.get(f"tickets/{ticket.pk}.json").data["ticket"]["followup_ids"] == [again["id"]]


@pytest.mark.parametrize(
    ("attributes", "field"),
    [
        ({"priority": "loud"}, "priority"), ({"status": "dead"}, "status"), ({"type": "thing"}, "type"),
        ({"assignee_id": 99999}, "assignee"), ({"group_id": 99999}, "group"), ({"requester_id": 99999}, "requester"),
        ({"comment": {"body": ""}}, "base"), ({"comment": {"body": "x", "uploads": ["nope"]}}, "base"),
        ({"due_at": "someday"}, "due_at"),
    ],
)  # fmt: skip
def test_values_that_mean_nothing_are_refused_and_nothing_is_written(api, attributes, field):
    response = api.post("tickets.json", {"ticket": {"subject": "x", "comment": {"body": "y"}} | attributes})
    assert response.status_code == 422 and field in response.data["details"], response.data
    assert not Ticket.objects.exists()


def test_the_same_key_makes_no_second_ticket(api):
    body = {"ticket": {"subject": "Once", "comment": {"body": "Once"}}}
    first = api.post("tickets.json", body, HTTP_IDEMPOTENCY_KEY="k")
    second = api.post("tickets.json", body, HTTP_IDEMPOTENCY_KEY="k")
    assert (first["x-idempotency-lookup"], second["x-idempotency-lookup"]) == ("miss", "hit")
    assert first.data == second.data and Ticket.objects.count() == 1
    other = api.post("tickets.json", {"ticket": {"subject": "Two"}}, HTTP_IDEMPOTENCY_KEY="k")
    assert (other.status_code, other.data["error"]) == (400, "IdempotentRequestError")


def test_tags_are_replaced_by_post_added_by_put_and_removed_by_delete(api, ticket):
    path = f"tickets/{ticket.pk}/tags.json"
    assert api.post(path, {"tags": ["a", "b"]}).data == {"tags": ["a", "b"]}
    assert api.put(path, {"tags": ["c"]}).data == {"tags": ["a", "b", "c"]}
    assert api.call("delete", path, {"tags": ["a"]}).status_code == 204
    assert api.get(path).data == {"tags": ["b", "c"]}


def test_files_of_one_token_come_with_the_comment(api, ticket):
    def send(query, content):
        return api.client.post(
            f"/api/v2/uploads.json?{query}", content, content_type="text/plain", **api.headers
        ).json()["upload"]

    first = send("filename=a.txt", b"one")
    second = send(f"filename=b.txt&token={first['token']}", b"two")
    assert second["token"] == first["token"] and len(second["attachments"]) == 2
    api.put(
        f"tickets/{ticket.pk}.json", {"ticket": {"comment": {"body": "see", "uploads": [first["token"]]}}}
    )
    files = api.get(f"tickets/{ticket.pk}/comments.json").data["comments"][-1]["attachments"]
    assert [file["file_name"] for file in files] == ["a.txt", "b.txt"]
    content = api.client.get(files[0]["content_url"].removeprefix("http://testserver"))
    assert b"".join(content.streaming_content) == b"one"
    comment = api.get(f"tickets/{ticket.pk}/comments.json").data["comments"][-1]
    redacted = api.put(
        f"tickets/{ticket.pk}/comments/{comment['id']}/attachments/{files[0]['id']}/redact.json"
    )
    assert redacted.data["attachment"]["size"] == 0


def test_words_are_blackened_and_comments_made_private(api, ticket):
    comment = api.get(f"tickets/{ticket.pk}/comments.json").data["comments"][0]
    shown = api.put(f"tickets/{ticket.pk}/comments/{comment['id']}/redact.json", {"text": "Monday"}).data[
        "comment"
    ]
    assert "Monday" not in shown["body"] and "▇▇▇▇▇▇" in shown["body"]
    assert api.put(f"tickets/{ticket.pk}/comments/{comment['id']}/make_private.json").status_code == 200
    assert api.get(f"tickets/{ticket.pk}/comments.json").data["comments"][0]["public"] is False


def test_many_tickets_are_written_by_jobs(api, cast):
    made = api.job(
        api.post(
            "tickets/create_many.json",
            {
                "tickets": [{"subject": f"T{n}", "comment": {"body": "x"}} for n in range(3)]
                + [{"subject": "bad", "comment": {"body": "x"}, "priority": "loud"}]
            },
        )
    )
    assert made["status"] == "completed" and made["progress"] == made["total"] == 4
    ids = [result["id"] for result in made["results"][:3]]
    assert made["results"][3]["error"] == "TicketsCreateFailed".replace("Tickets", "Ticket")
    changed = api.job(
        api.put(
            f"tickets/update_many.json?ids={','.join(map(str, ids))}",
            {"ticket": {"status": "solved", "additional_tags": ["bulk"]}},
        )
    )
    assert all(result["success"] for result in changed["results"])
    shown = api.get(f"tickets/show_many.json?ids={','.join(map(str, ids))}").data
    assert {(one["status"], tuple(one["tags"])) for one in shown["tickets"]} == {
        ("solved", ("bulk",))
    } and shown["count"] == 3
    each = api.job(
        api.put(
            "tickets/update_many.json",
            {"tickets": [{"id": ids[0], "subject": "Mine"}, {"id": 999_999, "subject": "?"}]},
        )
    )
    assert (
        each["results"][1]["error"] and api.get(f"tickets/{ids[0]}.json").data["ticket"]["subject"] == "Mine"
    )
    api.job(api.call("delete", f"tickets/destroy_many.json?ids={ids[0]}"))
    assert api.get(f"tickets/{ids[0]}.json").status_code == 404
    too_many = api.post("tickets/create_many.json", {"tickets": [{"subject": "x"}] * 101})
    assert (too_many.status_code, too_many.data["error"], too_many.data["max_count"]) == (
        400,
        "TooManyValues",
        100,
    )


def test_deleted_tickets_are_listed_restored_and_erased(api, ticket):
    assert api.delete(f"tickets/{ticket.pk}.json").status_code == 204
    assert [one["id"] for one in api.get("deleted_tickets.json").data["deleted_tickets"]] == [ticket.pk]
    assert api.put(f"deleted_tickets/{ticket.pk}/restore.json").data == {}
    assert api.get(f"tickets/{ticket.pk}.json").status_code == 200
    api.delete(f"tickets/{ticket.pk}.json")
    api.job(api.delete(f"deleted_tickets/{ticket.pk}.json"))
    assert api.get("deleted_tickets.json").data["deleted_tickets"] == []
    assert api.get("incremental/tickets.json?start_time=0").data["tickets"][0]["subject"] == "SCRUBBED"


def test_a_merge_closes_the_source_and_says_so_on_both(api, make_ticket):
    into, source = make_ticket("A"), make_ticket("B")
    api.job(
        api.post(
            f"tickets/{into.pk}/merge.json",
            {"ids": [source.pk], "target_comment": "took B", "source_comment": "went to A"},
        )
    )
    shown = api.get(f"tickets/{source.pk}.json").data["ticket"]
    assert shown["status"] == "closed" and "closed_by_merge" in shown["tags"]
    assert api.get(f"tickets/{into.pk}/comments.json").data["comments"][-1]["body"] == "took B"


def test_people_in_copy_and_followers_come_and_go(api, cast, ticket):
    path = f"tickets/{ticket.pk}.json"
    api.put(
        path,
        {
            "ticket": {
                "email_ccs": [{"user_email": "cc@example.com"}],
                "followers": [{"user_id": cast.agent.pk}],
            }
        },
    )
    shown = api.get(path).data["ticket"]
    assert shown["follower_ids"] == [cast.agent.pk] and len(shown["email_cc_ids"]) == 1
    assert sorted(shown["collaborator_ids"]) == sorted([*shown["follower_ids"], *shown["email_cc_ids"]])
    assert len(api.get(f"tickets/{ticket.pk}/collaborators.json").data["users"]) == 2
    api.put(path, {"ticket": {"email_ccs": [{"user_email": "cc@example.com", "action": "delete"}]}})
    assert api.get(path).data["ticket"]["email_cc_ids"] == []


def test_incidents_belong_to_their_problem(api, ticket):
    problem = create(api, type="problem").data["ticket"]
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"problem_id": problem["id"]}})
    assert [one["id"] for one in api.get(f"tickets/{problem['id']}/incidents.json").data["tickets"]] == [
        ticket.pk
    ]
    assert api.get(f"tickets/{problem['id']}.json").data["ticket"]["has_incidents"] is True


def test_imports_keep_their_times_and_tell_nobody(api):
    body = {
        "subject": "Old",
        "created_at": "2020-01-02T03:04:05Z",
        "status": "closed",
        "solved_at": "2020-02-01T00:00:00Z",
        "comments": [
            {"body": "first", "created_at": "2020-01-02T03:04:05Z"},
            {"body": "second", "created_at": "2020-01-05T00:00:00Z", "public": False},
        ],
    }
    ticket = api.post("imports/tickets.json", {"ticket": body}).data["ticket"]
    assert (ticket["created_at"], ticket["status"]) == ("2020-01-02T03:04:05Z", "closed")
    comments = api.get(f"tickets/{ticket['id']}/comments.json").data["comments"]
    assert [(one["body"], one["created_at"]) for one in comments] == [
        ("first", "2020-01-02T03:04:05Z"),
        ("second", "2020-01-05T00:00:00Z"),
    ]


def test_metrics_count_replies_and_minutes(api, ticket, later):
    later(600)
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"status": "solved", "comment": {"body": "Done"}}})
    metric = api.get(f"tickets/{ticket.pk}/metrics.json").data["ticket_metric"]
    assert metric["replies"] == 1 and metric["reply_time_in_minutes"]["calendar"] == 10
    assert metric["full_resolution_time_in_minutes"]["calendar"] == 10 and metric["solved_at"]
    with_metrics = api.get("tickets.json?include=metric_sets,comment_count,dates").data["tickets"][0]
    assert with_metrics["metric_set"]["id"] == metric["id"] and with_metrics["comment_count"] == 2


def test_a_list_costs_the_same_for_one_and_for_many(api, make_ticket, django_assert_max_num_queries):
    for _ in range(20):
        make_ticket()
    with django_assert_max_num_queries(24):
        assert (
            len(api.get("tickets.json?include=users,groups,organizations,metric_sets").data["tickets"]) == 20
        )


def test_customers_see_their_requests_and_no_notes(api, api_of, cast, ticket):
    api.put(f"tickets/{ticket.pk}.json", {"ticket": {"comment": {"body": "secret", "public": False}}})
    customer = api.get("requests.json", HTTP_X_ON_BEHALF_OF=cast.customer.email).data["requests"]
    assert [one["id"] for one in customer] == [ticket.pk]
    words = api.get(f"requests/{ticket.pk}/comments.json", HTTP_X_ON_BEHALF_OF=cast.customer.email).data[
        "comments"
    ]
    assert [one["body"] for one in words] == ["I wait since Monday."]
    assert api.get("tickets.json", HTTP_X_ON_BEHALF_OF=cast.customer.email).status_code == 403
    made = api.post(
        "requests.json",
        {"request": {"subject": "Mine", "comment": {"body": "Hello"}}},
        HTTP_X_ON_BEHALF_OF=cast.customer.email,
    )
    assert made.status_code == 201 and made.data["request"]["requester_id"] == cast.customer.pk
    assert api.get(f"requests/{ticket.pk}.json", HTTP_X_ON_BEHALF_OF=cast.banker.email).status_code == 404


def test_metrics_count_minutes_by_the_wall_and_within_the_hours(api, cast, make_ticket, time_machine):
    time_machine.move_to(datetime(2026, 3, 6, 15, 0, tzinfo=UTC), tick=False)  # a Friday, 17:00 in Kyiv
    save_calendar(default_calendar(), by=cast.owner, hours=WeekHours("Europe/Kyiv", WORKING_WEEK))
    ticket = make_ticket()
    time_machine.move_to(datetime(2026, 3, 9, 8, 0, tzinfo=UTC), tick=False)  # Monday, 10:00
    add_comment(ticket, NewComment(html="Hello", author=cast.agent), by=cast.agent)
    metric = api.get(f"tickets/{ticket.pk}/metrics.json").data["ticket_metric"]
    assert metric["reply_time_in_minutes"] == {"calendar": 65 * 60, "business": 2 * 60}
    assert metric["reply_time_in_seconds"] == {"calendar": 65 * 3600}
    assert metric["requester_wait_time_in_minutes"] == {"calendar": 65 * 60, "business": 2 * 60}
    assert metric["full_resolution_time_in_minutes"] == {"calendar": None, "business": None}
