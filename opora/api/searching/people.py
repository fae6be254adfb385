"""Searching people and organizations in the language of the search box."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from opora.core import clock
from opora.people.models import Group, Identity, Organization, Person, Role
from opora.people.queries import named_like, organizations_named_like
from opora.search.language.moments import span
from opora.search.language.parser import parse
from opora.search.language.syntax import Field, Fields, Filter, SearchQuery, Value
from opora.search.query import Phrase, Words

_DATES = {
    "created": "created_at",
    "updated": "updated_at",
    "created_at": "created_at",
    "updated_at": "updated_at",
}
_ORDERS = frozenset({"created_at", "updated_at", "name", "created", "updated"})
PEOPLE_FIELDS = Fields(
    known={
        **{name: Field(name, date=True, ordered=True) for name in _DATES},
        **{
            name: Field(name)
            for name in (
                "role",
                "email",
                "name",
                "phone",
                "organization",
                "external_id",
                "tags",
                "group",
                "notes",
                "details",
                "is_verified",
                "is_suspended",
            )
        },
        "organization_id": Field("organization"),
        "group_id": Field("group"),
        "user": Field("email"),
        "tag": Field("tags"),
    },
    types=frozenset({"user"}),
    orders=_ORDERS,
)
ORGANIZATION_FIELDS = Fields(
    known={
        **{name: Field(name, date=True, ordered=True) for name in _DATES},
        **{name: Field(name) for name in ("name", "external_id", "tags", "notes", "details")},
        "tag": Field("tags"),
    },
    types=frozenset({"organization"}),
    orders=_ORDERS,
)

GROUP_FIELDS = Fields(
    known={"created": Field("created", date=True, ordered=True), "name": Field("name")},
    types=frozenset({"group"}),
    orders=_ORDERS,
)


def search_people(typed: str, people: QuerySet[Person], *, by: Person) -> QuerySet[Person]:
    """Return those of `people` that fit what was typed."""
    query = parse(typed, PEOPLE_FIELDS)
    for asked in query.filters:
        condition = Q()
        for value in asked.values:
            condition |= _person_filter(asked, value)
        people = people.filter(~condition if asked.negated else condition)
    for text in _texts(query):
        people = people.filter(identities__value=text.lower()) if "@" in text else named_like(people, text)
    return people.distinct() if "@" in typed or "group" in typed else people


def search_organizations(typed: str) -> QuerySet[Organization]:
    """Return the organizations that fit what was typed."""
    query = parse(typed, ORGANIZATION_FIELDS)
    rows = Organization.objects.all()
    for asked in query.filters:
        condition = Q()
        for value in asked.values:
            condition |= _plain_filter(asked, value, _ORGANIZATION_COLUMNS)
        rows = rows.filter(~condition if asked.negated else condition)
    for text in _texts(query):
        rows = rows.filter(pk__in=organizations_named_like(text).values("pk"))
    return rows


def search_groups(typed: str) -> QuerySet[Group]:
    """Return the groups whose name has all of what was typed."""
    query = parse(typed, GROUP_FIELDS)
    rows = Group.objects.filter(deleted_at=None)
    for asked in query.filters:
        condition = Q()
        for value in asked.values:
            condition |= _plain_filter(asked, value, {"name": "name"})
        rows = rows.filter(~condition if asked.negated else condition)
    for text in _texts(query):
        rows = rows.filter(name__icontains=text)
    return rows


def _texts(query: SearchQuery) -> list[str]:
    """The words outside fields; side by side they are one name."""
    words = [part.text for part in query.text.parts if isinstance(part, (Words, Phrase))]
    mailed = [word for word in words if "@" in word]
    plain = " ".join(word for word in words if "@" not in word)
    return [*mailed, *([plain] if plain else [])]


_PERSON_COLUMNS = {
    "name": "name",
    "phone": "phone",
    "external_id": "external_id",
    "notes": "notes",
    "details": "details",
}
_ORGANIZATION_COLUMNS = {"name": "name", "external_id": "external_id", "notes": "notes", "details": "details"}


def _person_filter(asked: Filter, value: Value) -> Q:
    special: dict[str, Callable[[Value], Q]] = {
        "role": _role, "email": _address, "organization": _organization, "group": _group,
        "is_verified": _verified, "is_suspended": _suspended,
    }  # fmt: skip
    if asked.field in special:
        return special[asked.field](value)
    return _plain_filter(asked, value, _PERSON_COLUMNS)


def _plain_filter(asked: Filter, value: Value, columns: dict[str, str]) -> Q:
    if asked.field in _DATES:
        return _moment(_DATES[asked.field], asked.operator, value)
    if asked.field == "tags":
        return Q(tags__icontains=f'"{value.text.lower()}"')
    column = columns.get(asked.field)
    if column is None:
        return Q()
    if value.is_none:
        return Q(**{column: ""})
    lookup = "istartswith" if value.wildcard else "iexact" if column == "external_id" else "icontains"
    return Q(**{f"{column}__{lookup}": value.text})


def _moment(column: str, operator: str, value: Value) -> Q:
    when = span(operator, value.text, now=clock.now(), zone=timezone.get_current_timezone())
    condition = Q()
    if when and when.start:
        condition &= Q(**{f"{column}__gte": when.start})
    if when and when.end:
        condition &= Q(**{f"{column}__lt": when.end})
    return condition


def _role(value: Value) -> Q:
    words: dict[str, Any] = {
        "end-user": Q(role__isnull=True),
        "end_user": Q(role__isnull=True),
        "admin": Q(role__kind=Role.Kind.ADMINISTRATOR),
        "agent": Q(role__isnull=False) & ~Q(role__kind=Role.Kind.ADMINISTRATOR),
    }
    return words.get(value.text.lower(), Q(role__name__iexact=value.text))


def _verified(value: Value) -> Q:
    vouched = Identity.objects.filter(is_primary=True, verified_at__isnull=False).values("person_id")
    known = Q(pk__in=vouched) | Q(role__isnull=False)
    return ~known if value.text.lower() == "false" else known


def _suspended(value: Value) -> Q:
    return Q(suspended_at__isnull=value.text.lower() == "false")


def _address(value: Value) -> Q:
    if value.is_none:
        return Q(email="")
    lookup = "startswith" if value.wildcard or "@" not in value.text else "exact"
    found = Q(**{f"identities__value__{lookup}": value.text.lower()})
    return found | Q(email__icontains=value.text.lower()) if "@" not in value.text else found


def _organization(value: Value) -> Q:
    if value.is_none:
        return Q(organization__isnull=True)
    if value.text.isdigit() and len(value.text) < 18:
        return Q(organization_id=int(value.text))
    return Q(organization__name__istartswith=value.text)


def _group(value: Value) -> Q:
    if value.text.isdigit() and len(value.text) < 18:
        return Q(memberships__group_id=int(value.text))
    return Q(memberships__group__name__istartswith=value.text)
