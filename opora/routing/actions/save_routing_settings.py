"""Weights of tickets, idle time and reasons for being away are changed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.routing.actions.hold_routing import hold_routing
from opora.routing.events import RoutingSettingsSaved
from opora.routing.models import RoutingSettings, standard_weights
from opora.routing.policy import SETTINGS

HEAVIEST = 1000
"""Per cent of an ordinary ticket: ten times."""


def save_routing_settings(*, by: ActsAsActor, **fields: object) -> RoutingSettings:
    """Set the given fields. Weights are per cent by category, priority and type; raise `Invalid` beyond 0 to 1000."""
    with update(by):
        require(may(by, SETTINGS))
        settings = hold_routing()
        changes = apply_changes(settings, fields)
        _check(settings)
        if changes:
            settings.save()
            record(RoutingSettingsSaved(name="", changes=changes), subject_id=settings.pk, by=by)
    return settings


def _check(settings: RoutingSettings) -> None:
    for kind, factors in standard_weights().items():
        given = settings.weights.get(kind, {})
        for word in factors:
            weight = given.get(word)
            if not isinstance(weight, int) or not 0 <= weight <= HEAVIEST:
                raise Invalid(_("Weights are whole per cents from 0 to 1000."), field=f"{kind}_{word}")
