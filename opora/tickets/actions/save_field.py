"""A custom field is added or changed."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import slugify_name
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.actions.tag import clean_tag
from opora.tickets.events import FieldSaved
from opora.tickets.models import TicketField

CHOICES = (TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT)


def save_field(field: TicketField | None = None, *, by: ActsAsActor, **fields: object) -> TicketField:
    """Add a custom field or change one. The type of a field that has values cannot change."""
    with update(by):
        require(may(by, "settings.tickets"))
        field = field or TicketField()
        created = field.pk is None
        if not created and fields.get("type", field.type) != field.type and field.values.exists():
            raise Invalid(
                _("Tickets have values in this field; its type can no longer change."), field="type"
            )
        if created:
            fields.setdefault("key", _free_key(str(fields.get("title", ""))))
        if "tag" in fields:
            fields["tag"] = clean_tag(str(fields["tag"] or ""))
        changes = apply_changes(field, fields)
        _check(field)
        if changes or created:
            field.save()
            record(FieldSaved(name=field.title, created=created, changes=changes), subject_id=field.pk, by=by)
    return field


def options_from_lines(text: str) -> list[dict[str, str]]:
    """Return the options of a choice from lines `name` or `value = name`."""
    options = []
    for line in text.splitlines():
        value, separator, name = line.partition("=")
        if line.strip():
            name = (name if separator else line).strip()
            options.append({"value": slugify_name(value).replace("-", "_") or name, "name": name})
    return options


def _check(field: TicketField) -> None:
    if not field.title.strip():
        raise Invalid(_("Give the field a name."), field="title")
    if field.type in CHOICES and not field.options:
        raise Invalid(_("Add at least one option, one a line."), field="options")
    values: Sequence[str] = [option["value"] for option in field.options]
    if len(set(values)) != len(values):
        raise Invalid(_("Two options have the same value."), field="options")
    if field.type == TicketField.Type.REGEXP:
        try:
            re.compile(field.pattern)
        except re.error as problem:
            raise Invalid(
                _("The pattern is not valid: %(why)s.") % {"why": problem}, field="pattern"
            ) from problem


def _free_key(title: str) -> str:
    base = slugify_name(title).encode("ascii", "ignore").decode().strip("-_")[:50] or "field"
    taken = set(TicketField.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in [base, *(f"{base}-{n}" for n in range(2, 1000))] if key not in taken)
