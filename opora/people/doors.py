"""Who may come in: decorators of views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from opora.core.refusals import NotAllowed
from opora.people.models import Person

View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request that came through one of these doors: its user is a colleague."""

    user: Person
    htmx: HtmxDetails


def colleagues_only(view: View) -> View:
    """Let in colleagues; others are asked to sign in, and customers are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_colleague:
            raise NotAllowed
        return view(request, *arguments, **options)

    return guarded


def permission_required(permission: str) -> Callable[[View], View]:
    """Let in colleagues whose role has the named permission."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
            if permission not in request.user.allowed:  # type: ignore[union-attr]
                raise NotAllowed
            return view(request, *arguments, **options)

        return colleagues_only(guarded)

    return guard
