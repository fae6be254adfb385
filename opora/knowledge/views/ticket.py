"""Articles on the page of a ticket."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.refusals import NotFound
from opora.core.toasts import toast
from opora.knowledge.actions.cite_article import cite_article, uncite_article
from opora.knowledge.citing import citations_on, offers
from opora.knowledge.models import Article, ArticleText, Citation
from opora.knowledge.policy import may_write, readable_articles
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.models import Ticket
from opora.tickets.policy import may_note, may_reply
from opora.tickets.queries import ticket_for


@require_http_methods(["GET", "POST"])
@colleagues_only
def ticket_articles(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The articles linked to the ticket and those that may help; a POST links `text` to it."""
    ticket = ticket_for(request.user, ticket_id)
    if request.method == "GET":
        return _block(request, ticket)
    text = _text(request, request.POST.get("text", ""))
    cite_article(text, ticket, by=request.user)
    return toast(_block(request, ticket), _("Linked to this ticket"))


@require_GET
@colleagues_only
def found(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """What fits the words of `?q=`, or the ticket's subject."""
    return render(
        request, "knowledge/_ticket_found.html", _offered(request, ticket_for(request.user, ticket_id))
    )


@require_POST
@colleagues_only
def citation_removal(request: DeskRequest, ticket_id: int, citation_id: int) -> HttpResponse:
    ticket = ticket_for(request.user, ticket_id)
    uncite_article(get_object_or_404(Citation, pk=citation_id, ticket=ticket), by=request.user)
    return _block(request, ticket)


def _block(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    linked = citations_on(ticket)
    context = _offered(request, ticket, without={row.article_id for row in linked})
    return render(
        request,
        "knowledge/_ticket_articles.html",
        context | {"linked": linked, "may_write": may_write(request.user)},
    )


def _offered(request: DeskRequest, ticket: Ticket, without: set[int] | None = None) -> dict[str, object]:
    words = request.GET.get("q", "").strip()[:200]
    return {
        "ticket": ticket,
        "q": words,
        "offers": offers(ticket, words, reader=request.user, without=without or set()),
        "may_note": may_note(request.user, ticket),
        "may_insert": may_reply(request.user, ticket) and not ticket.is_closed,
    }


def _text(request: DeskRequest, asked: str) -> ArticleText:
    readable = Article.objects.filter(readable_articles(request.user))
    rows = ArticleText.objects.filter(article__in=readable).select_related("article")
    text = rows.filter(pk=int(asked)).first() if asked.isdigit() and len(asked) < 18 else None
    if text is None:
        raise NotFound(_("There is no such article."))
    return text
