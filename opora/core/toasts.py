"""Short messages that float over the page for some seconds."""

import json
from typing import TypeVar

from django.http import HttpResponse

MAIN = {"target": "#main", "select": "#main", "swap": "outerHTML"}
"""Where a page change puts the new page: the rail and the toasts stay."""

Response = TypeVar("Response", bound=HttpResponse)


def toast(response: Response, text: str, *, kind: str = "", undo: str = "", seconds: int = 0) -> Response:
    """Add a toast to the response. `kind` "danger" is for refusals; `undo` gives it a button that posts there."""
    content = {"text": text, "kind": kind, "undo": undo, "seconds": seconds}
    response["Opora-Toast"] = json.dumps({key: value for key, value in content.items() if value})
    return response


def go_to(url: str) -> HttpResponse:
    """Answer a fragment request by opening another page without a jump, so that a toast of this answer stays."""
    return HttpResponse(headers={"HX-Location": json.dumps({"path": url} | MAIN)})
