"""Profile fields of people and organizations, as one object by key: every active field stands there, empty ones as null."""

from typing import Any

from opora.api.wire.call import Call
from opora.people.models import ProfileField


def profile_of(call: Call, subject: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of all active fields of the subject by key."""
    return {key: values.get(key, False if is_flag else None) for key, is_flag in _fields(call, subject)}


def _fields(call: Call, subject: str) -> list[tuple[str, bool]]:
    name = ("profile fields", subject)
    if name not in call.cache:
        rows = ProfileField.objects.filter(subject=subject, is_active=True).values_list("key", "type")
        call.cache[name] = [(key, kind == ProfileField.Type.CHECKBOX) for key, kind in rows]
    return call.cache[name]
