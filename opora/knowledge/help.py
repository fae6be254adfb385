"""What the public help center shows: shelves of a brand, and each article in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _

from opora.core.pagination import Page, keyset_page
from opora.core.refusals import NotFound
from opora.core.text import slugify_name
from opora.knowledge.models import Article, ArticleText, Category, Section
from opora.knowledge.policy import Reader, readable_articles, readable_texts
from opora.knowledge.queries import best_text, laid_out, shelves
from opora.people.models import Brand

FIRST, PAGE_SIZE, PROMOTED, RELATED, MOST_LOADED = 5, 50, 8, 5, 500
ORDERS = {
    Section.Sorting.MANUAL: ["position"],
    Section.Sorting.TITLE: ["title"],
    Section.Sorting.CREATED: ["-created_at"],
    Section.Sorting.EDITED: ["-edited_at"],
}


@dataclass(frozen=True)
class Visit:
    """Who reads the help center of which brand, in which language."""

    reader: Reader
    brand: Brand
    locale: str

    def articles(self) -> QuerySet[Article]:
        """Return the articles of the brand that they may read, with the titles they get."""
        rows = Article.objects.filter(
            readable_articles(self.reader), archived_at=None, section__category__brand=self.brand
        )
        titles = ArticleText.objects.filter(readable_texts(self.reader)).defer("body").order_by("id")
        return rows.prefetch_related(Prefetch("texts", titles))

    def listed(self, articles: Iterable[Article]) -> list[ArticleText]:
        """Return each article's text in their language, or in its own."""
        return [text for article in articles if (text := best_text(article, self.locale))]


@dataclass(frozen=True)
class Shelf:
    """A section with how many articles the reader finds in it, and the first of them where the page shows some."""

    section: Section
    name: str
    depth: int
    count: int
    first: list[ArticleText]


@dataclass(frozen=True)
class Part:
    """A category with the sections that are not empty."""

    category: Category
    name: str
    description: str
    shelves: list[Shelf]


def parts_of(visit: Visit) -> list[Part]:
    """Return the categories of the brand in which the reader finds something."""
    rows = visit.articles().order_by().values_list("section_id").annotate(Count("pk"))
    counts = dict(rows)
    parts = [_part(visit, category, counts, {}) for category in shelves(visit.brand.pk)]
    return [part for part in parts if part.shelves]


def part_of(visit: Visit, category: Category) -> Part:
    """Return one category with the first articles of each section; of a large one the first among those loaded."""
    rows = visit.articles().filter(section__category=category)
    counts = dict(rows.order_by().values_list("section_id").annotate(Count("pk")))
    inside: dict[int, list[Article]] = {}
    for article in rows.order_by("position", "id")[:MOST_LOADED]:
        inside.setdefault(article.section_id or 0, []).append(article)
    first = {
        section.pk: visit.listed(_in_order(inside.get(section.pk, []), section)[:FIRST])
        for section in category.sections.all()
    }
    return _part(visit, category, counts, first)


def _in_order(articles: list[Article], section: Section) -> list[Article]:
    field = ORDERS[Section.Sorting(section.sorting)][0]
    return sorted(articles, key=attrgetter(field.lstrip("-"), "pk"), reverse=field.startswith("-"))


def _part(
    visit: Visit, category: Category, counts: dict[int, int], first: dict[int, list[ArticleText]]
) -> Part:
    shown = [
        Shelf(section, section.name_in(visit.locale), depth, counts[section.pk], first.get(section.pk, []))
        for section, depth in laid_out(category)
        if counts.get(section.pk)
    ]
    return Part(category, category.name_in(visit.locale), category.description_in(visit.locale), shown)


def promoted(visit: Visit) -> list[ArticleText]:
    """Return what the first page shows before anything is asked."""
    return visit.listed(visit.articles().filter(is_promoted=True).order_by("position", "id")[:PROMOTED])


def page_of_section(visit: Visit, section: Section, cursor: str) -> Page[Article]:
    """Return the articles of the section in its own order."""
    order = ORDERS[Section.Sorting(section.sorting)]
    return keyset_page(visit.articles().filter(section=section), order=order, size=PAGE_SIZE, cursor=cursor)


def related(visit: Visit, article: Article) -> list[ArticleText]:
    """Return what else may help: articles with the same labels, then neighbours in the section."""
    others = visit.articles().exclude(pk=article.pk)
    labels = [label.pk for label in article.labels.all()]
    alike = (
        list(others.filter(labels__in=labels).distinct().order_by("position", "id")[:RELATED])
        if labels
        else []
    )
    known = [one.pk for one in alike]
    beside = others.filter(section=article.section).exclude(pk__in=known).order_by("position", "id")
    return visit.listed([*alike, *beside[: RELATED - len(alike)]])


def languages_of(visit: Visit) -> list[str]:
    """Return the languages in which the reader finds something of this brand."""
    texts = ArticleText.objects.filter(readable_texts(visit.reader), article__in=visit.articles().order_by())
    return sorted(set(texts.order_by().values_list("locale", flat=True)))


def brand_of_help(slug: str = "") -> Brand:
    """Return the brand of this address, without one the default brand. Raises `NotFound`."""
    rows = Brand.objects.filter(is_active=True)
    found = rows.filter(slug=slug).first() if slug else rows.order_by("-is_default", "id").first()
    if found is None:
        raise NotFound(_("There is no such help center. Check the address."))
    return found


def place_of(number: int, name: str) -> str:
    """Return how addresses name a thing: the number counts, the words after it are for people."""
    return f"{number}-{slugify_name(name)[:80]}".rstrip("-")


def number_in(place: str) -> int:
    """Return the number an address begins with. Raises `NotFound`."""
    number = place.partition("-")[0]
    if not number.isdigit() or len(number) > 18:
        raise NotFound(_("There is no such page."))
    return int(number)
