"""What tickets themselves read from the log: the metrics of each ticket, and the words it is found by."""

from functools import partial
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from opora.events.models import Event
from opora.events.projection import Projection
from opora.search import index
from opora.search.documents import Text
from opora.tickets.events import (
    CommentRedacted,
    StatusMoved,
    TicketAssigned,
    TicketChanged,
    TicketCommented,
    TicketCreated,
    TicketErased,
    TicketReopened,
    TicketSolved,
)
from opora.tickets.models import Comment, Ticket, TicketMetric

KIND = "ticket"
INDEXED = 20_000
"""Characters of a comment that can be found; what is longer is a log, not a letter."""

metrics = Projection("ticket metrics", owns=[TicketMetric])


@metrics.on(TicketCreated)
def begin(fact: TicketCreated, event: Event) -> None:
    TicketMetric.objects.create(
        ticket_id=event.subject_id,
        group_stations=1 if fact.group_id else 0,
        assignee_stations=1 if fact.assignee_id else 0,
        status_changed_at=event.occurred_at,
        assigned_at=event.occurred_at if fact.assignee_id else None,
        first_assigned_at=event.occurred_at if fact.assignee_id else None,
        last_comment_at=event.occurred_at,
    )


@metrics.on(TicketCommented)
def count_comment(fact: TicketCommented, event: Event) -> None:
    changes: dict[str, Any] = {
        "comments": F("comments") + 1,
        "last_comment_id": fact.comment_id,
        "last_comment_at": event.occurred_at,
        "last_author": fact.author_name,
        "last_words": fact.words,
        "last_is_public": fact.is_public,
    }
    if fact.author_kind == "agent":
        changes["last_agent_at"] = event.occurred_at
        if fact.is_public and not fact.is_auto_reply:
            changes["replies"] = F("replies") + 1
            changes["first_reply_at"] = Coalesce("first_reply_at", Value(event.occurred_at))
    elif fact.is_public and fact.author_kind == "customer":
        changes["last_customer_at"] = event.occurred_at
    TicketMetric.objects.filter(pk=event.subject_id).update(**changes)


@metrics.on(TicketAssigned)
def count_station(fact: TicketAssigned, event: Event) -> None:
    metric = TicketMetric.objects.get(pk=event.subject_id)
    if fact.group_id and fact.group_id != fact.before_group_id:
        metric.group_stations += 1
    if fact.assignee_id and fact.assignee_id != fact.before_assignee_id:
        metric.assignee_stations += 1
        metric.assigned_at = event.occurred_at
        metric.first_assigned_at = metric.first_assigned_at or event.occurred_at
    metric.save()


@metrics.on(StatusMoved)
def note_move(fact: StatusMoved, event: Event) -> None:
    TicketMetric.objects.filter(pk=event.subject_id).update(status_changed_at=event.occurred_at)


@metrics.on(TicketSolved)
def note_solve(fact: TicketSolved, event: Event) -> None:
    metric = TicketMetric.objects.get(pk=event.subject_id)
    metric.first_solved_at = metric.first_solved_at or event.occurred_at
    metric.last_solved_at = event.occurred_at
    metric.save()


@metrics.on(TicketReopened)
def count_reopen(fact: TicketReopened, event: Event) -> None:
    TicketMetric.objects.filter(pk=event.subject_id).update(reopens=F("reopens") + 1)


words = Projection("ticket search", owns=[], reset=partial(index.clear, KIND))


@words.on(TicketCreated)
def index_ticket(fact: TicketCreated, event: Event) -> None:
    named = Ticket.objects.filter(pk=event.subject_id).values_list(
        "external_id", "requester__name", "requester__email"
    )
    for external_id, name, email in named:
        codes = f"{event.subject_id} {external_id}"
        text = Text(event.subject_id, fact.subject, "", people=f"{name} {email}", codes=codes)
        index.bulk_put(KIND, [text], fresh=True)


@words.on(TicketCommented)
def index_comment(fact: TicketCommented, event: Event) -> None:
    for text in Comment.objects.filter(pk=fact.comment_id).values_list("text", flat=True):
        index.append(KIND, event.subject_id, text[:INDEXED])


@words.on(TicketChanged)
def index_change(fact: TicketChanged, event: Event) -> None:
    if fact.field == "subject":
        index.change(KIND, event.subject_id, title=str(fact.after or ""))
    elif fact.field == "external_id":
        index.change(KIND, event.subject_id, codes=f"{event.subject_id} {fact.after or ''}")
    elif fact.field.startswith("field_"):
        index.append(KIND, event.subject_id, fact.after_label)


@words.on(CommentRedacted)
def forget_words(fact: CommentRedacted, event: Event) -> None:
    """Index the whole ticket anew: what was removed must not be found."""
    named = Ticket.objects.filter(pk=event.subject_id).values_list(
        "subject", "external_id", "requester__name", "requester__email"
    )
    for subject, external_id, name, email in named:
        codes = f"{event.subject_id} {external_id}"
        texts = (
            Comment.objects.filter(ticket_id=event.subject_id).order_by("id").values_list("text", flat=True)
        )
        body = "\n".join(text[:INDEXED] for text in texts)
        index.put(KIND, event.subject_id, title=subject, body=body, people=f"{name} {email}", codes=codes)


@words.on(TicketErased)
def forget_ticket(fact: TicketErased, event: Event) -> None:
    index.remove(KIND, event.subject_id)
