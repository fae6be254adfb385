"""An article is taken out of use, or brought back."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.save_article import title_of
from opora.knowledge.events import ArticleArchived, ArticleRestored
from opora.knowledge.models import Article, Section
from opora.knowledge.policy import may_publish
from opora.people.policy import require


def archive_article(article: Article, *, by: ActsAsActor) -> None:
    """Take the article out of use in all its languages. Nothing is lost; tickets keep their links to it."""
    with update(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        require(may_publish(by, article))
        if article.is_archived:
            return
        article.archived_at = article.updated_at = clock.now()
        article.save(update_fields=["archived_at", "updated_at"])
        record(ArticleArchived(title=title_of(article)), subject_id=article.pk, by=by)


def restore_article(article: Article, *, by: ActsAsActor, section: Section | None = None) -> None:
    """Bring the article back as drafts, into `section` where it is given.

    Raises `Conflict` when its section is gone and no other is given.
    """
    with update(by):
        article = Article.objects.select_for_update().get(pk=article.pk)
        require(may_publish(by, article))
        if not article.is_archived:
            return
        article.section = section or article.section
        if article.section is None:
            raise Conflict(_("Its section is gone. Choose another one."), field="section")
        article.archived_at, article.updated_at = None, clock.now()
        article.save(update_fields=["archived_at", "updated_at", "section"])
        article.texts.update(is_draft=True)
        record(ArticleRestored(title=title_of(article)), subject_id=article.pk, by=by)
