"""Words of tickets for templates."""

from django import template

from opora.tickets.models import Priority, TicketType

register = template.Library()


@register.simple_tag
def priority_word(number: int) -> str:
    """The word of a priority, as forms send it."""
    return Priority(number).word


@register.simple_tag
def type_word(number: int) -> str:
    """The word of a type, as forms send it."""
    return TicketType(number).word
