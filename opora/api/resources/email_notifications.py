"""Email notifications: what was mailed of tickets, to whom, and whether it arrived."""

import re
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_one
from opora.api.wire.paging import list_of, whole_list
from opora.api.wire.problems import missing_parameter
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.channels.email.models import OutboundMail
from opora.people.models import Identity
from opora.tickets.queries import tickets_for

FILTERS = {"notification_id": "pk", "ticket_id": "ticket_id", "comment_id": "comment_id"}
SEVERAL = {"ids": "pk", "ticket_ids": "ticket_id", "comment_ids": "comment_id"}
_BRACKETED = re.compile(r"\[(\w+)\]=(\d{1,18})")
_PLACES = {state: place for place, state in enumerate(OutboundMail.State)}


def _rows(call: Call) -> QuerySet[OutboundMail]:
    return OutboundMail.objects.filter(ticket_id__in=tickets_for(call.person).values("pk"))


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = OutboundMail.objects.defer("text", "html").in_bulk(ids)
    people = _people(address for row in rows.values() for _name, address in (*row.to, *row.cc))
    return [_notification(call, rows[pk], people) for pk in ids if pk in rows]


def _people(addresses: Iterable[str]) -> dict[str, int]:
    found = Identity.objects.filter(kind=Identity.Kind.EMAIL, value__in={one.lower() for one in addresses})
    return dict(found.values_list("value", "person_id"))


def _notification(call: Call, row: OutboundMail, people: dict[str, int]) -> Json:
    state = OutboundMail.State(row.state)
    status = {"id": _PLACES[state], "name": state.value, "code": state.value, "message": row.last_error}
    return {
        "url": call.url(f"email_notifications/{row.pk}"),
        "id": row.pk,
        "notification_id": row.pk,
        "ticket_id": row.ticket_id,
        "comment_id": row.comment_id,
        "email_id": str(row.pk),
        "message_id": row.message_id,
        "recipients": [
            {"user_id": people.get(address.lower()), "email_address": address, "delivery_status": status}
            for _name, address in (*row.to, *row.cc)
        ],
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.sent_at or row.created_at),
    }


NOTIFICATIONS = Noun("email_notification", "email_notifications", "email_notifications", _rows, _present)
offer_one(NOTIFICATIONS)


@operation("GET", "email_notifications")
def list_notifications(call: Call) -> Json:
    """List what was mailed, of one ticket or comment if asked: `filter[ticket_id]`, `filter[comment_id]`."""
    rows = _rows(call)
    for name, column in FILTERS.items():
        wanted = call.number(f"filter[{name}]")
        if wanted is not None:
            rows = rows.filter(**{column: wanted})
    written = _BRACKETED.fullmatch(call.param("filter"))  # as some clients write it: filter=[ticket_id]=5
    if written and written[1] in FILTERS:
        rows = rows.filter(**{FILTERS[written[1]]: int(written[2])})
    return list_of(call, NOTIFICATIONS, rows)


@operation("GET", "email_notifications/show_many")
def show_several_notifications(call: Call) -> Json:
    """Show what was mailed by the numbers of mails, tickets or comments."""
    asked = {column: call.ids(name) for name, column in SEVERAL.items() if call.all_of(name)}
    if not asked:
        raise missing_parameter("ids")
    rows = _rows(call)
    for column, ids in asked.items():
        rows = rows.filter(**{f"{column}__in": ids})
    return whole_list(call, NOTIFICATIONS, list(rows.order_by("pk").values_list("pk", flat=True)[:100]))
