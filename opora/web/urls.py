from django.urls import path

from opora.web.views import gallery

app_name = "web"
urlpatterns = [
    path("gallery", gallery.components, name="gallery"),
    path("gallery/workspace", gallery.workspace, name="gallery_workspace"),
    path("gallery/table", gallery.table, name="gallery_table"),
    path("gallery/plain", gallery.plain, name="gallery_plain"),
    path("gallery/answers/<str:kind>", gallery.answers, name="gallery_answers"),
]
