"""Addresses of the API and of its settings."""

from django.urls import path

from opora.api.gateway import gateway
from opora.api.resources.files import content
from opora.api.views import docs, oauth, tokens

app_name = "api"
urlpatterns = [
    path("api/docs", docs.docs, name="docs"),
    path("api/openapi.json", docs.openapi, name="openapi"),
    path("settings/tokens/", tokens.token_list, name="tokens"),
    path("settings/tokens/new", tokens.new_token, name="new_token"),
    path("settings/tokens/<int:token_id>/revocation", tokens.revocation, name="revocation"),
    path("oauth/authorizations/new", oauth.authorization, name="authorization"),
    path("oauth/tokens", oauth.token, name="token"),
    path("attachments/token/<str:token>/", content, name="content"),
    path("api/v2/<path:name>", gateway, {"version": "v2"}, name="v2"),
    path("api/v1/<path:name>", gateway, {"version": "v1"}, name="v1"),
]
