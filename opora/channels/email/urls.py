"""Addresses of mail."""

from django.urls import path

from opora.channels.email.views import forward, forwards, mailboxes, original, suspended

app_name = "email"
urlpatterns = [
    path("suspended", suspended.suspended_list, name="suspended"),
    path("suspended/decisions", suspended.decisions, name="decisions"),
    path("suspended/<int:mail_id>", suspended.suspended_mail, name="suspended_mail"),
    path("suspended/<int:mail_id>/decision", suspended.decision, name="decision"),
    path("mails/<int:mail_id>/original", original.original, name="original"),
    path("mails/<int:mail_id>/original.eml", original.download, name="download"),
    path("tickets/<int:ticket_id>/original-sender", forward.original_sender, name="original_sender"),
    path("tickets/<int:ticket_id>/forwards", forwards.forwards, name="forwards"),
    path("settings/mailboxes/", mailboxes.mailbox_list, name="mailboxes"),
    path("settings/mailboxes/new", mailboxes.new_mailbox, name="new_mailbox"),
    path("settings/mailboxes/new/trial", mailboxes.trial, name="new_trial"),
    path("settings/mailboxes/<int:mailbox_id>", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:mailbox_id>/trial", mailboxes.trial, name="trial"),
]
