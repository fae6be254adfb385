"""Messages and events of a conversation, drawn in Python: a page has fifty, and a template for each was half its cost.

What few messages have (files, warnings about a mail, how far a reply came) stays in templates.
"""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from opora.core import clock, drawing
from opora.tickets.conversation import EventLine, EventLines, Item, Message, UnreadLine
from opora.tickets.models import Comment, Ticket

NOTHING = SafeString("")
WARNED_OF = {
    "stranger",
    "unverified_agent",
    "unreadable",
    "security",
    "shortened",
    "left_out",
    "invites",
    "forward",
}
"""What `Comment.details` may say of a mail that its reader should know (`_warnings.html`)."""


@dataclass(frozen=True)
class Beside:
    """What all messages of one page share: the ticket, its address, what its reader may do, the time it is drawn."""

    ticket: Ticket
    here: str
    may: dict[str, bool]
    now: datetime


def draw_items(items: list[Item], ticket: Ticket, may: dict[str, bool]) -> SafeString:
    """Return the conversation between subject and composer, everything in it escaped or sanitised before."""
    beside = Beside(ticket, ticket.get_absolute_url(), may, clock.now())
    return SafeString("\n".join(_item(item, beside) for item in items))


def _item(item: Item, beside: Beside) -> SafeString:
    if isinstance(item, Message):
        return draw_message(item, beside)
    if isinstance(item, UnreadLine):
        return format_html('<div class="unread-line" id="unread">{}</div>', pgettext("messages", "New"))
    return _events(item, beside)


def draw_message(message: Message, beside: Beside) -> SafeString:
    """Return one comment: who and when, its tools, its text, what it quotes, its files."""
    comment = message.comment
    return format_html(
        '<article class="message{}{}" id="comment-{}" aria-label="{}">'
        '<header class="message-head">{}<bdi class="name">{}</bdi>{}<span class="end">{}{}{}</span></header>'
        '{}{}<div class="message-body"{}><div class="prose body-html" dir="auto">{}</div>{}{}{}</div></article>',
        " ours" if comment.is_ours else "",
        "" if comment.is_public else " note",
        comment.pk,
        message.label,
        drawing.face(comment.author, 28),
        comment.author,
        _marks(comment, beside),
        _tools(message, beside),
        _part("tickets/_delivery.html", state=message.delivery) if message.delivery else "",
        drawing.moment(comment.created_at, beside.now),
        _forwarded(comment),
        _warnings(comment, beside),
        SafeString(' data-controller="remote-images"') if message.blocked_images else "",
        message.html,
        _blocked_images(message.blocked_images),
        _quoted(message.quoted),
        _part("tickets/_attachments.html", files=message.files) if message.files else "",
    )


def _marks(comment: Comment, beside: Beside) -> SafeString:
    """What kind of message it is, said only where it is not the customer's own."""
    marks = []
    if not comment.is_public:
        picture = drawing.icon("lock", "", 12)
        marks.append(
            format_html('<span class="badge note">{}{}</span>', picture, pgettext("internal", "Note"))
        )
    elif comment.author_kind == Comment.AuthorKind.AGENT:
        marks.append(format_html('<span class="role">{}</span>', pgettext("author", "agent")))
    if comment.author_kind == Comment.AuthorKind.PARTNER:
        marks.append(format_html('<span class="badge">{}</span>', pgettext("author", "outside")))
    if comment.is_auto_reply:
        marks.append(format_html('<span class="badge">{}</span>', _("automatic reply")))
    if comment.ticket_id != beside.ticket.pk:
        picture, address = drawing.icon("merge", "", 12), reverse("tickets:ticket", args=[comment.ticket_id])
        link = '<a class="badge" href="{}?stay=1">{}#{}</a>'
        marks.append(format_html(link, address, picture, comment.ticket_id))
    return SafeString("".join(marks))


def _tools(message: Message, beside: Beside) -> SafeString:
    """The small buttons of a message: its original, splitting it off, passing it on, its link."""
    comment, tools = message.comment, []
    mail = comment.details.get("mail")
    if mail:
        original = reverse("email:original", args=[mail["id"]])
        tools.append(_tool("a", format_html('href="{}"', original), _("Original message"), "file-code"))
    if beside.may["merge"] and message.can_split:
        does = format_html(
            'type="button" hx-post="{}" hx-swap="none" data-confirm="{}"',
            reverse("tickets:split", args=[comment.pk]),
            _("Make a new ticket of this message?"),
        )
        tools.append(_tool("button", does, _("Split into a new ticket"), "split"))
    if beside.may["forward"]:
        tools.append(_forwarding(comment, beside))
    does = format_html(
        'type="button" data-controller="copy" data-action="copy#copy"'
        ' data-copy-text-value="{}#comment-{}" data-copy-done-value="{}"',
        beside.here,
        comment.pk,
        _("Copied"),
    )
    tools.append(_tool("button", does, _("Copy the link"), "link"))
    return format_html('<span class="message-tools">{}</span>', SafeString("".join(tools)))


def _forwarding(comment: Comment, beside: Beside) -> SafeString:
    """Passing a message on to somebody outside; one that came from outside is answered there."""
    does = format_html(
        'type="button" data-action="dialog#open" data-dialog-src="{}?comment={}"',
        reverse("email:forwards", args=[beside.ticket.pk]),
        comment.pk,
    )
    if comment.author_kind == Comment.AuthorKind.PARTNER:
        return _tool("button", does, _("Answer outside the conversation with the customer"), "reply")
    return _tool("button", does, _("Forward this message"), "forward")


def _tool(element: str, does: SafeString, words: str, picture: str) -> SafeString:
    text = '<{0} class="icon-button small" {1} aria-label="{2}" title="{2}">{3}</{0}>'
    return format_html(text, element, does, words, drawing.icon(picture, "", 16))


def _forwarded(comment: Comment) -> SafeString:
    forward = comment.details.get("forward")
    return _part("tickets/_forward_line.html", forward=forward) if forward else NOTHING


def _warnings(comment: Comment, beside: Beside) -> SafeString:
    mail = comment.details.get("mail", {})
    if WARNED_OF.isdisjoint(mail):
        return NOTHING
    return _part("tickets/_warnings.html", mail=mail, ticket=beside.ticket, may=beside.may)


def _blocked_images(count: int) -> SafeString:
    if not count:
        return NOTHING
    text = ngettext(
        "%(count)s image from elsewhere was not loaded.",
        "%(count)s images from elsewhere were not loaded.",
        count,
    )
    return format_html(
        '<p class="blocked-images" data-remote-images-target="question">{}{}'
        ' <button class="link-button" type="button" data-action="remote-images#show">{}</button></p>',
        drawing.icon("image-off", "", 16),
        text % {"count": count},
        _("Show"),
    )


def _quoted(html: SafeString) -> SafeString:
    if not html:
        return NOTHING
    return format_html(
        '<div data-controller="quote"><button class="quote-toggle" type="button" aria-expanded="false"'
        ' aria-label="{}" data-quote-target="button" data-action="quote#toggle">…</button>'
        '<div class="quote" hidden data-quote-target="body">{}</div></div>',
        _("Quoted text"),
        html,
    )


def _events(run: EventLines, beside: Beside) -> SafeString:
    """A run of events; a long one is folded to a line that counts them."""
    lines = SafeString("".join(_event(line, beside) for line in run.lines))
    if not run.is_folded:
        return format_html('<div class="event-lines">{}</div>', lines)
    count = len(run.lines)
    return format_html(
        '<details class="event-lines event-fold"><summary>{}{}</summary>{}</details>',
        drawing.icon("chevron-right", "", 16),
        ngettext("%(count)s event", "%(count)s events", count) % {"count": count},
        lines,
    )


def _event(line: EventLine, beside: Beside) -> SafeString:
    why = NOTHING
    if line.explanation:
        why = format_html(' <a class="quiet" href="{}">{}</a>', line.explanation, _("Why?"))
    return format_html(
        '<p class="event-line">{}<span><bdi>{}</bdi> {}{}</span>{}</p>',
        drawing.icon(line.icon, "", 16),
        line.actor,
        line.sentence,
        why,
        drawing.moment(line.at, beside.now),
    )


def _part(template: str, **shown: object) -> SafeString:
    return render_to_string(template, shown)
