"""What every page knows."""

from typing import Any

from django.http import HttpRequest

from opora.events.live import newest_event_id
from opora.people.queries import desk


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the desk, lazily: pages that do not name it do not ask for it."""
    return {"live_after": newest_event_id, "desk": desk, "error_id": getattr(request, "error_id", "")}
