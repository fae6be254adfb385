"""Choices of custom fields are tags on the wire as well: naming the tag chooses, and taking it away empties the field.

A checkbox that was given a tag puts it on the ticket when it is ticked, and takes it off again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.wire.bodies import Json
from opora.api.writes.values import custom_values
from opora.events.actor import ActsAsActor
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.tag import add_tags, clean_tag, remove_tags, set_tags
from opora.tickets.models import Ticket, TicketField
from opora.tickets.queries import field_values

Values = dict[int, Any]
CHOICES = (TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT)


def tags_and_values(given: Json) -> tuple[list[str], Values]:
    """Return the plain tags and the values of custom fields that a new ticket was given."""
    custom, names = _custom(given), _cleaned(given.get("tags"))
    fields = _choice_fields() if names else []
    on, _off = _tags_of_checkboxes(custom)
    chosen = {field.pk: values for field in fields if (values := _named(field, names))}
    return [*_plain(fields, names), *on], chosen | custom


def write_tags_and_values(ticket: Ticket, given: Json, *, by: ActsAsActor) -> None:
    """Change tags and custom fields as an update says: `tags` replaces, `additional_tags` and `remove_tags` add and take."""
    custom = _custom(given)
    exactly = None if given.get("tags") is None else _cleaned(given["tags"])
    added, removed = _cleaned(given.get("additional_tags")), _cleaned(given.get("remove_tags"))
    if exactly is not None or added or removed:
        fields = _choice_fields()
        before = field_values(ticket) if fields else {}
        for field in fields:
            now = before.get(field.pk, [])
            after = _chosen(field, now, exactly, added, removed)
            if after != now:
                custom.setdefault(field.pk, after)
        if exactly is not None:
            set_tags(ticket, _plain(fields, exactly), by=by)
        if added := _plain(fields, added):
            add_tags(ticket, added, by=by)
        if removed:
            remove_tags(ticket, removed, by=by)
    if custom:
        set_field_values(ticket, custom, by=by)
        _follow_checkboxes(ticket, custom, by=by)


def set_wire_tags(ticket: Ticket, names: Sequence[str], *, by: ActsAsActor) -> None:
    """Make these the only tags, choices among them."""
    write_tags_and_values(ticket, {"tags": list(names)}, by=by)


def wire_tags(ticket: Ticket) -> list[str]:
    """Return the tags of a ticket with the choices of its custom fields."""
    plain = list(ticket.tag_marks.values_list("tag__name", flat=True))
    chosen = ticket.field_values.filter(field__type__in=CHOICES, field__is_active=True)
    return list(dict.fromkeys([*plain, *chosen.values_list("text", flat=True)]))


def _custom(given: Json) -> Values:
    return custom_values(given.get("custom_fields") or given.get("fields"))


def _cleaned(names: Iterable[str] | None) -> list[str]:
    return list(dict.fromkeys(tag for tag in map(clean_tag, names or []) if tag))


def _choice_fields() -> list[TicketField]:
    return list(TicketField.objects.filter(is_active=True, type__in=CHOICES).order_by("id"))


def _named(field: TicketField, names: Iterable[str]) -> list[str]:
    """The choices of the field that these tags name, the last alone where it takes one."""
    values = {clean_tag(value): value for value, _name in field.choices}
    found = [values[name] for name in names if name in values]
    return found if field.type == TicketField.Type.MULTISELECT else found[-1:]


def _plain(fields: Iterable[TicketField], names: Iterable[str]) -> list[str]:
    """The tags that are no choices."""
    choices = {clean_tag(value) for field in fields for value, _name in field.choices}
    return [name for name in names if name not in choices]


def _chosen(
    field: TicketField, now: list[str], exactly: list[str] | None, added: list[str], removed: list[str]
) -> list[str]:
    """The values of the field after tags were replaced, added and removed."""
    kept = [value for value in now if exactly is None or clean_tag(value) in exactly]
    named = _named(field, [*(exactly or []), *added])
    if field.type == TicketField.Type.MULTISELECT:
        named = list(dict.fromkeys([*kept, *named]))
    return [value for value in named or kept if clean_tag(value) not in removed]


def _tags_of_checkboxes(custom: Values) -> tuple[list[str], list[str]]:
    """The tags of checkboxes among these values: of those that are ticked, and of the others."""
    boxes = TicketField.objects.filter(pk__in=list(custom), type=TicketField.Type.CHECKBOX)
    ids = list(boxes.values_list("pk", flat=True))
    kept = kept_attributes("ticket_field", ids) if ids else {}
    on: list[str] = []
    off: list[str] = []
    for pk, values in kept.items():
        if tag := clean_tag(str(values.get("tag") or "")):
            (on if str(custom[pk]).lower() in {"true", "1", "on", "yes"} else off).append(tag)
    return on, off


def _follow_checkboxes(ticket: Ticket, custom: Values, *, by: ActsAsActor) -> None:
    on, off = _tags_of_checkboxes(custom)
    if on:
        add_tags(ticket, on, by=by)
    if off:
        remove_tags(ticket, off, by=by)
