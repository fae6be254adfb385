"""Which policies name a thing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opora.core.uses import Thing, Use, finds_uses
from opora.sla.actions.save_policy import latest_versions, policies
from opora.sla.content import Content, Escalation
from opora.tickets.uses import names


@finds_uses
def policies_naming(thing: Thing) -> Iterator[Use]:
    """Yield the policies whose newest version asks about the thing, counts in it, or escalates to it."""
    latest = latest_versions()
    for row in policies():
        if row.pk in latest and _names(Content.from_json(latest[row.pk].content), thing):
            yield Use(_("Policy"), row.name, reverse("sla:policy", args=[row.pk]), row.is_active)


def _names(content: Content, thing: Thing) -> bool:
    if thing.kind == "calendar":
        return content.source == "policy" and str(content.calendar_id) == thing.id
    if thing.kind == "status" and thing.id in map(str, content.switches.pausing_statuses):
        return True
    return names(thing, conditions=content.conditions) or any(
        _target(one) == thing for one in content.escalations
    )


def _target(step: Escalation) -> Thing | None:
    kinds = {"assign_group": "group", "assign_person": "person", "notify_person": "person"}
    return Thing(kinds[step.step], str(step.value)) if step.step in kinds else None
