"""The pages of the workspace: what they show, to whom, and at what cost in queries."""

import json

import pytest
from django.urls import reverse

from opora.events.models import Event
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.save_view import save_view
from opora.tickets.models import Category, Draft, Ticket, View
from opora.tickets.queries import last_event_id


def view_named(title):
    return View.objects.get(title=title)


def test_the_start_page_leads_to_the_first_view(cast, as_):
    response = as_(cast.agent).get("/")
    assert response.status_code == 302
    assert response.url == reverse("tickets:view", args=[View.objects.first().pk])


def test_a_view_lists_what_fits(cast, as_, make_ticket):
    make_ticket("Open one")
    page = as_(cast.agent).get(reverse("tickets:view", args=[view_named("Unassigned").pk])).content.decode()
    assert "Open one" in page
    mine = (
        as_(cast.agent).get(reverse("tickets:view", args=[view_named("Mine, unsolved").pk])).content.decode()
    )
    assert "Open one" not in mine


def test_a_list_costs_the_same_with_two_rows_and_with_forty(
    cast, as_, make_ticket, django_assert_max_num_queries
):
    client, url = as_(cast.agent), reverse("tickets:view", args=[view_named("All unsolved").pk])
    make_ticket("1"), make_ticket("2")
    client.get(url)
    with django_assert_max_num_queries(17) as few:
        client.get(url)
    for n in range(38):
        make_ticket(f"Ticket {n}", tags=[f"t{n}"])
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).content.count(b"row-") >= 40


def test_a_ticket_costs_the_same_with_one_comment_and_with_thirty(
    cast, as_, ticket, django_assert_max_num_queries
):
    client = as_(cast.agent)
    client.get(ticket.get_absolute_url())
    with django_assert_max_num_queries(42) as few:
        client.get(ticket.get_absolute_url())
    for n in range(30):
        add_comment(ticket, NewComment(html=f"<p>{n}</p>", author=cast.customer), by=cast.customer)
    with django_assert_max_num_queries(len(few) + 1):
        client.get(ticket.get_absolute_url())


def test_pages_go_on_where_the_last_one_ended(cast, as_, make_ticket):
    for n in range(60):
        make_ticket(f"Ticket {n}")
    client, url = as_(cast.agent), reverse("tickets:view", args=[view_named("All unsolved").pk])
    first = client.get(url)
    cursor = first.context["next_cursor"]
    second = client.get(url, {"cursor": cursor})
    shown = [row.ticket.pk for row in first.context["rows"]] + [
        row.ticket.pk for row in second.context["rows"]
    ]
    assert sorted(shown) == sorted(Ticket.objects.values_list("pk", flat=True))
    assert second.context["next_cursor"] == ""


@pytest.mark.parametrize("cursor", ["x", "W10", "eyJhIjoxfQ", "😀", "a" * 3000])
def test_a_cursor_of_another_list_is_refused_in_a_sentence(cast, as_, ticket, cursor):
    url = reverse("tickets:view", args=[view_named("All unsolved").pk])
    response = as_(cast.agent).get(url, {"cursor": cursor})
    assert response.status_code == 422
    assert "Open it again" in response.content.decode()


@pytest.mark.parametrize("sort", ["password", "requester__email", "-", "id;drop"])
def test_an_order_that_is_not_offered_is_refused(cast, as_, sort):
    response = as_(cast.agent).get(
        reverse("tickets:view", args=[view_named("All unsolved").pk]), {"sort": sort}
    )
    assert response.status_code == 422


def test_an_outsider_sees_no_ticket_of_others(cast, as_, ticket):
    assert as_(cast.outsider).get(ticket.get_absolute_url()).status_code == 404
    page = (
        as_(cast.outsider).get(reverse("tickets:view", args=[view_named("All unsolved").pk])).content.decode()
    )
    assert ticket.subject not in page
    assert ticket.subject not in as_(cast.outsider).get("/search", {"q": "order"}).content.decode()


def test_a_customer_does_not_get_into_the_workspace(cast, as_, ticket):
    assert as_(cast.customer).get(ticket.get_absolute_url()).status_code == 403


def test_solving_from_the_page_gives_the_changed_parts_back(cast, as_, ticket):
    response = as_(cast.agent).post(
        reverse("tickets:solution", args=[ticket.pk]), headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert 'id="ticket-head"' in response.content.decode()
    assert json.loads(response["Opora-Toast"])["text"] == "Solved"
    ticket.refresh_from_db()
    assert ticket.category == Category.SOLVED


def test_several_properties_of_one_form_are_one_update(cast, as_, ticket):
    url = reverse("tickets:properties", args=[ticket.pk])
    response = as_(cast.agent).post(url, {"priority": "high", "type": "incident", "tags": ["vip", "late"]})
    assert response.status_code == 200
    facts = Event.objects.filter(kind="ticket.changed", subject_id=ticket.pk)
    assert {fact.body["field"] for fact in facts} == {"priority", "type", "tags"}
    assert len({fact.update_id for fact in facts}) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("group", "x"),
        ("brand", "999999"),
        ("due_at", "yesterday"),
        ("requester", "nobody"),
        ("field_999", "1"),
        ("brand", "9" * 40),
    ],
)
def test_nonsense_in_a_property_is_refused_and_nothing_changes(cast, as_, ticket, name, value):
    before = Event.objects.count()
    response = as_(cast.agent).post(reverse("tickets:properties", args=[ticket.pk]), {name: value})
    assert 400 <= response.status_code < 500
    assert Event.objects.count() == before


def test_a_reply_is_on_its_way_and_can_be_undone(cast, as_, ticket):
    client = as_(cast.agent)
    form = {"body": "<p>Hello</p>", "public": "true", "seen": last_event_id(ticket)}
    response = client.post(reverse("tickets:comments", args=[ticket.pk]), form)
    undo = json.loads(response["Opora-Toast"])["undo"]
    assert client.post(undo).status_code == 200
    assert Draft.objects.get(person=cast.agent).html == "<p>Hello</p>"
    assert ticket.comments.count() == 1


def test_a_stale_reply_comes_back_with_what_came_in_between(cast, as_, ticket):
    seen = last_event_id(ticket)
    add_comment(ticket, NewComment(html="<p>It arrived</p>", author=cast.customer), by=cast.customer)
    form = {"body": "<p>Hello</p>", "public": "true", "seen": seen}
    response = as_(cast.agent).post(reverse("tickets:comments", args=[ticket.pk]), form)
    assert response.status_code == 422
    assert "It arrived" in response.content.decode()


def test_bulk_changes_name_those_that_refuse_and_do_the_rest(cast, as_, make_ticket):
    first, second = make_ticket("1"), make_ticket("2")
    form = {"ticket": [first.pk, second.pk, 999_999], "do": "priority", "value": "urgent"}
    response = as_(cast.agent).post(reverse("tickets:bulk"), form)
    assert "2 tickets changed" in json.loads(response["Opora-Toast"])["text"]
    assert "999999" in json.loads(response["Opora-Toast"])["text"]
    assert set(Ticket.objects.values_list("priority", flat=True)) == {4}


def test_a_bulk_deletion_asks_for_the_right(cast, as_, ticket):
    response = as_(cast.agent).post(reverse("tickets:bulk"), {"ticket": ticket.pk, "do": "delete"})
    assert "danger" in json.loads(response["Opora-Toast"])["kind"]
    ticket.refresh_from_db()
    assert ticket.removed_at is None


def test_a_file_is_kept_until_its_comment_and_only_its_owner_sees_it(cast, as_, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("evil<script>.html", b"<script>alert(1)</script>", content_type="text/html")
    answer = as_(cast.agent).post(reverse("tickets:uploads"), {"file": file}).json()
    mine = as_(cast.agent).get(answer["url"])
    assert mine["Content-Type"] == "application/octet-stream"
    assert mine["Content-Disposition"].startswith("attachment")
    assert mine["X-Content-Type-Options"] == "nosniff"
    assert as_(cast.second).get(answer["url"]).status_code == 404


def test_a_new_ticket_of_an_agent_is_with_its_requester(cast, as_):
    brand = Ticket._meta.get_field("brand").related_model.objects.get()
    form = {
        "email": "new@example.com",
        "name": "New One",
        "subject": "Call",
        "brand": brand.pk,
        "body": "<p>They called.</p>",
    }
    response = as_(cast.agent).post(reverse("tickets:new"), form)
    ticket = Ticket.objects.get()
    assert response.url == ticket.get_absolute_url()
    assert (ticket.requester.email, ticket.submitter) == ("new@example.com", cast.agent)


def test_a_new_ticket_without_words_is_refused_and_nobody_is_added(cast, as_):
    from opora.people.models import Person

    brand = Ticket._meta.get_field("brand").related_model.objects.get()
    form = {"email": "new@example.com", "subject": "Call", "brand": brand.pk, "body": ""}
    response = as_(cast.agent).post(reverse("tickets:new"), form)
    assert response.status_code == 422
    assert not Ticket.objects.exists()
    assert not Person.objects.filter(email="new@example.com").exists()


def test_a_view_can_be_made_and_is_listed(cast, as_, ticket):
    form = {
        "title": "Parcels", "sort": "created_at", "group_by": "", "columns": ["subject", "tags"],
        "conditions-all-0-field": "subject", "conditions-all-0-operator": "includes_string", "conditions-all-0-value": "order",
    }  # fmt: skip
    response = as_(cast.agent).post(reverse("tickets:new_view"), form)
    page = as_(cast.agent).get(response.url).content.decode()
    assert "Parcels" in page
    assert ticket.subject in page
    assert view_named("Parcels").owner == cast.agent


def test_a_view_of_somebody_else_is_not_found(cast, as_):
    view = save_view(by=cast.agent, title="Own", conditions={"all": [], "any": []}, owner=cast.agent)
    assert as_(cast.second).get(reverse("tickets:view", args=[view.pk])).status_code == 404


def test_grouped_rows_carry_their_headings(cast, as_, make_ticket):
    make_ticket("1", priority=4), make_ticket("2", priority=1), make_ticket("3", priority=4)
    view = save_view(
        by=cast.owner, title="By priority", conditions={"all": [], "any": []}, group_by="priority"
    )
    rows = as_(cast.agent).get(reverse("tickets:view", args=[view.pk])).context["rows"]
    assert [row.heading for row in rows if row.heading] == ["Urgent", "Low"]


def test_who_looks_is_shown_to_others(cast, as_, ticket):
    url = reverse("tickets:presence", args=[ticket.pk])
    as_(cast.agent).post(url, {"state": "typing"})
    answer = as_(cast.second).post(url, {"state": "viewing"}).content.decode()
    assert "Andrii Agent" in answer
    assert "is typing" in answer
    as_(cast.agent).post(url, {"state": "left"})
    assert as_(cast.second).post(url, {"state": "viewing"}).content.decode().strip() == ""


def test_remote_images_wait_until_they_are_asked_for(cast, as_, make_ticket):
    ticket = make_ticket("Look", html='<p>See</p><img src="https://tracker.example/pixel.gif">')
    page = as_(cast.agent).get(ticket.get_absolute_url()).content.decode()
    assert 'data-src="https://tracker.example/pixel.gif"' in page
    assert ' src="https://tracker' not in page
