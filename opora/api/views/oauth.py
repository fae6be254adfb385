"""OAuth 2 under the addresses of the Support API: a person lets a program in, and the program gets its token."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import AuthorizationView, TokenView

from opora.api.models import OAuthClient
from opora.people.doors import colleagues_only


@colleagues_only
def authorization(request: HttpRequest) -> HttpResponse:
    """Ask the person whether a program may act in their name, and send them back to it."""
    response = AuthorizationView.as_view(template_name="api/authorize.html")(request)
    back = urlsplit(_redirect_uri(request))
    if back.scheme in {"http", "https"} and back.netloc:
        # The form's answer leads to the program; the policy counts that as where the form goes.
        response._csp_update = {"form-action": [f"{back.scheme}://{back.netloc}"]}
    return response


def _redirect_uri(request: HttpRequest) -> str:
    """Where the program wants the person back: as asked, if it is one that its client has registered."""
    client = OAuthClient.objects.filter(client_id=request.GET.get("client_id", "")[:255]).first()
    asked = request.GET.get("redirect_uri", "")
    if client is None:
        return ""
    return asked if asked and client.redirect_uri_allowed(asked) else ""


@csrf_exempt  # programs prove themselves by their secret or code
def token(request: HttpRequest) -> HttpResponse:
    """Exchange a code, a refresh token or the client's own credentials for a token; the body is JSON or a form."""
    if request.method == "POST" and request.content_type == "application/json":
        problem = _read_as_form(request)
        if problem:
            return problem
    return TokenView.as_view()(request)


def _read_as_form(request: HttpRequest) -> HttpResponse | None:
    try:
        given: Any = json.loads(request.body)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        words = {"error": "invalid_request", "error_description": "The body is not a JSON object."}
        return JsonResponse(words, status=400)
    fields = {name: str(value) for name, value in given.items() if isinstance(value, (str, int))}
    query = MultiValueDict({name: [value] for name, value in fields.items()})
    form = request.POST.copy()
    form.update(query)
    request.POST = form  # type: ignore[assignment]
    request._body = urlencode(fields).encode()  # type: ignore[attr-defined]
    request.META["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    return None
