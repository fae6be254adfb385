"""Organizations as they are written through the API."""

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.organizations import KEPT
from opora.api.wire.bodies import ANY, FLAG, LONG_TEXT, OBJECT, TEXT, TEXTS, WHOLE, Body, Json, require_text
from opora.api.wire.problems import invalid_record
from opora.events.actor import ActsAsActor
from opora.people.actions.save_organization import save_organization
from opora.people.models import Group, Organization, ProfileField
from opora.people.profile_values import profile_values
from opora.tickets.actions.tag import clean_tag

ORGANIZATION = Body(
    "organization",
    {
        "name": TEXT, "details": LONG_TEXT, "notes": LONG_TEXT, "external_id": TEXT, "domain_names": TEXTS,
        "tags": TEXTS, "group_id": WHOLE, "organization_fields": OBJECT, "id": ANY,
        "shared_tickets": FLAG, "shared_comments": FLAG,
    },
    ("name",),
)  # fmt: skip


def write_organization(row: Organization | None, given: Json, *, by: ActsAsActor) -> Organization:
    """Create an organization, or change the given attributes of one."""
    if row is None or "name" in given:
        given["name"] = require_text(given, "name")
    fields: Json = {
        name: given[name] or "" for name in ("name", "details", "notes", "external_id") if name in given
    }
    if "tags" in given:
        fields["tags"] = sorted({tag for tag in map(clean_tag, given["tags"] or []) if tag})
    if "group_id" in given:
        fields["group"] = _group(given["group_id"])
    if given.get("organization_fields"):
        before = row.fields if row else {}
        fields["fields"] = before | profile_values(
            ProfileField.Subject.ORGANIZATION, given["organization_fields"]
        )
    if fields.get("external_id"):
        _refuse_taken(row, str(fields["external_id"]))
    saved = save_organization(row, by=by, domains=given.get("domain_names"), **fields)
    keep_attributes("organization", saved.pk, given, KEPT)
    return saved


def find_same(given: Json) -> Organization | None:
    """Return the organization that these attributes mean: by id, then external id, then name."""
    rows = Organization.objects.all()
    if isinstance(given.get("id"), int):
        return rows.filter(pk=given["id"]).first()
    if given.get("external_id"):
        found = rows.filter(external_id=given["external_id"]).first()
        if found:
            return found
    return rows.filter(name__iexact=given["name"]).first() if given.get("name") else None


def _group(group_id: int | None) -> Group | None:
    if group_id is None:
        return None
    group = Group.objects.filter(pk=group_id, deleted_at=None).first()
    if group is None:
        raise invalid_record("group_id", "is invalid")
    return group


def _refuse_taken(row: Organization | None, external_id: str) -> None:
    if Organization.objects.filter(external_id=external_id).exclude(pk=row.pk if row else 0).exists():
        raise invalid_record("external_id", f"{external_id} has already been taken", "DuplicateValue")
