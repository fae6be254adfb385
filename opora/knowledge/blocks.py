"""What articles show in other rooms: a block on the page of a ticket, a group in the palette."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from opora.knowledge.searching import Wanted, search_articles
from opora.people.models import Person
from opora.tickets.blocks import palette_group, ticket_block
from opora.tickets.models import Ticket

IN_PALETTE = 6


@ticket_block("context")
def articles_block(ticket: Ticket, reader: Person) -> SafeString:
    """Draw the place of the articles; they come when the page stands, so that it waits for no search."""
    return render_to_string("knowledge/_ticket_block.html", {"ticket": ticket})


@palette_group
def articles_in_palette(typed: str, reader: Person) -> SafeString:
    """Draw the articles that fit what is typed."""
    found = search_articles(Wanted(typed), reader=reader, limit=IN_PALETTE) if len(typed) > 1 else []
    return render_to_string("knowledge/_palette.html", {"found": found}) if found else SafeString("")
