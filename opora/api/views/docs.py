"""The documentation of the API: a page to read and try it, and its description for programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.api.compatibility.openapi import description


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The interactive page; it works without a connection to anywhere else."""
    return render(request, "api/docs.html")


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return JsonResponse(description())
