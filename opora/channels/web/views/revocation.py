"""Making the links of a ticket worthless."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.channels.web.actions.revoke_links import revoke_links
from opora.core.toasts import toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.queries import ticket_for


@require_POST
@colleagues_only
def revocation(request: DeskRequest, ticket_id: int) -> HttpResponse:
    ticket = ticket_for(request.user, ticket_id)
    revoke_links(ticket, by=request.user)
    return toast(
        HttpResponse(status=204), _("All links to this ticket that customers had are worthless now.")
    )
