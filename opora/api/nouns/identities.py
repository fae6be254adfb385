"""Addresses and numbers by which a person is known."""

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.times import stamp
from opora.people.models import Identity

WIRE_KINDS = {kind: kind.value for kind in Identity.Kind} | {Identity.Kind.PHONE: "phone_number"}
KINDS = {word: kind for kind, word in WIRE_KINDS.items()}


def _identity(call: Call, row: Identity) -> Json:
    is_email = row.kind == Identity.Kind.EMAIL
    return {
        "url": call.url(f"users/{row.person_id}/identities/{row.pk}"),
        "id": row.pk,
        "user_id": row.person_id,
        "type": WIRE_KINDS[Identity.Kind(row.kind)],
        "value": row.value,
        "verified": row.verified_at is not None,
        "primary": row.is_primary,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.verified_at or row.created_at),
        "undeliverable_count": 1 if row.undeliverable_at else 0,
        "deliverable_state": ("undeliverable" if row.undeliverable_at else "deliverable")
        if is_email
        else None,
        "verification_method": None,
    }


IDENTITIES = Noun(
    "identity", "identities", "identities", lambda call: Identity.objects.all(),
    present_rows(lambda call, ids: Identity.objects.filter(pk__in=ids), _identity),
)  # fmt: skip
