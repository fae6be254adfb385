"""An article is written in a language: each saving makes a version, and the newest is what readers see."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.html import sanitise
from opora.core.refusals import Conflict, Invalid
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.events import TextOutdated, TextRemoved, TextSaved
from opora.knowledge.models import Article, ArticleText, ArticleVersion
from opora.knowledge.policy import may_write
from opora.people.models import Person
from opora.people.policy import require

LONGEST = 500_000


def save_text(
    article: Article,
    locale: str,
    *,
    by: ActsAsActor,
    title: str | None = None,
    body: str | None = None,
    expected: int | None = None,
) -> ArticleText:
    """Write the article in the language, or write it anew; what is None stays. The HTML is sanitised.

    `expected` is the version that the writer began from. Raises `Conflict` when somebody wrote another one meanwhile,
    and `Invalid` for a blank title and a text longer than half a million characters.
    """
    with update(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        require(may_write(by, article))
        text = article.texts.filter(locale=locale).first() or ArticleText(
            article=article, locale=locale, version=0
        )
        if expected is not None and text.version != expected:
            raise Conflict(
                _("Somebody saved another version of this text meanwhile. Look at it and decide again.")
            )
        before = (text.title, text.body)
        text.title = one_line(title) if title is not None else text.title
        text.body = sanitise(body) if body is not None else text.body
        _check(text)
        if text.pk and (text.title, text.body) == before:
            return text
        _write(text, by)
        record(TextSaved(title=text.title, locale=locale, version=text.version), subject_id=article.pk, by=by)
    return text


def mark_outdated(text: ArticleText, *, by: ActsAsActor, is_outdated: bool) -> None:
    """Say that a translation is behind its source, or level with it again."""
    with update(by):
        require(may_write(by, text.article))
        if text.is_outdated == is_outdated:
            return
        text.is_outdated = is_outdated
        text.save(update_fields=["is_outdated"])
        note_change(text.article)
        fact = TextOutdated(title=text.title, locale=text.locale, is_outdated=is_outdated)
        record(fact, subject_id=text.article_id, by=by)


def restore_version(version: ArticleVersion, *, by: ActsAsActor) -> ArticleText:
    """Let a text say again what it said once; that is a new version."""
    text = version.text
    return save_text(text.article, text.locale, by=by, title=version.title, body=version.body)


def remove_text(text: ArticleText, *, by: ActsAsActor) -> None:
    """Take a translation away. Raises `Conflict` for the article's own language."""
    with update(by):
        require(may_write(by, text.article))
        if text.locale == text.article.source_locale:
            raise Conflict(_("The text in the article's own language stays. Archive the article instead."))
        record(TextRemoved(title=text.title, locale=text.locale), subject_id=text.article_id, by=by)
        note_change(text.article)
        text.delete()


def note_change(article: Article) -> None:
    """Let whoever reads what changed since a moment see that the article did."""
    article.updated_at = clock.now()
    article.save(update_fields=["updated_at"])


def _check(text: ArticleText) -> None:
    if not text.title:
        raise Invalid(_("Give the article a title."), field="title", reason="BlankValue")
    if len(text.body) > LONGEST:
        raise Invalid(
            _("The text is too long. Make two articles of it."), field="body", reason="ValueTooLong"
        )


def _write(text: ArticleText, by: ActsAsActor) -> None:
    """Keep the version; saving brings a translation level with its source."""
    author = by if isinstance(by, Person) else None
    moment = clock.now()
    text.version += 1
    text.updated_by, text.updated_at, text.is_outdated = author, moment, False
    if text.pk is None:
        text.created_by = author
    text.save()
    ArticleVersion.objects.create(
        text=text, number=text.version, title=text.title, body=text.body, author=author, made_at=moment
    )
    article = text.article
    article.edited_at = article.updated_at = moment
    if text.locale == article.source_locale:
        article.title = text.title
    article.save(update_fields=["edited_at", "updated_at", "title"])
