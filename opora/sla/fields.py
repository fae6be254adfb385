"""What conditions and lists can ask about promises."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.core.conditions.field import column
from opora.core.conditions.kinds import Flag, HoursSince
from opora.sla.drawing import ring
from opora.sla.models import Promise
from opora.sla.queries import share_of
from opora.tickets import cells, lists
from opora.tickets.conditions import register_field
from opora.tickets.models.ticket import LIST_COLUMNS, LIST_RELATED

GROUP = gettext_lazy("Promises")
COLUMN = "next_breach"


def register_fields() -> None:
    """Let views ask for the next breach and sort by it. Called once, when the app is ready."""
    register_field(
        HoursSince(
            name="hours_until_breach", title=gettext_lazy("Hours until the next breach"), group=GROUP, ahead=True,
            seen=_next_breach, where=column("promise__next_breach_at"),
        )
    )  # fmt: skip
    register_field(
        HoursSince(
            name="hours_since_breach", title=gettext_lazy("Hours since the last breach"), group=GROUP,
            seen=_next_breach, where=column("promise__next_breach_at"),
        )
    )  # fmt: skip
    register_field(
        Flag(
            name="promise_broken",
            title=gettext_lazy("A promise is broken"),
            group=GROUP,
            seen=_broken,
            where=column("promise__breached"),
        )
    )
    register_field(
        Flag(
            name="promise_paused",
            title=gettext_lazy("All promises are paused"),
            group=GROUP,
            seen=_paused,
            where=column("promise__paused"),
        )
    )
    register_field(
        Flag(
            name="promise_missing",
            title=gettext_lazy("No policy matches"),
            group=GROUP,
            seen=_missing,
            where=column("promise__uncovered"),
        )
    )
    lists.COLUMNS[COLUMN] = gettext_lazy("Next breach")
    lists.SORTS["promise__next_breach_at"] = gettext_lazy("Next breach")
    cells.CELLS[COLUMN] = _cell
    cells.DUES.append(countdown)
    LIST_RELATED.append("promise")
    LIST_COLUMNS.extend(
        f"promise__{name}" for name in ("next_since", "next_due_at", "next_breach_at", "paused")
    )


def _promise(case: Any) -> Promise | None:
    return Promise.objects.filter(pk=case.ticket.id).first()


def _next_breach(case: Any) -> datetime | None:
    found = _promise(case)
    return found.next_breach_at if found else None


def _broken(case: Any) -> bool:
    found = _promise(case)
    return bool(found and found.breached)


def _paused(case: Any) -> bool:
    found = _promise(case)
    return bool(found and found.paused)


def _missing(case: Any) -> bool:
    found = _promise(case)
    return bool(found and found.uncovered)


def _cell(row: lists.ListRow, around: cells.Around) -> SafeString:
    return format_html('<td class="meta column-time">{}</td>', countdown(row.ticket, around.now))


def countdown(ticket: Any, now: datetime) -> SafeString:
    """Return ring and words of a ticket's next breach; nothing where nothing is promised."""
    found = getattr(ticket, "promise", None)
    if found is None or found.next_breach_at is None or ticket.is_solved:
        return SafeString("")
    share = share_of(found.next_since, found.next_due_at, now)
    late = found.next_breach_at < now
    state = "late" if late else "paused" if found.paused else "soon" if share >= 0.75 else "running"
    return ring(
        found.next_breach_at if late else found.next_due_at or found.next_breach_at,
        share,
        state,
        now,
        late=_("late %s"),
    )
