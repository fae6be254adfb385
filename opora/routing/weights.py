"""How much one ticket weighs, and what a person carries now.

Load is the sum of the weights of a person's live unsolved tickets (the "agent load" of the field, with weights in
place of expected minutes): our turn counts fully, waiting for others hardly, urgent and grave ones more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from opora.routing.channels import way_of
from opora.routing.models import ORDINARY, RoutingSettings, standard_weights
from opora.tickets.models import Category, Priority, Ticket, TicketType

Weights = Mapping[str, Mapping[str, int]]


def routing_settings() -> RoutingSettings:
    """Return the settings of this desk; as they stand in the code until somebody changes them."""
    return RoutingSettings.objects.order_by("pk").first() or RoutingSettings()


def weigh(weights: Weights, *, category: int, priority: int | None, kind: int | None) -> int:
    """Return the weight in hundredths of an ordinary ticket: the product of three factors, 0 when solved."""
    if category >= Category.SOLVED:
        return 0
    product = (
        _factor(weights, "category", Category(category).word)
        * _factor(weights, "priority", Priority(priority).word if priority else "none")
        * _factor(weights, "type", TicketType(kind).word if kind else "none")
    )
    return round(ORDINARY * product / 1_000_000)


def _factor(weights: Weights, kind: str, word: str) -> int:
    return weights.get(kind, {}).get(word, standard_weights()[kind].get(word, 100))


@dataclass
class Carried:
    """What one person has now: load by way of working, and how many unsolved tickets by category."""

    load: dict[str, int] = field(default_factory=dict)
    tickets: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.tickets.values())


def carried_by(person_ids: Iterable[int], weights: Weights) -> dict[int, Carried]:
    """Return what each of these people carries, in one query whatever their number."""
    carried = {person_id: Carried() for person_id in person_ids}
    rows = (
        Ticket.objects.live()
        .filter(assignee_id__in=list(carried), category__lt=Category.SOLVED)
        .values_list("assignee_id", "channel", "category", "priority", "type")
        .annotate(count=Count("id"))
        .order_by()
    )
    for person_id, channel, category, priority, type_, count in rows:
        own, way = carried[person_id], way_of(channel)
        weight = weigh(weights, category=category, priority=priority, kind=type_)
        own.load[way] = own.load.get(way, 0) + weight * count
        word = Category(category).word
        own.tickets[word] = own.tickets.get(word, 0) + count
    return carried
