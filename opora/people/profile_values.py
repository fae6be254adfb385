"""Values of profile fields: read from what was given, each as its field's type."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.people.models import ProfileField

LONGEST = 20_000


def profile_values(subject: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given values by key, as JSON values of their fields' types; None empties. Unknown keys are left out.

    Raises `Invalid` for a value that does not fit.
    """
    fields = {field.key: field for field in ProfileField.objects.filter(subject=subject, key__in=list(given))}
    return {key: _read(fields[key], value) for key, value in given.items() if key in fields}


def _read(field: ProfileField, value: Any) -> Any:
    if value is None or value == "":
        return None
    if field.type == ProfileField.Type.CHECKBOX:
        return value is True or str(value).lower() in {"true", "1", "yes", "on"}
    text = str(value).strip()
    number = _number(field, text)
    if number is not None:
        return number
    if not _fits(field, text):
        sentence = _("“%(text)s” does not fit the field %(field)s.")
        raise Invalid(sentence % {"text": text[:80], "field": field.title}, field=field.key)
    return text


def _number(field: ProfileField, text: str) -> int | float | None:
    """A number for fields of numbers; None for others, and for text that is none."""
    kinds = {
        ProfileField.Type.INTEGER: r"[+-]?\d{1,15}",
        ProfileField.Type.DECIMAL: r"[+-]?\d{1,15}(\.\d{1,10})?",
    }
    pattern = kinds.get(ProfileField.Type(field.type))
    if pattern is None or not re.fullmatch(pattern, text):
        return None
    return int(text) if field.type == ProfileField.Type.INTEGER else float(text)


def _fits(field: ProfileField, text: str) -> bool:
    if len(text) > LONGEST or field.type in {ProfileField.Type.INTEGER, ProfileField.Type.DECIMAL}:
        return False
    if field.type == ProfileField.Type.DATE:
        return _is_date(text[:10])
    if field.type == ProfileField.Type.DROPDOWN:
        return text in {option["value"] for option in field.options}
    if field.type == ProfileField.Type.REGEXP and field.pattern:
        return re.fullmatch(field.pattern, text[:500]) is not None
    return True


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
