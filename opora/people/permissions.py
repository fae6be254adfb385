"""What a role may allow: each permission has a name that is stored and a sentence that is shown."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "tickets.reply": _("Reply to customers"),
    "tickets.note": _("Write internal notes"),
    "tickets.edit": _("Change properties of tickets"),
    "tickets.assign": _("Assign tickets"),
    "tickets.merge": _("Merge, split and link tickets"),
    "tickets.delete": _("Delete and restore tickets"),
    "tickets.spam": _("Mark spam and release suspended mail"),
    "views.share": _("Make views for everybody"),
    "macros.share": _("Make macros for everybody"),
    "people.edit": _("Add and change customers and organizations"),
    "people.merge": _("Merge customers"),
    "team.lead": _("Set the presence of colleagues and answer escalations of every group"),
    "promises.read": _("See which promises were kept"),
    "knowledge.write": _("Write articles"),
    "knowledge.publish": _("Publish, review and archive articles"),
    "settings.knowledge": _("Arrange the help center and say who reads and writes in it"),
    "settings.routing": _("Change skills, capacities, queues and escalation"),
    "settings.people": _("Invite colleagues, change roles and groups"),
    "settings.tickets": _("Change fields, forms, statuses and tags"),
    "settings.rules": _("Change triggers and automations"),
    "settings.channels": _("Change brands and mailboxes"),
    "settings.sla": _("Change calendars and service levels"),
    "settings.integrations": _("Connect other programs"),
    "settings.desk": _("Change the desk and read its log"),
    "api.use": _("Make API tokens in their own name"),
}

EVERYTHING = frozenset(PERMISSIONS)
AGENT = frozenset(
    {
        "tickets.reply",
        "tickets.note",
        "tickets.edit",
        "tickets.assign",
        "tickets.merge",
        "tickets.spam",
        "people.edit",
        "knowledge.write",
        "api.use",
    }
)
TEAM_LEAD = AGENT | {
    "tickets.delete",
    "views.share",
    "macros.share",
    "people.merge",
    "team.lead",
    "promises.read",
    "knowledge.publish",
    "settings.knowledge",
    "settings.tickets",
    "settings.rules",
    "settings.routing",
}
LIGHT_AGENT = frozenset({"tickets.note"})
