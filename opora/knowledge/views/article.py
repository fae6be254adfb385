"""The page of one article: as it is read, its facts, its past."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from opora.core import clock
from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.events.models import Event
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.differences import differences
from opora.knowledge.events import ArticleVoted
from opora.knowledge.forms import PropertiesForm, initial_of_properties, languages
from opora.knowledge.models import Article, ArticleText, Section
from opora.knowledge.policy import may_publish, may_write
from opora.knowledge.queries import (
    article_for,
    best_text,
    citations_for,
    notes_on,
    sections_as_choices,
    text_of,
)
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.log import lines_of
from opora.people.models import Person
from opora.people.policy import require

EVENTS = 20


@require_GET
@colleagues_only
def article_page(request: DeskRequest, article_id: int) -> HttpResponse:
    """The article in the language of `?locale=`, else in its own."""
    article = article_for(request.user, article_id)
    text = best_text(article, request.GET.get("locale", article.source_locale))
    notes, citations = notes_on(article), citations_for(request.user, article)
    context = page_context(article, text, request.user) | {"notes": notes, "citations": citations}
    return render(request, "knowledge/article.html", context)


@require_GET
@colleagues_only
def article_events(request: DeskRequest, article_id: int) -> HttpResponse:
    """What happened to the article, newest first. Votes are counted beside it, and notes have a place of their own."""
    article = article_for(request.user, article_id)
    happened = Event.objects.filter(subject_kind="article", subject_id=article.pk)
    rows = happened.exclude(kind=ArticleVoted.kind)
    page = keyset_page(rows, order=["-id"], size=EVENTS, cursor=request.GET.get("cursor", ""))
    context = {"article": article, "lines": lines_of(page.rows), "next_cursor": page.next_cursor}
    return render(request, "knowledge/_events.html", context)


@require_http_methods(["GET", "POST"])
@colleagues_only
def properties(request: DeskRequest, article_id: int) -> HttpResponse:
    article = article_for(request.user, article_id)
    require(may_write(request.user, article))
    initial, publishes = initial_of_properties(article), may_publish(request.user, article)
    form = PropertiesForm(request.POST or None, initial=initial, may_publish=publishes)
    if attempt(form, lambda given: save_article(article, by=request.user, **given)):
        return redirect("knowledge:article", article.pk)
    context = {"article": article, "form": form}
    return render(request, "knowledge/properties.html", context, status=status_of(form))


@require_GET
@colleagues_only
def versions(request: DeskRequest, article_id: int) -> HttpResponse:
    """The versions of a text, and what changed between two of them: `?from=` and `?to=`, else the last two."""
    article = article_for(request.user, article_id)
    text = text_of(article, request.GET.get("locale", article.source_locale))
    rows = list(text.versions.select_related("author").defer("body")[:200])
    newest = rows[0].number
    numbers = [
        _number(request.GET.get("from", ""), max(newest - 1, 1)),
        _number(request.GET.get("to", ""), newest),
    ]
    before, after = (get_object_or_404(text.versions, number=number) for number in numbers)
    context = page_context(article, text, request.user)
    context |= {"versions": rows, "before": before, "after": after, "lines": differences(before, after)}
    return render(request, "knowledge/versions.html", context)


def page_context(article: Article, text: ArticleText | None, reader: Person) -> dict[str, object]:
    """Return what every page about the article shows."""
    written = {one.locale for one in article.texts.all()}
    sections = sections_as_choices() if article.is_archived and article.section is None else []
    return {
        "article": article,
        "text": text,
        "source": best_text(article, article.source_locale),
        "missing": [(code, name) for code, name in languages() if code not in written],
        "others": [one for one in article.texts.all() if one.locale != article.source_locale],
        "may_write": may_write(reader, article),
        "may_publish": may_publish(reader, article),
        "today": clock.now().date(),
        "sections": sections,
    }


def chosen_section(request: DeskRequest) -> Section | None:
    """Return the section that a form names, if it names one."""
    wanted = request.POST.get("section", "")
    return get_object_or_404(Section, pk=int(wanted)) if wanted.isdigit() else None


def _number(asked: str, otherwise: int) -> int:
    return int(asked) if asked.isdigit() and len(asked) < 9 else otherwise
