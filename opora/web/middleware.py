"""What happens around every request: its id, the person's language and zone, refusals as sentences."""

import logging
import secrets
import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from opora.core.refusals import Refusal
from opora.core.toasts import toast
from opora.people.queries import desk

log = logging.getLogger("opora.web")
Respond = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request an id that the log and the error page share."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.error_id = secrets.token_hex(4)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.error_id  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if not isinstance(exception, Refusal):
            log.error("Request %s failed: %s %s", request.error_id, request.method, request.path)  # type: ignore[attr-defined]


class PersonalMiddleware:
    """Speak the person's language and show times in their zone; the desk's, or the browser's, where they chose none."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        language = getattr(person, "locale", "") or translation.get_language_from_request(request)
        zone = getattr(person, "time_zone", "")
        if not zone and person.is_authenticated:
            zone = getattr(desk(), "time_zone", "")
        with translation.override(language), timezone.override(_zone(zone)):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


class RefusalMiddleware:
    """Turn an expected refusal into its sentence: a toast for a fragment, a calm page for everything else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if _wants_a_sentence(request):
            response = HttpResponse(
                exception.sentence, status=exception.status, content_type="text/plain; charset=utf-8"
            )
            if exception.status == 422 and request.headers.get("HX-Request"):
                # A 422 is a form to be shown again; a bare sentence is not, so it is said instead.
                response["HX-Reswap"] = "none"
                toast(response, exception.sentence, kind="danger")
            return response
        context = {"sentence": exception.sentence, "status": exception.status}
        return render(request, "web/refusal.html", context, status=exception.status)


def _wants_a_sentence(request: HttpRequest) -> bool:
    """Whether a script asks, for whom the sentence alone is enough."""
    headers = request.headers
    fetched = headers.get("HX-Request") or headers.get("X-Requested-With") == "fetch"
    return bool(fetched) or "application/json" in headers.get("Accept", "")
