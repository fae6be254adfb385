"""Articles of the help center. An update changes properties; words are changed through translations, as on the vendor's."""

from typing import Any

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.articles import ARTICLES, KEPT, labelled
from opora.api.nouns.shelves import CATEGORIES, SECTIONS
from opora.api.nouns.users import known_people
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center, help_center_list, offered
from opora.api.wire.increments import export_by_time
from opora.api.wire.problems import missing_parameter, not_found
from opora.api.writes.articles import ARTICLE, ARTICLE_METADATA, article_columns, make_article
from opora.knowledge.actions.archive_article import archive_article
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.models import Article, Section


@help_center("GET", "articles", who="readers")
def list_articles(call: Call) -> Json:
    """List articles; `label_names` chooses those that have all of these labels."""
    return _list(call, ARTICLES.rows(call))


@help_center("GET", "categories/{category_id}/articles", who="readers")
def articles_of_category(call: Call, category_id: int) -> Json:
    """List the articles of a category."""
    category = CATEGORIES.find(call, category_id)
    return _list(call, ARTICLES.rows(call).filter(section__category=category))


@help_center("GET", "sections/{section_id}/articles", who="readers")
def articles_of_section(call: Call, section_id: int) -> Json:
    """List the articles of a section."""
    return _list(call, ARTICLES.rows(call).filter(section=SECTIONS.find(call, section_id)))


@help_center("GET", "users/{user_id}/articles")
def articles_of_user(call: Call, user_id: int) -> Json:
    """List the articles that somebody wrote."""
    if not known_people(call).filter(pk=user_id).exists():
        raise not_found()
    return _list(call, ARTICLES.rows(call).filter(author_id=user_id))


def _list(call: Call, rows: QuerySet[Article]) -> Json:
    labels = call.all_of("label_names")
    return help_center_list(call, ARTICLES, labelled(rows, labels, every=True) if labels else rows)


@offered("GET", "help_center/incremental/articles")
@offered("GET", "help_center/articles/incremental")
def articles_since(call: Call) -> Json:
    """Export articles that changed since a moment; those in the archive are no longer among them."""
    found = export_by_time(call, ARTICLES, ARTICLES.rows(call))
    return {**found, "next_page": None} if found["end_of_stream"] else found


@help_center("GET", "articles/{article_id}", who="readers")
def show_article(call: Call, article_id: int) -> Json:
    """Show one article."""
    return one_of(call, ARTICLES, ARTICLES.find(call, article_id).pk)


@help_center("POST", "sections/{section_id}/articles", takes=ARTICLE)
def create_article(call: Call, section_id: int) -> Answer:
    """Write an article in a section; it is published unless it is a draft."""
    return _create(call, section_id)


@help_center("POST", "articles", takes=ARTICLE)
def create_article_anywhere(call: Call) -> Answer:
    """Write an article in the section that `section_id` names."""
    section_id = call.read(ARTICLE).get("section_id")
    if not section_id:
        raise missing_parameter("section_id")
    return _create(call, section_id)


def _create(call: Call, section_id: int) -> Answer:
    section, given = Section.objects.filter(pk=section_id).first(), call.read(ARTICLE)
    if section is None:
        raise not_found()
    article = make_article(call, section, {**given, "section_id": None})
    return created(call, ARTICLES, article.pk)


@help_center("PUT", "articles/{article_id}", takes=ARTICLE_METADATA)
def update_article(call: Call, article_id: int) -> Any:
    """Change properties of an article: section, author, audience, labels, place."""
    article, given = ARTICLES.find(call, article_id), call.read(ARTICLE_METADATA)
    save_article(article, by=call.person, **article_columns(given))
    keep_attributes("article", article.pk, given, KEPT)
    return changed(call, ARTICLES, article.pk)


@help_center("DELETE", "articles/{article_id}")
def delete_article(call: Call, article_id: int) -> Answer:
    """Archive an article; people bring it back on its page."""
    archive_article(ARTICLES.find(call, article_id), by=call.person)
    return NOTHING
