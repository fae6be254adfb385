"""What the editor of steps asks for: a row."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.steps.editor import blank_step


@require_GET
@colleagues_only
def row(request: DeskRequest) -> HttpResponse:
    """One row of the editor: a new one, or one whose kind was chosen anew."""
    asked = request.GET
    key = int(asked.get("key", "0")) if asked.get("key", "").isdigit() else 0
    name, chosen = asked.get("name", "steps")[:40], asked.get("field", "")
    made = blank_step(name, key, chosen, for_rules=asked.get("scope") == "rules")
    return render(request, "tickets/steps/_row.html", {"row": made})
