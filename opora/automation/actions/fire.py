"""A rule fires on a ticket: its steps are carried out as one update of its own, with the account of why."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from django.utils.html import linebreaks

from opora.automation.account import account_of
from opora.automation.actions.guard import refusal_to_write
from opora.automation.events import RuleFired, RuleRefused
from opora.automation.models import Rule, RuleLetter
from opora.automation.rulebook import ReadyRule
from opora.automation.steps import LEAVING, RECEIPTS
from opora.channels.email.queries import opora_person
from opora.core.conditions import evaluate
from opora.core.liquid import fill_html
from opora.core.refusals import Refusal
from opora.events.models import Event
from opora.events.recording import caused_by, coming_via, record, update
from opora.people.models import Person
from opora.tickets.actions.apply_macro import carry_out
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.conditions import Case
from opora.tickets.models import Comment, Ticket
from opora.tickets.placeholders import values_of


def fire(
    ready: ReadyRule, ticket: Ticket, case: Case, *, cause: Event | None, comment_id: int | None = None
) -> list[Event]:
    """Carry out the rule's steps; returns the facts of it. A step that is refused undoes them all, and that is kept."""
    rule = ready.rule
    try:
        with coming_via("rule"), caused_by(cause) if cause else nullcontext():
            return _fire(ready, ticket, case, comment_id)
    except Refusal as refusal:
        refuse(rule, ticket, refusal.sentence)
        return []


def refuse(rule: Rule, ticket: Ticket, reason: str) -> None:
    """Keep on the ticket that the rule would have acted, and why it did not."""
    with coming_via("rule"):
        record(RuleRefused(rule_id=rule.pk, reason=reason[:300]), subject_id=ticket.pk, by=rule)


def _fire(ready: ReadyRule, ticket: Ticket, case: Case, comment_id: int | None) -> list[Event]:
    rule = ready.rule
    with update(rule, via="rule") as made:
        fact = RuleFired(
            rule_id=rule.pk,
            version=rule.version,
            outcomes=account_of(evaluate(ready.tree, case)),
            steps=rule.steps,
            sends=[step for step in rule.steps if step["field"] in LEAVING],
            comment_id=comment_id,
            acknowledges=case.happened.is_new and any(step["field"] in RECEIPTS for step in rule.steps),
        )
        record(fact, subject_id=ticket.pk, by=rule)
        for step in rule.steps:
            if step["field"] not in LEAVING:
                _step(step, ticket, rule, case)
    return made.events


def _step(step: Mapping[str, Any], ticket: Ticket, rule: Rule, case: Case) -> None:
    field, value = step["field"], step["value"]
    if field in ("note", "reply"):
        _write(ticket, value, rule, case, is_public=field == "reply")
    elif field == "assignee" and value == "me":
        acting = Person.objects.colleagues().filter(pk=case.happened.actor_id or 0).first()
        if acting:
            carry_out(ticket, field, acting.pk, by=rule)
    else:
        carry_out(ticket, field, value, by=rule)


def _write(ticket: Ticket, text: str, rule: Rule, case: Case, *, is_public: bool) -> None:
    if is_public:
        reason = refusal_to_write(rule, ticket, ticket.requester.email)
        if reason:
            refuse(rule, ticket, reason)
            return
        RuleLetter.objects.create(rule=rule, address=ticket.requester.email)
    html = fill_html(linebreaks(text, autoescape=True), values_of(ticket, case.by))
    new = NewComment(
        html=html,
        author=opora_person(),
        author_kind=Comment.AuthorKind.SYSTEM,
        is_public=is_public,
        is_auto_reply=True,
        channel="rule",
    )
    add_comment(ticket, new, by=rule)
