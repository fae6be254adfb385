"""What tickets themselves read from the log: the metrics of each ticket, and the words it is found by."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.db.models import QuerySet

from opora.core.prepared import prepared
from opora.events.delivering import fact_of
from opora.events.fact import Fact
from opora.events.models import Event
from opora.events.projection import UpdateProjection
from opora.events.recording import Update, at_the_end_of_an_update
from opora.search import index
from opora.search.documents import Text
from opora.tickets.events import (
    CommentRedacted,
    TicketChanged,
    TicketCommented,
    TicketCreated,
    TicketErased,
)
from opora.tickets.metrics import METERED, fold_metrics
from opora.tickets.models import Comment, Ticket, TicketMetric

KIND = "ticket"
INDEXED = 20_000
"""Characters of a comment that can be found; what is longer is a log, not a letter."""

metrics = UpdateProjection("ticket metrics", owns=[TicketMetric], reads=METERED, fold=fold_metrics)


@at_the_end_of_an_update
def count_update(made: Update) -> None:
    """Metrics are counted before anything that reads them."""
    fold_metrics(made.events)


READ = {
    fact.kind: fact for fact in (TicketCreated, TicketCommented, TicketChanged, CommentRedacted, TicketErased)
}


def index_update(events: Sequence[Event]) -> None:
    """Write each ticket that the update is about into the index once, however much the update says of it."""
    by_ticket: dict[int, list[Fact]] = {}
    for event in events:
        if event.kind in READ:
            by_ticket.setdefault(event.subject_id, []).append(fact_of(event))
    for ticket_id, facts in by_ticket.items():
        _index(ticket_id, facts)


words = UpdateProjection(
    "ticket search", owns=[], reads=READ.values(), fold=index_update, reset=partial(index.clear, KIND)
)


@at_the_end_of_an_update
def index_words(made: Update) -> None:
    """What an update says can be found as soon as it is committed."""
    index_update(made.events)


def _index(ticket_id: int, facts: Sequence[Fact]) -> None:
    if any(isinstance(fact, TicketErased) for fact in facts):
        index.remove(KIND, ticket_id)
        return
    if any(isinstance(fact, CommentRedacted) for fact in facts):
        _index_anew(ticket_id)
        return
    created = next((fact for fact in facts if isinstance(fact, TicketCreated)), None)
    body = "\n".join(_said(facts))
    if created:
        _index_new(ticket_id, created, body)
    elif body:
        index.append(KIND, ticket_id, body)
    for fact in facts:
        if isinstance(fact, TicketChanged) and fact.field == "subject":
            index.change(KIND, ticket_id, title=str(fact.after or ""))
        elif isinstance(fact, TicketChanged) and fact.field == "external_id":
            index.change(KIND, ticket_id, codes=f"{ticket_id} {fact.after or ''}")


def _said(facts: Sequence[Fact]) -> Iterator[str]:
    """The words of new comments, and of custom fields that were filled in."""
    comments = [fact.comment_id for fact in facts if isinstance(fact, TicketCommented)]
    yield from (text[:INDEXED] for text in _texts_of(comments))
    for fact in facts:
        if isinstance(fact, TicketChanged) and fact.field.startswith("field_") and fact.after_label:
            yield fact.after_label


@prepared
def _texts_of(comment_ids: list[int]) -> QuerySet[Comment, str]:
    return Comment.objects.filter(pk__in=comment_ids).order_by("id").values_list("text", flat=True)


def _index_new(ticket_id: int, created: TicketCreated, body: str) -> None:
    for _subject, external_id, name, email in _named(ticket_id):
        codes = f"{ticket_id} {external_id}"
        text = Text(ticket_id, created.subject, body, people=f"{name} {email}", codes=codes)
        index.bulk_put(KIND, [text], fresh=True)


def _index_anew(ticket_id: int) -> None:
    """Index the whole ticket from its tables: what was removed must not be found."""
    texts = Comment.objects.filter(ticket_id=ticket_id).order_by("id").values_list("text", flat=True)
    body = "\n".join(text[:INDEXED] for text in texts)
    for subject, external_id, name, email in _named(ticket_id):
        codes = f"{ticket_id} {external_id}"
        index.put(KIND, ticket_id, title=subject, body=body, people=f"{name} {email}", codes=codes)


@prepared
def _named(ticket_id: int) -> QuerySet[Ticket, tuple[str, str, str, str]]:
    columns = ("subject", "external_id", "requester__name", "requester__email")
    return Ticket.objects.filter(pk=ticket_id).values_list(*columns)
