"""Comments of tickets."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from opora.api.nouns.attachments import attachment_json
from opora.api.nouns.vias import channel_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.events.models import Event
from opora.tickets.models import Comment


def _load(ids: Sequence[int]) -> QuerySet[Comment]:
    return Comment.objects.filter(pk__in=ids).select_related("author").prefetch_related("attachments")


def present_comments(call: Call, ids: Sequence[int]) -> list[Json]:
    """Return comments in the order of their ids, with files and the audit each belongs to."""
    rows = {row.pk: row for row in _load(ids)}
    audits = audits_of_comments(rows.values())
    return [_comment(call, rows[pk], audits.get(pk)) for pk in ids if pk in rows]


def audits_of_comments(comments: Iterable[Comment]) -> dict[int, int]:
    """Return the id of each comment's audit: of the first event of the update that it was part of."""
    tickets = {comment.ticket_id for comment in comments}
    events = Event.objects.filter(subject_kind="ticket", subject_id__in=tickets).order_by("id")
    first: dict[tuple[int, int], int] = {}
    found: dict[int, int] = {}
    for pk, subject, made, kind in events.values_list("pk", "subject_id", "update_id", "kind"):
        first.setdefault((subject, made), pk)
        if kind == "ticket.commented":
            found[pk] = first[subject, made]
    bodies = Event.objects.filter(pk__in=found).values_list("pk", "body")
    return {body["comment_id"]: found[pk] for pk, body in bodies}


def _comment(call: Call, row: Comment, audit_id: int | None) -> Json:
    details = row.details if isinstance(row.details, dict) else {}
    return {
        **comment_event(call, row, audit_id),
        "via": {"channel": channel_of(row.channel), "source": {"from": {}, "to": {}, "rel": None}},
        "metadata": {"system": details.get("system", {}), "custom": details.get("custom", {})},
    }


def comment_event(call: Call, row: Comment, audit_id: int | None) -> Json:
    """Return a comment as it stands among the events of an audit."""
    return {
        "id": row.pk,
        "type": "Comment",
        "author_id": row.author_id,
        "body": row.text,
        "html_body": f'<div class="zd-comment" dir="auto">{row.html}</div>',
        "plain_body": row.text,
        "public": row.is_public,
        "attachments": [attachment_json(call, file) for file in row.attachments.all()],
        "audit_id": audit_id,
        "created_at": stamp(row.created_at),
    }


COMMENTS = Noun(
    "comment", "comments", "comments", lambda call: Comment.objects.all(), present_comments,
    orders={"created_at": "id", "id": "id"}, references={"users": ("author_id",)},
)  # fmt: skip
