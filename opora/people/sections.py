"""The list of settings, assembled by hand: a section appears here when its page exists and the reader may open it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


@dataclass(frozen=True)
class Section:
    """A page of settings. `permission` is a name of `people.permissions`, "" for every colleague."""

    label: Words
    icon: str
    url_name: str
    purpose: Words
    permission: str = ""


@dataclass(frozen=True)
class Chapter:
    """Sections that belong together."""

    label: Words
    sections: tuple[Section, ...]


CHAPTERS = (
    Chapter(
        _("Desk"),
        (
            Section(
                _("Desk"), "life-buoy", "people:desk", _("Name, language and time zone"), "settings.desk"
            ),
            Section(
                _("Brands"),
                "store",
                "people:brands",
                _("The names customers know you by"),
                "settings.channels",
            ),
            Section(
                _("Log"), "history", "people:log", _("Who changed what, and proof of it"), "settings.desk"
            ),
        ),
    ),
    Chapter(
        _("People and roles"),
        (
            Section(
                _("Colleagues"),
                "users",
                "people:colleagues",
                _("Invite, give roles, say goodbye"),
                "settings.people",
            ),
            Section(
                _("Groups"),
                "layers",
                "people:groups",
                _("Teams that tickets are given to"),
                "settings.people",
            ),
            Section(
                _("Roles"),
                "shield",
                "people:roles",
                _("What each kind of colleague may do"),
                "settings.people",
            ),
        ),
    ),
    Chapter(
        _("Distribution of work"),
        (
            Section(
                _("Queues"),
                "route",
                "routing:queues",
                _("Who gets the tickets that nobody has"),
                "settings.routing",
            ),
            Section(
                _("Skills"),
                "graduation-cap",
                "routing:skills",
                _("What people can and tickets need"),
                "settings.routing",
            ),
            Section(
                _("Capacity"),
                "gauge",
                "routing:capacity",
                _("How much at once, what tickets weigh, presence"),
                "settings.routing",
            ),
            Section(
                _("Escalation"),
                "chevrons-up",
                "routing:lines",
                _("Lines of support, specialists, checklists"),
                "settings.routing",
            ),
        ),
    ),
    Chapter(
        _("Channels"),
        (
            Section(
                _("Mailboxes"),
                "mailbox",
                "email:mailboxes",
                _("Addresses that mail comes to"),
                "settings.channels",
            ),
        ),
    ),
    Chapter(
        _("Service levels"),
        (
            Section(
                _("Calendars"),
                "calendar-clock",
                "calendars:calendars",
                _("Hours of work, holidays, special days"),
                "settings.sla",
            ),
            Section(
                _("Policies"),
                "handshake",
                "sla:policies",
                _("What is promised to whom, and who is told"),
                "settings.sla",
            ),
            Section(
                _("Attainment"),
                "target",
                "sla:attainment",
                _("Which promises were kept"),
                "promises.read",
            ),
            Section(
                _("What if"),
                "rotate-ccw",
                "sla:what_ifs",
                _("Another promise, held against the past"),
                "settings.sla",
            ),
        ),
    ),
    Chapter(
        _("Tickets"),
        (
            Section(
                _("Fields"),
                "columns-3",
                "tickets:fields",
                _("What you want to know of a ticket"),
                "settings.tickets",
            ),
            Section(
                _("Forms"),
                "clipboard-list",
                "tickets:forms",
                _("Which fields a kind of ticket has"),
                "settings.tickets",
            ),
            Section(
                _("Statuses"),
                "circle-dot",
                "tickets:statuses",
                _("Your own steps between new and closed"),
                "settings.tickets",
            ),
            Section(_("Tags"), "tags", "tickets:tags", _("Rename them, join them"), "settings.tickets"),
            Section(
                _("Texts in languages"),
                "languages",
                "tickets:texts",
                _("Said to everybody in their own language"),
                "settings.tickets",
            ),
            Section(_("Macros"), "zap", "tickets:macros", _("Prepared replies and changes")),
            Section(_("Views"), "list-filter", "tickets:views", _("Saved lists and their order")),
        ),
    ),
    Chapter(
        _("Knowledge"),
        (
            Section(
                _("Help center"),
                "book-open",
                "knowledge:shelves",
                _("Categories and sections that articles stand in"),
                "settings.knowledge",
            ),
            Section(
                _("Audiences"),
                "eye",
                "knowledge:segments",
                _("Who may read articles that are not for everybody"),
                "settings.knowledge",
            ),
            Section(
                _("Permission groups"),
                "pencil-line",
                "knowledge:permission_groups",
                _("Who may write and publish some articles"),
                "settings.knowledge",
            ),
        ),
    ),
    Chapter(
        _("Rules"),
        (
            Section(
                _("Triggers"),
                "workflow",
                "automation:triggers",
                _("What happens at once when a ticket changes"),
                "settings.rules",
            ),
            Section(
                _("Automations"),
                "timer",
                "automation:automations",
                _("What happens when time has passed"),
                "settings.rules",
            ),
        ),
    ),
    Chapter(
        _("Integrations"),
        (
            Section(
                _("Webhooks"),
                "webhook",
                "webhooks:webhooks",
                _("Tell other programs what happens"),
                "settings.integrations",
            ),
        ),
    ),
    Chapter(
        pgettext_lazy("settings of one person", "Me"),
        (
            Section(_("Profile"), "user", "people:me", _("Name, language, theme, signature")),
            Section(
                _("Notifications"), "bell", "notifications:preferences", _("What you are told of, and how")
            ),
            Section(
                _("API tokens"), "key-round", "api:tokens", _("Programs that work in your name"), "api.use"
            ),
            Section(_("Password"), "lock", "account_change_password", _("Choose another one")),
            Section(
                _("Second factor"), "fingerprint", "mfa_index", _("A code or a passkey when you sign in")
            ),
            Section(_("Sessions"), "monitor", "usersessions_list", _("Where you are signed in")),
        ),
    ),
)


@dataclass(frozen=True)
class Link:
    """A section as one person sees it on one page."""

    section: Section
    url: str
    current: bool


def chapters_for(request: HttpRequest) -> list[tuple[Chapter, list[Link]]]:
    """Return the chapters with the sections that this person may open; empty chapters are left out."""
    found = [
        (chapter, [link for section in chapter.sections if (link := _link(section, request))])
        for chapter in CHAPTERS
    ]
    return [(chapter, links) for chapter, links in found if links]


def _link(section: Section, request: HttpRequest) -> Link | None:
    if section.permission and section.permission not in getattr(request.user, "allowed", frozenset()):
        return None
    try:
        url = reverse(section.url_name)
    except NoReverseMatch:
        return None
    return Link(section, url, request.path == url or request.path.startswith(url.rstrip("/") + "/"))
