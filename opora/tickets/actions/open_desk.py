"""A desk opens: people, statuses, a form and the views that everybody starts with."""

from django.utils import translation
from django.utils.translation import gettext as _

from opora.calendars.actions.open_calendar import open_default_calendar
from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.people.actions.set_up_desk import set_up_desk
from opora.people.models import Person
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_status import create_standard_statuses
from opora.tickets.actions.save_view import save_view


def open_desk(
    *, name: str, admin_email: str, password: str, admin_name: str = "", brand: str = "", locale: str = "en"
) -> Person:
    """Make an empty desk ready for work and return its administrator; see `set_up_desk` for what it refuses."""
    with translation.override(locale), update(SYSTEM, via="setup"):
        admin = set_up_desk(
            name=name,
            admin_email=admin_email,
            password=password,
            admin_name=admin_name,
            brand=brand,
            locale=locale,
        )
        open_default_calendar()
        create_standard_statuses()
        save_form(by=SYSTEM, name=_("Standard"), customer_name=_("Question"), is_shown_to_customers=True)
        create_standard_views()
    return admin


def create_standard_views() -> None:
    """Make the views that a desk starts with, in the language that is active."""
    unsolved = {"field": "status", "operator": "less_than", "value": "solved"}
    standard = [
        (_("Mine, unsolved"), [unsolved, _is("assignee", "current_user")], "-updated_at"),
        (_("Unassigned"), [unsolved, _is("assignee", "none")], "created_at"),
        (_("My groups"), [unsolved, _is("group", "current_groups")], "-updated_at"),
        (_("All unsolved"), [unsolved], "-updated_at"),
        (
            _("Urgent and high"),
            [unsolved, {"field": "priority", "operator": "greater_than", "value": "normal"}],
            "-priority",
        ),
        (_("Pending"), [_is("status", "pending")], "-updated_at"),
        (_("Recently solved"), [_is("status", "solved")], "-updated_at"),
    ]
    for position, (title, conditions, sort) in enumerate(standard):
        save_view(
            by=SYSTEM, title=title, conditions={"all": conditions, "any": []}, sort=sort, position=position
        )


def _is(field: str, value: str) -> dict[str, str]:
    return {"field": field, "operator": "is", "value": value}
