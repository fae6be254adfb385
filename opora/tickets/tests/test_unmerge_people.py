import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.core.refusals import Conflict, NotAllowed
from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.people.actions.create_person import create_person
from opora.people.models import Identity, Person, PersonMerge
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.actions.unmerge_people import unmerge_people
from opora.tickets.models import Attachment, Collaboration, Comment, Ticket


def belongings():
    """Everything that belongs to somebody, and what people are."""
    names = ("pk", "email", "merged_into", "phone", "notes", "locale", "organization")
    return (
        sorted(Person.objects.values_list(*names), key=str),
        sorted(Identity.objects.values_list("pk", "person", "is_primary")),
        sorted(Ticket.objects.values_list("pk", "requester", "submitter")),
        sorted(Comment.objects.values_list("pk", "author")),
        sorted(Attachment.objects.values_list("pk", "uploader")),
        sorted(Collaboration.objects.values_list("ticket", "person", "kind")),
    )


@pytest.fixture
def entangled(cast, make_ticket):
    """Both have tickets; each is in copy on the other's, and both on a third."""
    Person.objects.filter(pk=cast.customer.pk).update(phone="+380", notes="Calls often", locale="uk")
    cast.customer.refresh_from_db()
    own, theirs, third = make_ticket(), make_ticket(requester=cast.banker), make_ticket(requester=cast.agent)
    add_collaborators(own, [cast.banker], kind="cc", by=cast.agent)
    add_collaborators(theirs, [cast.customer], kind="cc", by=cast.agent)
    add_collaborators(third, [cast.customer, cast.banker], kind="cc", by=cast.agent)
    return own


def test_undoing_a_merge_restores_everything(cast, entangled):
    before = belongings()
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    assert belongings() != before
    unmerge_people(cast.customer, by=cast.lead)
    assert belongings() == before
    event = Event.objects.latest("id")
    assert (event.kind, event.subject_id) == ("person.unmerged", cast.customer.pk)
    assert PersonMerge.objects.get().undone_at is not None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.permutations([0, 1, 2]))
def test_a_chain_of_merges_undone_backwards_restores_everything(cast, entangled, pairs):
    email = f"third{Person.objects.count()}@example.com"
    people = [cast.customer, cast.banker, create_person(by=SYSTEM, name="Third", email=email)]
    first, second, last = (Person.objects.get(pk=people[place].pk) for place in pairs)
    before = belongings()
    merge_people(first, into=second, by=cast.lead)
    merge_people(Person.objects.get(pk=second.pk), into=last, by=cast.lead)
    unmerge_people(second, by=cast.lead)
    unmerge_people(first, by=cast.lead)
    assert belongings() == before


def test_the_first_of_a_chain_can_be_taken_out_alone(cast, ticket):
    third = create_person(by=SYSTEM, name="Third", email="third@example.com")
    merge_people(cast.customer, into=third, by=cast.lead)
    merge_people(third, into=cast.banker, by=cast.lead)
    unmerge_people(cast.customer, by=cast.lead)
    ticket.refresh_from_db()
    assert ticket.requester == cast.customer
    assert Person.objects.get(pk=cast.customer.pk).email == "kateryna@example.com"
    assert Person.objects.get(pk=third.pk).merged_into == cast.banker


def test_what_came_after_the_merge_stays(cast, ticket, make_ticket):
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    new = make_ticket(requester=cast.banker)
    said = add_comment(ticket, NewComment(html="later", author=cast.banker), by=cast.banker)
    Person.objects.filter(pk=cast.banker.pk).update(phone="+1")
    unmerge_people(cast.customer, by=cast.lead)
    new.refresh_from_db(), said.refresh_from_db()
    assert (new.requester, said.author) == (cast.banker, cast.banker)
    assert Person.objects.get(pk=cast.banker.pk).phone == "+1"


def test_there_is_nothing_to_undo_twice_and_agents_undo_nothing(cast):
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    with pytest.raises(NotAllowed):
        unmerge_people(cast.customer, by=cast.agent)
    unmerge_people(cast.customer, by=cast.lead)
    with pytest.raises(Conflict):
        unmerge_people(cast.customer, by=cast.lead)


def test_a_merge_can_be_undone_from_the_page_and_from_the_log(cast, as_):
    lead, undo = as_(cast.lead), reverse("tickets:unmerge_people", args=[cast.customer.pk])
    page = reverse("tickets:merge_people", args=[cast.customer.pk])
    answer = lead.post(page, {"into": cast.banker.pk}, headers={"HX-Request": "true"})
    assert undo in answer["Opora-Toast"]
    person = reverse("people:person", args=[cast.banker.pk])
    assert undo in lead.get(person).content.decode()
    assert undo in as_(cast.owner).get(reverse("people:log")).content.decode()
    assert lead.post(undo, headers={"HX-Request": "true"}).status_code == 200
    assert undo not in as_(cast.owner).get(reverse("people:log")).content.decode()
    assert Person.objects.get(pk=cast.customer.pk).merged_into is None
