"""Steps of an article's life: published, taken back, looked at, archived."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.knowledge.actions.archive_article import archive_article, restore_article
from opora.knowledge.actions.publish_article import publish_article, unpublish_article
from opora.knowledge.actions.review_article import review_article
from opora.knowledge.actions.save_text import mark_outdated, remove_text, restore_version
from opora.knowledge.models import Article
from opora.knowledge.queries import article_for, text_of
from opora.knowledge.views.article import chosen_section
from opora.people.doors import DeskRequest, colleagues_only


@require_POST
@colleagues_only
def publication(request: DeskRequest, article_id: int, locale: str) -> HttpResponse:
    article = article_for(request.user, article_id)
    publish_article(text_of(article, locale), by=request.user)
    messages.success(request, _("Published"))
    return back_to(article, locale)


@require_POST
@colleagues_only
def withdrawal(request: DeskRequest, article_id: int, locale: str) -> HttpResponse:
    article = article_for(request.user, article_id)
    unpublish_article(text_of(article, locale), by=request.user)
    messages.success(request, _("Customers do not see it any more"))
    return back_to(article, locale)


@require_POST
@colleagues_only
def removal(request: DeskRequest, article_id: int, locale: str) -> HttpResponse:
    """Take a translation away."""
    article = article_for(request.user, article_id)
    remove_text(text_of(article, locale), by=request.user)
    return redirect("knowledge:article", article.pk)


@require_POST
@colleagues_only
def levelling(request: DeskRequest, article_id: int) -> HttpResponse:
    """Mark the translations of `locale` as outdated, or with `level` as up to date."""
    article, wanted = article_for(request.user, article_id), request.POST.getlist("locale")
    for locale in wanted:
        mark_outdated(text_of(article, locale), by=request.user, is_outdated="level" not in request.POST)
    return back_to(article, wanted[0] if len(wanted) == 1 else article.source_locale)


@require_POST
@colleagues_only
def version_restoration(request: DeskRequest, article_id: int, locale: str, number: int) -> HttpResponse:
    article = article_for(request.user, article_id)
    version = get_object_or_404(text_of(article, locale).versions, number=number)
    restore_version(version, by=request.user)
    messages.success(request, _("Version %(number)s is the newest again") % {"number": number})
    return back_to(article, locale)


@require_POST
@colleagues_only
def review(request: DeskRequest, article_id: int) -> HttpResponse:
    """Somebody looked, and it is still true."""
    article = article_for(request.user, article_id)
    review_article(article, by=request.user)
    return redirect("knowledge:article", article.pk)


@require_POST
@colleagues_only
def archive(request: DeskRequest, article_id: int) -> HttpResponse:
    article = article_for(request.user, article_id)
    archive_article(article, by=request.user)
    messages.success(request, _("In the archive now; tickets keep their links to it"))
    return redirect("knowledge:article", article.pk)


@require_POST
@colleagues_only
def restoration(request: DeskRequest, article_id: int) -> HttpResponse:
    """Bring it back from the archive, into the section that is chosen where its own is gone."""
    article = article_for(request.user, article_id)
    restore_article(article, by=request.user, section=chosen_section(request))
    return redirect("knowledge:article", article.pk)


def back_to(article: Article, locale: str) -> HttpResponse:
    """Return to the page of the article in this language."""
    return redirect(f"{reverse('knowledge:article', args=[article.pk])}?locale={locale}")
