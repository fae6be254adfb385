"""A text of an article is given to its readers, or taken back."""

from datetime import timedelta

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.save_text import note_change
from opora.knowledge.events import ArticlePublished, ArticleUnpublished
from opora.knowledge.models import Article, ArticleText
from opora.knowledge.policy import may_publish
from opora.people.policy import require


def publish_article(text: ArticleText, *, by: ActsAsActor) -> None:
    """Let the article's audience read this text. Its review begins to count with the first one.

    Raises `Conflict` for an article in the archive.
    """
    with update(by):
        article = Article.objects.select_for_update().get(pk=text.article_id)
        require(may_publish(by, article))
        if article.is_archived:
            raise Conflict(_("The article is in the archive. Bring it back first."))
        text.refresh_from_db()
        if not text.is_draft:
            return
        text.is_draft, text.published_at = False, clock.now()
        text.save(update_fields=["is_draft", "published_at"])
        _begin_review(article)
        fact = ArticlePublished(title=text.title, locale=text.locale, version=text.version)
        record(fact, subject_id=article.pk, by=by)


def unpublish_article(text: ArticleText, *, by: ActsAsActor) -> None:
    """Make the text a draft again."""
    with update(by):
        article = Article.objects.select_for_update().get(pk=text.article_id)
        require(may_publish(by, article))
        text.refresh_from_db()
        if text.is_draft:
            return
        text.is_draft = True
        text.save(update_fields=["is_draft"])
        note_change(article)
        record(ArticleUnpublished(title=text.title, locale=text.locale), subject_id=article.pk, by=by)


def _begin_review(article: Article) -> None:
    article.updated_at = clock.now()
    article.review_on = article.review_on or clock.now().date() + timedelta(days=article.freshness)
    article.save(update_fields=["updated_at", "review_on"])
