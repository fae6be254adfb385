"""People: colleagues are agents and admins, customers end users."""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Count, QuerySet

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.nouns.groups import default_membership_ids
from opora.api.nouns.locales import locale_number, wire_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import NOUNS, Beside, Noun
from opora.api.wire.profiles import profile_of
from opora.api.wire.times import stamp
from opora.api.wire.zones import said_zone
from opora.people.models import Identity, Person, ProfileField, Role
from opora.people.queries import desk
from opora.tickets.models import Category, Ticket

KEPT = ("time_zone", "shared_phone_number")
ADMIN = Role.Kind.ADMINISTRATOR
_ROLE_TYPES = {ADMIN: 4, Role.Kind.LIGHT_AGENT: 1, Role.Kind.CUSTOM: 0, Role.Kind.TEAM_LEAD: 0}
_RESTRICTIONS = {Role.Access.ALL: None, Role.Access.GROUPS: "groups", Role.Access.ASSIGNED: "assigned"}


def known_people(call: Call) -> QuerySet[Person]:
    """Everybody whom the caller may know of: colleagues know all, customers themselves."""
    people = Person.objects.exclude(external_id__startswith="opora:")
    return people if call.person.is_colleague else people.filter(pk=call.person.pk)


def listed_people(call: Call) -> QuerySet[Person]:
    """Those who are in lists: neither deleted nor merged into somebody else."""
    return known_people(call).filter(is_active=True, merged_into__isnull=True)


def wire_role(person: Person) -> str:
    """Return end-user, agent or admin."""
    if person.role is None:
        return "end-user"
    return "admin" if person.role.kind == ADMIN else "agent"


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Person.objects.select_related("role").in_bulk(ids)
    first = default_membership_ids([pk for pk, person in rows.items() if person.role_id])
    verified = set(
        Identity.objects.filter(person_id__in=rows, is_primary=True, verified_at__isnull=False).values_list(
            "person_id", flat=True
        )
    )
    guarded = _guarded([pk for pk, person in rows.items() if person.role_id])
    zone = _zone(call)
    kept = kept_attributes("user", [pk for pk, person in rows.items() if person.time_zone or person.phone])
    shown = [_user(call, rows[pk], zone, kept.get(pk, {})) for pk in ids if pk in rows]
    for user in shown:
        default = first.get(user["id"])
        user["default_group_id"] = default.group_id if default else None
        user["verified"] = user["id"] in verified or user["role"] != "end-user"
        user["two_factor_auth_enabled"] = user["id"] in guarded
    return shown


def _guarded(ids: Sequence[int]) -> set[int]:
    """Those of these colleagues who sign in with a second factor."""
    if not ids:
        return set()
    return set(Authenticator.objects.filter(user_id__in=ids).values_list("user_id", flat=True))


def _zone(call: Call) -> str:
    if "zone" not in call.cache:
        call.cache["zone"] = getattr(desk(), "time_zone", "UTC")
    return call.cache["zone"]


def _user(call: Call, person: Person, zone: str, kept: Json) -> Json:
    return {
        "id": person.pk,
        "url": call.url(f"users/{person.pk}"),
        "name": person.name,
        "email": person.email or None,
        "created_at": stamp(person.created_at),
        "updated_at": stamp(person.updated_at),
        "time_zone": said_zone(person.time_zone or zone, kept.get("time_zone", "")),
        "iana_time_zone": person.time_zone or zone,
        "phone": person.phone or None,
        "shared_phone_number": kept.get("shared_phone_number"),
        "photo": _photo(call, person),
        "locale_id": locale_number(person.locale),
        "locale": wire_locale(person.locale),
        "organization_id": person.organization_id,
        "role": wire_role(person),
        "verified": False,
        "external_id": person.external_id or None,
        "tags": person.tags,
        "alias": person.alias or None,
        "active": person.is_active and person.merged_into_id is None,
        "shared": False,
        "shared_agent": False,
        "last_login_at": stamp(person.last_login),
        "two_factor_auth_enabled": False,
        "signature": person.signature or None,
        "details": person.details or None,
        "notes": person.notes or None,
        **_standing(person),
        "default_group_id": None,
        "report_csv": person.role is not None and person.role.kind == ADMIN,
        "user_fields": profile_of(call, ProfileField.Subject.PERSON, person.fields),
    }


def _standing(person: Person) -> Json:
    """What the person may see and do, in the words of the wire."""
    role = person.role
    return {
        "role_type": _ROLE_TYPES.get(Role.Kind(role.kind)) if role else None,
        "custom_role_id": person.role_id,
        "is_billing_admin": False,
        "moderator": role is not None and role.kind == ADMIN,
        "ticket_restriction": _RESTRICTIONS[Role.Access(role.ticket_access)] if role else "requested",
        "only_private_comments": role is not None and "tickets.reply" not in role.allowed,
        "restricted_agent": role is None or role.ticket_access != Role.Access.ALL,
        "suspended": person.suspended_at is not None,
    }


def _photo(call: Call, person: Person) -> Json | None:
    if not person.photo:
        return None
    address = f"{call.base}/pictures/{person.photo}"
    picture: dict[str, Any] = {
        "url": call.url(f"users/{person.pk}"),
        "id": person.pk,
        "file_name": f"profile_image_{person.pk}.webp",
        "content_url": address,
        "mapped_content_url": address,
        "content_type": "image/webp",
        "size": 0,
        "width": None,
        "height": None,
        "inline": False,
        "deleted": False,
    }
    return {**picture, "thumbnails": [picture]}


def _beside(noun: str, rows: Callable[[Sequence[int]], QuerySet[Any]]) -> Beside:
    """Return what shows other objects of these people."""

    def present(call: Call, shown: Sequence[Json]) -> list[Json]:
        ids = rows([user["id"] for user in shown]).order_by("pk").values_list("pk", flat=True)
        return NOUNS[noun].present(call, list(ids.distinct()))

    return present


def _open_tickets(call: Call, shown: Sequence[Json]) -> dict[str, int]:
    """How many unsolved tickets each of these people has: asked for, or assigned to them where they are colleagues."""
    unsolved = Ticket.objects.live().filter(category__lt=Category.SOLVED)
    counts = {user["id"]: 0 for user in shown}
    for column, customers in (("requester_id", True), ("assignee_id", False)):
        ids = [user["id"] for user in shown if (user["role"] == "end-user") == customers]
        rows = unsolved.filter(**{f"{column}__in": ids}).order_by().values_list(column)
        counts |= dict(rows.annotate(many=Count("pk"))) if ids else {}
    return {str(pk): many for pk, many in counts.items()}


USERS = Noun(
    "user", "users", "users", listed_people, _present,
    known=known_people,
    orders={"id": "id", "name": "name", "created_at": "created_at", "updated_at": "updated_at"},
    references={"organizations": ("organization_id",), "groups": ("default_group_id",)},
    beside={
        "identities": _beside("identities", lambda ids: Identity.objects.filter(person_id__in=ids)),
        "roles": _beside("custom_roles", lambda ids: Role.objects.filter(people__in=ids)),
        "open_ticket_count": _open_tickets,
    },
)  # fmt: skip
