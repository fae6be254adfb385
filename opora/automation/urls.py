"""Addresses of rules."""

app_name = "automation"
urlpatterns: list = []
