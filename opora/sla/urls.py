"""Addresses of promises: settings, reports, and the clocks of a ticket."""

from django.urls import path

from opora.sla.views import attainment, policies, ticket, what_if

app_name = "sla"
urlpatterns = [
    path("tickets/<int:ticket_id>/clocks", ticket.clocks, name="clocks"),
    path("tickets/<int:ticket_id>/clocks/line", ticket.line, name="line"),
    path("tickets/<int:ticket_id>/clocks/account", ticket.why, name="why"),
    path("tickets/<int:ticket_id>/clocks/account.json", ticket.account_json, name="account_json"),
    path("tickets/<int:ticket_id>/clocks/waiver", ticket.waiver, name="waiver"),
    path("tickets/<int:ticket_id>/clocks/exclusion", ticket.exclusion, name="exclusion"),
    path("tickets/<int:ticket_id>/clocks/inclusion", ticket.inclusion, name="inclusion"),
    path("settings/policies/", policies.policy_list, name="policies"),
    path("settings/policies/order", policies.policy_order, name="policy_order"),
    path("settings/policies/new", policies.new_policy, name="new_policy"),
    path("settings/policies/<int:policy_id>", policies.policy, name="policy"),
    path("settings/policies/<int:policy_id>/versions", policies.versions, name="versions"),
    path("settings/policies/<int:policy_id>/removal", policies.removal, name="removal"),
    path("settings/attainment/", attainment.attainment, name="attainment"),
    path("settings/attainment/tickets", attainment.tickets, name="attainment_tickets"),
    path("settings/what-ifs/", what_if.what_ifs, name="what_ifs"),
    path("settings/what-ifs/<int:what_if_id>", what_if.what_if, name="what_if"),
]
