"""The clocks of a ticket with their accounts, and how many promises were kept."""

from typing import Any

from opora.api.nouns.tickets import TICKETS
from opora.api.wire.answers import Answer
from opora.api.wire.bodies import Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, own
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.times import stamp
from opora.core import clock
from opora.people.policy import may, require
from opora.sla.account import accounts_of
from opora.sla.account_json import as_json
from opora.sla.actions.waive_reply import waive_reply
from opora.sla.attainment import DIMENSIONS, Share, counted, lines_by, narrowed, period, tickets_of, total_of
from opora.sla.policy import READ
from opora.sla.words import AGREEMENTS
from opora.tickets.queries import ticket_for, tickets_for

LONGEST_DAYS = 366
WAIVER = Body("reply_waiver", {"reason": text(200)}, ("reason",))
_WORD, _SECONDS, _COUNT, _FLAG = (
    {"type": "string"},
    {"type": "number"},
    {"type": "integer"},
    {"type": "boolean"},
)
_MOMENT = {"type": "string", "format": "date-time"}
_MAYBE = {**_MOMENT, "nullable": True}
_OBJECTS = {"type": "array", "items": {"type": "object"}}
_CLOCK = answer_of(
    {
        "ticket_id": _COUNT, "clock": _WORD, "agreement": _WORD, "metric": _WORD, "cycle": _COUNT, "state": _WORD,
        "outcome": {"type": "string", "nullable": True}, "first_outcome": {"type": "string", "nullable": True},
        "policy": {"type": "object"}, "priority": {}, "priority_assumed": _FLAG, "target": _SECONDS,
        "allowance": _SECONDS, "elapsed": _SECONDS, "elapsed_calendar": _SECONDS, "paused": {"type": "object"},
        "started_at": _MOMENT, "stopped_at": _MAYBE, "due_at": _MAYBE, "breach_at": _MAYBE, "first_breach_at": _MAYBE,
        "breach_reason": {}, "longest_pause": {"type": "number", "nullable": True}, "counts_on_at": _MAYBE,
        "selection": _OBJECTS, "segments": _OBJECTS, "marks": _OBJECTS,
    }
)  # fmt: skip
_SHARE = {
    "met": _COUNT, "broken": _COUNT, "total": _COUNT, "percent": {"type": "number", "nullable": True},
    "interval": {"type": "array", "items": {"type": "number"}, "nullable": True},
}  # fmt: skip
_BOTH = {**_SHARE, "net": answer_of(_SHARE)}
_LINE = answer_of({"value": _WORD, "name": _WORD, **_BOTH})
_ATTAINMENT = answer_of(
    {
        "since": _MOMENT, "until": _MOMENT, "agreement": _WORD, "clocks": answer_of(_BOTH),
        "tickets": answer_of(_BOTH),
        "by": {"type": "object", "additionalProperties": {"type": "array", "items": _LINE}},
    }
)  # fmt: skip


@own("GET", "tickets/{ticket_id}/clocks", answers=answer_of({"clocks": {"type": "array", "items": _CLOCK}}))
def list_clocks(call: Call, ticket_id: int) -> Json:
    """List the clocks of a ticket, live ones first: which promise and why, each stretch of time, what came of it.

    Lengths are in seconds.
    """
    ticket = ticket_for(call.person, ticket_id)
    return {"clocks": [as_json(account) for account in accounts_of(ticket.pk)]}


@own("POST", "tickets/{ticket_id}/reply_waivers", takes=WAIVER,
     answers=answer_of({"reply_waiver": answer_of({"ticket_id": _COUNT, "reason": _WORD})}))  # fmt: skip
def waive(call: Call, ticket_id: int) -> Answer:
    """Say that the customer's last words need no reply: its clocks end without an outcome."""
    ticket, given = ticket_for(call.person, ticket_id), call.read(WAIVER)
    reason = given.get("reason") or ""
    waive_reply(ticket, reason, by=call.person)
    return Answer({"reply_waiver": {"ticket_id": ticket.pk, "reason": reason}}, 201)


@own("GET", "attainment", answers=answer_of({"attainment": _ATTAINMENT}))
def show_attainment(call: Call) -> Json:
    """Show how many promises were kept in the last `days` (30), of one `agreement` (sla, ola or uc), with intervals.

    `percent` is 100 x met / total of clocks; `interval` the Wilson score interval at 95 %; `net` is without what
    somebody left out with a reason.
    """
    since, until, agreement = _asked(call)
    clocks = counted(since, until, agreement)
    total = total_of(clocks)
    return {
        "attainment": {
            "since": stamp(since),
            "until": stamp(until),
            "agreement": agreement,
            "clocks": _both(total.gross, total.net),
            "tickets": _both(*tickets_of(clocks)),
            "by": {
                name: [
                    {"value": line.value, "name": line.name, **_both(line.both.gross, line.both.net)}
                    for line in lines_by(clocks, name)
                ]
                for name in DIMENSIONS
            },
        }
    }  # fmt: skip


@own("GET", "attainment/tickets", answers=answer_of({"tickets": _OBJECTS}))
def list_tickets_behind(call: Call) -> Json:
    """List the tickets behind a number of the attainment: `outcome` (met or broken), `metric`, `brand`, `group`, `priority`."""
    clocks = counted(*_asked(call))
    broken = {"broken": True, "met": False}.get(call.param("outcome"))
    clocks = narrowed(clocks, [(name, _value(call, name)) for name in DIMENSIONS], broken=broken)
    rows = tickets_for(call.person).filter(pk__in=clocks.values("ticket_id"))
    return list_of(call, TICKETS, rows, order="-id")


def _value(call: Call, name: str) -> str:
    """A dimension's value as text; all but metrics are ids or numbers."""
    return call.param(name) if name == "metric" else str(call.number(name) or "")


def _asked(call: Call) -> tuple[Any, Any, str]:
    require(may(call.person, READ))
    days, agreement = call.number("days"), call.param("agreement") or "sla"
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise invalid_attribute("days", f"must be between 1 and {LONGEST_DAYS}")
    if agreement not in AGREEMENTS:
        raise invalid_attribute("agreement", f"must be one of {', '.join(AGREEMENTS)}")
    return *period(days or 30, clock.now()), agreement


def _both(gross: Share, net: Share) -> Json:
    return {**_share(gross), "net": _share(net)}


def _share(share: Share) -> Json:
    return {
        "met": share.met,
        "broken": share.broken,
        "total": share.total,
        "percent": share.percent,
        "interval": list(share.interval) if share.interval else None,
    }
