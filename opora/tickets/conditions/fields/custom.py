"""The fields a desk defines itself, as `custom_field_<id>`."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import Change, ConditionField, Where
from opora.core.conditions.kinds import Choice, Day, Flag, Members, Number, Text
from opora.core.conditions.kinds.values import decimal_number
from opora.core.refusals import Invalid
from opora.tickets.conditions.case import Case
from opora.tickets.models import FieldValue, TicketField

GROUP = _("Own fields")
Types = TicketField.Type


def field_of(custom: TicketField) -> ConditionField:
    """Return the custom field as conditions know it, by its type."""
    name = f"custom_field_{custom.pk}"
    return _MAKERS.get(custom.type, _text)(custom, name=name, title=custom.title, group=GROUP)


def _text(custom: TicketField, **named: Any) -> ConditionField:
    return Text(seen=_first(custom), where=_where(custom, "text"), changed=_changed(custom, _only), **named)


def _number(custom: TicketField, **named: Any) -> ConditionField:
    return Number(
        seen=_numeric(custom), where=_where(custom, "number"), changed=_changed(custom, _as_number), **named
    )


def _day(custom: TicketField, **named: Any) -> ConditionField:
    return Day(seen=_first(custom), where=_where(custom, "text"), changed=_changed(custom, _only), **named)


def _flag(custom: TicketField, **named: Any) -> ConditionField:
    def where(_lookup: str, _value: Any) -> Q:
        return _filled(custom)

    return Flag(seen=_first(custom), where=where, changed=_changed(custom, bool), **named)


def _choice(custom: TicketField, **named: Any) -> ConditionField:
    return Choice(
        options=lambda: custom.choices, can_be_empty=True, stored={word: word for word, _label in custom.choices},
        seen=_first(custom), where=_where(custom, "text"), changed=_changed(custom, _only), **named,
    )  # fmt: skip


def _choices(custom: TicketField, **named: Any) -> ConditionField:
    def holding(words: Any) -> Q:
        return _filled(custom) if words is None else _filled(custom, text__in=words)

    return Members(
        holding=holding, options=lambda: custom.choices, name_of=lambda word: dict(custom.choices).get(word, word),
        seen=lambda case: case.ticket.values.get(custom.pk, ()), where=_where(custom, "text"),
        changed=_changed(custom, tuple), **named,
    )  # fmt: skip


_MAKERS: dict[str, Callable[..., ConditionField]] = {
    Types.INTEGER: _number,
    Types.DECIMAL: _number,
    Types.DATE: _day,
    Types.CHECKBOX: _flag,
    Types.DROPDOWN: _choice,
    Types.MULTISELECT: _choices,
}


def _first(custom: TicketField) -> Callable[[Case], str | None]:
    field_id = custom.pk
    return lambda case: _only(case.ticket.values.get(field_id))


def _numeric(custom: TicketField) -> Callable[[Case], Decimal | None]:
    field_id = custom.pk
    return lambda case: _as_number(case.ticket.values.get(field_id))


def _only(texts: tuple[str, ...] | None) -> str | None:
    return texts[0] if texts else None


def _as_number(texts: tuple[str, ...] | None) -> Decimal | None:
    """What does not read as a number, because the field was of another type once, is none."""
    try:
        return decimal_number(texts[0]) if texts else None
    except Invalid:
        return None


def _filled(custom: TicketField, **lookups: Any) -> Q:
    return Q(id__in=FieldValue.objects.filter(field=custom, **lookups).values("ticket_id"))


def _where(custom: TicketField, column: str) -> Where:
    def where(lookup: str, value: Any) -> Q:
        if lookup == "isnull":
            filled = _filled(custom, **{f"{column}__isnull": False})
            return ~filled if value else filled
        return _filled(custom, **{f"{column}__{lookup}": value})

    return where


def _changed(custom: TicketField, reading: Callable[[Any], Any]) -> Callable[[Case], Change | None]:
    name, field_id = f"custom_field_{custom.pk}", custom.pk

    def changed(case: Case) -> Change | None:
        change = case.happened.change(name, case.ticket.values.get(field_id, ()))
        return Change(reading(change.before), reading(change.after)) if change else None

    return changed
