"""An article for its readers, their votes, its files."""

from datetime import timedelta

from django.core import signing
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.downloads import serve_file
from opora.core.html import html_to_text
from opora.core.refusals import NotFound
from opora.core.text import one_line
from opora.knowledge.help import Visit, brand_of_help, number_in, place_of, related
from opora.knowledge.models import Article, ArticleFile, ArticleText
from opora.knowledge.policy import may_write, readable_articles, readable_texts
from opora.knowledge.queries import best_text
from opora.knowledge.views.help_center import crumbs, in_language, shell
from opora.knowledge.visitors import COOKIE, cast_vote, is_robot, new_visitor, visitor_of

LONGEST_DESCRIPTION = 155


@require_GET
@in_language
def article(request: HttpRequest, locale: str, place: str) -> HttpResponse:
    found = _article(request, number_in(place))
    text = _text(found, locale)
    right = place_of(found.pk, text.title)
    if place != right:
        return redirect("help_center:article", locale, right, permanent=False)
    section = found.section
    brand = brand_of_help(section.category.brand.slug) if section else brand_of_help()
    visit = Visit(request.user, brand, locale)
    addresses = {one.locale: place_of(found.pk, one.title) for one in found.texts.all()}
    context = shell(visit, "article", addresses) | _words(found, text, visit)
    context["voted"] = request.GET.get("voted", "")
    context["crumbs"] = crumbs(visit, section.category, section) if section else []
    return render(request, "help_center/article.html", context)


@require_POST
@in_language
def votes(request: HttpRequest, locale: str, article_id: int) -> HttpResponse:
    """Whether it helped, and what was missing. Robots are thanked like everybody, and nothing is kept of them."""
    found = _article(request, article_id)
    text, value = _text(found, locale), 1 if request.POST.get("value") == "1" else -1
    visitor = visitor_of(request) or new_visitor()
    note = request.POST.get("note", "").strip()
    if not is_robot(request):
        cast_vote(request, text, value, visitor=visitor, note=note)
    context = {"article": found, "text": text, "locale": locale, "voted": value, "noted": bool(note)}
    if request.headers.get("HX-Request"):
        response = render(request, "help_center/_votes.html", context)
    else:
        response = redirect(f"{text.get_absolute_url()}?voted={value}#votes")
    response.set_cookie(
        COOKIE,
        signing.dumps(visitor, salt=COOKIE),
        max_age=timedelta(days=365),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_GET
def file(request: HttpRequest, file_id: int, name: str) -> FileResponse:
    """A file of an article for whoever may read that; one that waits for an article for whoever brought it."""
    found = ArticleFile.objects.filter(pk=file_id).first()
    if found is None or not _may_open(request, found):
        raise NotFound(_("There is no such file."))
    return serve_file(
        found.path, name=found.name, content_type=found.content_type, is_picture=found.is_picture
    )


def _article(request: HttpRequest, article_id: int) -> Article:
    texts = ArticleText.objects.filter(readable_texts(request.user)).order_by("id")
    rows = Article.objects.filter(readable_articles(request.user), pk=article_id, archived_at=None)
    found = (
        rows.select_related("section__category__brand", "section__parent")
        .prefetch_related(Prefetch("texts", texts), "labels", "files")
        .first()
    )
    if found is None or not found.texts.all():
        raise NotFound(_("There is no such article, or it is not for everybody."))
    return found


def _text(article: Article, locale: str) -> ArticleText:
    text = best_text(article, locale)
    assert text, "Articles without a text are not found."
    return text


def _words(article: Article, text: ArticleText, visit: Visit) -> dict[str, object]:
    body = html_to_text(text.body)
    return {
        "article": article,
        "text": text,
        "locale": visit.locale,
        "body": mark_safe(text.body),  # noqa: S308 - sanitised when it was saved
        "description": one_line(body, limit=LONGEST_DESCRIPTION),
        "is_foreign": text.locale != visit.locale,
        "files": [one for one in article.files.all() if not one.is_inline],
        "related": related(visit, article),
        "may_edit": visit.reader
        and getattr(visit.reader, "is_colleague", False)
        and may_write(visit.reader, article),  # type: ignore[arg-type]
    }


def _may_open(request: HttpRequest, file: ArticleFile) -> bool:
    if file.article_id is None:
        return file.uploader_id is not None and file.uploader_id == request.user.pk
    return Article.objects.filter(readable_articles(request.user), pk=file.article_id).exists()
