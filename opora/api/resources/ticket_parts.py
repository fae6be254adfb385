"""What belongs to one ticket: comments, audits, metrics, tags, people."""

from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.attachments import attachment_json
from opora.api.nouns.audits import AUDITS, first_events
from opora.api.nouns.comments import COMMENTS
from opora.api.nouns.metrics import METRICS
from opora.api.nouns.tickets import TICKETS, visible
from opora.api.nouns.users import USERS, known_people
from opora.api.wire.answers import one_of
from opora.api.wire.bodies import LONG_TEXT, Body, Json, read_attributes
from opora.api.wire.call import Call
from opora.api.wire.offers import counted
from opora.api.wire.paging import list_of, tally
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.wire.tags import offer_tags
from opora.api.writes.choice_tags import set_wire_tags, wire_tags
from opora.api.writes.tickets import ticket_to_change
from opora.events.models import Event
from opora.tickets.actions.redact import make_comment_private, redact_comment, remove_file
from opora.tickets.models import Attachment, Comment, Ticket, TicketMetric

REDACTION = Body("redaction", {"text": LONG_TEXT})


def comments_of(call: Call, ticket: Ticket) -> QuerySet[Comment]:
    """Return the comments that the caller may read; customers read public ones."""
    rows = Comment.objects.filter(ticket=ticket)
    return rows if call.person.is_colleague else rows.filter(is_public=True)


@operation("GET", "tickets/{ticket_id}/comments")
def list_comments(call: Call, ticket_id: int) -> Json:
    """List the comments of a ticket, oldest first."""
    return list_of(call, COMMENTS, comments_of(call, TICKETS.find(call, ticket_id)), order="id")


@operation("GET", "tickets/{ticket_id}/comments/count")
def count_comments(call: Call, ticket_id: int) -> Json:
    """Count the comments of a ticket."""
    return counted(tally(comments_of(call, TICKETS.find(call, ticket_id))))


@operation("PUT", "tickets/{ticket_id}/comments/{comment_id}/redact", takes=REDACTION)
def redact(call: Call, ticket_id: int, comment_id: int) -> Any:
    """Blacken words of a comment for good."""
    given, _ignored = read_attributes(call.body, REDACTION)
    comment = redact_comment(_comment(call, ticket_id, comment_id), given.get("text") or "", by=call.person)
    return lambda: one_of(call, COMMENTS, comment.pk)


@operation("PUT", "tickets/{ticket_id}/comments/{comment_id}/make_private")
def make_private(call: Call, ticket_id: int, comment_id: int) -> Json:
    """Make a public comment an internal note."""
    make_comment_private(_comment(call, ticket_id, comment_id), by=call.person)
    return {}


@operation("PUT", "tickets/{ticket_id}/audits/{audit_id}/make_private")
def make_audit_private(call: Call, ticket_id: int, audit_id: int) -> Json:
    """Make the public comment of an audit an internal note."""
    begun = AUDITS.find(call, audit_id)
    said = Event.objects.filter(update_id=begun.update_id, subject_kind="ticket", subject_id=ticket_id)
    fact = said.filter(kind="ticket.commented").order_by("pk").first()
    if begun.subject_id != ticket_id or fact is None:
        raise not_found()
    return make_private(call, ticket_id, fact.body["comment_id"])


@operation("PUT", "tickets/{ticket_id}/comments/{comment_id}/attachments/{attachment_id}/redact")
def redact_attachment(call: Call, ticket_id: int, comment_id: int, attachment_id: int) -> Json:
    """Remove a file of a comment for good."""
    comment = _comment(call, ticket_id, comment_id)
    file = (
        Attachment.objects.select_related("comment__ticket").filter(comment=comment, pk=attachment_id).first()
    )
    if file is None:
        raise not_found()
    return {"attachment": attachment_json(call, remove_file(file, by=call.person))}


def _comment(call: Call, ticket_id: int, comment_id: int) -> Comment:
    ticket = ticket_to_change(ticket_id, by=call.person)
    found = Comment.objects.select_related("ticket", "author").filter(ticket=ticket, pk=comment_id).first()
    if found is None:
        raise not_found()
    return found


@operation("GET", "tickets/{ticket_id}/audits")
def list_audits(call: Call, ticket_id: int) -> Json:
    """List what happened to a ticket, one audit an update, oldest first."""
    ticket = TICKETS.find(call, ticket_id)
    return list_of(call, AUDITS, first_events().filter(subject_id=ticket.pk), order="id")


@operation("GET", "tickets/{ticket_id}/audits/count")
def count_audits(call: Call, ticket_id: int) -> Json:
    """Count the audits of a ticket."""
    return counted(tally(first_events().filter(subject_id=TICKETS.find(call, ticket_id).pk)))


@operation("GET", "tickets/{ticket_id}/audits/{audit_id}")
def show_audit(call: Call, ticket_id: int, audit_id: int) -> Json:
    """Show one audit of a ticket."""
    ticket = TICKETS.find(call, ticket_id)
    event = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, pk=audit_id).first()
    shown = AUDITS.present(call, [event.pk]) if event else []
    if not shown:
        raise not_found()
    return {"audit": shown[0]}


@operation("GET", "ticket_audits")
def list_all_audits(call: Call) -> Json:
    """List the audits of all tickets, newest first, by cursor; `before_url` leads to older ones as well."""
    call.query.setdefault("page[size]", [call.param("limit") or "100"])
    rows = first_events().filter(subject_id__in=visible(call).values("pk"))
    page = list_of(call, AUDITS, rows, order="-id")
    meta, links = page["meta"], page["links"]
    older = {"before_cursor": meta["after_cursor"], "before_url": links["next"]}
    return {**page, **older, "after_cursor": meta["before_cursor"], "after_url": links["prev"]}


@operation("GET", "tickets/{ticket_id}/metrics")
def metrics_of_ticket(call: Call, ticket_id: int) -> Json:
    """Show the metrics of a ticket."""
    return one_of(call, METRICS, TICKETS.find(call, ticket_id).pk)


@operation("GET", "ticket_metrics")
def list_metrics(call: Call) -> Json:
    """List the metrics of all tickets, newest ticket first."""
    return list_of(call, METRICS, METRICS.rows(call), order="-pk")


@operation("GET", "ticket_metrics/{metric_id}")
def show_metric(call: Call, metric_id: int) -> Json:
    """Show one set of metrics."""
    found = TicketMetric.objects.filter(pk=metric_id, ticket_id__in=visible(call).values("pk")).first()
    if found is None:
        raise not_found()
    return one_of(call, METRICS, found.pk)


def _people_of(call: Call, ticket_id: int, *kinds: str) -> Json:
    places = TICKETS.find(call, ticket_id).collaborations.filter(kind__in=kinds).values("person_id")
    return list_of(call, USERS, known_people(call).filter(pk__in=places))


@operation("GET", "tickets/{ticket_id}/collaborators")
def collaborators(call: Call, ticket_id: int) -> Json:
    """List who is in copy of a ticket or follows it."""
    return _people_of(call, ticket_id, "cc", "follower")


@operation("GET", "tickets/{ticket_id}/followers")
def followers(call: Call, ticket_id: int) -> Json:
    """List who follows a ticket."""
    return _people_of(call, ticket_id, "follower")


@operation("GET", "tickets/{ticket_id}/email_ccs")
def email_ccs(call: Call, ticket_id: int) -> Json:
    """List who is in copy of a ticket."""
    return _people_of(call, ticket_id, "cc")


@operation("GET", "tickets/{ticket_id}/related")
def related_of_ticket(call: Call, ticket_id: int) -> Json:
    """Say what else belongs to a ticket."""
    ticket = TICKETS.find(call, ticket_id)
    follow_ups = list(visible(call).filter(follow_up_of=ticket).values_list("pk", flat=True))
    return {
        "ticket_related": {
            "url": call.url(f"tickets/{ticket.pk}/related"),
            "topic_id": None,
            "jira_issue_ids": [],
            "followup_source_ids": [str(pk) for pk in follow_ups],
            "from_archive": False,
            "incidents": visible(call).filter(problem=ticket).count(),
        }
    }


def _set_tags(call: Call, ticket: Ticket, tags: list[str]) -> None:
    set_wire_tags(ticket, tags, by=call.person)


offer_tags(
    "tickets/{ticket_id}/tags",
    lambda call, pk: ticket_to_change(pk, by=call.person),
    wire_tags,
    _set_tags,
)
