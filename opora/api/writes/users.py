"""People as they are written through the API, one or many."""

from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.locales import locale_of_number, own_locale
from opora.api.nouns.users import KEPT, wire_role
from opora.api.wire.bodies import (
    ANY,
    FLAG,
    LONG_TEXT,
    OBJECT,
    TEXT,
    TEXTS,
    WHOLE,
    Body,
    Json,
    require_text,
)
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.zones import zone_of
from opora.api.writes.user_addresses import refuse_taken_address, set_address, set_identities, vouch
from opora.people.actions.change_person import change_person
from opora.people.actions.change_role import change_role
from opora.people.actions.create_person import create_person
from opora.people.actions.deactivate_colleague import deactivate_colleague
from opora.people.actions.delete_person import delete_person
from opora.people.actions.invite_colleague import invite_colleague
from opora.people.actions.save_organization import save_organization
from opora.people.actions.set_default_group import set_default_group
from opora.people.actions.set_groups import set_groups
from opora.people.actions.suspend_person import suspend_person, unsuspend_person
from opora.people.models import Group, Membership, Organization, Person, ProfileField, Role
from opora.people.policy import may, require
from opora.people.profile_values import profile_values
from opora.people.queries import person_by_email, role_of_kind
from opora.tickets.actions.make_customer import make_customer
from opora.tickets.actions.tag import clean_tag

USER = Body(
    "user",
    {
        "id": ANY, "name": TEXT, "email": TEXT, "alias": TEXT, "role": TEXT, "custom_role_id": WHOLE,
        "details": LONG_TEXT, "notes": LONG_TEXT, "external_id": TEXT, "locale": TEXT, "locale_id": WHOLE,
        "organization_id": WHOLE, "organization": ANY, "phone": TEXT, "signature": LONG_TEXT, "suspended": FLAG,
        "tags": TEXTS, "time_zone": TEXT, "user_fields": OBJECT, "verified": FLAG, "identities": ANY,
        "skip_verify_email": FLAG, "default_group_id": WHOLE, "shared_phone_number": FLAG,
    },
)  # fmt: skip
_PLAIN = ("name", "alias", "details", "notes", "external_id", "phone", "signature")


def create_user(given: Json, *, by: Person) -> Person:
    """Add a customer, or invite a colleague where a role is given. Raises 422 for a name that is blank or an address taken."""
    require(may(by, "people.edit"))
    given["name"] = require_text(given, "name")
    email = str(given.get("email") or "").strip()
    if email:
        refuse_taken_address(email)
    fields = _fields(None, given, by=by)
    name = fields.pop("name")
    fields.setdefault("organization", None) if "organization_id" in given else None
    role = _role(given)
    person = create_person(by=by, name=name, email=email, **fields)
    if role:
        if not email:
            raise invalid_record("email", "cannot be blank", "BlankValue")
        invite_colleague(by=by, email=email, name=person.name, role=role)
    set_identities(person, given, by=by)
    vouch(person, given, by=by)
    keep_attributes("user", person.pk, given, KEPT)
    _set_default_group(person, given, by=by)
    if given.get("suspended"):
        suspend_person(person, by=by)
    return person


def update_user(person: Person, given: Json, *, by: Person) -> Person:
    """Change the given attributes of a person."""
    if "name" in given:
        given["name"] = require_text(given, "name")
    change_person(person, by=by, **_fields(person, given, by=by))
    _set_role(person, given, by=by)
    if given.get("email"):
        set_address(person, given["email"], by=by)
    set_identities(person, given, by=by)
    vouch(person, given, by=by)
    keep_attributes("user", person.pk, given, KEPT)
    _set_default_group(person, given, by=by)
    if given.get("suspended") is True and person.suspended_at is None:
        suspend_person(person, by=by)
    if given.get("suspended") is False and person.suspended_at is not None:
        unsuspend_person(person, by=by)
    return person


def _fields(person: Person | None, given: Json, *, by: Person) -> Json:
    fields: Json = {name: given[name] or "" for name in _PLAIN if name in given}
    if "phone" in fields and len(fields["phone"]) > 40:
        raise invalid_record("phone", "is too long (maximum is 40 characters)", "ValueTooLong")
    if "tags" in given:
        fields["tags"] = sorted({tag for tag in map(clean_tag, given["tags"] or []) if tag})
    fields |= _language_and_zone(given)
    if "organization_id" in given or given.get("organization"):
        fields["organization"] = _organization(given, by=by)
    if given.get("user_fields"):
        before = person.fields if person else {}
        fields["fields"] = before | profile_values(ProfileField.Subject.PERSON, given["user_fields"])
    if fields.get("external_id"):
        _refuse_taken_number(person, fields["external_id"])
    return fields


def _language_and_zone(given: Json) -> Json:
    fields: Json = {}
    if given.get("locale"):
        fields["locale"] = own_locale(given["locale"])
    elif given.get("locale_id"):
        code = locale_of_number(given["locale_id"])
        if code is None:
            raise invalid_record("locale_id", "is invalid")
        fields["locale"] = code
    if given.get("time_zone"):
        zone = zone_of(given["time_zone"])
        if zone is None:
            raise invalid_record("time_zone", f"{given['time_zone']} is not a valid time zone")
        fields["time_zone"] = zone
    return fields


def _organization(given: Json, *, by: Person) -> Organization | None:
    named = given.get("organization")
    name = named.get("name") if isinstance(named, dict) else named
    if isinstance(name, str) and name.strip():
        found = Organization.objects.filter(name__iexact=name.strip()).first()
        return found or save_organization(by=by, name=name.strip())
    if not given.get("organization_id"):
        return None
    found = Organization.objects.filter(pk=given["organization_id"]).first()
    if found is None:
        raise invalid_record("organization", "is invalid")
    return found


def _refuse_taken_number(person: Person | None, external_id: str) -> None:
    others = Person.objects.filter(external_id=external_id, is_active=True).exclude(
        pk=person.pk if person else 0
    )
    if external_id.startswith("opora:") or others.exists():
        raise invalid_record("external_id", f"{external_id} has already been taken", "DuplicateValue")


def _role(given: Json) -> Role | None:
    """The role that `custom_role_id` or `role` asks for; None for an end user."""
    if given.get("custom_role_id"):
        found = Role.objects.filter(pk=given["custom_role_id"]).first()
        if found is None:
            raise invalid_record("custom_role_id", "is invalid")
        return found
    word = given.get("role") or "end-user"
    kinds = {"admin": Role.Kind.ADMINISTRATOR, "agent": Role.Kind.AGENT}
    if word != "end-user" and word not in kinds:
        raise invalid_record("role", f"{word} is not a valid role")
    return role_of_kind(kinds[word]) if word in kinds else None


def _set_role(person: Person, given: Json, *, by: Person) -> None:
    if not given.get("role") and not given.get("custom_role_id"):
        return
    role = _role(given)
    if role is None:
        if person.role_id:
            make_customer(person, by=by)
        return
    if person.role_id is None:
        invite_colleague(by=by, email=person.email, name=person.name, role=role)
        person.role = role
    elif not (
        given.get("role") == "agent" and not given.get("custom_role_id") and wire_role(person) == "agent"
    ):
        change_role(person, by=by, role=role)


def _set_default_group(person: Person, given: Json, *, by: Person) -> None:
    """Make a group the first of a colleague, who joins it where they are not in it."""
    if not given.get("default_group_id"):
        return
    person = person_to_change(person.pk)
    group = Group.objects.filter(pk=given["default_group_id"], deleted_at=None).first()
    if group is None or not person.is_colleague:
        raise invalid_record("default_group_id", "is invalid")
    set_groups(person, {*Group.objects.filter(memberships__person=person, deleted_at=None), group}, by=by)
    place = Membership.objects.select_related("person__role", "group").get(person=person, group=group)
    set_default_group(place, by=by)


def find_same(given: Json) -> Person | None:
    """Return the person that these attributes mean: by external id, then by address, then by id."""
    if given.get("external_id"):
        found = (
            Person.objects.select_related("role")
            .filter(external_id=given["external_id"], is_active=True)
            .first()
        )
        if found:
            return found
    if given.get("email"):
        found = person_by_email(given["email"])
        if found:
            return found
    if isinstance(given.get("id"), int) and abs(given["id"]) < 2**62:
        return Person.objects.select_related("role").filter(pk=given["id"]).first()
    return None


def delete_user(person: Person, *, by: Person) -> Person:
    """Delete a customer; a colleague's desk is closed to them."""
    return deactivate_colleague(person, by=by) if person.role_id else delete_person(person, by=by)


def person_to_change(person_id: Any) -> Person:
    """Return the person of this id with role. Raises 404."""
    known = Person.objects.select_related("role", "organization").exclude(external_id__startswith="opora:")
    found = (
        known.filter(pk=person_id).first() if isinstance(person_id, int) and abs(person_id) < 2**62 else None
    )
    if found is None:
        raise not_found()
    return found
