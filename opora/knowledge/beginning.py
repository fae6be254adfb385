"""What the editor shows of an article that is not there yet."""

from django.utils.translation import get_language

from opora.core.text import without_nulls
from opora.knowledge.models import ArticleDraft, Section
from opora.people.doors import DeskRequest
from opora.people.models import Person
from opora.people.queries import desk
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for


def blank_article(request: DeskRequest, kept: ArticleDraft | None) -> dict[str, object]:
    """Return the first values: of the ticket that is named, else what was typed and kept, else the reader's language."""
    asked, section = request.GET.get("ticket", ""), request.GET.get("section", "")
    chosen: dict[str, object] = {"section": section} if section.isdigit() else {}
    if asked.isdigit() and len(asked) < 18:
        return _of_ticket(ticket_for(request.user, int(asked)), request.user)
    if kept:
        return chosen | {"title": kept.title, "body": kept.body, "locale": kept.locale}
    known = desk()
    return chosen | {"locale": (known.locale if known else "") or get_language() or "en"}


def _of_ticket(ticket: Ticket, reader: Person) -> dict[str, object]:
    """The subject, and our last public reply: the answer is mostly written already."""
    ours = ticket.comments.filter(is_public=True, author__role__isnull=False).order_by("-id").first()
    section = (
        Section.objects.filter(category__brand=ticket.brand_id)
        .order_by("category__position", "position")
        .first()
    )
    words: dict[str, object] = {"title": ticket.subject, "body": without_nulls(ours.html) if ours else ""}
    return words | {"locale": _language(ticket, reader), "section": section.pk if section else None}


def _language(ticket: Ticket, reader: Person) -> str:
    return ticket.locale or ticket.requester.locale or reader.locale or "en"
