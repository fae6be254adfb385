"""What a rule sends: letters to customers, news to colleagues as each of them chose, requests to other programs."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from opora.automation.actions.fire import refuse
from opora.automation.actions.guard import refusal_to_write
from opora.automation.calls import CALL, call_for
from opora.automation.events import RuleFired
from opora.automation.models import Rule, RuleLetter
from opora.channels.email.actions.queue_letter import NewLetter, queue_letter
from opora.channels.email.queries import customer_locale, mailbox_for
from opora.core.liquid import fill_text
from opora.core.refusals import Refusal
from opora.events.models import Event
from opora.notifications.actions.tell import tell
from opora.notifications.kinds import Kind
from opora.people.models import Group, Person
from opora.tickets.models import Collaboration, Ticket
from opora.tickets.placeholders import values_of
from opora.webhooks.actions.invoke_webhook import invoke_webhook

Pair = list[str]


def carry_out_sends(fact: RuleFired, event: Event) -> None:
    """Send what the rule sends. What must not or cannot go is refused, and the ticket says why."""
    rule = Rule.objects.filter(pk=fact.rule_id).first()
    ticket = Ticket.objects.select_related("requester", "brand", "assignee__role", "group").get(
        pk=event.subject_id
    )
    if rule is None or ticket.removed_at:
        return
    for step in fact.sends:
        if step["field"].startswith("tell_"):
            tell(_told(step, ticket), Kind.RULE, event=event, ticket=ticket, comment_id=fact.comment_id)
        elif step["field"] == CALL:
            _call(step, ticket, rule, event)
        elif step["field"] in _TO_COLLEAGUES:
            for person in _colleagues(step, ticket):
                _mail(step, [[person.name, person.email]], ticket, rule)
        else:
            _mail(step, _addressed(step, ticket), ticket, rule)


def _call(step: Mapping[str, Any], ticket: Ticket, rule: Rule, event: Event) -> None:
    call = call_for(step, ticket)
    if call.webhook is None or call.problem:
        refuse(rule, ticket, call.problem)
        return
    try:
        invoke_webhook(call.webhook, by=rule, ticket_id=ticket.pk, body=call.body, event=event)
    except Refusal as refusal:
        refuse(rule, ticket, refusal.sentence)


def _mail(step: Mapping[str, Any], people: list[Pair], ticket: Ticket, rule: Rule) -> None:
    letter = step["value"]
    reasons = [refusal_to_write(rule, ticket, address) for _name, address in people]
    if mailbox_for(ticket) is None:
        reasons[0] = _("No mailbox of this brand sends mail.")
    if reasons[0]:
        refuse(rule, ticket, reasons[0])
        return
    people = [pair for pair, reason in zip(people, reasons, strict=True) if not reason]
    try:
        with translation.override(_language(step, people, ticket)):
            values = values_of(ticket, None)
            subject, text = fill_text(letter["subject"], values), fill_text(letter["text"], values)
    except Refusal as refusal:
        refuse(rule, ticket, refusal.sentence)
        return
    queue_letter(ticket, NewLetter(people=people, subject=subject, text=text))
    RuleLetter.objects.bulk_create(RuleLetter(rule=rule, address=address) for _name, address in people)


def _addressed(step: Mapping[str, Any], ticket: Ticket) -> list[Pair]:
    if step["field"] == "mail_address":
        return [["", step["value"]["to"]]]
    people = [ticket.requester]
    if step["field"] == "mail_everybody":
        copied = Collaboration.objects.filter(ticket=ticket, kind=Collaboration.Kind.CC).select_related(
            "person"
        )
        people += [row.person for row in copied.order_by("id")]
    return [[person.name, person.email] for person in people if person.suspended_at is None] or [["", ""]]


def _language(step: Mapping[str, Any], people: list[Pair], ticket: Ticket) -> str:
    """A colleague is written to in their own language, everybody else in the customer's."""
    if step["field"] in _TO_COLLEAGUES:
        reader = Person.objects.colleagues().filter(email=people[0][1]).first()
        if reader and reader.locale:
            return reader.locale
    return customer_locale(ticket.requester, ticket, ticket.brand)


_TO_COLLEAGUES = {"mail_assignee": "assignee", "mail_group": "group", "mail_colleague": "person"}


def _colleagues(step: Mapping[str, Any], ticket: Ticket) -> list[Person]:
    """Those whom a letter to colleagues goes to, each with a letter of their own."""
    meant = _TO_COLLEAGUES[step["field"]]
    told = {"field": f"tell_{meant}", "value": step["value"].get("to")}
    return [person for person in _told(told, ticket) if person.email and person.is_active]


def _told(step: Mapping[str, Any], ticket: Ticket) -> list[Person]:
    colleagues = Person.objects.colleagues().select_related("role")
    if step["field"] == "tell_assignee":
        return list(colleagues.filter(pk=ticket.assignee_id or 0))
    if step["field"] == "tell_followers":
        followers = Collaboration.objects.filter(ticket=ticket, kind="follower").values("person_id")
        return list(colleagues.filter(pk__in=followers))
    if step["field"] == "tell_group":
        members = Group.objects.filter(pk=step["value"] or 0).values("memberships__person_id")
        return list(colleagues.filter(pk__in=members))
    return list(colleagues.filter(pk=step["value"] or 0))
