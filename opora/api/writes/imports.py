"""Tickets of the past, brought in through the API with their own times."""

from typing import Any

from opora.api.wire.bodies import MOMENT, OBJECTS, Body, Json
from opora.api.wire.problems import invalid_record
from opora.api.wire.times import read_moment
from opora.api.writes.comments import new_comment
from opora.api.writes.tickets import TICKET, create_from
from opora.core import clock
from opora.events.recording import coming_via
from opora.people.models import Person
from opora.tickets.actions.comment import add_comment
from opora.tickets.actions.status import move_status
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of

IMPORT = Body(
    "ticket",
    {
        **TICKET.attributes,
        "comments": OBJECTS,
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "solved_at": MOMENT,
    },
)


def import_from(given: Json, *, by: Person, archive: bool = False) -> Ticket:
    """Make a ticket with comments, each at its time. Times in the future are refused with 422."""
    created_at = _past("created_at", given.get("created_at")) or clock.now()
    comments = list(given.pop("comments", None) or [])
    final: Json = {name: given.pop(name) for name in ("status", "custom_status_id") if name in given}
    first = comments.pop(0) if comments and not given.get("comment") else None
    if first:
        given["comment"] = first
    with coming_via("import"):
        with clock.at(_time_of(first, created_at)):
            ticket = create_from(given, by=by)
        moment = created_at
        for one in comments:
            moment = max(moment, _time_of(one, moment))
            with clock.at(moment):
                comment = new_comment(one, by=by, channel="import")
                if comment:
                    add_comment(ticket, comment, by=by)
        _finish(ticket, final, given, moment, by=by, archive=archive)
    return ticket


def _finish(ticket: Ticket, final: Json, given: Json, moment: Any, *, by: Person, archive: bool) -> None:
    """Give the ticket the status and the time of its last change that it had."""
    word = "closed" if archive else str(final.get("status") or "").lower()
    solved_at = _past("solved_at", given.get("solved_at"))
    updated_at = _past("updated_at", given.get("updated_at"))
    last = max(moment, solved_at or moment, updated_at or moment)
    if word:
        category = Category.__members__.get(word.upper())
        if category is None:
            raise invalid_record("status", f"{word} is not a valid status")
        with clock.at(solved_at or last):
            if ticket.category != category:
                move_status(ticket, status_of(category), by=by)


def _time_of(comment: Any, otherwise: Any) -> Any:
    given = comment.get("created_at") if isinstance(comment, dict) else None
    return _past("created_at", read_moment(given)) or otherwise if given else otherwise


def _past(name: str, moment: Any) -> Any:
    if moment and moment > clock.now():
        raise invalid_record(name, "is in the future")
    return moment
