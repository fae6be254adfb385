"""What saving an audience and a permission group have in common: a name of their own, members, and some that are built in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, ConfigurationFact, apply_changes
from opora.events.recording import record, update
from opora.knowledge.models import PermissionGroup, Segment
from opora.knowledge.policy import may_arrange
from opora.people.policy import require

Named = TypeVar("Named", Segment, PermissionGroup)


@dataclass(frozen=True)
class Refusals:
    """The sentences for a row that is built in, for a blank name, and for one that is taken."""

    built_in: str
    blank: str
    taken: str


def save_named(
    row: Named,
    fact: type[ConfigurationFact],
    *,
    by: ActsAsActor,
    fields: Mapping[str, Any],
    members: Iterable[str],
    refusals: Refusals,
) -> Named:
    """Write the fields; those that are called `members` are lists of rows. Records `fact` where anything changed."""
    lists = {name: fields[name] for name in members if name in fields}
    with update(by):
        require(may_arrange(by))
        refuse_built_in(row, refusals)
        created = row.pk is None
        changes = apply_changes(row, {name: value for name, value in fields.items() if name not in lists})
        _check_name(row, refusals)
        if changes or created:
            row.save()
        for name, wanted in lists.items():
            changes |= _set_members(row, name, wanted)
        if changes or created:
            row.updated_at = clock.now()
            row.save(update_fields=["updated_at"])
            record(fact(name=row.name, created=created, changes=changes), subject_id=row.pk, by=by)
    return row


def refuse_built_in(row: Named, refusals: Refusals) -> None:
    """Raise `Conflict` for what every desk has."""
    if row.is_built_in:
        raise Conflict(refusals.built_in)


def _check_name(row: Named, refusals: Refusals) -> None:
    if not row.name.strip():
        raise Invalid(refusals.blank, field="name", reason="BlankValue")
    if type(row).objects.filter(name__iexact=row.name).exclude(pk=row.pk).exists():
        raise Invalid(refusals.taken, field="name", reason="DuplicateValue")


def _set_members(row: Named, name: str, wanted: Iterable[Any]) -> Changes:
    before, after = set(getattr(row, name).all()), set(wanted)
    if before == after:
        return {}
    getattr(row, name).set(after)
    return {name: [sorted(map(str, before)), sorted(map(str, after))]}
