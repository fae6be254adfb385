"""Addresses of the settings of tickets, and of the parts of people's pages that show tickets.

Included by `tickets.urls`, so the names belong to "tickets".
"""

from django.urls import path

from opora.tickets.views import (
    of_people,
    settings_fields,
    settings_macros,
    settings_statuses,
    settings_tags,
    settings_texts,
    settings_ticket_forms,
    settings_views,
)

urlpatterns = [
    path("people/<int:person_id>/tickets", of_people.person_tickets, name="person_tickets"),
    path("people/<int:person_id>/merge", of_people.people_merge, name="merge_people"),
    path("settings/colleagues/<int:person_id>/customer", of_people.customer, name="make_customer"),
    path("people/<int:person_id>/unmerge", of_people.people_unmerge, name="unmerge_people"),
    path(
        "organizations/<int:organization_id>/tickets",
        of_people.organization_tickets,
        name="organization_tickets",
    ),
    path("settings/fields/", settings_fields.fields, name="fields"),
    path("settings/fields/order", settings_fields.field_order, name="field_order"),
    path("settings/fields/new", settings_fields.new_field, name="new_field"),
    path("settings/fields/<int:field_id>", settings_fields.field, name="field"),
    path("settings/forms/", settings_ticket_forms.ticket_forms, name="forms"),
    path("settings/forms/order", settings_ticket_forms.form_order, name="form_order"),
    path("settings/forms/new", settings_ticket_forms.new_form, name="new_form"),
    path("settings/forms/<int:form_id>", settings_ticket_forms.ticket_form, name="form"),
    path("settings/forms/<int:form_id>/fields", settings_ticket_forms.form_fields, name="form_fields"),
    path(
        "settings/forms/<int:form_id>/conditions/<slug:audience>",
        settings_ticket_forms.form_rules,
        name="form_rules",
    ),
    path("settings/statuses/", settings_statuses.statuses, name="statuses"),
    path("settings/statuses/order", settings_statuses.status_order, name="status_order"),
    path("settings/statuses/new", settings_statuses.new_status, name="new_status"),
    path("settings/statuses/<int:status_id>", settings_statuses.status, name="status"),
    path(
        "settings/statuses/<int:status_id>/default", settings_statuses.default_status, name="default_status"
    ),
    path("settings/texts/", settings_texts.texts, name="texts"),
    path("settings/texts/new", settings_texts.new_text, name="new_text"),
    path("settings/texts/<int:text_id>", settings_texts.text, name="text"),
    path("settings/texts/<int:text_id>/removal", settings_texts.text_removal, name="text_removal"),
    path(
        "settings/texts/variants/<int:variant_id>/removal",
        settings_texts.variant_removal,
        name="variant_removal",
    ),
    path("settings/tags/", settings_tags.tags, name="tags"),
    path("settings/tags/<int:tag_id>", settings_tags.tag, name="tag"),
    path("settings/macros/", settings_macros.macro_list, name="macros"),
    path("settings/macros/order", settings_macros.macro_order, name="macro_order"),
    path("settings/macros/new", settings_macros.new_macro, name="new_macro"),
    path("settings/macros/<int:macro_id>", settings_macros.edit_macro, name="edit_macro"),
    path("settings/views/", settings_views.view_list, name="views"),
    path("settings/views/order", settings_views.view_order, name="view_order"),
]
