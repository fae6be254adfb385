"""Reasons of bad ratings. Requesters of this desk say why in their own words, so there are none to choose from."""

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation


@operation("GET", "satisfaction_reasons")
def list_reasons(call: Call) -> Json:
    """List the reasons that requesters choose from, of which this desk has none."""
    return {"reasons": [], "count": 0, "next_page": None, "previous_page": None}


@operation("GET", "satisfaction_reasons/{reason_id}")
def show_reason(call: Call, reason_id: int) -> Json:
    """Show one reason; there is none."""
    raise not_found()
