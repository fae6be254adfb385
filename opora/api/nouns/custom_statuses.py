"""Statuses of the desk, each within one of the categories of the wire."""

from collections.abc import Sequence

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.tickets.models import Category, Status

KEPT = ("end_user_description",)
"""A status has one description here."""


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Status.objects.in_bulk(ids)
    times = stamps_of(call, "status", ids)
    kept = kept_attributes("custom_status", ids)
    return [_status(call, rows[pk], times[pk]) | kept.get(pk, {}) for pk in ids if pk in rows]


def _status(call: Call, row: Status, times: Stamps) -> Json:
    label = str(row)
    customer_label = row.customer_name or label
    return {
        "url": call.url(f"custom_statuses/{row.pk}"),
        "id": row.pk,
        "status_category": row.word,
        "agent_label": label,
        "raw_agent_label": label,
        "end_user_label": customer_label,
        "raw_end_user_label": customer_label,
        "description": row.description or None,
        "raw_description": row.description or None,
        "end_user_description": row.description or None,
        "raw_end_user_description": row.description or None,
        "active": row.is_active,
        "default": row.is_default,
        "created_at": stamp(times[0]),
        "updated_at": stamp(times[1]),
    }


CUSTOM_STATUSES = Noun(
    "custom_status", "custom_statuses", "custom_statuses",
    lambda call: Status.objects.filter(category__lt=Category.CLOSED), _present,
)  # fmt: skip
