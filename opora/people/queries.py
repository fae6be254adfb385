"""Finding people, groups and brands."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.prepared import prepared
from opora.core.refusals import NotFound
from opora.people.addresses import normalise_email
from opora.people.models import Brand, Desk, Group, Identity, Organization, OrganizationDomain, Person, Role
from opora.search import index
from opora.search.matching import STARTS_LENGTH
from opora.search.query import TextQuery, Words

KIND = "person"
"""The kind of people in the search index."""
MOST_NAMED = 120


def desk() -> Desk | None:
    """Return the desk, or None before set-up."""
    return _desks.first()


@prepared
def _desks() -> QuerySet[Desk]:
    return Desk.objects.order_by("id")[:1]


def person_by_email(address: str) -> Person | None:
    """Return whoever is known by this address, following merges."""
    email = normalise_email(address)
    identity = (
        Identity.objects.select_related("person__role").filter(kind=Identity.Kind.EMAIL, value=email).first()
    )
    return identity.person if identity else None


def default_brand() -> Brand:
    """Return the brand that mail without another belongs to."""
    return Brand.objects.order_by("-is_default", "id")[0]


def default_group() -> Group | None:
    return Group.objects.filter(deleted_at__isnull=True).order_by("-is_default", "id").first()


def groups() -> QuerySet[Group]:
    """Return the groups in use."""
    return Group.objects.filter(deleted_at__isnull=True)


@prepared
def groups_in_use() -> QuerySet[Group]:
    """Return the same as a list, for pages that show them every time."""
    return groups()


@prepared
def active_brands() -> QuerySet[Brand]:
    return Brand.objects.filter(is_active=True)


@prepared
def identities_of(person_id: int) -> QuerySet[Identity]:
    """Return the addresses and numbers that a person is known by, the primary ones first."""
    return Identity.objects.filter(person_id=person_id)


def colleagues() -> QuerySet[Person]:
    return Person.objects.colleagues().select_related("role").order_by("name", "id")


def role_of_kind(kind: str) -> Role:
    return Role.objects.filter(kind=kind).order_by("id")[0]


def customers() -> QuerySet[Person]:
    """Return the people who write to us; not those who stand in the log for Opora itself."""
    known = Person.objects.filter(role__isnull=True, merged_into__isnull=True)
    return known.exclude(external_id__startswith="opora:").select_related("organization")


def person_of(person_id: int) -> Person:
    """Return the person of this id with role and organization. Raises `NotFound`."""
    found = Person.objects.select_related("role", "organization", "merged_into").filter(pk=person_id).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def named_like(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return the people whose name, a word of it, or an address begins with the text, in any case of any script.

    From three letters on the search index answers, of many thousand people the newest that fit; a shorter text is
    looked for in the names themselves.
    """
    text = " ".join(text.split())[:100]
    if not text:
        return people
    if len(text) >= STARTS_LENGTH:
        hits = index.find(KIND, TextQuery((Words(text, starts=True),)), limit=MOST_NAMED)
        return people.filter(pk__in=[hit.id for hit in hits])
    # SQLite folds the case of Latin letters only, so the usual ways to write a name are asked for one by one.
    ways = {text, text.lower(), text.upper(), text.title()}
    fits = Q(email__startswith=text.lower())
    for way in ways:
        fits |= Q(name__startswith=way) | Q(name__contains=f" {way}")
    return people.filter(fits)


def people_of(organization: Organization) -> QuerySet[Person]:
    return customers().filter(organization=organization).order_by("name", "id")


def organizations_named_like(text: str) -> QuerySet[Organization]:
    """Return the organizations whose name, or a mail domain of theirs, begins with the text."""
    text = text.strip()[:100]
    if not text:
        return Organization.objects.all()
    ways = {text, text.lower(), text.upper(), text.title(), text[:1].upper() + text[1:]}
    fits = Q(
        pk__in=OrganizationDomain.objects.filter(domain__startswith=text.lower()).values("organization_id")
    )
    for way in ways:
        fits |= Q(name__startswith=way) | Q(name__contains=f" {way}")
    return Organization.objects.filter(fits)
