"""Addresses of the public help center."""

from django.urls import path

from opora.knowledge.views import help_article, help_center

app_name = "help_center"
urlpatterns = [
    path("hc/", help_center.index, name="index"),
    path("hc/article_attachments/<int:file_id>/<str:name>", help_article.file, name="file"),
    path("hc/<str:locale>", help_center.home, name="home"),
    path("hc/<str:locale>/search", help_center.search, name="search"),
    path("hc/<str:locale>/offered", help_center.offered, name="offered"),
    path("hc/<str:locale>/brands/<slug:slug>", help_center.brand, name="brand"),
    path("hc/<str:locale>/categories/<str:place>", help_center.category, name="category"),
    path("hc/<str:locale>/sections/<str:place>", help_center.section, name="section"),
    path("hc/<str:locale>/articles/<int:article_id>/votes", help_article.votes, name="vote"),
    path("hc/<str:locale>/articles/<str:place>", help_article.article, name="article"),
]
