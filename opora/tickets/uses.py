"""Which views, macros and prepared words name a thing; and how conditions and steps name things at all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.core.conditions.kinds.values import words_in
from opora.core.uses import Thing, Use, finds_uses
from opora.tickets.models import Macro, View

PEOPLE = ("assignee", "requester", "submitter", "follower", "cc", "current_user")


class Names(NamedTuple):
    """The fields of conditions, and the steps, whose values are things of a kind."""

    fields: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


NAMED_BY: Mapping[str, Names] = {
    "brand": Names(("brand",), ("brand",)),
    "calendar": Names(("within_schedule",)),
    "group": Names(("group",), ("group", "tell_group", "mail_group")),
    "organization": Names(("organization",)),
    "person": Names(PEOPLE, ("assignee", "add_follower", "add_cc", "tell_person", "mail_colleague")),
    "status": Names(("custom_status",), ("status",)),
    "tag": Names(("tags",), ("tags", "add_tags", "remove_tags")),
    "ticketform": Names(("form",), ("form",)),
    "webhook": Names((), ("call_webhook",)),
}
"""Own fields are names of conditions and steps themselves: `custom_field_12`, and `ticket_field_12` in texts."""


def names(
    thing: Thing, *, conditions: Mapping[str, Any] | None = None, steps: Iterable[Any] = (), text: str = ""
) -> bool:
    """Whether a condition asks about the thing, a step sets or reaches it, or a place of the text shows it."""
    rows = [row for part in (conditions or {}).values() for row in part if isinstance(row, dict)]
    done = [step for step in steps if isinstance(step, dict)]
    if thing.kind == "ticketfield":
        own = {f"custom_field_{thing.id}", f"custom_fields_{thing.id}"}
        place = re.compile(rf"ticket_field_(option_title_)?{re.escape(thing.id)}\b")
        said = [text, *(str(step.get("value")) for step in done)]
        return any(row.get("field") in own for row in (*rows, *done)) or any(map(place.search, said))
    known = NAMED_BY.get(thing.kind, Names())
    return any(row.get("field") in known.fields and _holds(row.get("value"), thing) for row in rows) or any(
        step.get("field") in known.steps and _holds(step.get("value"), thing) for step in done
    )


def _holds(value: Any, thing: Thing) -> bool:
    if isinstance(value, dict):
        return thing.id in {str(value.get(name)) for name in ("to", "webhook")}
    if thing.kind in {"tag", "calendar"}:
        return thing.id in words_in(value)
    return thing.id in {str(one) for one in (value if isinstance(value, list) else [value])}


@finds_uses
def views_and_macros(thing: Thing) -> Iterator[Use]:
    """Yield the shared views and macros that name the thing; somebody's own are nobody else's business."""
    for view in View.objects.filter(owner=None):
        if names(thing, conditions=view.conditions) or _is_of(view, thing):
            url = reverse("tickets:edit_view", args=[view.pk])
            yield Use(pgettext_lazy("log", "View"), view.title, url, view.is_active)
    for macro in Macro.objects.filter(owner=None):
        if names(thing, steps=macro.actions, text=macro.html) or _is_of(macro, thing):
            yield Use(
                _("Macro"), macro.title, reverse("tickets:edit_macro", args=[macro.pk]), macro.is_active
            )


def _is_of(row: View | Macro, thing: Thing) -> bool:
    return thing == Thing("group", str(row.group_id))
