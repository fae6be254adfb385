"""Addresses of the public pages."""

from django.urls import path

from opora.channels.web.views import conversation, new_ticket, revocation

app_name = "web_form"
urlpatterns = [
    path("new/<slug:slug>", new_ticket.new_ticket, name="new_ticket"),
    path("new/<slug:slug>/sent/<str:receipt>", new_ticket.sent, name="sent"),
    path("t/<str:token>", conversation.conversation, name="conversation"),
    path("t/<str:token>/replies", conversation.replies, name="replies"),
    path("t/<str:token>/solution", conversation.solution, name="solution"),
    path("t/<str:token>/files/<int:attachment_id>", conversation.file, name="file"),
    path("tickets/<int:ticket_id>/customer-links/revocation", revocation.revocation, name="revocation"),
]
