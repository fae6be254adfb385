"""An article is begun, or its properties change; its words are saved by `save_text`."""

from collections.abc import Iterable
from typing import cast

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.knowledge.actions.save_text import save_text
from opora.knowledge.events import ArticleChanged, ArticleCreated
from opora.knowledge.models import Article, Label, Section
from opora.knowledge.policy import may_publish, may_write
from opora.people.models import Person
from opora.people.policy import require

MOST_LABELS = 50


def create_article(
    section: Section, *, by: ActsAsActor, locale: str, title: str, body: str = "", **fields: object
) -> Article:
    """Begin an article with its first text, which is a draft. `labels` are words; other fields are those of `Article`.

    Raises `Invalid` for a blank title.
    """
    labels = cast("Iterable[str]", fields.pop("labels", ()))
    with update(by):
        author = by if isinstance(by, Person) else None
        article = Article(
            section=section, author=author, owner=author, source_locale=locale, title=one_line(title)
        )
        apply_changes(article, fields)
        require(may_write(by, article))
        article.save()
        record(ArticleCreated(title=one_line(title), locale=locale), subject_id=article.pk, by=by)
        _set_labels(article, labels)
        save_text(article, locale, by=by, title=title, body=body)
    return article


def save_article(article: Article, *, by: ActsAsActor, **fields: object) -> Article:
    """Change properties of an article; `labels` are words. To call it validated is for those that may publish it.

    Raises `Invalid` for an article without a section that is not in the archive.
    """
    labels = cast("Iterable[str] | None", fields.pop("labels", None))
    with update(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        require(may_write(by, article))
        if fields.get("confidence", article.confidence) != article.confidence:
            require(may_publish(by, article))
        changes = apply_changes(article, fields)
        if "source_locale" in changes:
            article.title = title_of(article)
        require(may_write(by, article))
        if article.section is None and not article.is_archived:
            raise Invalid(_("Choose the section that the article stands in."), field="section")
        if labels is not None:
            changes |= _set_labels(article, labels)
        if changes:
            article.updated_at = clock.now()
            article.save()
            record(ArticleChanged(name=title_of(article), changes=changes), subject_id=article.pk, by=by)
    return article


def title_of(article: Article) -> str:
    """Return the title in the article's own language."""
    return article.texts.filter(locale=article.source_locale).values_list("title", flat=True).first() or str(
        article
    )


def _set_labels(article: Article, words: Iterable[str]) -> Changes:
    wanted = sorted({word for word in (one_line(str(word), limit=80) for word in words) if word})
    if len(wanted) > MOST_LABELS:
        raise Invalid(_("An article has at most 50 labels."), field="labels")
    before = sorted(article.labels.values_list("name", flat=True))
    if before == wanted:
        return {}
    article.labels.set([Label.objects.get_or_create(name=word)[0] for word in wanted])
    return {"labels": [before, wanted]}
