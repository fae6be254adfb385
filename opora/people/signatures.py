"""What stands under a mail: a text in which places are filled in with the colleague who writes and the brand."""

from collections.abc import Callable, Iterator
from typing import Any

from opora.core.liquid import Values, check_text, fill_text
from opora.core.refusals import Invalid
from opora.people.models import Brand, Person

PLACEHOLDERS = (
    "agent.name", "agent.first_name", "agent.email", "agent.phone", "brand.name", "brand.website", "ticket.id",
)  # fmt: skip
SIGNATURE_PLACES = tuple(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
"""The names an editor offers. `current_user` and `ticket.brand` stand for the same, as in macros."""


def check_signature(text: str) -> None:
    """Raise `Invalid` at the field for a text whose places cannot be understood."""
    try:
        check_text(text)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="signature") from refusal


def fill_signature(text: str, *, agent: Person | None, brand: Brand, ticket_id: int | None = None) -> str:
    """Return the text filled in. A line whose places all turn out empty is left out; a broken text stands as it is.

    A signature reaches the customer, so it can say nothing of a ticket but its number.
    """
    if "{" not in text:
        return text.strip()
    try:
        return "\n".join(_lines(text, _values(agent, brand, ticket_id))).strip()
    except Invalid:
        return text.strip()


def _lines(text: str, values: dict[str, Values]) -> Iterator[str]:
    """A sentence over several lines, such as a condition, is filled in as one; else line by line, to know empty ones."""
    if "{%" in text:
        yield fill_text(text, values)
        return
    for line in text.splitlines():
        filled = fill_text(line, values).rstrip()
        if filled.strip(" ,|·–—") or not line.strip() or "{{" not in line:
            yield filled


def _values(agent: Person | None, brand: Brand, ticket_id: int | None) -> dict[str, Values]:
    speaker = Values(_agent(agent) if agent else dict.fromkeys(("name", "first_name", "email", "phone"), str))
    house = Values({"name": lambda: brand.name, "website": lambda: brand.website})
    ticket = Values({"id": lambda: ticket_id or "", "brand": lambda: house})
    return {"agent": speaker, "current_user": speaker, "brand": house, "ticket": ticket}


def _agent(person: Person) -> dict[str, Callable[[], Any]]:
    return {
        "name": lambda: person.name,
        "first_name": lambda: person.first_name,
        "email": lambda: person.email,
        "phone": lambda: person.phone,
    }
