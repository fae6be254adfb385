"""Who a ticket belongs to: group, assignee, requester, organization, those in copy and those who follow."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import Choices, ConditionField, column
from opora.core.conditions.kinds import Choice, Members, Reference, StandIn
from opora.core.conditions.kinds.values import whole_number
from opora.people.languages import languages_of_customers
from opora.people.models import Group, Organization, Person, Role
from opora.tickets.conditions.case import me, my_groups, my_id
from opora.tickets.conditions.fields.reading import changed, name_in, of_ticket, rows
from opora.tickets.models import Collaboration

GROUP = _("People")
ME = {"current_user": StandIn(_("current user"), my_id)}
PEOPLE = reverse_lazy("tickets:lookup_people")


def _with(kind: str) -> Callable[[Collection[Any] | None], Q]:
    def holding(people: Collection[Any] | None) -> Q:
        found = Collaboration.objects.filter(kind=kind)
        found = found if people is None else found.filter(person_id__in=people)
        return Q(id__in=found.values("ticket_id"))

    return holding


def roles() -> Choices:
    """Return what a requester can be."""
    return [("customer", str(_("customer"))), *((kind.value, str(kind.label)) for kind in Role.Kind)]


def _languages() -> Choices:
    return [(code, str(name)) for code, name in languages_of_customers()[1:]]


def _role(_lookup: str, value: Any) -> Q:
    """A customer is who has no role; nobody is neither. Asked apart: a chain of joins is lost in some alternatives."""
    if value is True:
        return Q(pk__in=[])
    people = (
        Person.objects.filter(role=None) if value == "customer" else Person.objects.filter(role__kind=value)
    )
    return Q(requester_id__in=people.values("pk"))


FIELDS: list[ConditionField] = [
    Reference(
        name="group", title=_("Group"), group=GROUP, options=rows(Group, deleted_at=None), name_of=name_in(Group),
        stand_ins={"current_groups": StandIn(_("groups of the current user"), my_groups)},
        seen=of_ticket("group_id"), where=column("group_id"), changed=changed("group", "group_id"),
    ),
    Reference(
        name="assignee", title=_("Assignee"), group=GROUP, options=rows(Person), name_of=name_in(Person), stand_ins=ME,
        seen=of_ticket("assignee_id"), where=column("assignee_id"), changed=changed("assignee", "assignee_id"),
    ),
    Reference(
        name="requester", title=_("Requester"), group=GROUP, finder=PEOPLE, name_of=name_in(Person), stand_ins=ME,
        can_be_empty=False, seen=of_ticket("requester_id"), where=column("requester_id"),
        changed=changed("requester", "requester_id"),
    ),
    Reference(
        name="organization", title=_("Organization"), group=GROUP, name_of=name_in(Organization),
        finder=reverse_lazy("tickets:lookup_organizations"), seen=of_ticket("organization_id"),
        where=column("organization_id"), changed=changed("organization", "organization_id"),
    ),
    Choice(
        name="requester_language", title=_("Language of the requester"), group=GROUP, options=_languages, nothing="", can_be_empty=True,
        seen=of_ticket("requester_locale"), where=column("requester__locale"),
    ),
    Choice(
        name="requester_role", title=_("Role of the requester"), group=GROUP, options=roles,
        seen=of_ticket("requester_role"), where=_role,
    ),
    Reference(
        name="submitter", title=_("Submitter"), group=GROUP, finder=PEOPLE, name_of=name_in(Person), stand_ins=ME,
        can_be_empty=False, seen=of_ticket("submitter_id"), where=column("submitter_id"),
    ),
    Members(
        name="follower", title=_("Followers"), group=GROUP, holding=_with("follower"), member=whole_number, me=me,
        name_of=name_in(Person), finder=PEOPLE, seen=of_ticket("follower_ids"), where=column("collaborations"),
    ),
    Members(
        name="cc", title=_("People in copy"), group=GROUP, holding=_with("cc"), member=whole_number, me=me,
        name_of=name_in(Person), finder=PEOPLE, seen=of_ticket("cc_ids"), where=column("collaborations"),
    ),
]  # fmt: skip
