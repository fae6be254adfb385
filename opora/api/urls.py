"""Addresses of the API and of its settings."""

from django.urls import path

from opora.api.gateway import gateway

app_name = "api"
urlpatterns = [
    path("api/v2/<path:name>", gateway, {"version": "v2"}, name="v2"),
    path("api/v1/<path:name>", gateway, {"version": "v1"}, name="v1"),
]
