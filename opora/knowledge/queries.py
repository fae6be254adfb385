"""Finding articles and what they stand in, for pages of colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import NotFound
from opora.knowledge.models import (
    Article,
    ArticleDraft,
    ArticleText,
    Category,
    Citation,
    PermissionGroup,
    Section,
    Segment,
    Vote,
)
from opora.knowledge.policy import Reader, readable_articles
from opora.people.models import Person
from opora.tickets.queries import tickets_for

SORTS = {
    "-updated_at": ["-updated_at"],
    "updated_at": ["updated_at"],
    "title": ["title"],
    "-title": ["-title"],
    "-cited": ["-standing__citations"],
    "cited": ["standing__citations"],
    "helpful": ["standing__helpful"],
    "-helpful": ["-standing__helpful"],
    "review": ["review_on"],
    "-review": ["-review_on"],
}
"""What the list may be sorted by; each order has an index."""

IN_USE, PUBLISHED, DRAFT, ARCHIVED = "", "published", "draft", "archived"
MOST_NOTES, MOST_TICKETS = 10, 10


@dataclass(frozen=True)
class Filters:
    """What the list of articles is narrowed by, as it was asked; "" for not at all."""

    brand: str = ""
    section: str = ""
    locale: str = ""
    state: str = ""
    confidence: str = ""
    owner: str = ""
    due: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """Return the filters of an address; numbers that are none count as nothing."""
        given = {name: asked.get(name, "")[:40] for name in cls.__dataclass_fields__}
        numbers = {
            name: given[name] if given[name].isdigit() else "" for name in ("brand", "section", "owner")
        }
        return cls(**(given | numbers))

    @property
    def is_empty(self) -> bool:
        return self == Filters()


def articles_of(filters: Filters, *, reader: Person) -> QuerySet[Article]:
    """Return the articles that the reader may read and that pass the filters."""
    rows = Article.objects.filter(readable_articles(reader), _state(filters.state))
    if filters.brand:
        rows = rows.filter(section__category__brand_id=int(filters.brand))
    if filters.section:
        rows = rows.filter(section_id=int(filters.section))
    if filters.locale:
        rows = rows.filter(Exists(_texts(locale=filters.locale)))
    if filters.confidence:
        rows = rows.filter(confidence=filters.confidence)
    if filters.owner:
        rows = rows.filter(owner_id=int(filters.owner))
    return rows.filter(due_by(clock.now().date())) if filters.due else rows


def due_by(day: date) -> Q:
    """What somebody has to look at again by that day, as a condition on `Article`."""
    return Q(archived_at=None, review_on__lte=day)


def with_what_rows_show(ids: list[int]) -> QuerySet[Article]:
    """Return these articles with all that a row of a list shows, in a constant number of queries."""
    texts = ArticleText.objects.defer("body").order_by("id")
    rows = Article.objects.filter(pk__in=ids).select_related("section__category__brand", "owner", "standing")
    return rows.prefetch_related(Prefetch("texts", texts))


def article_for(reader: Reader, article_id: int) -> Article:
    """Return the article, with what its page shows, if they may read it. Raises `NotFound`."""
    rows = Article.objects.filter(readable_articles(reader), pk=article_id).select_related(
        "section__category__brand", "owner", "author", "segment", "permission_group", "standing"
    )
    found = rows.prefetch_related("texts__updated_by", "labels", "files").first()
    if found is None:
        raise NotFound(_("There is no such article."))
    return found


def text_of(article: Article, locale: str) -> ArticleText:
    """Return the article in this language. Raises `NotFound`."""
    found = next((text for text in article.texts.all() if text.locale == locale), None)
    if found is None:
        raise NotFound(_("The article is not written in this language."))
    return found


def best_text(article: Article, locale: str) -> ArticleText | None:
    """Return what to show a reader of `locale`: that language, else the article's own, else any; of `texts` as loaded."""
    texts = {text.locale: text for text in article.texts.all()}
    return texts.get(locale) or texts.get(article.source_locale) or next(iter(texts.values()), None)


def draft_for(person: Person, article: Article | None, locale: str) -> ArticleDraft | None:
    """Return what they typed there and did not save."""
    own = ArticleDraft.objects.filter(person=person, article=article)
    return (own.filter(locale=locale) if article else own).first()


def notes_on(article: Article) -> list[Vote]:
    """Return the last votes on the article that say why."""
    noted = Vote.objects.filter(text__article=article).exclude(note="").select_related("text", "person")
    return list(noted.order_by("-updated_at")[:MOST_NOTES])


def citations_for(person: Person, article: Article) -> list[Citation]:
    """Return the last citations of the article on tickets that they may see."""
    seen = Citation.objects.filter(article=article, ticket__in=tickets_for(person))
    return list(seen.select_related("ticket__status", "person").order_by("-id")[:MOST_TICKETS])


def shelves(brand_id: int | None = None) -> list[Category]:
    """Return the categories with their sections, of one brand or of all, brand by brand in their order."""
    rows = Category.objects.select_related("brand").prefetch_related("sections")
    rows = rows if brand_id is None else rows.filter(brand_id=brand_id)
    return list(rows.order_by("-brand__is_default", "brand__name", "position", "id"))


def sections_as_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Return every section under “brand · category”, inner ones after those that they stand in."""
    return [
        (
            f"{category.brand.name} · {category.name}",
            [(row.pk, "– " * depth + row.name) for row, depth in laid_out(category)],
        )
        for category in shelves()
    ]


def laid_out(category: Category) -> list[tuple[Section, int]]:
    """Return the sections of a category as a tree is read, each with how deep it stands."""
    inside: dict[int | None, list[Section]] = {}
    for section in category.sections.all():
        inside.setdefault(section.parent_id, []).append(section)
    rows: list[tuple[Section, int]] = []

    def lay(parent: int | None, depth: int) -> None:
        for section in inside.get(parent, ()):
            rows.append((section, depth))
            lay(section.pk, depth + 1)

    lay(None, 0)
    return rows


def section_of(section_id: int) -> Section:
    """Return the section with its category and brand. Raises `NotFound`."""
    found = Section.objects.select_related("category__brand", "parent").filter(pk=section_id).first()
    if found is None:
        raise NotFound(_("There is no such section."))
    return found


def category_of(category_id: int) -> Category:
    """Return the category with its brand. Raises `NotFound`."""
    found = (
        Category.objects.select_related("brand").prefetch_related("sections").filter(pk=category_id).first()
    )
    if found is None:
        raise NotFound(_("There is no such category."))
    return found


def segments() -> QuerySet[Segment]:
    return Segment.objects.all()


def permission_groups() -> QuerySet[PermissionGroup]:
    return PermissionGroup.objects.prefetch_related("editors", "publishers")


def _state(state: str) -> Q:
    if state == ARCHIVED:
        return Q(archived_at__isnull=False)
    in_use = Q(archived_at=None)
    if state == PUBLISHED:
        return in_use & Q(Exists(_texts(is_draft=False)))
    return in_use & Q(Exists(_texts(is_draft=True))) if state == DRAFT else in_use


def _texts(**fits: object) -> QuerySet[ArticleText]:
    return ArticleText.objects.filter(article=OuterRef("pk"), **fits)
