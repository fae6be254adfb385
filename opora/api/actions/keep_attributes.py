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


def keep_written(kind: str, object_id: int, name: str, written: Any, meaning: Any) -> None:
    """Keep how a program wrote an attribute beside what it means here: several ways of writing can mean the same."""
    keep_attributes(kind, object_id, {name: {"written": written, "meaning": meaning}}, (name,))


def as_written(kept: Mapping[str, Any], name: str, meaning: Any) -> Any | None:
    """Return an attribute as a program wrote it, None where it means something else by now or never was written."""
    found = kept.get(name)
    return found["written"] if found and found["meaning"] == meaning else None
