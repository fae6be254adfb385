"""What a program says of an object and what means nothing here is kept, to be read back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from opora.api.models import KeptAttributes


def keep_attributes(kind: str, object_id: int, given: Mapping[str, Any], names: Collection[str]) -> None:
    """Keep those of the given attributes that are named. They have no effect, so no fact is recorded."""
    new = {name: given[name] for name in names if name in given}
    if not new:
        return
    row, _created = KeptAttributes.objects.get_or_create(kind=kind, object_id=object_id)
    row.values = {**row.values, **new}
    row.save(update_fields=["values"])


def kept_attributes(kind: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return what is kept of objects, by their numbers; nothing for those of whom nothing is."""
    rows = KeptAttributes.objects.filter(kind=kind, object_id__in=list(ids))
    return dict(rows.values_list("object_id", "values"))
