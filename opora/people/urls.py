"""Addresses of people and settings."""

from django.urls import path

from opora.people.views import person

app_name = "people"
urlpatterns = [
    path("people/", person.people, name="people"),
    path("people/<int:person_id>", person.person_page, name="person"),
    path("organizations/<int:organization_id>", person.organization_page, name="organization"),
]
