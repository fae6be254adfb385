"""Finding people, groups and brands."""

from django.db.models import QuerySet

from opora.people.addresses import normalise_email
from opora.people.models import Brand, Desk, Group, Identity, Person, Role


def desk() -> Desk | None:
    """Return the desk, or None before set-up."""
    return Desk.objects.order_by("id").first()


def person_by_email(address: str) -> Person | None:
    """Return whoever is known by this address, following merges."""
    email = normalise_email(address)
    identity = Identity.objects.select_related("person__role").filter(kind=Identity.Kind.EMAIL, value=email).first()
    return identity.person if identity else None


def default_brand() -> Brand:
    """Return the brand that mail without another belongs to."""
    return Brand.objects.order_by("-is_default", "id")[0]


def default_group() -> Group | None:
    return Group.objects.filter(deleted_at__isnull=True).order_by("-is_default", "id").first()


def groups() -> QuerySet[Group]:
    """Return the groups in use."""
    return Group.objects.filter(deleted_at__isnull=True)


def colleagues() -> QuerySet[Person]:
    return Person.objects.colleagues().select_related("role").order_by("name", "id")


def role_of_kind(kind: str) -> Role:
    return Role.objects.filter(kind=kind).order_by("id")[0]


def customers() -> QuerySet[Person]:
    return Person.objects.filter(role__isnull=True, merged_into__isnull=True).select_related("organization")
