"""People come to belong to organizations, and leave them."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import OrganizationJoined, OrganizationLeft
from opora.people.models import Organization, OrganizationMembership, Person
from opora.people.policy import may_edit_customer, require


def join_organization(
    person: Person, organization: Organization, *, by: ActsAsActor, as_default: bool = False
) -> OrganizationMembership:
    """Add the person to the organization; the first one is their default, later ones if `as_default`."""
    with update(by):
        require(may_edit_customer(by, person))
        place, created = OrganizationMembership.objects.get_or_create(
            person=person, organization=organization
        )
        becomes_default = not place.is_default and (as_default or person.organization_id is None)
        if becomes_default:
            person.organization = organization
            person.save(update_fields=["organization"])
            _mark_default(place)
        if created or becomes_default:
            fact = OrganizationJoined(
                organization_id=organization.pk, name=organization.name, is_default=place.is_default
            )
            record(fact, subject_id=person.pk, by=by)
    return place


def leave_organization(place: OrganizationMembership, *, by: ActsAsActor) -> None:
    """End the membership; if it was the default one, the oldest of the others takes its place."""
    person, organization = place.person, place.organization
    with update(by):
        require(may_edit_customer(by, person))
        place.delete()
        if person.organization_id == organization.pk:
            following = person.organization_memberships.select_related("organization").first()
            person.organization = following.organization if following else None
            person.save(update_fields=["organization"])
            if following:
                _mark_default(following)
        fact = OrganizationLeft(organization_id=organization.pk, name=organization.name)
        record(fact, subject_id=person.pk, by=by)


def settle_default(person: Person) -> None:
    """Let the memberships follow `person.organization`: it replaces the former default one."""
    places = OrganizationMembership.objects.filter(person=person)
    places.filter(is_default=True).exclude(organization=person.organization).delete()
    if person.organization_id:
        place, _created = places.get_or_create(person=person, organization_id=person.organization_id)
        _mark_default(place)


def move_memberships(source: Person, into: Person) -> None:
    """Give the organizations of `source` to `into`, whose default stays what `into.organization` says."""
    for place in source.organization_memberships.all():
        OrganizationMembership.objects.get_or_create(person=into, organization_id=place.organization_id)
    source.organization_memberships.all().delete()
    settle_default(into)


def _mark_default(place: OrganizationMembership) -> None:
    others = OrganizationMembership.objects.filter(person_id=place.person_id, is_default=True)
    others.exclude(pk=place.pk).update(is_default=False)
    if not place.is_default:
        place.is_default = True
        place.save(update_fields=["is_default"])
