"""Why a rule fired on a ticket or does not, and what it would have done in the last days."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import Answer
from opora.api.wire.bodies import WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, made, own, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import missing_parameter, not_found
from opora.api.wire.shapes import free, many, moment, number, one_of, words
from opora.automation.account import told
from opora.automation.actions.try_rule import begin_trial
from opora.automation.explaining import verdict_on
from opora.automation.models import Firing, Rule, Trial
from opora.automation.policy import may_change_rules
from opora.core.conditions import Verdict
from opora.events.models import Event
from opora.people.policy import require
from opora.tickets.conditions import condition_fields
from opora.tickets.models import Ticket
from opora.tickets.policy import visible_tickets
from opora.tickets.queries import ticket_for
from opora.tickets.steps import sentences_of

TRIAL = Body("trial", {"days": WHOLE}, ("days",))
_TEXT, _FLAG = {"type": "string"}, {"type": "boolean"}
_OUTCOME = answer_of({"sentence": _TEXT, "seen": _TEXT, "holds": _FLAG})
_OUTCOMES = {"type": "array", "items": _OUTCOME}
FIRING_SHAPE = {
    "id": number("pk"), "rule_id": number("rule_id"), "ticket_id": number("ticket_id"), "fired_at": moment("at"),
    "rule_version": number(lambda row: row.event.body["version"]), "all": many("every", _OUTCOME),
    "any": many("some", _OUTCOME), "actions": many("steps", _TEXT),
    "cause_event_id": number("event.cause_id", empty=True), "update_id": number("event.update_id"),
}  # fmt: skip
TRIAL_SHAPE = {
    "id": number("pk"), "state": one_of("state", Trial.State), "days": number("days"), "looked": number("looked"),
    "total": number("total"), "fired": number("fired"), "found": free("found", {"type": "array", "items": {"type": "object"}}),
    "created_at": moment("created_at"), "conditions": free("conditions"), "user_id": number("person_id"),
    "progress": words(lambda row: f"{row.share} %"),
}  # fmt: skip


def _visible(call: Call) -> QuerySet[Firing]:
    seen = Ticket.objects.live().filter(visible_tickets(call.person)).values("pk")
    return Firing.objects.filter(ticket_id__in=seen)


def _load(call: Call, ids: Sequence[int]) -> list[Any]:
    """Firings with what the log says of them: conditions with the values seen, steps in words."""
    found: list[Any] = list(Firing.objects.filter(pk__in=ids))
    events, fields = Event.objects.in_bulk(ids), condition_fields()
    for row in found:
        row.event = events[row.pk]
        outcomes = row.event.body["outcomes"] or {}
        row.every, row.some = told(outcomes.get("all", []), fields), told(outcomes.get("any", []), fields)
        row.steps = sentences_of(row.event.body["steps"])
    return found


def _trials(call: Call) -> QuerySet[Trial]:
    require(may_change_rules(call.person))
    return Trial.objects.filter(person=call.person)


FIRINGS = own_noun(
    "firing", path="firings", rows=_visible, load=_load, shape=FIRING_SHAPE, orders={"id": "pk", "fired_at": "at"},
    references={"tickets": ("ticket_id",)},
)  # fmt: skip
TRIALS = own_noun(
    "trial",
    path="trials",
    rows=_trials,
    load=lambda call, ids: Trial.objects.filter(pk__in=ids),
    shape=TRIAL_SHAPE,
)
own_one(FIRINGS)
own_one(TRIALS)


@own("GET", "rules/{rule_id}/firings", answers=listed(FIRINGS))
def list_of_rule(call: Call, rule_id: int) -> Json:
    """List when a trigger or automation fired, on tickets that the caller may see, newest first."""
    return list_of(call, FIRINGS, _visible(call).filter(rule_id=_rule(call, rule_id).pk), order="-at")


@own("GET", "tickets/{ticket_id}/firings", answers=listed(FIRINGS))
def list_of_ticket(call: Call, ticket_id: int) -> Json:
    """List which rules fired on a ticket and why, newest first."""
    ticket = ticket_for(call.person, ticket_id)
    return list_of(call, FIRINGS, Firing.objects.filter(ticket_id=ticket.pk), order="-pk")


@own("GET", "rules/{rule_id}/verdict",
     answers=answer_of({"verdict": answer_of({"rule_id": {"type": "integer"}, "ticket_id": {"type": "integer"}, "holds": _FLAG, "all": _OUTCOMES, "any": _OUTCOMES})}))  # fmt: skip
def show_verdict(call: Call, rule_id: int) -> Json:
    """Show whether a rule's conditions hold on the ticket `ticket_id` as it is now, and which do not."""
    rule, ticket_id = _rule(call, rule_id), call.number("ticket_id")
    if ticket_id is None:
        raise missing_parameter("ticket_id")
    ticket = ticket_for(call.person, ticket_id)
    return {
        "verdict": {"rule_id": rule.pk, "ticket_id": ticket.pk, **_verdict(verdict_on(rule, ticket))},
    }


@own("POST", "rules/{rule_id}/trials", takes=TRIAL, answers=single(TRIALS))
def try_on_the_past(call: Call, rule_id: int) -> Answer:
    """Look where a rule would have fired in the last `days` (1, 7 or 30); a worker looks, the trial says how far it is."""
    rule, given = _rule(call, rule_id), call.read(TRIAL)
    return made(call, TRIALS, begin_trial(rule.conditions, days=given.get("days") or 0, by=call.person).pk)


def _rule(call: Call, rule_id: int) -> Rule:
    require(may_change_rules(call.person))
    found = Rule.objects.filter(pk=rule_id).first()
    if found is None:
        raise not_found()
    return found


def _verdict(verdict: Verdict) -> Json:
    def told_of(rows: Any) -> list[Json]:
        return [{"sentence": row.sentence, "seen": row.seen, "holds": row.holds} for row in rows]

    return {"holds": verdict.holds, "all": told_of(verdict.every), "any": told_of(verdict.some)}
