"""Whether one takes work now: the menu in the rail, and the signs of life of an open page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.queries import person_of
from opora.routing.actions.note_activity import BEAT_SECONDS, note_activity
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.capacities import ways_in_use
from opora.routing.channels import NAMES
from opora.routing.models import AgentPresence
from opora.routing.weights import routing_settings


@require_GET
@colleagues_only
def my_presence(request: DeskRequest) -> HttpResponse:
    """The items of the menu, and the dot at the avatar."""
    return _menu(request)


@require_POST
@colleagues_only
def presence(request: DeskRequest, person_id: int) -> HttpResponse:
    """Set the presence: one's own from the menu, a colleague's from the board."""
    person = request.user if person_id == request.user.pk else person_of(person_id)
    set_presence(person, _chosen(request, person), by=request.user)
    return _menu(request) if person == request.user else HttpResponse(status=204)


@require_POST
@colleagues_only
def signs(request: DeskRequest) -> HttpResponse:
    """A page is open; `active` says that its reader did something since the last sign."""
    note_activity(request.user, is_active=request.POST.get("active") == "yes")
    return HttpResponse(status=204)


def _chosen(request: DeskRequest, person: Person) -> Chosen:
    given, own = request.POST, person == request.user
    if given.get("state") not in AgentPresence.State.values:
        raise Invalid(_("Choose online, away or offline."))
    closed = set(ways_in_use()) - set(given.getlist("way")) if "ways" in given else None
    return Chosen(
        state=AgentPresence.State(given["state"]),
        reason=given.get("reason", ""),
        closed_ways=closed,
        in_browser=own,
    )


def _menu(request: DeskRequest) -> HttpResponse:
    mine = AgentPresence.objects.filter(pk=request.user.pk).first() or AgentPresence(person=request.user)
    ways = [(way, NAMES[way], way not in mine.closed_ways) for way in ways_in_use()]
    context = {
        "mine": mine,
        "reasons": routing_settings().away_reasons,
        "ways": ways if len(ways) > 1 else [],
        "every": BEAT_SECONDS,
    }
    return render(request, "routing/_my_presence.html", context)
