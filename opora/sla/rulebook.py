"""The rules in force: books of policies, calendars, and whose they are, read from the tables and remembered."""

from opora.calendars.queries import SHOWING_CHANGES, history_of_uses, schedules
from opora.core.remembered import Remembered
from opora.sla.content import Content, policy_of
from opora.sla.engine.policy import Book, Policy, Rules, Use
from opora.sla.models import PolicyBook, PolicyVersion
from opora.tickets.conditions import condition_fields

_RULES: Remembered[Rules] = Remembered((PolicyBook, "id"), (PolicyBook, "since"), *SHOWING_CHANGES)


def rules() -> Rules:
    """Return everything clocks follow from beside the log, in one small query while policies and calendars stay."""
    return _RULES.get(_read)


def _read() -> Rules:
    written = list(PolicyBook.objects.order_by("since", "id").values_list("since", "version_ids"))
    known = policies_of(sorted({pk for _since, ids in written for pk in ids}))
    books = [Book(since, tuple(known[pk] for pk in ids)) for since, ids in written]
    uses = [Use(row.kind, row.subject_id, row.calendar_id, row.since, row.until) for row in history_of_uses()]
    return Rules(books, schedules(), uses, known)


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
