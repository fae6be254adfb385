"""What other rooms show on the page of a ticket and in the palette. They are above; the page asks here, so that tickets know none of them."""

from collections.abc import Callable
from typing import Literal

from django.utils.safestring import SafeString

from opora.people.models import Person
from opora.tickets.models import Ticket

Place = Literal["head", "context"]
Draw = Callable[[Ticket, Person], SafeString]
DrawFound = Callable[[str, Person], SafeString]
BLOCKS: dict[Place, list[Draw]] = {"head": [], "context": []}
PALETTE_GROUPS: list[DrawFound] = []


def ticket_block(place: Place) -> Callable[[Draw], Draw]:
    """Let a room show something under the head of a ticket, or in the column beside it; "" for nothing."""

    def declare(draw: Draw) -> Draw:
        BLOCKS[place].append(draw)
        return draw

    return declare


def blocks_of(place: Place, ticket: Ticket, reader: Person) -> list[SafeString]:
    """Return what the rooms show there of this ticket to this reader, in the order they were declared."""
    return [block for draw in BLOCKS[place] if (block := draw(ticket, reader))]


def palette_group(draw: DrawFound) -> DrawFound:
    """Let a room show what it finds in the palette; "" for nothing."""
    PALETTE_GROUPS.append(draw)
    return draw


def palette_groups_of(typed: str, reader: Person) -> list[SafeString]:
    """Return what the rooms find for what is typed, in the order they were declared."""
    return [group for draw in PALETTE_GROUPS if (group := draw(typed, reader))]
