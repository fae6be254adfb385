"""People who were deleted: they have no addresses any more, what they wrote stays."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.nouns.users import USERS, known_people
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_count, offer_list, offer_one
from opora.people.models import Person
from opora.people.policy import may, require


def _rows(call: Call) -> QuerySet[Person]:
    require(may(call.person, "people.edit"))
    return known_people(call).filter(is_active=False, merged_into=None)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    return [{**user, "url": call.url(f"deleted_users/{user['id']}")} for user in USERS.present(call, ids)]


DELETED_USERS = Noun("deleted_user", "deleted_users", "deleted_users", _rows, _present)
offer_list(DELETED_USERS)
offer_one(DELETED_USERS)
offer_count(DELETED_USERS)
