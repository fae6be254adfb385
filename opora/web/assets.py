"""What a page loads, in order. A boosted page change does not load a new <head>, so every domain's files stand here."""

STYLESHEETS = [
    f"web/css/{name}.css"
    for name in (
        "tokens", "reset", "type", "shell", "buttons", "forms", "tables", "badges", "avatars", "menus", "dialogs",
        "toasts", "palette", "tabs", "chips", "cards", "message", "composer", "workspace", "context", "empty",
        "skeleton", "selection", "conditions", "timeline", "diff", "plain",
    )
] + [
    "tickets/tickets.css",
    "people/people.css",
    "calendars/calendars.css",
    "sla/sla.css",
    "notifications/notifications.css",
    "webhooks/webhooks.css",
    "automation/automation.css",
    "routing/routing.css",
    "knowledge/knowledge.css",
    "knowledge/help_center.css",
]  # fmt: skip

# Names that JavaScript modules import by; "opora/" reaches every module under static/web/js/.
MODULES = {
    "@hotwired/stimulus": "vendor/stimulus/stimulus.js",
    "trix": "vendor/trix/trix.esm.min.js",
    "opora/": "web/js/",
    "notifications/": "notifications/js/",
    "calendars/": "calendars/js/",
    "routing/": "routing/js/",
    "knowledge/": "knowledge/js/",
}

SCRIPTS = ["vendor/htmx/htmx.min.js", "vendor/idiomorph/idiomorph-ext.min.js"]
