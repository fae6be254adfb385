"""The desk's own fields of people and of organizations."""

from typing import Any

from opora.api.nouns.profile_fields import ORGANIZATION_FIELDS, USER_FIELDS
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import ANY, FLAG, LONG_TEXT, OBJECTS, TEXT, WHOLE, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.core.text import slugify_name
from opora.people.actions.save_profile_field import remove_profile_field, save_profile_field
from opora.people.models import ProfileField

_ATTRIBUTES = {
    "key": text(100), "title": TEXT, "type": TEXT, "description": LONG_TEXT, "active": FLAG, "position": WHOLE,
    "regexp_for_validation": TEXT, "custom_field_options": OBJECTS, "raw_title": ANY, "raw_description": ANY,
}  # fmt: skip
_NAMES = {
    "title": "title", "description": "description", "active": "is_active", "position": "position",
    "regexp_for_validation": "pattern",
}  # fmt: skip


def _offer(noun: Noun, subject: str) -> None:
    body = Body(noun.one, _ATTRIBUTES, ("key", "title"))
    one = f"{noun.path}/{{{noun.one}_id}}"

    def create_field(call: Call) -> Answer:
        """Create a field."""
        given = call.read(body)
        require_text(given, "title")
        kind = given.get("type") or ProfileField.Type.TEXT
        if kind not in ProfileField.Type.values:
            raise invalid_record("type", f"{kind} is not supported")
        key = given.get("key") or ""
        field = save_profile_field(by=call.person, subject=subject, type=kind, key=key, **_columns(given))
        return created(call, noun, field.pk)

    def update_field(call: Call, **arguments: int) -> Any:
        """Update a field; its key and type stay."""
        field = noun.find(call, arguments[f"{noun.one}_id"])
        save_profile_field(field, by=call.person, **_columns(call.read(body)))
        return changed(call, noun, field.pk)

    def delete_field(call: Call, **arguments: int) -> Answer:
        """Remove a field, with its values."""
        remove_profile_field(noun.find(call, arguments[f"{noun.one}_id"]), by=call.person)
        return NOTHING

    offer_list(noun)
    offer_one(noun)
    operation("POST", noun.path, takes=body)(create_field)
    operation("PUT", one, takes=body)(update_field)
    operation("DELETE", one)(delete_field)


def _columns(given: Json) -> Json:
    found: Json = {own: given[name] for name, own in _NAMES.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 2**31 - 1))
    if given.get("custom_field_options") is not None:
        found["options"] = [
            {
                "name": str(one.get("name", "")),
                "value": str(one.get("value") or slugify_name(str(one.get("name", "")))),
            }
            for one in given["custom_field_options"]
        ]
    return found


_offer(USER_FIELDS, ProfileField.Subject.PERSON)
_offer(ORGANIZATION_FIELDS, ProfileField.Subject.ORGANIZATION)
