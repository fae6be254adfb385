"""Organizations, and who belongs to them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.profiles import profile_of
from opora.api.wire.times import stamp
from opora.people.models import Organization, OrganizationMembership, ProfileField

KEPT = ("shared_tickets", "shared_comments")
"""Customers see their own tickets here, whatever their organization."""


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Organization]:
    return Organization.objects.filter(pk__in=ids).prefetch_related("domains")


def _organization(call: Call, row: Organization) -> Json:
    return {
        "url": call.url(f"organizations/{row.pk}"),
        "id": row.pk,
        "name": row.name,
        "shared_tickets": False,
        "shared_comments": False,
        "external_id": row.external_id or None,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "domain_names": [domain.domain for domain in row.domains.all()],
        "details": row.details or None,
        "notes": row.notes or None,
        "group_id": row.group_id,
        "tags": row.tags,
        "organization_fields": profile_of(call, ProfileField.Subject.ORGANIZATION, row.fields),
    }


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = _load(call, ids).in_bulk()
    kept = kept_attributes("organization", ids)
    return [_organization(call, rows[pk]) | kept.get(pk, {}) for pk in ids if pk in rows]


ORGANIZATIONS = Noun(
    "organization", "organizations", "organizations", lambda call: Organization.objects.all(),
    _present,
    orders={"id": "id", "name": "name", "created_at": "created_at", "updated_at": "updated_at"},
    references={"groups": ("group_id",)},
)  # fmt: skip


def _load_places(call: Call, ids: Sequence[int]) -> QuerySet[OrganizationMembership]:
    return OrganizationMembership.objects.filter(pk__in=ids).select_related("organization")


def _place(call: Call, row: OrganizationMembership) -> Json:
    return {
        "url": call.url(f"organization_memberships/{row.pk}"),
        "id": row.pk,
        "user_id": row.person_id,
        "organization_id": row.organization_id,
        "default": row.is_default,
        "created_at": stamp(row.created_at),
        "organization_name": row.organization.name,
        "updated_at": stamp(row.created_at),
        "view_tickets": False,
    }


ORGANIZATION_MEMBERSHIPS = Noun(
    "organization_membership", "organization_memberships", "organization_memberships",
    lambda call: OrganizationMembership.objects.filter(person__is_active=True),
    present_rows(_load_places, _place),
    references={"users": ("user_id",), "organizations": ("organization_id",)},
)  # fmt: skip
