"""What was said: quoted under a reply, the newest first; passed on in a forward, the oldest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import pgettext

from opora.tickets.models import Comment, Forward
from opora.tickets.queries import conversation_of

MOST_MESSAGES = 5
MOST_CHARACTERS = 20_000
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class History:
    """Messages as text and as HTML; both "" when there are none."""

    text: str = ""
    html: str = ""


def history_before(comment: Comment) -> History:
    """Return what was said publicly on the ticket before `comment`, in the language that is active."""
    said = conversation_of(comment.ticket, only_public=True).filter(id__lt=comment.pk, is_auto_reply=False)
    return quote(list(said.order_by("-id")[:MOST_MESSAGES]))


def quote(comments: Sequence[Comment]) -> History:
    """Return these comments quoted under a line that divides them from the reply."""
    if not comments:
        return History()
    marker = pgettext("mail", "Earlier in this conversation")
    text = [f"――― {marker} ―――"]
    html = [
        f'<p style="color:#666;font-size:13px;border-top:1px solid #ccc;padding-top:8px">{escape(marker)}</p>'
    ]
    for comment in comments:
        attribution = _attribution(comment)
        text += ["", attribution, *(f"> {line}".rstrip() for line in _text(comment).splitlines())]
        html += [f'<div class="gmail_attr">{escape(attribution)}</div>', _quoted_html(comment)]
    return History("\n".join(text), f'<div class="gmail_quote">{"".join(html)}</div>')


def passed_on(forward: Forward) -> History:
    """Return the messages that the forward passes on, each under who wrote it, when and about what."""
    texts: list[str] = []
    htmls: list[str] = []
    comments = Comment.objects.filter(pk__in=forward.comment_ids, redacted_at=None).select_related("author")
    for comment in comments.order_by("id"):
        head = _head_of(comment, forward.ticket.subject)
        texts += [*head, "", _text(comment), ""]
        htmls.append(
            f'<p style="color:#666;font-size:13px">{"<br>".join(map(escape, head))}</p>{_html(comment)}'
        )
    return History(
        "\n".join(texts).rstrip(), f'<div class="gmail_quote">{"".join(htmls)}</div>' if htmls else ""
    )


def _head_of(comment: Comment, subject: str) -> list[str]:
    address = f" <{comment.author.email}>" if comment.author.email and not comment.is_ours else ""
    moment = date_format(timezone.localtime(comment.created_at), "j E Y, H:i")
    return [
        f"---------- {pgettext('mail', 'Forwarded message')} ----------",
        f"{pgettext('mail header', 'From')}: {comment.author}{address}",
        f"{pgettext('mail header', 'Date')}: {moment}",
        f"{pgettext('mail header', 'Subject')}: {subject}",
    ]


def _html(comment: Comment) -> str:
    if len(comment.html) > MOST_CHARACTERS:
        return str(escape(_text(comment)).replace("\n", "<br>"))
    return comment.html


def _attribution(comment: Comment) -> str:
    moment = date_format(timezone.localtime(comment.created_at), "j E Y, H:i")
    values = {"date": moment, "name": str(comment.author)}
    return pgettext("mail", "On %(date)s, %(name)s wrote:") % values


def _text(comment: Comment) -> str:
    return comment.text[:MOST_CHARACTERS]


def _quoted_html(comment: Comment) -> str:
    style = "margin:0 0 12px .8ex;border-left:2px solid #ccc;padding-left:1ex;color:#555"
    inside = _IMAGE.sub("", comment.html)
    if len(inside) > MOST_CHARACTERS:
        inside = escape(_text(comment)).replace("\n", "<br>")
    return f'<blockquote type="cite" class="gmail_quote" style="{style}">{inside}</blockquote>'
