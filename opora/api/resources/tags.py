"""Tags of the desk, most used first."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import counted, required
from opora.api.wire.paging import list_of, tally
from opora.api.wire.routing import operation
from opora.tickets.models import Tag


def _rows(call: Call) -> QuerySet[Tag]:
    return Tag.objects.annotate(uses=Count("marks")).filter(uses__gt=0)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Tag.objects.annotate(uses=Count("marks")).in_bulk(ids)
    return [{"name": rows[pk].name, "count": rows[pk].uses} for pk in ids if pk in rows]  # type: ignore[attr-defined]


TAGS = Noun("tag", "tags", "tags", _rows, _present, orders={"count": "-uses", "name": "name"})


@operation("GET", "tags")
def list_tags(call: Call) -> Json:
    """List the tags that tickets have, most used first."""
    return list_of(call, TAGS, _rows(call), order="-uses")


@operation("GET", "tags/count")
def count_tags(call: Call) -> Json:
    """Count the tags that tickets have."""
    return counted(tally(_rows(call)))


@operation("GET", "autocomplete/tags")
def autocomplete_tags(call: Call) -> Json:
    """Find tags that begin so."""
    found = Tag.objects.filter(name__startswith=required(call, "name").lower()).values_list("name", flat=True)
    return {"tags": list(found[:20])}
