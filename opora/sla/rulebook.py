"""The rules in force: books of policies, calendars, and whose they are, read from the tables and remembered."""

from typing import Any

from opora.calendars.queries import history_of_uses, schedules
from opora.sla.content import Content, policy_of
from opora.sla.engine.policy import Book, Policy, Rules, Use
from opora.sla.models import PolicyBook, PolicyVersion
from opora.tickets.conditions import condition_fields

_REMEMBERED: dict[Any, tuple[list[Book], dict[int, Policy]]] = {}


def rules() -> Rules:
    """Return everything clocks follow from beside the log, in four small queries; policies are read when one changed."""
    books, known = _books()
    uses = [Use(row.kind, row.subject_id, row.calendar_id, row.since, row.until) for row in history_of_uses()]
    return Rules(books, schedules(), uses, known)


def _books() -> tuple[list[Book], dict[int, Policy]]:
    written = list(PolicyBook.objects.order_by("since", "id").values_list("id", "since", "version_ids"))
    key = tuple((pk, since, tuple(ids)) for pk, since, ids in written)
    found = _REMEMBERED.get(key)
    if found is None:
        _REMEMBERED.clear()
        wanted = {pk for _id, _since, ids in written for pk in ids}
        known = policies_of(sorted(wanted))
        found = [Book(since, tuple(known[pk] for pk in ids)) for _id, since, ids in written], known
        _REMEMBERED[key] = found
    return found


def policies_of(version_ids: list[int]) -> dict[int, Policy]:
    """Return versions of policies as the fold reads them, by their id."""
    if not version_ids:
        return {}
    fields = condition_fields()
    rows = PolicyVersion.objects.filter(pk__in=version_ids).select_related("policy")
    return {
        row.pk: policy_of(
            Content.from_json(row.content),
            policy_id=row.policy_id,
            version_id=row.pk,
            name=row.policy.name,
            fields=fields,
        )
        for row in rows
    }
