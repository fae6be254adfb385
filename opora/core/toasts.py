"""Short messages that float over the page for some seconds."""

import json
from typing import TypeVar

from django.http import HttpResponse

Response = TypeVar("Response", bound=HttpResponse)


def toast(response: Response, text: str, *, kind: str = "", undo: str = "", seconds: int = 0) -> Response:
    """Add a toast to the response. `kind` "danger" is for refusals; `undo` gives it a button that posts there."""
    content = {"text": text, "kind": kind, "undo": undo, "seconds": seconds}
    response["Opora-Toast"] = json.dumps({key: value for key, value in content.items() if value})
    return response
