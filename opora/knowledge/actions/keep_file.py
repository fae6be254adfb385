"""Files of articles come and go."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.events import ArticleFileAdded, ArticleFileRemoved
from opora.knowledge.models import Article, ArticleFile
from opora.knowledge.policy import may_write
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.upload import clean_file_name, store_file


def keep_file(
    chunks: Iterable[bytes],
    *,
    by: ActsAsActor,
    name: str,
    content_type: str,
    article: Article | None = None,
    **fields: object,
) -> ArticleFile:
    """Store a file of the article, or one that waits for an article; see `store_file` for what is refused."""
    require(may_write(by, article))
    sha256, size = store_file(chunks)
    with update(by):
        file = ArticleFile.objects.create(
            article=article,
            uploader=by if isinstance(by, Person) else None,
            name=clean_file_name(name),
            content_type=one_line(content_type, limit=127).lower() or "application/octet-stream",
            size=size,
            sha256=sha256,
            **fields,
        )
        if article:
            record(ArticleFileAdded(name=file.name), subject_id=article.pk, by=by)
    return file


def attach_file(file: ArticleFile, article: Article, *, by: ActsAsActor) -> None:
    """Give a file that waits to its article. Raises `Conflict` for one that belongs to another."""
    with update(by):
        require(may_write(by, article))
        if file.article_id == article.pk:
            return
        if file.article_id is not None:
            raise Conflict(_("This file belongs to another article."))
        file.article, file.updated_at = article, clock.now()
        file.save(update_fields=["article", "updated_at"])
        record(ArticleFileAdded(name=file.name), subject_id=article.pk, by=by)


def remove_file(file: ArticleFile, *, by: ActsAsActor) -> None:
    """Take a file from its article."""
    with update(by):
        require(may_write(by, file.article))
        if file.article_id:
            record(ArticleFileRemoved(name=file.name), subject_id=file.article_id, by=by)
        file.delete()
