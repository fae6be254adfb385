"""Who may read, write, publish and arrange articles."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from opora.events.actor import ActsAsActor
from opora.knowledge.models import Article, ArticleText, PermissionGroup, Segment
from opora.people.models import OrganizationMembership, Person
from opora.people.policy import may

WRITE = "knowledge.write"
PUBLISH = "knowledge.publish"
ARRANGE = "settings.knowledge"

Reader = ActsAsActor | AnonymousUser | None
"""Somebody who reads; nobody and the anonymous are visitors of the help center."""


def may_arrange(by: ActsAsActor) -> bool:
    """Categories, sections, audiences and permission groups."""
    return may(by, ARRANGE)


def may_write(by: ActsAsActor, article: Article | None = None) -> bool:
    """Begin an article, or change this one."""
    return may(by, WRITE) and _is_among(by, article, "editors")


def may_publish(by: ActsAsActor, article: Article) -> bool:
    """Publish the article's texts, take them back, archive it, and say that it is still true."""
    return may(by, PUBLISH) and _is_among(by, article, "publishers")


def readable_articles(reader: Reader) -> Q:
    """Which articles the reader may read, as a condition on `Article`.

    Colleagues read also what is not published yet, and what is meant for some customers; the archive is for those
    that write. Everybody else reads what has a published text and is meant for them.
    """
    if reader is not None and not isinstance(reader, (Person, AnonymousUser)):
        return Q()
    if isinstance(reader, Person) and reader.is_colleague:
        return _readable_by_colleague(reader)
    published = Exists(ArticleText.objects.filter(article=OuterRef("pk"), is_draft=False))
    return Q(archived_at=None) & Q(published) & _meant_for(reader if isinstance(reader, Person) else None)


def readable_texts(reader: Reader) -> Q:
    """Which texts of articles that may be read the reader gets, as a condition on `ArticleText`."""
    if reader is None or isinstance(reader, AnonymousUser):
        return Q(is_draft=False)
    return Q() if not isinstance(reader, Person) or reader.is_colleague else Q(is_draft=False)


def segments_of(person: Person) -> list[int]:
    """Return the numbers of the audiences that somebody belongs to."""
    return [segment.pk for segment in _all_segments() if belongs(person, segment)]


def belongs(person: Person, segment: Segment) -> bool:
    """Whether somebody who signed in belongs to the audience; see `Segment`. Prefetch its people, groups and organizations."""
    if person.pk in {one.pk for one in segment.people.all()}:
        return True
    if segment.kind == Segment.Kind.STAFF and not person.is_colleague:
        return False
    tags = _tags_of(person)
    return (
        tags.issuperset(segment.tags)
        and (not segment.or_tags or not tags.isdisjoint(segment.or_tags))
        and _is_in(segment.organizations.all(), _organizations_of(person))
        and _is_in(segment.groups.all(), person.group_ids)
    )


def _readable_by_colleague(reader: Person) -> Q:
    if may_arrange(reader):
        return Q()
    staff = {segment.pk: segment for segment in _all_segments() if segment.kind == Segment.Kind.STAFF}
    closed = [pk for pk, segment in staff.items() if not belongs(reader, segment)]
    meant = ~Q(segment_id__in=closed) | Q(segment=None) | Q(author=reader) | Q(owner=reader)
    return meant if may(reader, WRITE) else meant & Q(archived_at=None)


def _meant_for(person: Person | None) -> Q:
    return Q(segment=None) | Q(segment_id__in=segments_of(person)) if person else Q(segment=None)


def _is_among(by: ActsAsActor, article: Article | None, side: str) -> bool:
    group = article.permission_group if article else None
    if group is None or not isinstance(by, Person) or may_arrange(by):
        return True
    return any(belongs(by, segment) for segment in _segments_of_group(group, side))


def _segments_of_group(group: PermissionGroup, side: str) -> Iterable[Segment]:
    return getattr(group, side).prefetch_related("people", "organizations", "groups")


def _all_segments() -> list[Segment]:
    return list(Segment.objects.prefetch_related("people", "organizations", "groups"))


def _tags_of(person: Person) -> set[str]:
    own = set(person.tags)
    return own | set(person.organization.tags) if person.organization else own


def _organizations_of(person: Person) -> set[int]:
    return set(OrganizationMembership.objects.filter(person=person).values_list("organization_id", flat=True))


def _is_in(named: Iterable[object], own: Iterable[int]) -> bool:
    numbers = {one.pk for one in named}  # type: ignore[attr-defined]
    return not numbers or not numbers.isdisjoint(own)
