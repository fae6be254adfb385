"""A reader says whether an article helped."""

from opora.core import clock
from opora.core.text import without_nulls
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.events import ArticleVoted
from opora.knowledge.models import Article, ArticleText, Vote
from opora.people.models import Person

LONGEST_NOTE = 2_000


def vote(
    text: ArticleText, value: int, *, by: ActsAsActor, visitor: str = "", note: str = "", origin: str = ""
) -> Vote:
    """Say that the text helped (1) or did not (-1), with a word why. Of each reader the last vote counts.

    `origin` is where a visitor's vote came from, hashed.

    The reader is `by` where that is a person, else whoever `visitor` stands for; who may read it asks the caller.
    """
    reader: dict[str, object] = (
        {"person": by} if isinstance(by, Person) else {"person": None, "visitor": visitor}
    )
    with update(by):
        Article.objects.select_for_update().get(pk=text.article_id)
        cast = Vote.objects.filter(text=text, **reader).first() or Vote(text=text, value=0, **reader)
        before, said = cast.value, without_nulls(note)[:LONGEST_NOTE] or cast.note
        if before == value and said == cast.note:
            return cast
        cast.value, cast.note, cast.origin, cast.updated_at = value, said, origin, clock.now()
        cast.save()
        _record(text, by=by, value=value, before=before, note=said)
    return cast


def take_vote_back(cast: Vote, *, by: ActsAsActor) -> None:
    """Forget what a reader said."""
    with update(by):
        Article.objects.select_for_update().get(pk=cast.text.article_id)
        _record(cast.text, by=by, value=0, before=cast.value)
        cast.delete()


def _record(text: ArticleText, *, by: ActsAsActor, value: int, before: int, note: str = "") -> None:
    fact = ArticleVoted(title=text.title, locale=text.locale, value=value, before=before, note=note)
    record(fact, subject_id=text.article_id, by=by)
