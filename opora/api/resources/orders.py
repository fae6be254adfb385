"""Rows of settings in an order: putting all in their places."""

from collections.abc import Callable
from typing import Any

from opora.api.nouns.automation import AUTOMATIONS, TRIGGERS
from opora.api.nouns.profile_fields import ORGANIZATION_FIELDS, USER_FIELDS
from opora.api.nouns.ticket_forms import TICKET_FORMS
from opora.api.wire.bodies import IDS, Body, unwrap
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import whole_list
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.automation.actions.save_rule import save_rule
from opora.people.actions.save_profile_field import save_profile_field
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_form import save_form

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


def _words(noun: Noun) -> str:
    return noun.many.replace("_", " ")


_REORDERED: tuple[tuple[Noun, Save], ...] = (
    (TRIGGERS, save_rule),
    (AUTOMATIONS, save_rule),
    (TICKET_FORMS, save_form),
    (USER_FIELDS, save_profile_field),
    (ORGANIZATION_FIELDS, save_profile_field),
)
for _noun, _save in _REORDERED:
    _offer_reorder(_noun, _save)
