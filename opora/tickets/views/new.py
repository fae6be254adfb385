"""A new ticket, written by a colleague."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from opora.core.refusals import Invalid, NotAllowed
from opora.events.recording import update
from opora.people.actions.create_person import create_person
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.forms import NewTicketForm
from opora.tickets.models import Attachment, Ticket
from opora.tickets.views.reply import whole_numbers


@require_http_methods(["GET", "POST"])
@colleagues_only
def new_ticket(request: DeskRequest) -> HttpResponse:
    """The form of a new ticket, and the ticket it makes."""
    if "tickets.reply" not in request.user.allowed:
        raise NotAllowed
    form = NewTicketForm(request.POST or None, initial={"email": request.GET.get("requester", "")})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_create(request, form))
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    status = 422 if form.errors else 200
    return render(request, "tickets/new.html", {"form": form, **_typed(request)}, status=status)


def _typed(request: DeskRequest) -> dict[str, object]:
    """What a refused form keeps beside its fields."""
    given = request.POST
    chips = {name: [{"value": one, "label": one} for one in given.getlist(name)] for name in ("cc", "tags")}
    mode = "note" if given.get("public") == "false" else "reply"
    return {"copied": chips["cc"], "tag_chips": chips["tags"], "mode": mode}


def _create(request: DeskRequest, form: NewTicketForm) -> Ticket:
    given = form.cleaned_data
    files = Attachment.objects.filter(
        pk__in=whole_numbers(request.POST.getlist("attachments")), uploader=request.user, comment=None
    )
    with update(request.user):
        requester = create_person(by=request.user, email=given["email"], name=given["name"])
        new = NewTicket(
            subject=given["subject"],
            requester=requester,
            submitter=request.user,
            brand=given["brand"],
            group=given["group"],
            assignee=given["assignee"],
            priority=given["priority"],
            type=given["type"],
            tags=request.POST.getlist("tags"),
        )
        comment = NewComment(
            html=request.POST.get("body", ""),
            author=request.user,
            is_public=request.POST.get("public") != "false",
            attachments=files,
        )
        ticket = create_ticket(new, by=request.user, comment=comment)
        copied = [
            create_person(by=request.user, email=address) for address in request.POST.getlist("cc") if address
        ]
        add_collaborators(ticket, copied, kind="cc", by=request.user)
    return ticket
