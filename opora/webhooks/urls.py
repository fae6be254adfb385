"""Addresses of webhooks."""

from django.urls import path

from opora.webhooks.views import deliveries, secret, trial, webhooks

app_name = "webhooks"
urlpatterns = [
    path("settings/webhooks/", webhooks.webhook_list, name="webhooks"),
    path("settings/webhooks/new", webhooks.new_webhook, name="new_webhook"),
    path("settings/webhooks/new/trial", trial.trial, name="new_trial"),
    path("settings/webhooks/deliveries", deliveries.delivery_list, name="deliveries"),
    path("settings/webhooks/deliveries/<int:invocation_id>", deliveries.delivery, name="delivery"),
    path(
        "settings/webhooks/deliveries/<int:invocation_id>/redelivery",
        deliveries.redelivery,
        name="redelivery",
    ),
    path("settings/webhooks/<int:webhook_id>", webhooks.webhook, name="webhook"),
    path("settings/webhooks/<int:webhook_id>/trial", trial.trial, name="trial"),
    path("settings/webhooks/<int:webhook_id>/copy", webhooks.copy, name="copy"),
    path("settings/webhooks/<int:webhook_id>/removal", webhooks.removal, name="removal"),
    path("settings/webhooks/<int:webhook_id>/resumption", webhooks.resumption, name="resumption"),
    path("settings/webhooks/<int:webhook_id>/signing-secret", secret.signing_secret, name="secret"),
    path("settings/webhooks/<int:webhook_id>/signing-secret/new", secret.new_secret, name="new_secret"),
]
