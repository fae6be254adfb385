"""Groups, and who is in them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import NOUNS, Noun
from opora.api.wire.stamps import stamps_of
from opora.api.wire.times import stamp
from opora.people.models import Group, Membership


def _present_groups(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Group.objects.in_bulk(ids)
    times = stamps_of(call, "group", ids)
    return [_group(call, rows[pk], times[pk][1]) for pk in ids if pk in rows]


def _group(call: Call, group: Group, updated_at: Any) -> Json:
    return {
        "url": call.url(f"groups/{group.pk}"),
        "id": group.pk,
        "is_public": not group.is_private,
        "name": group.name,
        "description": group.description,
        "default": group.is_default,
        "deleted": group.deleted_at is not None,
        "created_at": stamp(group.created_at),
        "updated_at": stamp(max(group.created_at, updated_at)),
    }


def _groups(call: Call) -> QuerySet[Group]:
    return Group.objects.filter(deleted_at__isnull=True)


def _members(call: Call, shown: Sequence[Json]) -> list[Json]:
    places = memberships(call).filter(group_id__in=[group["id"] for group in shown]).order_by("person_id")
    return NOUNS["users"].present(call, list(places.values_list("person_id", flat=True).distinct()))


GROUPS = Noun(
    "group", "groups", "groups", _groups, _present_groups,
    beside={"users": _members},
    orders={"name": "name", "id": "id", "created_at": "created_at"},
)  # fmt: skip


def memberships(call: Call) -> QuerySet[Membership]:
    return Membership.objects.filter(person__is_active=True, group__deleted_at__isnull=True)


def default_membership_ids(person_ids: Sequence[int]) -> dict[int, Membership]:
    """Return each person's default place: the one that is marked, else the oldest."""
    found: dict[int, Membership] = {}
    places = Membership.objects.filter(person_id__in=person_ids, group__deleted_at__isnull=True)
    for place in places.order_by("-is_default", "id"):
        found.setdefault(place.person_id, place)
    return found


def _present_memberships(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Membership.objects.in_bulk(ids)
    first = default_membership_ids([row.person_id for row in rows.values()])
    return [_membership(call, rows[pk], first) for pk in ids if pk in rows]


def _membership(call: Call, place: Membership, first: dict[int, Membership]) -> Json:
    default = first.get(place.person_id)
    return {
        "url": call.url(f"group_memberships/{place.pk}"),
        "id": place.pk,
        "user_id": place.person_id,
        "group_id": place.group_id,
        "default": default is not None and default.pk == place.pk,
        "created_at": stamp(place.created_at),
        "updated_at": stamp(place.created_at),
    }


GROUP_MEMBERSHIPS = Noun(
    "group_membership", "group_memberships", "group_memberships", memberships, _present_memberships,
    references={"users": ("user_id",), "groups": ("group_id",)},
)  # fmt: skip
