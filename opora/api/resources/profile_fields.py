"""The desk's own fields of people and of organizations."""

from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.options import keep_numbers
from opora.api.nouns.profile_fields import KEPT, ORGANIZATION_FIELDS, USER_FIELDS, options_of
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import (
    ANY,
    FLAG,
    LONG_TEXT,
    OBJECTS,
    TEXT,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
)
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.routing import operation
from opora.core.text import slugify_name
from opora.people.actions.save_profile_field import remove_profile_field, save_profile_field
from opora.people.models import ProfileField

_ATTRIBUTES = {
    "key": text(100), "title": TEXT, "type": TEXT, "description": LONG_TEXT, "active": FLAG, "position": WHOLE,
    "regexp_for_validation": TEXT, "custom_field_options": OBJECTS, "raw_title": ANY, "raw_description": ANY,
    "tag": TEXT,
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
        keep_attributes("profile_field", field.pk, given, KEPT)
        return created(call, noun, field.pk)

    def update_field(call: Call, **arguments: int) -> Any:
        """Update a field; its key and type stay."""
        field = noun.find(call, arguments[f"{noun.one}_id"])
        given = call.read(body)
        keep_numbers("profile_field", field.pk, field.options, given.get("custom_field_options") or [])
        save_profile_field(field, by=call.person, **_columns(given))
        keep_attributes("profile_field", field.pk, given, KEPT)
        return changed(call, noun, field.pk)

    def delete_field(call: Call, **arguments: int) -> Answer:
        """Remove a field, with its values."""
        remove_profile_field(noun.find(call, arguments[f"{noun.one}_id"]), by=call.person)
        return NOTHING

    offer_list(noun)
    offer_one(noun)
    _offer_options(noun, one)
    operation("POST", noun.path, takes=body)(create_field)
    operation("PUT", one, takes=body)(update_field)
    operation("DELETE", one)(delete_field)


OPTION = Body("custom_field_option", {"id": WHOLE, "name": TEXT, "value": TEXT}, ("name", "value"))


def _offer_options(noun: Noun, one: str) -> None:
    """Offer the options of a choice: list, one, add or change, remove."""

    def choice(call: Call, arguments: dict[str, int]) -> ProfileField:
        field: ProfileField = noun.find(call, arguments[f"{noun.one}_id"])
        if field.type != ProfileField.Type.DROPDOWN:
            raise not_found()
        return field

    def place_of(field: ProfileField, number: int) -> int:
        known = [option["id"] for option in options_of(field)]
        if number not in known:
            raise not_found()
        return known.index(number)

    def list_options(call: Call, **arguments: int) -> Json:
        """List the options of a choice."""
        shown = options_of(choice(call, arguments))
        return {
            "custom_field_options": shown,
            "count": len(shown),
            "next_page": None,
            "previous_page": None,
        }

    def show_option(call: Call, **arguments: int) -> Json:
        """Show one option of a choice."""
        field = choice(call, arguments)
        return {"custom_field_option": options_of(field)[place_of(field, arguments["option_number"])]}

    def save_option(call: Call, **arguments: int) -> Answer:
        """Add an option to a choice, or change the one of this id."""
        field, given = choice(call, arguments), call.read(OPTION)
        name = require_text(given, "name")
        option = {"name": name, "value": str(given.get("value") or slugify_name(name))}
        options = [dict(known) for known in field.options]
        at = place_of(field, given["id"]) if given.get("id") else len(options)
        keep_numbers("profile_field", field.pk, options[at : at + 1], [{**option, "id": given.get("id")}])
        options[at : at + 1] = [option]
        saved = save_profile_field(field, by=call.person, options=options)
        return Answer({"custom_field_option": options_of(saved)[at]}, 200 if given.get("id") else 201)

    def delete_option(call: Call, **arguments: int) -> Answer:
        """Remove an option from a choice."""
        field = choice(call, arguments)
        at = place_of(field, arguments["option_number"])
        rest = [option for place, option in enumerate(field.options) if place != at]
        save_profile_field(field, by=call.person, options=rest)
        return NOTHING

    operation("GET", f"{one}/options")(list_options)
    operation("GET", f"{one}/options/{{option_number}}")(show_option)
    operation("POST", f"{one}/options", takes=OPTION)(save_option)
    operation("DELETE", f"{one}/options/{{option_number}}")(delete_option)


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
