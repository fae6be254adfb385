"""Marks of articles: how sure we are, which languages, when to look again."""

from datetime import date

from django import template
from django.template.defaultfilters import date as written_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from opora.core.drawing import icon
from opora.knowledge.help import place_of
from opora.knowledge.models import Article, ArticleText, Category, Section
from opora.people.languages import own_name

register = template.Library()

_ICONS = {"wip": "pencil-line", "not_validated": "circle", "validated": "badge-check"}


@register.simple_tag
def confidence_mark(article: Article) -> SafeString:
    """Shape and word of an article's confidence."""
    return format_html(
        '<span class="confidence" data-confidence="{}">{}{}</span>',
        article.confidence, icon(_ICONS[article.confidence], "", 16), article.get_confidence_display(),
    )  # fmt: skip


@register.simple_tag
def locale_mark(text: ArticleText) -> SafeString:
    """The language of a text; a draft is dashed, an outdated one has a word."""
    state, said = "", own_name(text.locale)
    if text.is_draft:
        state, said = "draft", _("%(language)s: draft") % {"language": said}
    elif text.is_outdated:
        state, said = "outdated", _("%(language)s: behind its source") % {"language": said}
    mark = icon("history", "", 12) if state == "outdated" else icon("pencil", "", 12) if state else ""
    return format_html(
        '<span class="locale" data-state="{}" title="{}">{}{}<span class="sr-only">{}</span></span>',
        state,
        said,
        text.locale,
        mark,
        said,
    )


@register.simple_tag
def review_mark(article: Article, today: date) -> SafeString:
    """When somebody has to look again; in colour and with a word once that day has come."""
    if article.review_on is None or article.is_archived:
        return mark_safe('<span class="quiet">–</span>')
    day = written_date(article.review_on, "SHORT_DATE_FORMAT")
    if article.is_due_on(today):
        return format_html(
            '<span class="review-due">{}{} <span class="sr-only">{}</span></span>',
            icon("clock", "", 12),
            day,
            _("due"),
        )
    return format_html("{}", day)


@register.filter
def language(code: str) -> str:
    """The language's name in itself."""
    return own_name(code)


@register.filter
def behind(translations: list[ArticleText], source: ArticleText) -> list[ArticleText]:
    """The translations that were last written before the source was, and about which nobody has decided yet."""
    return [one for one in translations if not one.is_outdated and one.updated_at < source.updated_at]


@register.filter
def place(text: ArticleText) -> str:
    """How addresses of the help center name the article of a text."""
    return place_of(text.article_id, text.title)


@register.simple_tag
def shelf_place(shelf: Category | Section, locale: str) -> str:
    """How addresses of the help center name a category or section in a language."""
    return place_of(shelf.pk, shelf.name_in(locale))
