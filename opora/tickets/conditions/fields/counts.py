"""How often things happened."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import ConditionField, column
from opora.core.conditions.kinds import Number
from opora.tickets.conditions.fields.reading import of_ticket

GROUP = _("Counts")


def _count(name: str, title: str | Promise) -> Number:
    return Number(name=name, title=title, group=GROUP, seen=of_ticket(name), where=column(f"metric__{name}"))


FIELDS: list[ConditionField] = [
    _count("replies", _("Replies")),
    _count("comments", _("Comments")),
    _count("reopens", _("Reopenings")),
    _count("group_stations", _("Groups it has been with")),
    _count("assignee_stations", _("Assignees it has had")),
]
