"""Somebody looked whether an article is still true."""

from datetime import timedelta

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.save_article import title_of
from opora.knowledge.events import ArticleReviewed
from opora.knowledge.models import Article
from opora.knowledge.policy import may_publish
from opora.people.policy import require


def review_article(article: Article, *, by: ActsAsActor) -> None:
    """Say that the article is still true: it is validated, and due again after the days of its freshness."""
    with update(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        require(may_publish(by, article))
        article.confidence = Article.Confidence.VALIDATED
        article.review_on = clock.now().date() + timedelta(days=article.freshness)
        article.updated_at = clock.now()
        article.save(update_fields=["confidence", "review_on", "updated_at"])
        record(
            ArticleReviewed(title=title_of(article), next_on=article.review_on), subject_id=article.pk, by=by
        )
