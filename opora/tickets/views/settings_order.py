"""Moving a row of a list one place up or down."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Row = TypeVar("Row", bound=Model)


def moved(rows: Iterable[Row], given: QueryDict) -> list[Row]:
    """Return the rows with that of `up` or `down` one place higher or lower; at the ends it stays."""
    ordered = list(rows)
    step = -1 if "up" in given else 1
    wanted = given.get("up") or given.get("down") or ""
    place = next((place for place, row in enumerate(ordered) if str(row.pk) == wanted), None)
    if place is None:
        raise Invalid(_("This list has changed. Open it again."))
    row = ordered.pop(place)
    ordered.insert(min(max(place + step, 0), len(ordered)), row)
    return ordered
