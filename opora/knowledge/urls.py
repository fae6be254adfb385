"""Addresses of articles for colleagues; the public help center has its own in `help_center_urls`."""

from django.urls import path

from opora.knowledge.views import (
    article,
    articles,
    settings_permission_groups,
    settings_segments,
    settings_shelves,
    steps,
    ticket,
    writing,
)

app_name = "knowledge"
urlpatterns = [
    path("knowledge/", articles.articles, name="articles"),
    path("knowledge/new", writing.new_article, name="new"),
    path("knowledge/new/draft", writing.new_draft, name="new_draft"),
    path("knowledge/new/draft/removal", writing.new_draft_removal, name="new_draft_removal"),
    path("knowledge/preview", writing.preview, name="preview"),
    path("knowledge/files", writing.files, name="files"),
    path("knowledge/<int:article_id>", article.article_page, name="article"),
    path("knowledge/<int:article_id>/edit", writing.edit_article, name="edit"),
    path("knowledge/<int:article_id>/draft", writing.draft, name="draft"),
    path("knowledge/<int:article_id>/draft/removal", writing.draft_removal, name="draft_removal"),
    path("knowledge/<int:article_id>/properties", article.properties, name="properties"),
    path("knowledge/<int:article_id>/versions", article.versions, name="versions"),
    path("knowledge/<int:article_id>/events", article.article_events, name="events"),
    path("knowledge/<int:article_id>/review", steps.review, name="review"),
    path("knowledge/<int:article_id>/archive", steps.archive, name="archive"),
    path("knowledge/<int:article_id>/restoration", steps.restoration, name="restoration"),
    path("knowledge/<int:article_id>/levelling", steps.levelling, name="levelling"),
    path("knowledge/<int:article_id>/texts/<str:locale>/publication", steps.publication, name="publication"),
    path("knowledge/<int:article_id>/texts/<str:locale>/withdrawal", steps.withdrawal, name="withdrawal"),
    path("knowledge/<int:article_id>/texts/<str:locale>/removal", steps.removal, name="text_removal"),
    path(
        "knowledge/<int:article_id>/texts/<str:locale>/versions/<int:number>/restoration",
        steps.version_restoration,
        name="version_restoration",
    ),
    path("tickets/<int:ticket_id>/articles", ticket.ticket_articles, name="ticket_articles"),
    path("tickets/<int:ticket_id>/articles/found", ticket.found, name="ticket_found"),
    path(
        "tickets/<int:ticket_id>/articles/<int:citation_id>/removal", ticket.citation_removal, name="uncite"
    ),
    path("settings/knowledge/", settings_shelves.shelf_list, name="shelves"),
    path("settings/knowledge/categories/new", settings_shelves.new_category, name="new_category"),
    path("settings/knowledge/categories/order", settings_shelves.category_order, name="category_order"),
    path("settings/knowledge/categories/<int:category_id>", settings_shelves.category, name="category"),
    path(
        "settings/knowledge/categories/<int:category_id>/removal",
        settings_shelves.category_removal,
        name="category_removal",
    ),
    path("settings/knowledge/sections/new", settings_shelves.new_section, name="new_section"),
    path("settings/knowledge/sections/order", settings_shelves.section_order, name="section_order"),
    path("settings/knowledge/sections/<int:section_id>", settings_shelves.section, name="section"),
    path(
        "settings/knowledge/sections/<int:section_id>/removal",
        settings_shelves.section_removal,
        name="section_removal",
    ),
    path("settings/audiences/", settings_segments.segment_list, name="segments"),
    path("settings/audiences/new", settings_segments.new_segment, name="new_segment"),
    path("settings/audiences/<int:segment_id>", settings_segments.segment, name="segment"),
    path(
        "settings/audiences/<int:segment_id>/removal",
        settings_segments.segment_removal,
        name="segment_removal",
    ),
    path("settings/permission-groups/", settings_permission_groups.group_list, name="permission_groups"),
    path("settings/permission-groups/new", settings_permission_groups.new_group, name="new_permission_group"),
    path(
        "settings/permission-groups/<int:permission_group_id>",
        settings_permission_groups.group,
        name="permission_group",
    ),
    path(
        "settings/permission-groups/<int:permission_group_id>/removal",
        settings_permission_groups.group_removal,
        name="permission_group_removal",
    ),
]
