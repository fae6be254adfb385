"""Writing: a new article, an article in a language, what is kept while one types."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.html import sanitise
from opora.core.refusals import Invalid, NotFound
from opora.knowledge.actions.keep_draft import discard_draft, keep_draft
from opora.knowledge.actions.keep_file import keep_file
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.write_article import Written, begin_article, write_article
from opora.knowledge.beginning import blank_article
from opora.knowledge.differences import differences
from opora.knowledge.forms import NewArticleForm, TextForm, languages, needs_html
from opora.knowledge.models import Article, ArticleText, ArticleVersion
from opora.knowledge.policy import may_publish, may_write
from opora.knowledge.queries import article_for, best_text, draft_for
from opora.knowledge.views.steps import back_to
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.policy import require


@require_http_methods(["GET", "POST"])
@colleagues_only
def new_article(request: DeskRequest) -> HttpResponse:
    """A new article; of the ticket of `?ticket=`, whose subject and last reply it begins with."""
    require(may_write(request.user))
    kept = draft_for(request.user, None, "")
    form = NewArticleForm(request.POST or None, initial=blank_article(request, kept))
    article = attempt(form, lambda given: begin_article(_written(request, given), by=request.user))
    if article:
        return _publish_or_show(request, article, article.source_locale)
    context = {
        "form": form,
        "kept": kept,
        "ticket_id": request.GET.get("ticket", ""),
        "locale": form["locale"].value(),
    }
    return render(request, "knowledge/write.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@colleagues_only
def edit_article(request: DeskRequest, article_id: int) -> HttpResponse:
    """Write the article in the language of `?locale=`, beside its own language where that is another."""
    article = article_for(request.user, article_id)
    require(may_write(request.user, article))
    locale = _language(request.GET.get("locale", article.source_locale))
    text = next((one for one in article.texts.all() if one.locale == locale), None)
    kept = draft_for(request.user, article, locale)
    as_html = _as_html(request, text, kept.body if kept else "")
    form = TextForm(request.POST or None, initial=_initial(text, kept), as_html=as_html)
    if attempt(form, lambda given: write_article(article, locale, _written(request, given), by=request.user)):
        return _publish_or_show(request, article, locale)
    context = _writing_context(article, locale, text, form) | {"kept": kept, "as_html": as_html}
    context["may_publish"] = may_publish(request.user, article) and not article.is_archived
    return render(request, "knowledge/write.html", context, status=status_of(form))


@require_POST
@colleagues_only
def draft(request: DeskRequest, article_id: int) -> HttpResponse:
    """Keep what is typed."""
    article, given = article_for(request.user, article_id), request.POST
    locale = _language(request.GET.get("locale", article.source_locale))
    version = int(given["version"]) if given.get("version", "").isdigit() else 0
    keep_draft(
        article,
        locale,
        by=request.user,
        title=given.get("title", ""),
        body=given.get("body", ""),
        version=version,
    )
    return HttpResponse(status=204)


@require_POST
@colleagues_only
def new_draft(request: DeskRequest) -> HttpResponse:
    """Keep what is typed of an article that is not there yet."""
    given = request.POST
    keep_draft(
        None,
        given.get("locale", "")[:10],
        by=request.user,
        title=given.get("title", ""),
        body=given.get("body", ""),
    )
    return HttpResponse(status=204)


@require_POST
@colleagues_only
def draft_removal(request: DeskRequest, article_id: int) -> HttpResponse:
    article = article_for(request.user, article_id)
    locale = _language(request.GET.get("locale", article.source_locale))
    discard_draft(article, locale, by=request.user)
    return redirect(f"{reverse('knowledge:edit', args=[article.pk])}?locale={locale}")


@require_POST
@colleagues_only
def new_draft_removal(request: DeskRequest) -> HttpResponse:
    discard_draft(None, "", by=request.user)
    return redirect("knowledge:new")


@require_POST
@colleagues_only
def preview(request: DeskRequest) -> HttpResponse:
    """The text as readers will see it."""
    body = mark_safe(sanitise(request.POST.get("body", "")))  # noqa: S308
    return render(request, "knowledge/_preview.html", {"title": request.POST.get("title", ""), "body": body})


@require_POST
@colleagues_only
def files(request: DeskRequest) -> HttpResponse:
    """Keep a file until the text that names it is saved."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("No file came. Choose one again."), field="file")
    kept = keep_file(
        file.chunks(), by=request.user, name=file.name or "", content_type=file.content_type or "",
        is_inline=request.POST.get("inline") == "true",
    )  # fmt: skip
    return JsonResponse(
        {"id": kept.pk, "url": kept.get_absolute_url(), "name": kept.name, "size": kept.size}, status=201
    )


def _written(request: DeskRequest, given: dict) -> Written:
    files = [int(one) for one in request.POST.getlist("attachments") if one.isdigit()]
    names = ("section", "locale")
    return Written(
        given["title"],
        given["body"],
        given.get("version"),
        files,
        {name: given[name] for name in names if name in given},
    )


def _publish_or_show(request: DeskRequest, article: Article, locale: str) -> HttpResponse:
    if "publish" in request.POST:
        publish_article(ArticleText.objects.get(article=article, locale=locale), by=request.user)
    return back_to(article, locale)


def _initial(text: ArticleText | None, kept: object) -> dict[str, object]:
    shown: object = kept or text
    return {name: getattr(shown, name) for name in ("title", "body", "version")} if shown else {"version": 0}


def _as_html(request: DeskRequest, text: ArticleText | None, kept: str) -> bool:
    asked = request.GET.get("as", "")
    return asked == "html" or (not asked and needs_html(kept or (text.body if text else "")))


def _writing_context(
    article: Article, locale: str, text: ArticleText | None, form: TextForm
) -> dict[str, object]:
    """What the page of writing shows: the source beside a translation, and what came in between."""
    source = best_text(article, article.source_locale)
    base = form["version"].value()
    began = _version(text, base)
    came = text if text and form.is_bound and form.errors and str(text.version) != str(base) else None
    return {
        "article": article, "locale": locale, "text": text, "form": form,
        "source": source if source and source.locale != locale else None,
        "came": came, "lines": differences(began, came) if came and began else [],
    }  # fmt: skip


def _version(text: ArticleText | None, number: object) -> ArticleVersion | None:
    asked = str(number)
    return text.versions.filter(number=int(asked)).first() if text and asked.isdigit() else None


def _language(code: str) -> str:
    if code not in dict(languages()):
        raise NotFound(_("There is no such language."))
    return code
