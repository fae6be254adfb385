"""When things happened, and how long ago."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import ConditionField, column
from opora.core.conditions.kinds import HoursSince, Moment
from opora.tickets.conditions.case import Case
from opora.tickets.conditions.fields.reading import changed, of_ticket
from opora.tickets.models import Category

GROUP = _("Dates")
SPANS = _("Time that has passed")


def _in_status(category: Category) -> Callable[[Case], datetime | None]:
    return lambda case: case.ticket.status_changed_at if case.ticket.category == category else None


def _only(category: Category) -> Callable[[], Q]:
    return lambda: Q(category=category)


def _hours(name: str, title: str | Promise, seen: str, where: str, **further: Any) -> HoursSince:
    return HoursSince(
        name=name, title=title, group=SPANS, seen=of_ticket(seen), where=column(where), **further
    )


def _hours_in(category: Category, title: str | Promise) -> HoursSince:
    return HoursSince(
        name=f"hours_{category.word}", title=title, group=SPANS, seen=_in_status(category),
        where=column("metric__status_changed_at"), only=_only(category),
    )  # fmt: skip


FIELDS: list[ConditionField] = [
    Moment(
        name="created", title=_("Created"), group=GROUP, seen=of_ticket("created_at"), where=column("created_at")
    ),
    Moment(
        name="updated", title=_("Updated"), group=GROUP, seen=of_ticket("updated_at"), where=column("updated_at")
    ),
    Moment(
        name="solved", title=_("Solved"), group=GROUP, seen=of_ticket("solved_at"), where=column("solved_at")
    ),
    Moment(
        name="due_date", title=_("Due"), group=GROUP, seen=of_ticket("due_at"), where=column("due_at"),
        changed=changed("due_at", "due_at"),
    ),
    _hours("hours_created", _("Hours since it was created"), "created_at", "created_at"),
    _hours("hours_updated", _("Hours since the last change"), "updated_at", "updated_at"),
    _hours("hours_in_status", _("Hours in its status"), "status_changed_at", "metric__status_changed_at"),
    _hours_in(Category.NEW, _("Hours it has been new")),
    _hours_in(Category.OPEN, _("Hours it has been open")),
    _hours_in(Category.PENDING, _("Hours it has been pending")),
    _hours_in(Category.HOLD, _("Hours it has been on hold")),
    _hours_in(Category.SOLVED, _("Hours it has been solved")),
    _hours_in(Category.CLOSED, _("Hours it has been closed")),
    _hours("hours_assigned", _("Hours since it was assigned"), "assigned_at", "metric__assigned_at"),
    _hours("hours_customer", _("Hours since the customer’s last word"), "customer_at", "metric__last_customer_at"),
    _hours("hours_agent", _("Hours since our last word"), "agent_at", "metric__last_agent_at"),
    _hours("hours_until_due", _("Hours until it is due"), "due_at", "due_at", ahead=True),
    _hours("hours_overdue", _("Hours since it was due"), "due_at", "due_at"),
]  # fmt: skip
