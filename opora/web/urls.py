from django.urls import path

from opora.web.views import gallery, welcome

app_name = "web"
urlpatterns = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/mailbox", welcome.welcome_mailbox, name="welcome_mailbox"),
    path("welcome/mailbox/trial", welcome.welcome_trial, name="welcome_trial"),
    path("gallery", gallery.components, name="gallery"),
    path("gallery/workspace", gallery.workspace, name="gallery_workspace"),
    path("gallery/table", gallery.table, name="gallery_table"),
    path("gallery/conditions", gallery.conditions, name="gallery_conditions"),
    path("gallery/plain", gallery.plain, name="gallery_plain"),
    path("gallery/answers/<str:kind>", gallery.answers, name="gallery_answers"),
]
