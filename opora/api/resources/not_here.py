"""Parts of the wire that this desk does not have, answered as an account answers that does not use them.

Lists that connectors read whole, one after the other, are empty: there is not one post or skip. Telephony is
refused, as for an account without the add-on. Nothing here can be written: that answers 404 `InvalidEndpoint`.
"""

from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.paging import is_by_cursor
from opora.api.wire.problems import restricted
from opora.api.wire.routing import operation

_EMPTY = {
    "community/topics": "topics",
    "community/posts": "posts",
    "help_center/community/topics": "topics",
    "help_center/community/posts": "posts",
    "skips": "skips",
    "tickets/{ticket_id}/skips": "skips",
    "users/{user_id}/skips": "skips",
}


def _offer_empty(path: str, name: str) -> None:
    def empty_list(call: Call, **_arguments: Any) -> Json:
        if is_by_cursor(call):
            meta = {"has_more": False, "after_cursor": None, "before_cursor": None}
            return {name: [], "meta": meta, "links": {"prev": None, "next": None}}
        way = {
            "count": 0,
            "next_page": None,
            "previous_page": None,
            "page": 1,
            "page_count": 0,
            "per_page": 30,
        }
        return {name: [], **way, "sort_by": "position", "sort_order": "asc"}

    empty_list.__doc__ = f"List {name}, of which this desk has none."
    operation("GET", path, who="people")(empty_list)


for _path, _name in _EMPTY.items():
    _offer_empty(_path, _name)


@operation("GET", "channels/voice/phone_numbers")
def phone_numbers(call: Call) -> Json:
    """Telephony is not part of the desk; refused as for an account without it."""
    raise restricted()
