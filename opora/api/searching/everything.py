"""What a search of everything asks for: which kinds of objects, in which order, and the words as typed."""

import re
from dataclasses import dataclass

from opora.api.wire.call import Call

KINDS = ("ticket", "user", "organization", "group")
_TYPE = re.compile(r"(?:^|\s)(-?)type\s*:\s*\"?([\w-]+)\"?", re.IGNORECASE)
_ORDERS = {
    "created_at": "created_at", "updated_at": "updated_at", "created": "created_at", "updated": "updated_at",
    "priority": "priority", "status": "category", "ticket_type": "type",
}  # fmt: skip


@dataclass(frozen=True)
class Searched:
    """A search: its text without the type of objects (of tickets the kinds of requests stay), kinds, order."""

    text: str
    kinds: tuple[str, ...]
    order: str = ""
    descending: bool = True

    def order_for(self, kind: str, call: Call) -> list[str]:
        """Return the columns to sort by: as asked in the words or the address, else newest first."""
        name = call.param("sort_by") or self.order
        descending = call.param("sort_order", "desc") != "asc" if call.param("sort_by") else self.descending
        column = _ORDERS.get(name, "")
        if not column or (kind != "ticket" and column not in {"created_at", "updated_at"}):
            return ["-id"]
        if kind == "group" and column == "updated_at":
            column = "created_at"
        sign = "-" if descending else ""
        return [f"{sign}{column}", f"{sign}id"]


def read_search(typed: str) -> Searched:
    """Return what was asked. Without a type all kinds are searched."""
    named = [(bool(minus), word.lower()) for minus, word in _TYPE.findall(typed)]
    wanted = [word for minus, word in named if not minus]
    kinds = [kind for kind in KINDS if kind in wanted]
    if not kinds and wanted:
        kinds = ["ticket"]
    text = _TYPE.sub(lambda match: "" if match.group(2).lower() in KINDS else match.group(0), typed)
    order = re.search(r"order_by:(\w+)", text)
    direction = re.search(r"\bsort:(asc|desc)", text, re.IGNORECASE)
    return Searched(
        text.strip(),
        tuple(kinds or KINDS),
        order.group(1) if order else "",
        direction is None or direction.group(1).lower() == "desc",
    )
