"""A category or a section is removed; what stood there goes to the archive, never away."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.archive_article import archive_article
from opora.knowledge.events import CategoryRemoved, SectionRemoved
from opora.knowledge.models import Article, Category, Section
from opora.knowledge.policy import may_arrange
from opora.people.policy import require


def remove_category(category: Category, *, by: ActsAsActor, with_articles: bool = False) -> None:
    """Remove the category and its sections. Raises `Conflict` while articles in use stand there, unless `with_articles`."""
    with update(by):
        require(may_arrange(by))
        _archive(Article.objects.filter(section__category=category), by=by, allowed=with_articles)
        record(CategoryRemoved(name=category.name), subject_id=category.pk, by=by)
        category.delete()


def remove_section(section: Section, *, by: ActsAsActor, with_articles: bool = False) -> None:
    """Remove the section and those in it. Raises `Conflict` while articles in use stand there, unless `with_articles`."""
    with update(by):
        require(may_arrange(by))
        _archive(Article.objects.filter(section_id__in=_with_inner(section)), by=by, allowed=with_articles)
        record(SectionRemoved(name=section.name), subject_id=section.pk, by=by)
        section.delete()


def _archive(articles: QuerySet[Article], *, by: ActsAsActor, allowed: bool) -> None:
    standing = list(articles.filter(archived_at=None).select_related("permission_group"))
    if standing and not allowed:
        said = ngettext(
            "%(many)s article stands there. Move it or archive it first.",
            "%(many)s articles stand there. Move them or archive them first.",
            len(standing),
        )
        raise Conflict(said % {"many": len(standing)})
    for article in standing:
        archive_article(article, by=by)


def _with_inner(section: Section) -> set[int]:
    found, newest = {section.pk}, {section.pk}
    while newest:
        inner = Section.objects.filter(parent_id__in=newest).values_list("pk", flat=True)
        newest = set(inner) - found
        found |= newest
    return found
