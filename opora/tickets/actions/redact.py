"""Words or a file of a comment are removed for good, or the comment is taken from the customer's sight."""

import re

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import CommentMadePrivate, CommentRedacted
from opora.tickets.models import Attachment, Comment
from opora.tickets.policy import may_delete, may_edit

BLACK = "▇"


def redact_comment(comment: Comment, text: str, *, by: ActsAsActor) -> Comment:
    """Blacken every occurrence of `text` in the comment, letter by letter. Raises `Invalid` where it does not occur."""
    if not text.strip():
        raise Invalid(_("Say which words shall be removed."), field="text", reason="BlankValue")
    with update(by):
        lock_ticket(comment.ticket)
        require(may_delete(by, comment.ticket))
        black = re.sub(r"\S", BLACK, text)
        if text not in comment.text and text not in comment.html:
            raise Invalid(_("The comment does not have these words."), field="text")
        comment.text = comment.text.replace(text, black)
        comment.html = comment.html.replace(text, black)
        comment.quoted_html = comment.quoted_html.replace(text, black)
        _note(comment, by)
    return comment


def remove_file(attachment: Attachment, *, by: ActsAsActor) -> Attachment:
    """Remove a file from its comment for good: its name and content are replaced by an empty text file."""
    if attachment.comment is None:
        raise Conflict(_("This file belongs to no comment yet."))
    with update(by):
        lock_ticket(attachment.comment.ticket)
        require(may_delete(by, attachment.comment.ticket))
        attachment.name, attachment.content_type, attachment.size = "redacted.txt", "text/plain", 0
        attachment.sha256 = ""
        attachment.save(update_fields=["name", "content_type", "size", "sha256"])
        _note(attachment.comment, by)
    return attachment


def make_comment_private(comment: Comment, *, by: ActsAsActor) -> Comment:
    """Make a public comment an internal note. Whoever has it in their mail already keeps it there."""
    with update(by):
        lock_ticket(comment.ticket)
        require(may_edit(by, comment.ticket))
        if comment.is_public:
            comment.is_public = False
            comment.save(update_fields=["is_public"])
            touch(comment.ticket)
            record(CommentMadePrivate(comment_id=comment.pk), subject_id=comment.ticket_id, by=by)
    return comment


def _note(comment: Comment, by: ActsAsActor) -> None:
    comment.redacted_at = clock.now()
    comment.save(update_fields=["text", "html", "quoted_html", "redacted_at"])
    touch(comment.ticket)
    record(CommentRedacted(comment_id=comment.pk), subject_id=comment.ticket_id, by=by)
