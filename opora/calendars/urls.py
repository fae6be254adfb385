"""Addresses of the settings of calendars."""

from django.urls import path

from opora.calendars.views import calendars, days

app_name = "calendars"
urlpatterns = [
    path("settings/calendars/", calendars.calendar_list, name="calendars"),
    path("settings/calendars/new", calendars.new_calendar, name="new_calendar"),
    path("settings/calendars/preview", calendars.preview, name="preview"),
    path("settings/calendars/subdivisions", calendars.subdivisions, name="subdivisions"),
    path("settings/calendars/<int:calendar_id>", calendars.calendar, name="calendar"),
    path("settings/calendars/<int:calendar_id>/removal", calendars.removal, name="removal"),
    path("settings/calendars/<int:calendar_id>/versions", calendars.versions, name="versions"),
    path("settings/calendars/<int:calendar_id>/days", days.days, name="days"),
    path("settings/calendars/<int:calendar_id>/imports", days.imports, name="imports"),
    path("settings/calendars/<int:calendar_id>/days/<str:day>/removal", days.day_removal, name="day_removal"),
    path(
        "settings/calendars/<int:calendar_id>/days/<str:day>/observance",
        days.day_observance,
        name="day_observance",
    ),
]
