"""Addresses of the API and of its settings."""

from django.urls import path

from opora.api.gateway import gateway
from opora.api.resources.files import content

app_name = "api"
urlpatterns = [
    path("attachments/token/<str:token>/", content, name="content"),
    path("api/v2/<path:name>", gateway, {"version": "v2"}, name="v2"),
    path("api/v1/<path:name>", gateway, {"version": "v1"}, name="v1"),
]
