import pytest
from django.urls import reverse

from opora.core.refusals import NotAllowed
from opora.events.models import Event
from opora.people.models import Person
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.models import Collaboration, Comment, Ticket


def test_tickets_words_and_places_in_copy_move_in_one_update(cast, make_ticket):
    own, other = make_ticket(), make_ticket(requester=cast.banker)
    add_collaborators(other, [cast.customer], kind="cc", by=cast.agent)
    third = make_ticket(requester=cast.agent)
    add_collaborators(third, [cast.customer, cast.banker], kind="cc", by=cast.agent)
    first = Event.objects.order_by("-id")[0].pk
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    own.refresh_from_db()
    assert (own.requester, own.submitter) == (cast.banker, cast.banker)
    assert not Comment.objects.filter(author=cast.customer).exists()
    assert not Collaboration.objects.filter(person=cast.customer).exists()
    assert list(third.collaborations.values_list("person", "kind")) == [(cast.banker.pk, "cc")]
    assert not other.collaborations.exists(), "a requester is not in copy of their own ticket"
    recorded = Event.objects.filter(pk__gt=first)
    assert [event.kind for event in recorded] == ["person.merged"]


def test_the_times_of_the_tickets_do_not_change(cast, ticket):
    before = Ticket.objects.get().updated_at
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    assert Ticket.objects.get().updated_at == before


def test_a_refused_merge_moves_nothing(cast, ticket):
    with pytest.raises(NotAllowed):
        merge_people(cast.customer, into=cast.banker, by=cast.agent)
    assert Ticket.objects.get().requester == cast.customer


def test_the_page_merges_and_the_old_page_leads_to_the_new(cast, ticket, as_):
    page = reverse("tickets:merge_people", args=[cast.customer.pk])
    lead = as_(cast.lead)
    assert "1 ticket and all addresses move" in lead.get(page).content.decode()
    answer = lead.post(page, {"into": cast.banker.pk})
    assert answer["Location"] == reverse("people:person", args=[cast.banker.pk])
    old = lead.get(reverse("people:person", args=[cast.customer.pk]))
    assert old["Location"] == reverse("people:person", args=[cast.banker.pk])
    assert Person.objects.get(pk=cast.customer.pk).merged_into == cast.banker


def test_the_page_refuses_colleagues_beside_the_field(cast, as_):
    page = reverse("tickets:merge_people", args=[cast.customer.pk])
    for into in (cast.agent.pk, cast.customer.pk, 999999, "x", ""):
        assert as_(cast.lead).post(page, {"into": into}).status_code == 422
