"""The log as an administrator reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opora.events import sealing
from opora.events.models import Delivery, Event
from opora.people.actions.change_person import change_person
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_group import save_group
from opora.people.log import log_page
from opora.people.models import Brand


@pytest.fixture
def owner(cast, as_):
    return as_(cast.owner)


def lines(response) -> list[str]:
    return [f"{line.actor} {line.sentence}" for line in response.context["lines"]]


def test_the_newest_comes_first_with_actor_sentence_and_link(owner, cast):
    change_person(cast.customer, by=cast.agent, name="Kateryna")
    response = owner.get(reverse("people:log"))
    assert lines(response)[0] == "Andrii Agent changed the profile: name"
    page = response.content.decode()
    assert reverse("people:person", args=[cast.customer.pk]) in page
    assert "Kateryna Customer" in page, "the value of before"


def test_the_log_is_narrowed_by_kind_person_and_day(owner, cast):
    change_person(cast.customer, by=cast.agent, name="Kateryna")
    ask = lambda **query: lines(owner.get(reverse("people:log"), query))  # noqa: E731
    assert ask(kind="person.changed") == ["Andrii Agent changed the profile: name"]
    assert "Andrii Agent changed the profile: name" in ask(kind="person")
    assert ask(person=cast.agent.pk) == ["Andrii Agent changed the profile: name"]
    assert ask(day=timezone.localdate().isoformat(), person=cast.agent.pk)
    assert ask(day=(timezone.localdate() - timedelta(days=1)).isoformat()) == []
    assert ask(kind="no.such") == ask()
    assert owner.get(reverse("people:log"), {"day": "2026-02-31"}).status_code == 422


def test_a_day_is_found_among_many(cast):
    newest = Event.objects.order_by("-id")[0]
    older = Event.objects.order_by("-id")[1:]
    Event.objects.filter(pk__in=[event.pk for event in older]).update(
        recorded_at=newest.recorded_at - timedelta(days=3)
    )
    assert [event.pk for event in log_page(day=timezone.localtime(newest.recorded_at).date()).rows] == [
        newest.pk
    ]


def test_pages_of_the_log_follow_one_another(owner, cast):
    for number in range(60):
        change_person(cast.customer, by=cast.agent, name=f"Name {number}")
    first = owner.get(reverse("people:log"))
    second = owner.get(reverse("people:log"), {"cursor": first.context["next_cursor"]})
    ids = [line.event.pk for line in [*first.context["lines"], *second.context["lines"]]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids) > 60


def test_a_changed_row_is_noticed(owner, cast, monkeypatch):
    monkeypatch.setattr(sealing, "LAG", timedelta(seconds=-1))
    assert sealing.seal_events()
    page = reverse("people:verification")
    assert "The log is whole" in owner.post(page, follow=True).content.decode()
    first = Event.objects.order_by("id")[0]
    Event.objects.filter(pk=first.pk).update(actor_name="Somebody else")
    assert "The log was changed between events" in owner.post(page, follow=True).content.decode()
    Event.objects.filter(pk=first.pk).update(actor_name=first.actor_name)


def test_what_failed_is_shown_with_its_reason_and_tried_again(owner, cast):
    event = Event.objects.order_by("-id")[0]
    failed = Delivery.objects.create(
        event=event, reaction="made.up", update_id=event.update_id, state="failed", error="Connection refused"
    )
    assert "Connection refused" in owner.get(reverse("people:failures")).content.decode()
    owner.post(reverse("people:retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == "pending"
    assert owner.post(reverse("people:retry", args=[failed.pk])).status_code == 409
    assert "Nothing failed" in owner.get(reverse("people:failures")).content.decode()


def test_an_event_of_a_kind_that_is_gone_is_still_listed(owner, cast):
    event = Event.objects.order_by("-id")[0]
    Event.objects.filter(pk=event.pk).update(kind="old.kind", subject_kind="old")
    assert "old.kind" in owner.get(reverse("people:log")).content.decode()
    Event.objects.filter(pk=event.pk).update(kind=event.kind, subject_kind=event.subject_kind)


def test_fields_of_settings_stand_by_their_words(owner, cast):
    save_group(cast.group, by=cast.owner, description="Cards and payments")
    save_brand(Brand.objects.get(), by=cast.owner, hue=3, website="https://acme.example")
    page = owner.get(reverse("people:log"))
    assert [line.rpartition(": ")[2] for line in lines(page)[:2]] == ["colour, site", "description"]
    assert "<dt>site</dt>" in page.content.decode()
