"""What somebody types in the editor of articles is kept until they save it."""

from opora.core import clock
from opora.core.html import sanitise
from opora.core.text import one_line, without_nulls
from opora.knowledge.actions.save_text import LONGEST
from opora.knowledge.models import Article, ArticleDraft
from opora.knowledge.policy import may_write
from opora.people.models import Person
from opora.people.policy import require


def keep_draft(
    article: Article | None, locale: str, *, by: Person, title: str, body: str, version: int = 0
) -> None:
    """Keep what was typed; of an article that is not there yet there is one. Not a fact: nothing is recorded."""
    require(may_write(by, article))
    typed = {
        "title": one_line(title),
        "body": sanitise(without_nulls(body[:LONGEST])),
        "version": version,
        "updated_at": clock.now(),
    }
    if article is None:
        typed["locale"] = locale
        ArticleDraft.objects.update_or_create(person=by, article=None, defaults=typed)
    else:
        ArticleDraft.objects.update_or_create(person=by, article=article, locale=locale, defaults=typed)


def discard_draft(article: Article | None, locale: str, *, by: Person) -> None:
    """Forget what was typed."""
    own = ArticleDraft.objects.filter(person=by, article=article)
    (own.filter(locale=locale) if article else own).delete()
