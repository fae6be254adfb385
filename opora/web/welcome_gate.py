"""Before there is a desk there is nothing to sign in to: the first visitor is led to the wizard."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from opora.people.queries import desk

Respond = Callable[[HttpRequest], HttpResponse]


class WelcomeMiddleware:
    """Lead the start page and everything about signing in to the wizard while there is no desk."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_entrance = request.path == "/" or request.path.startswith("/account/")
        if is_entrance and not request.user.is_authenticated and desk() is None:
            return redirect(reverse("web:welcome"))
        return self.get_response(request)
