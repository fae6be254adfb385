"""Satisfaction ratings: what requesters thought of how their tickets were solved."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from opora.api.nouns.tickets import visible
from opora.api.wire.answers import Answer, created
from opora.api.wire.bodies import LONG_TEXT, TEXT, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import counted, offer_one
from opora.api.wire.paging import list_of, tally
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.routing import operation
from opora.api.wire.times import read_moment, stamp
from opora.api.writes.tickets import ticket_to_change
from opora.tickets.actions.rate import rate_ticket
from opora.tickets.models import SatisfactionRating

RATING = Body("satisfaction_rating", {"score": TEXT, "comment": LONG_TEXT, "reason_code": WHOLE}, ("score",))
_SCORES = {
    "good": Q(score="good"),
    "received_good": Q(score="good"),
    "bad": Q(score="bad"),
    "received_bad": Q(score="bad"),
    "received": Q(),
    "good_with_comment": Q(score="good") & ~Q(comment=""),
    "received_good_with_comment": Q(score="good") & ~Q(comment=""),
    "good_without_comment": Q(score="good", comment=""),
    "bad_with_comment": Q(score="bad") & ~Q(comment=""),
    "received_bad_with_comment": Q(score="bad") & ~Q(comment=""),
    "bad_without_comment": Q(score="bad", comment=""),
    "received_with_comment": ~Q(comment=""),
    "received_without_comment": Q(comment=""),
}


def _rows(call: Call) -> QuerySet[SatisfactionRating]:
    return SatisfactionRating.objects.filter(ticket_id__in=visible(call).values("pk"))


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = SatisfactionRating.objects.in_bulk(ids)
    return [_rating(call, rows[pk]) for pk in ids if pk in rows]


def _rating(call: Call, row: SatisfactionRating) -> Json:
    return {
        "url": call.url(f"satisfaction_ratings/{row.pk}"),
        "id": row.pk,
        "assignee_id": row.assignee_id,
        "group_id": row.group_id,
        "requester_id": row.requester_id,
        "ticket_id": row.ticket_id,
        "score": row.score,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "comment": row.comment or None,
        "reason": None,
        "reason_id": None,
        "reason_code": None,
    }


RATINGS = Noun(
    "satisfaction_rating", "satisfaction_ratings", "satisfaction_ratings", _rows, _present,
    orders={"created_at": "created_at", "id": "id", "updated_at": "updated_at"},
    references={"users": ("requester_id", "assignee_id"), "tickets": ("ticket_id",)},
)  # fmt: skip
offer_one(RATINGS)


def _chosen(call: Call) -> QuerySet[SatisfactionRating]:
    rows = _rows(call)
    if call.param("score"):
        rows = rows.filter(_SCORES.get(call.param("score"), Q(pk__in=[])))
    for name, lookup in (("start_time", "updated_at__gte"), ("end_time", "updated_at__lt")):
        if call.param(name):
            moment = read_moment(call.param(name))
            if moment is None:
                raise invalid_attribute(name, "must be a time")
            rows = rows.filter(**{lookup: moment})
    return rows


@operation("GET", "satisfaction_ratings")
def list_ratings(call: Call) -> Json:
    """List ratings; `score`, `start_time` and `end_time` choose among them."""
    return list_of(call, RATINGS, _chosen(call))


@operation("GET", "satisfaction_ratings/received")
def received_ratings(call: Call) -> Json:
    """List the ratings that were given."""
    return list_of(call, RATINGS, _rows(call))


@operation("GET", "satisfaction_ratings/count")
def count_ratings(call: Call) -> Json:
    """Count ratings."""
    return counted(tally(_chosen(call)))


@operation("POST", "tickets/{ticket_id}/satisfaction_rating", who="people", takes=RATING)
def create_rating(call: Call, ticket_id: int) -> Answer:
    """Rate a solved ticket, as its requester."""
    given, ticket = call.read(RATING), ticket_to_change(ticket_id, by=call.person)
    rating = rate_ticket(
        ticket, by=call.person, score=given.get("score") or "", comment=given.get("comment") or ""
    )
    return created(call, RATINGS, rating.pk)
