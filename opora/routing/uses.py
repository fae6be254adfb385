"""Which queues and requirements name a thing."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opora.core.uses import Thing, Use, finds_uses
from opora.routing.queries import queues, requirements
from opora.tickets.uses import names


@finds_uses
def queues_and_requirements(thing: Thing) -> Iterator[Use]:
    """Yield the queues that ask about the thing or give work to it, and what asks for it as a skill."""
    for queue in queues():
        if names(thing, conditions=queue.conditions) or thing == Thing("group", str(queue.group_id)):
            url = reverse("routing:queue", args=[queue.pk])
            yield Use(_("Queue"), queue.name, url, queue.is_active)
    for row in requirements():
        if names(thing, conditions=row.conditions) or thing == Thing("skill", str(row.skill_id)):
            yield Use(_("Requirement"), str(row), reverse("routing:requirement", args=[row.pk]))
