"""User segments, who may read; and permission groups, who may write and publish."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, present_rows
from opora.api.wire.times import stamp
from opora.knowledge.models import PermissionGroup, Segment


def _segments(call: Call) -> QuerySet[Segment]:
    return Segment.objects.all()


def _load_segments(call: Call, ids: Sequence[int]) -> QuerySet[Segment]:
    return Segment.objects.filter(pk__in=ids).prefetch_related("organizations", "groups", "people")


def _segment(call: Call, row: Segment) -> Json:
    return {
        "id": row.pk,
        "name": row.name,
        "user_type": row.kind,
        "group_ids": _numbers(row.groups),
        "organization_ids": _numbers(row.organizations),
        "tags": list(row.tags),
        "or_tags": list(row.or_tags),
        "added_user_ids": _numbers(row.people),
        "built_in": row.is_built_in,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


def _groups(call: Call) -> QuerySet[PermissionGroup]:
    return PermissionGroup.objects.all()


def _load_groups(call: Call, ids: Sequence[int]) -> QuerySet[PermissionGroup]:
    return PermissionGroup.objects.filter(pk__in=ids).prefetch_related("editors", "publishers")


def _group(call: Call, row: PermissionGroup) -> Json:
    return {
        "id": row.pk,
        "name": row.name,
        "edit": _numbers(row.editors),
        "publish": _numbers(row.publishers),
        "built_in": row.is_built_in,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


def _numbers(rows: Any) -> list[int]:
    return sorted(row.pk for row in rows.all())


USER_SEGMENTS = Noun(
    "user_segment",
    "user_segments",
    "help_center/user_segments",
    _segments,
    present_rows(_load_segments, _segment),
)
PERMISSION_GROUPS = Noun(
    "permission_group",
    "permission_groups",
    "guide/permission_groups",
    _groups,
    present_rows(_load_groups, _group),
)
