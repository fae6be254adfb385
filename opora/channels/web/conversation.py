"""What a customer sees of a ticket: what was said to them and by them, and nothing else."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opora.channels.web.links import Visit
from opora.core.refusals import NotFound
from opora.tickets.models import Attachment, Comment
from opora.tickets.queries import conversation_of

_OUR_FILE = re.compile(r"""(["'])(?:https?://[^"'/]+)?/attachments/(\d+)/[^"']*\1""")


@dataclass(frozen=True)
class Said:
    """One message as its customer sees it; `is_theirs` when it is the visitor's own."""

    comment: Comment
    html: SafeString
    files: list[Attachment]
    is_theirs: bool


def said_to(visit: Visit) -> list[Said]:
    """Return the public messages of the ticket, oldest first, in a constant number of queries."""
    comments = conversation_of(visit.ticket, only_public=True).filter(is_auto_reply=False)
    return [_said(comment, visit) for comment in comments]


def file_of(visit: Visit, attachment_id: int) -> Attachment:
    """Return a file of a public message of this ticket. Raises `NotFound` for any other."""
    for comment in conversation_of(visit.ticket, only_public=True).filter(attachments__id=attachment_id):
        return next(file for file in comment.attachments.all() if file.pk == attachment_id)
    raise NotFound(_("There is no such file."))


def _said(comment: Comment, visit: Visit) -> Said:
    html = _OUR_FILE.sub(lambda found: f'"{_address(visit, int(found.group(2)))}"', comment.html)
    shown = {int(found.group(2)) for found in _OUR_FILE.finditer(comment.html)}
    files = [file for file in comment.attachments.all() if file.pk not in shown]
    # Sanitised when it was written (`tickets.actions.comment`).
    return Said(comment, mark_safe(html), files, comment.author_id == visit.person.pk)  # noqa: S308


def _address(visit: Visit, attachment_id: int) -> str:
    return reverse("web_form:file", args=[visit.token, attachment_id])
