"""The desk's own fields of people (`user_fields`) and of organizations (`organization_fields`)."""

from collections.abc import Sequence

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.nouns.options import kept_numbers, options_json
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, Present
from opora.api.wire.times import stamp
from opora.people.models import ProfileField

Subject = ProfileField.Subject
KEPT = ("tag",)
"""Checkboxes of profiles add no tags here."""


def _field(path: str):  # type: ignore[no-untyped-def]
    def one(call: Call, row: ProfileField) -> Json:
        shown: Json = {
            "url": call.url(f"{path}/{row.pk}"),
            "id": row.pk,
            "type": row.type,
            "key": row.key,
            "title": row.title,
            "description": row.description,
            "raw_title": row.title,
            "raw_description": row.description,
            "position": row.position,
            "active": row.is_active,
            "system": False,
            "regexp_for_validation": row.pattern or None,
            "created_at": stamp(row.created_at),
            "updated_at": stamp(row.updated_at),
        }
        if row.type == ProfileField.Type.CHECKBOX:
            shown["tag"] = None
        if row.type == ProfileField.Type.DROPDOWN:
            shown["custom_field_options"] = options_of(row)
        return shown

    return one


def _present(path: str) -> Present:
    one = _field(path)

    def present(call: Call, ids: Sequence[int]) -> list[Json]:
        rows, kept = ProfileField.objects.in_bulk(ids), kept_attributes("profile_field", ids)
        return [one(call, rows[pk]) | kept.get(pk, {}) for pk in ids if pk in rows]

    return present


def options_of(row: ProfileField) -> list[Json]:
    """Return the options of a choice, in their order."""
    return options_json(row.pk, row.options, kept_numbers("profile_field", [row.pk]).get(row.pk, {}))


def _noun(one: str, subject: str) -> Noun:
    many = f"{one}s"
    return Noun(
        one, many, many, lambda call: ProfileField.objects.filter(subject=subject),
        _present(many),
        orders={"position": "position", "id": "id"},
    )  # fmt: skip


USER_FIELDS = _noun("user_field", Subject.PERSON)
ORGANIZATION_FIELDS = _noun("organization_field", Subject.ORGANIZATION)
