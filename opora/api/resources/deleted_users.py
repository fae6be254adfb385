"""Customers who were deleted: what is still known of them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.nouns.users import USERS, known_people
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_count, offer_list, offer_one
from opora.people.models import Person

_SHOWN = (
    "id", "url", "name", "email", "created_at", "updated_at", "time_zone", "phone", "shared_phone_number", "photo",
    "locale_id", "locale", "organization_id", "role", "active",
)  # fmt: skip


def _deleted(call: Call) -> QuerySet[Person]:
    return known_people(call).filter(is_active=False, merged_into__isnull=True, role__isnull=True)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    found = USERS.present(call, ids)
    return [
        {**{name: user[name] for name in _SHOWN}, "url": call.url(f"deleted_users/{user['id']}")}
        for user in found
    ]


DELETED_USERS = Noun("deleted_user", "deleted_users", "deleted_users", _deleted, _present)
offer_list(DELETED_USERS)
offer_one(DELETED_USERS)
offer_count(DELETED_USERS)
