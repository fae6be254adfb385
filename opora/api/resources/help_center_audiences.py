"""User segments and permission groups of the help center."""

from typing import Any

from django.db.models import Q

from opora.api.nouns.shelves import SECTIONS
from opora.api.nouns.user_segments import PERMISSION_GROUPS, USER_SEGMENTS
from opora.api.nouns.users import known_people
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import FLAG, IDS, TEXTS, WHOLE, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center_list, offered, short_list
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.shapes import chosen
from opora.knowledge.actions.save_permission_group import remove_permission_group, save_permission_group
from opora.knowledge.actions.save_segment import remove_segment, save_segment
from opora.knowledge.models import Section, Segment
from opora.knowledge.policy import may_write, segments_of
from opora.people.models import Group, Organization, Person

SEGMENT = Body(
    "user_segment",
    {
        "name": text(120), "user_type": chosen(Segment.Kind), "group_ids": IDS, "organization_ids": IDS, "tags": TEXTS,
        "or_tags": TEXTS, "added_user_ids": IDS, "id": WHOLE, "built_in": FLAG,
    },
    ("user_type",),
)  # fmt: skip
PERMISSION_GROUP = Body(
    "permission_group",
    {"name": text(120), "edit": IDS, "publish": IDS, "id": WHOLE, "built_in": FLAG},
    ("name",),
)
_MEMBERS: dict[str, tuple[str, Any]] = {
    "group_ids": ("groups", Group.objects),
    "organization_ids": ("organizations", Organization.objects),
    "added_user_ids": ("people", Person.objects),
}
_SIDES: dict[str, tuple[str, Any]] = {
    "edit": ("editors", Segment.objects),
    "publish": ("publishers", Segment.objects),
}


def _listed(call: Call, **which: Any) -> Json:
    built_in = call.param("built_in").lower()
    rows = USER_SEGMENTS.rows(call).filter(**which)
    rows = rows.filter(is_built_in=built_in == "true") if built_in in {"true", "false"} else rows
    return help_center_list(call, USER_SEGMENTS, rows)


@offered("GET", "help_center/user_segments")
def list_segments(call: Call) -> Json:
    """List user segments; `built_in` chooses those that every desk has, or the others."""
    return _listed(call)


@offered("GET", "help_center/user_segments/applicable")
def applicable_segments(call: Call) -> Json:
    """List the user segments that the caller may give to articles: all for who writes them."""
    return _listed(call) if may_write(call.person) else _listed(call, pk__in=segments_of(call.person))


@offered("GET", "help_center/users/{user_id}/user_segments")
def segments_of_user(call: Call, user_id: int) -> Json:
    """List the user segments that somebody belongs to."""
    person = known_people(call).filter(pk=user_id).first()
    if person is None:
        raise not_found()
    return _listed(call, pk__in=segments_of(Person.objects.get(pk=user_id)))


@offered("GET", "help_center/user_segments/{user_segment_id}")
def show_segment(call: Call, user_segment_id: int) -> Json:
    """Show one user segment."""
    return one_of(call, USER_SEGMENTS, USER_SEGMENTS.find(call, user_segment_id).pk)


@offered("GET", "help_center/user_segments/{user_segment_id}/sections")
def sections_of_segment(call: Call, user_segment_id: int) -> Json:
    """List the sections with articles for a user segment."""
    segment = USER_SEGMENTS.find(call, user_segment_id)
    named = Section.objects.filter(articles__segment=segment, articles__archived_at=None)
    return help_center_list(call, SECTIONS, SECTIONS.rows(call).filter(pk__in=named.order_by().values("pk")))


@offered("GET", "help_center/user_segments/{user_segment_id}/topics")
def topics_of_segment(call: Call, user_segment_id: int) -> Json:
    """List the topics for a user segment, of which there are none: the desk has no community."""
    USER_SEGMENTS.find(call, user_segment_id)
    return short_list(call, "topics", [])


@offered("POST", "help_center/user_segments", takes=SEGMENT)
def create_segment(call: Call) -> Answer:
    """Create a user segment; without a name it is called as its conditions say."""
    columns = _columns(call.read(SEGMENT))
    columns.setdefault("name", _unused_name(columns))
    return created(call, USER_SEGMENTS, save_segment(by=call.person, **columns).pk)


@offered("PUT", "help_center/user_segments/{user_segment_id}", takes=SEGMENT)
def update_segment(call: Call, user_segment_id: int) -> Any:
    """Change a user segment; those that are built in stay (422)."""
    segment, columns = USER_SEGMENTS.find(call, user_segment_id), _columns(call.read(SEGMENT))
    return changed(call, USER_SEGMENTS, save_segment(segment, by=call.person, **columns).pk)


@offered("DELETE", "help_center/user_segments/{user_segment_id}")
def delete_segment(call: Call, user_segment_id: int) -> Answer:
    """Remove a user segment that nothing uses (422 otherwise)."""
    remove_segment(USER_SEGMENTS.find(call, user_segment_id), by=call.person)
    return NOTHING


def _columns(given: Json) -> Json:
    names = {"name": "name", "user_type": "kind", "tags": "tags", "or_tags": "or_tags"}
    found = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    return found | _rows(given, _MEMBERS)


def _rows(given: Json, members: dict[str, tuple[str, Any]]) -> Json:
    """The rows that lists of numbers name. Raises 422 for a number that is of none."""
    found: Json = {}
    for name, (own, objects) in members.items():
        if given.get(name) is None:
            continue
        rows = list(objects.filter(pk__in=given[name]))
        if len(rows) != len(set(given[name])):
            raise invalid_record(name, "is invalid")
        found[own] = rows
    return found


def _unused_name(columns: Json) -> str:
    words = [*columns.get("tags", []), *columns.get("or_tags", [])]
    base = ", ".join(words)[:100] or str(Segment.Kind(columns.get("kind", Segment.Kind.SIGNED_IN)).value)
    taken = {
        name.lower()
        for name in Segment.objects.filter(Q(name__istartswith=base)).values_list("name", flat=True)
    }
    number = 1
    while (base if number == 1 else f"{base} {number}").lower() in taken:
        number += 1
    return base if number == 1 else f"{base} {number}"


@offered("GET", "guide/permission_groups")
def list_permission_groups(call: Call) -> Json:
    """List permission groups."""
    return help_center_list(call, PERMISSION_GROUPS, PERMISSION_GROUPS.rows(call))


@offered("GET", "guide/permission_groups/{permission_group_id}")
def show_permission_group(call: Call, permission_group_id: int) -> Json:
    """Show one permission group."""
    return one_of(call, PERMISSION_GROUPS, PERMISSION_GROUPS.find(call, permission_group_id).pk)


@offered("POST", "guide/permission_groups", takes=PERMISSION_GROUP)
def create_permission_group(call: Call) -> Answer:
    """Create a permission group: which segments may edit, and which publish."""
    columns = _group_columns(call.read(PERMISSION_GROUP))
    return created(call, PERMISSION_GROUPS, save_permission_group(by=call.person, **columns).pk)


@offered("PUT", "guide/permission_groups/{permission_group_id}", takes=PERMISSION_GROUP)
def update_permission_group(call: Call, permission_group_id: int) -> Any:
    """Change a permission group; the one that is built in stays (422)."""
    group, columns = (
        PERMISSION_GROUPS.find(call, permission_group_id),
        _group_columns(call.read(PERMISSION_GROUP)),
    )
    return changed(call, PERMISSION_GROUPS, save_permission_group(group, by=call.person, **columns).pk)


@offered("DELETE", "guide/permission_groups/{permission_group_id}")
def delete_permission_group(call: Call, permission_group_id: int) -> Answer:
    """Remove a permission group that no article has (422 otherwise)."""
    remove_permission_group(PERMISSION_GROUPS.find(call, permission_group_id), by=call.person)
    return NOTHING


def _group_columns(given: Json) -> Json:
    found = {"name": given["name"]} if given.get("name") is not None else {}
    return found | _rows(given, _SIDES)
