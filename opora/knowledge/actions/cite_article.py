"""A ticket is answered with an article, or noted to be about one."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.events import ArticleCited, ArticleUncited
from opora.knowledge.models import ArticleText, Citation
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.models import Ticket
from opora.tickets.policy import may_note


def cite_article(text: ArticleText, ticket: Ticket, *, by: ActsAsActor) -> Citation:
    """Link the article to the ticket, once; the first citation stays."""
    with update(by):
        require(may_note(by, ticket))
        Ticket.objects.select_for_update().get(pk=ticket.pk)
        cited = Citation.objects.filter(ticket=ticket, article=text.article_id).first()
        if cited:
            return cited
        cited = Citation.objects.create(
            article_id=text.article_id,
            ticket=ticket,
            person=by if isinstance(by, Person) else None,
            locale=text.locale,
            version=text.version,
        )
        fact = ArticleCited(
            article_id=text.article_id, title=text.title, locale=text.locale, version=text.version
        )
        record(fact, subject_id=ticket.pk, by=by)
    return cited


def uncite_article(cited: Citation, *, by: ActsAsActor) -> None:
    """Unlink the article from the ticket."""
    with update(by):
        require(may_note(by, cited.ticket))
        text = cited.article.texts.filter(locale=cited.locale).first()
        title = text.title if text else str(cited.article)
        fact = ArticleUncited(article_id=cited.article_id, title=title, locale=cited.locale)
        record(fact, subject_id=cited.ticket_id, by=by)
        cited.delete()
