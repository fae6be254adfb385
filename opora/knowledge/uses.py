"""Which articles, audiences and categories name a thing; of many articles the sentence names a few."""

from collections.abc import Callable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opora.core.uses import Thing, Use, finds_uses
from opora.knowledge.models import Article, Category, PermissionGroup, Segment

MOST_ARTICLES = 20
ARTICLES: dict[str, Callable[[str], Q]] = {
    "segment": lambda pk: Q(segment_id=pk),
    "permissiongroup": lambda pk: Q(permission_group_id=pk),
    "section": lambda pk: Q(section_id=pk),
    "label": lambda pk: Q(labels=pk),
    "person": lambda pk: Q(owner_id=pk),
}


@finds_uses
def articles_and_audiences(thing: Thing) -> Iterator[Use]:
    """Yield the articles that are meant for the thing, stand in it or belong to it, and what of the help center names it."""
    if thing.kind in ARTICLES and thing.id.isdigit():
        named = Article.objects.filter(ARTICLES[thing.kind](thing.id), archived_at=None)
        for article in named.order_by("-updated_at", "-id")[:MOST_ARTICLES]:
            yield Use(_("Article"), str(article), reverse("knowledge:article", args=[article.pk]))
    if thing.kind == "brand" and thing.id.isdigit():
        for category in Category.objects.filter(brand_id=thing.id):
            yield Use(_("Category"), category.name, reverse("knowledge:category", args=[category.pk]))
    if thing.kind == "segment" and thing.id.isdigit():
        for group in PermissionGroup.objects.filter(Q(editors=thing.id) | Q(publishers=thing.id)).distinct():
            yield Use(
                _("Permission group"), str(group), reverse("knowledge:permission_group", args=[group.pk])
            )
    yield from _segments(thing)


def _segments(thing: Thing) -> Iterator[Use]:
    fields = {"group": "groups", "organization": "organizations", "person": "people"}
    if thing.kind in fields and thing.id.isdigit():
        found = list(Segment.objects.filter(**{fields[thing.kind]: thing.id}))
    elif thing.kind == "tag":
        found = [one for one in Segment.objects.all() if thing.id in {*one.tags, *one.or_tags}]
    else:
        found = []
    for segment in found:
        yield Use(_("Audience"), str(segment), reverse("knowledge:segment", args=[segment.pk]))
