"""Every address of the desk, assembled from the domains."""

from django.urls import include, path

urlpatterns = [
    path("", include("opora.web.urls")),
    path("", include("opora.tickets.urls")),
    path("", include("opora.knowledge.urls")),
    path("", include("opora.knowledge.help_center_urls")),
    path("", include("opora.routing.urls")),
    path("", include("opora.people.urls")),
    path("", include("opora.calendars.urls")),
    path("", include("opora.channels.email.urls")),
    path("", include("opora.channels.web.urls")),
    path("", include("opora.webhooks.urls")),
    path("", include("opora.sla.urls")),
    path("", include("opora.notifications.urls")),
    path("", include("opora.automation.urls")),
    path("", include("opora.api.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "opora.web.views.errors.bad_request"
handler403 = "opora.web.views.errors.forbidden"
handler404 = "opora.web.views.errors.not_found"
handler500 = "opora.web.views.errors.failed"
