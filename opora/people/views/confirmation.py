"""Somebody confirms that an address is theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from opora.people.actions.ask_to_verify import asked_identity
from opora.people.actions.verify_identity import verify_identity


@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask with a button, since programs that look at mail follow links; say when it is done."""
    identity = asked_identity(token)
    if request.method == "POST":
        identity = verify_identity(identity, by=identity.person)
    return render(request, "people/confirmation.html", {"identity": identity})
