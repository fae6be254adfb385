"""Rows of settings in an order: putting all in their places, and changing several at once."""

from collections.abc import Callable
from typing import Any

from opora.api.nouns.automation import AUTOMATIONS, TRIGGERS
from opora.api.nouns.macros import MACROS
from opora.api.nouns.profile_fields import ORGANIZATION_FIELDS, USER_FIELDS
from opora.api.nouns.ticket_forms import TICKET_FORMS
from opora.api.nouns.views import VIEWS
from opora.api.wire.bodies import FLAG, IDS, WHOLE, Body, Json, unwrap
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_list
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import whole_list
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.automation.actions.save_rule import save_rule
from opora.people.actions.save_profile_field import save_profile_field
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.actions.save_view import save_view

LAST_PLACE = 32_000
_SEVERAL = Body("", {"id": WHOLE, "active": FLAG, "position": WHOLE}, ("id",))
Save = Callable[..., Any]


def _offer_reorder(noun: Noun, save: Save) -> None:
    name = f"{noun.one}_ids"

    def reorder(call: Call) -> Any:
        wanted = IDS.read(name, unwrap(call.body, name))
        known = {row.pk: row for row in noun.rows(call).order_by("position", "pk")}
        unknown = [pk for pk in wanted if pk not in known]
        if unknown:
            raise invalid_record(name, "is invalid")
        ids = [*dict.fromkeys(wanted), *(pk for pk in known if pk not in wanted)]
        put_in_order([known[pk] for pk in ids], save=save, by=call.person)
        return lambda: whole_list(call, noun, ids)

    reorder.__doc__ = f"Put {_words(noun)} in the order of `{name}`; those not named follow as they were."
    operation("PUT", f"{noun.path}/reorder", takes=Body(name, {}))(reorder)


def _offer_update_many(noun: Noun, save: Save) -> None:
    body = Body(noun.one, _SEVERAL.attributes, _SEVERAL.required)

    def update_several(call: Call) -> Any:
        given = [call.read_one(one, body) for one in bulk_list(call, noun.many, body)]
        rows = [noun.find(call, one.get("id") or 0) for one in given]
        for row, one in zip(rows, given, strict=True):
            save(row, by=call.person, **_columns(one))
        return lambda: whole_list(call, noun, [row.pk for row in rows])

    update_several.__doc__ = f"Change the place of several {_words(noun)}, or whether they are in use."
    operation("PUT", f"{noun.path}/update_many", takes=Body(noun.many, {}))(update_several)


def _columns(given: Json) -> Json:
    found: Json = {}
    if given.get("active") is not None:
        found["is_active"] = given["active"]
    if given.get("position") is not None:
        found["position"] = max(0, min(given["position"], LAST_PLACE))
    return found


def _words(noun: Noun) -> str:
    return noun.many.replace("_", " ")


_REORDERED: tuple[tuple[Noun, Save], ...] = (
    (TRIGGERS, save_rule),
    (TICKET_FORMS, save_form),
    (USER_FIELDS, save_profile_field),
    (ORGANIZATION_FIELDS, save_profile_field),
)
_CHANGED_AT_ONCE: tuple[tuple[Noun, Save], ...] = (
    (TRIGGERS, save_rule),
    (AUTOMATIONS, save_rule),
    (MACROS, save_macro),
    (VIEWS, save_view),
)
for _noun, _save in _REORDERED:
    _offer_reorder(_noun, _save)
for _noun, _save in _CHANGED_AT_ONCE:
    _offer_update_many(_noun, _save)
