"""Custom fields of a ticket are filled."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import without_nulls
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.actions.tag import clean_tag, retag
from opora.tickets.events import TicketChanged
from opora.tickets.models import FieldValue, Ticket, TicketField
from opora.tickets.policy import may_edit
from opora.tickets.queries import field_values

LONGEST = 20_000


def set_field_values(ticket: Ticket, values: Mapping[int, Any], *, by: ActsAsActor) -> Ticket:
    """Set custom fields by field id; an empty value empties the field. Raises `Invalid` for one that does not fit."""
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_edit(by, ticket) or by.as_actor().id == ticket.requester_id)
        fields = TicketField.objects.in_bulk(list(values))
        before = field_values(ticket)
        changed = False
        marks: list[tuple[str, bool]] = []
        for field_id, value in values.items():
            field = fields.get(field_id)
            if field is None:
                raise Invalid(_("There is no field %(id)s.") % {"id": field_id})
            _refuse_customer(field, by)
            after = _texts(field, value)
            if after != before.get(field_id, []):
                _write(ticket, field, after)
                record(_fact(field, before.get(field_id, []), after), subject_id=ticket.pk, by=by)
                changed = True
                if field.tag and field.type == TicketField.Type.CHECKBOX:
                    marks.append((field.tag, bool(after)))
        if changed:
            touch(ticket)
            _mark(ticket, marks, by=by)
    return ticket


def _refuse_customer(field: TicketField, by: ActsAsActor) -> None:
    """Raise `Invalid` when a customer fills in what only colleagues may."""
    is_customer = by.as_actor().kind == "customer"
    if is_customer and not (field.is_shown_to_customers and field.is_editable_by_customers):
        raise Invalid(
            _("%(field)s is filled in by us.") % {"field": field.title_for_customers},
            field=f"field_{field.pk}",
        )


def _mark(ticket: Ticket, marks: list[tuple[str, bool]], *, by: ActsAsActor) -> None:
    """Put on the tags of checkboxes that were checked, and take off those of the others."""
    added = [tag for tag, is_on in marks if is_on]
    gone = {clean_tag(tag) for tag, is_on in marks if not is_on}
    if marks:
        retag(
            ticket,
            lambda present: [*(tag for tag in present if tag not in gone), *added],
            by=by,
            is_allowed=True,
        )


def _texts(field: TicketField, value: Any) -> list[str]:
    raw = value if isinstance(value, (list, tuple)) else [value]
    texts = [without_nulls(str(item)).strip() for item in raw if item is not None]
    texts = [text for text in texts if text]
    if field.type == TicketField.Type.CHECKBOX:
        return ["true"] if texts and texts[0].lower() in {"true", "on", "1", "yes"} else []
    if field.type != TicketField.Type.MULTISELECT:
        texts = texts[:1]
    for text in texts:
        _check(field, text)
    return texts


def _check(field: TicketField, text: str) -> None:
    """Raise `Invalid` unless the text fits the field's type."""
    kind, refusal = field.type, ""
    if len(text) > LONGEST:
        refusal = _("%(field)s is too long.")
    elif kind in {TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT}:
        if text not in dict(field.choices):
            refusal = _("“%(text)s” is not a choice of %(field)s.")
    elif kind in {TicketField.Type.INTEGER, TicketField.Type.DECIMAL} and _number(field, text) is None:
        refusal = _("%(field)s takes a number, not “%(text)s”.")
    elif kind == TicketField.Type.DATE and not _is_date(text):
        refusal = _("%(field)s takes a date such as 2026-11-21, not “%(text)s”.")
    elif kind == TicketField.Type.REGEXP and field.pattern and not re.fullmatch(field.pattern, text[:500]):
        refusal = _("“%(text)s” does not have the form of %(field)s.")
    if refusal:
        raise Invalid(refusal % {"field": field.title, "text": text[:80]}, field=f"field_{field.pk}")


def _number(field: TicketField, text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 14:
        return None
    if field.type == TicketField.Type.INTEGER and number != number.to_integral_value():
        return None
    return number


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _write(ticket: Ticket, field: TicketField, texts: list[str]) -> None:
    ticket.field_values.filter(field=field).delete()
    numeric = field.type in {TicketField.Type.INTEGER, TicketField.Type.DECIMAL}
    rows = [
        FieldValue(ticket=ticket, field=field, text=text, number=_number(field, text) if numeric else None)
        for text in texts
    ]
    FieldValue.objects.bulk_create(rows)


def _fact(field: TicketField, before: list[str], after: list[str]) -> TicketChanged:
    names = dict(field.choices)
    return TicketChanged(
        field=f"field_{field.pk}",
        title=field.title,
        before=before,
        after=after,
        before_label=", ".join(names.get(text, text) for text in before)[:255],
        after_label=", ".join(names.get(text, text) for text in after)[:255],
    )
