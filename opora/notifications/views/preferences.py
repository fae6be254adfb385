"""What a person wants to be told of."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.notifications.actions.choose import choose_notifications
from opora.notifications.kinds import KINDS
from opora.notifications.queries import Choice, choices_of, may_hear_of
from opora.people.doors import DeskRequest, colleagues_only


@require_http_methods(["GET", "POST"])
@colleagues_only
def preferences(request: DeskRequest) -> HttpResponse:
    """A table: each kind, in the desk and by mail."""
    concerning = [kind for kind, about in KINDS.items() if may_hear_of(request.user, about)]
    if request.method == "POST":
        in_app, by_mail = request.POST.getlist("in_app"), request.POST.getlist("by_mail")
        choices = {kind: Choice(kind.value in in_app, kind.value in by_mail) for kind in concerning}
        choose_notifications(request.user, choices, by=request.user)
        messages.success(request, _("Saved"))
        return redirect("notifications:preferences")
    chosen = choices_of(request.user)
    rows = [(KINDS[kind], chosen[kind]) for kind in concerning]
    return render(request, "notifications/preferences.html", {"rows": rows})
