"""Roles of colleagues."""

from collections.abc import Sequence

from django.db.models import Count, Q

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import stamps_of
from opora.api.wire.times import stamp
from opora.people.models import Role

_ROLE_TYPES = {Role.Kind.ADMINISTRATOR: 4, Role.Kind.LIGHT_AGENT: 1}
_ACCESS = {Role.Access.ALL: "all", Role.Access.GROUPS: "within-groups", Role.Access.ASSIGNED: "assigned-only"}


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    counted = Role.objects.annotate(size=Count("people", filter=Q(people__is_active=True)))
    rows = counted.in_bulk(ids)
    times = stamps_of(call, "role", ids)
    return [_role(rows[pk], times[pk]) for pk in ids if pk in rows]


def _role(role: Role, times) -> Json:  # type: ignore[no-untyped-def]
    return {
        "id": role.pk,
        "name": role.name,
        "description": role.description,
        "role_type": _ROLE_TYPES.get(Role.Kind(role.kind), 0),
        "created_at": stamp(times[0]),
        "updated_at": stamp(times[1]),
        "configuration": _configuration(role),
        "team_member_count": role.size,  # type: ignore[attr-defined]
    }


def _configuration(role: Role) -> Json:
    may = role.allowed
    tickets, people, channels = (
        "settings.tickets" in may,
        "settings.people" in may,
        "settings.channels" in may,
    )
    return {
        "light_agent": role.kind == Role.Kind.LIGHT_AGENT,
        "ticket_access": _ACCESS[Role.Access(role.ticket_access)],
        "ticket_comment_access": "public" if "tickets.reply" in may else "none",
        "ticket_editing": "tickets.edit" in may,
        "ticket_deletion": "tickets.delete" in may,
        "view_deleted_tickets": "tickets.delete" in may,
        "ticket_tag_editing": "tickets.edit" in may,
        "ticket_merge": "tickets.merge" in may,
        "ticket_redaction": "tickets.delete" in may,
        "assign_tickets_to_any_group": "tickets.assign" in may,
        "end_user_list_access": "full",
        "end_user_profile_access": "full" if "people.edit" in may else "readonly",
        "organization_editing": "people.edit" in may,
        "organization_notes_editing": "people.edit" in may,
        "manage_organizations": "people.edit" in may,
        "macro_access": "full" if "macros.share" in may else "manage-personal",
        "view_access": "full" if "views.share" in may else "manage-personal",
        "manage_suspended_tickets": "tickets.spam" in may,
        "manage_ticket_fields": tickets,
        "manage_ticket_forms": tickets,
        "manage_business_rules": "settings.rules" in may,
        "manage_triggers": "settings.rules" in may,
        "manage_automations": "settings.rules" in may,
        "manage_slas": "settings.sla" in may,
        "manage_user_fields": people,
        "manage_organization_fields": people,
        "manage_groups": people,
        "manage_group_memberships": people,
        "manage_roles": "all" if people else "none",
        "manage_extensions_and_channels": channels,
    }


CUSTOM_ROLES = Noun("custom_role", "custom_roles", "custom_roles", lambda call: Role.objects.all(), _present)
