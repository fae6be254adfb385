"""Tickets as the API shows them: narrow columns read in batches, about ten queries for a page of any length."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from opora.api.nouns.ticket_side_loads import last_audits, put_inside
from opora.api.nouns.vias import channel_of, ticket_source
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp, unix
from opora.people.models import Person
from opora.tickets.models import (
    Category,
    Collaboration,
    Comment,
    FieldValue,
    Priority,
    SatisfactionRating,
    Ticket,
    TicketField,
    TicketTag,
    TicketType,
)
from opora.tickets.queries import tickets_for

COLUMNS = (
    "id", "subject", "category", "status_id", "priority", "type", "brand_id", "form_id", "group_id", "assignee_id",
    "requester_id", "submitter_id", "organization_id", "channel", "received_at", "external_id", "due_at", "problem_id",
    "follow_up_of_id", "merged_into_id", "removed_at", "created_at", "updated_at", "solved_at", "description", "public",
)  # fmt: skip
CATEGORY_WORDS = {member.value: member.word for member in Category}
PRIORITY_WORDS = {member.value: member.word for member in Priority}
TYPE_WORDS = {member.value: member.word for member in TicketType}


def visible(call: Call) -> QuerySet[Ticket]:
    return tickets_for(call.person)


def _rows(ids: Sequence[int]) -> list[dict[str, Any]]:
    comments = Comment.objects.filter(ticket_id=OuterRef("pk")).order_by("id")
    tickets = Ticket.objects.filter(pk__in=ids).annotate(
        description=Subquery(comments.values("text")[:1]), public=Exists(comments.filter(is_public=True))
    )
    found = {row[0]: row for row in tickets.values_list(*COLUMNS)}
    return [dict(zip(COLUMNS, found[pk], strict=True)) for pk in ids if pk in found]


def present_tickets(call: Call, ids: Sequence[int]) -> list[Json]:
    """Return tickets in the order of their ids, with what `include` puts inside them."""
    rows = _rows(ids)
    parts = _Parts(call, rows)
    shown = [_ticket(call, row, parts) for row in rows]
    put_inside(call, shown, rows)
    return shown


class _Parts:
    """What belongs to the tickets of one page, each read in one go and kept by ticket."""

    def __init__(self, call: Call, rows: Sequence[dict[str, Any]]) -> None:
        ids = [row["id"] for row in rows]
        self.tags = _gathered(
            TicketTag.objects.filter(ticket_id__in=ids)
            .order_by("tag__name")
            .values_list("ticket_id", "tag__name")
        )
        people = Collaboration.objects.filter(ticket_id__in=ids).order_by("id")
        self.copied = _gathered(people.filter(kind="cc").values_list("ticket_id", "person_id"))
        self.followers = _gathered(people.filter(kind="follower").values_list("ticket_id", "person_id"))
        self.fields = custom_fields_of(call)
        self.values = _values(ids) if self.fields else {}
        self.follow_ups = _gathered(
            Ticket.objects.filter(follow_up_of_id__in=ids).order_by("id").values_list("follow_up_of_id", "pk")
        )
        rated = SatisfactionRating.objects.filter(ticket_id__in=ids).values_list(
            "ticket_id", "pk", "score", "comment"
        )
        self.ratings = {
            ticket_id: {"id": pk, "score": score, "comment": comment or None}
            for ticket_id, pk, score, comment in rated
        }
        problems = [row["id"] for row in rows if row["type"] == TicketType.PROBLEM]
        self.with_incidents = (
            set(Ticket.objects.filter(problem_id__in=problems).values_list("problem_id", flat=True))
            if problems
            else set()
        )
        mailed = {row["requester_id"] for row in rows if row["channel"] == "email"}
        named = Person.objects.filter(pk__in=mailed).values_list("pk", "name", "email") if mailed else []
        self.writers = {pk: (name, email) for pk, name, email in named}


def _gathered(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for ticket_id, value in pairs:
        found.setdefault(ticket_id, []).append(value)
    return found


def custom_fields_of(call: Call) -> list[tuple[int, str]]:
    """Return id and type of the active custom fields, in their order."""
    if "custom fields" not in call.cache:
        call.cache["custom fields"] = list(
            TicketField.objects.filter(is_active=True).values_list("pk", "type")
        )
    return call.cache["custom fields"]


def _values(ids: Sequence[int]) -> dict[int, dict[int, list[str]]]:
    found: dict[int, dict[int, list[str]]] = {}
    values = FieldValue.objects.filter(ticket_id__in=ids).order_by("id")
    for ticket_id, field_id, text in values.values_list("ticket_id", "field_id", "text"):
        found.setdefault(ticket_id, {}).setdefault(field_id, []).append(text)
    return found


def _ticket(call: Call, row: dict[str, Any], parts: _Parts) -> Json:
    ticket_id = row["id"]
    copied, followers = parts.copied.get(ticket_id, []), parts.followers.get(ticket_id, [])
    custom, choices = _custom_fields(parts, ticket_id)
    tags = parts.tags.get(ticket_id, [])
    return {
        "url": f"{call.base}/api/v2/tickets/{ticket_id}.json",
        "id": ticket_id,
        "external_id": row["external_id"] or None,
        "via": {"channel": channel_of(row["channel"]), "source": ticket_source(row, parts.writers)},
        "created_at": stamp(row["created_at"]),
        "updated_at": stamp(row["updated_at"]),
        "generated_timestamp": unix(row["updated_at"]),
        "type": TYPE_WORDS.get(row["type"]),
        "subject": row["subject"],
        "raw_subject": row["subject"],
        "description": row["description"] or "",
        "priority": PRIORITY_WORDS.get(row["priority"]),
        "status": "deleted" if row["removed_at"] else CATEGORY_WORDS[row["category"]],
        "recipient": row["received_at"] or None,
        "requester_id": row["requester_id"],
        "submitter_id": row["submitter_id"],
        "assignee_id": row["assignee_id"],
        "organization_id": row["organization_id"],
        "group_id": row["group_id"],
        "collaborator_ids": list(dict.fromkeys([*copied, *followers])),
        "follower_ids": followers,
        "email_cc_ids": copied,
        "forum_topic_id": None,
        "problem_id": row["problem_id"],
        "has_incidents": ticket_id in parts.with_incidents,
        "is_public": row["public"],
        "due_at": stamp(row["due_at"]),
        "tags": sorted({*tags, *choices}) if choices else tags,
        "custom_fields": custom,
        "satisfaction_rating": parts.ratings.get(ticket_id),
        "sharing_agreement_ids": [],
        "custom_status_id": row["status_id"],
        "encoded_id": f"OP-{ticket_id:06X}",
        "fields": custom,
        "followup_ids": parts.follow_ups.get(ticket_id, []),
        "ticket_form_id": row["form_id"],
        "brand_id": row["brand_id"],
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
        "support_type": "agent",
    }


def _custom_fields(parts: _Parts, ticket_id: int) -> tuple[list[Json], list[str]]:
    """Every custom field with its value, and the values of choices, which count as tags on the wire."""
    values = parts.values.get(ticket_id, {})
    shown, choices = [], []
    for field_id, kind in parts.fields:
        texts = values.get(field_id, [])
        shown.append({"id": field_id, "value": wire_value(kind, texts)})
        if texts and kind in {TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT}:
            choices += texts
    return shown, choices


def wire_value(kind: str, texts: Sequence[str]) -> Any:
    """Return the value of a custom field: a list for several choices, true or false for a checkbox, else text or null."""
    if kind == TicketField.Type.MULTISELECT:
        return list(texts) or None
    if kind == TicketField.Type.CHECKBOX:
        return bool(texts) and texts[0] == "true"
    return texts[0] if texts else None


TICKETS = Noun(
    "ticket", "tickets", "tickets", visible, present_tickets,
    orders={
        "id": "id", "nice_id": "id", "created_at": "created_at", "created": "created_at", "updated_at": "updated_at",
        "updated": "updated_at", "status": "category", "subject": "subject", "priority": "priority",
        "assignee": "assignee_id", "assignee.name": "assignee__name", "requester": "requester_id",
        "requester.name": "requester__name", "group": "group_id", "due_date": "due_at", "solved_at": "solved_at",
    },
    references={
        "users": ("requester_id", "submitter_id", "assignee_id", "collaborator_ids"), "groups": ("group_id",),
        "organizations": ("organization_id",), "brands": ("brand_id",), "ticket_forms": ("ticket_form_id",),
    },
    beside={"last_audits": last_audits, "sharing_agreements": lambda call, shown: []},
)  # fmt: skip
