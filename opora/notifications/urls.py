"""Addresses of notifications."""

from django.urls import path

from opora.notifications.views import bell, notifications, preferences

app_name = "notifications"
urlpatterns = [
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/count", bell.count, name="count"),
    path("notifications/latest", bell.latest, name="latest"),
    path("notifications/reading", notifications.reading, name="reading"),
    path("notifications/<int:notification_id>", notifications.notification, name="notification"),
    path("settings/notifications", preferences.preferences, name="preferences"),
]
