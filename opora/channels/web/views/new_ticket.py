"""The public form of a brand."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.channels.web.actions.submit_form import Submitted, submit_form
from opora.channels.web.forms import NewTicketForm
from opora.channels.web.queries import brand_named, chosen_form, customer_forms
from opora.channels.web.throttle import count_submission
from opora.channels.web.uploads import keep_files
from opora.core.refusals import Invalid, NotFound
from opora.people.models import Brand
from opora.tickets.dynamic_content import in_language
from opora.tickets.models import TicketForm

_SALT = "opora.web_form.sent"


@require_http_methods(["GET", "POST"])
def new_ticket(request: HttpRequest, slug: str) -> HttpResponse:
    brand = brand_named(slug)
    ticket_form = chosen_form(brand, request.GET.get("form", ""))
    if request.method == "GET":
        return _page(request, brand, ticket_form, NewTicketForm(ticket_form=ticket_form))
    form = NewTicketForm(request.POST, request.FILES, ticket_form=ticket_form)
    if form.is_of_robot:
        return redirect("web_form:sent", brand.slug, _receipt(0))
    if not form.is_valid():
        return _page(request, brand, ticket_form, form, status=422)
    return _submit(request, brand, ticket_form, form)


@require_GET
def sent(request: HttpRequest, slug: str, receipt: str) -> HttpResponse:
    try:
        number = int(signing.loads(receipt, salt=_SALT))
    except signing.BadSignature as problem:
        raise NotFound(_("There is no such page.")) from problem
    return render(request, "web_form/sent.html", {"brand": brand_named(slug), "number": number})


def _submit(
    request: HttpRequest, brand: Brand, ticket_form: TicketForm | None, form: NewTicketForm
) -> HttpResponse:
    """A suspended writer gets the same thanks as everybody, so that nobody can find out who is one."""
    count_submission(request)
    try:
        ticket = submit_form(brand, _submitted(form, ticket_form))
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return _page(request, brand, ticket_form, form, status=422)
    return redirect("web_form:sent", brand.slug, _receipt(ticket.pk if ticket else 0))


def _submitted(form: NewTicketForm, ticket_form: TicketForm | None) -> Submitted:
    given = form.cleaned_data
    return Submitted(
        name=given["name"],
        email=given["email"],
        subject=given["subject"],
        message=given["message"],
        locale=get_language() or "",
        form=ticket_form,
        values=form.values,
        attachments=keep_files(given["files"], uploader=None),
    )


def _receipt(number: int) -> str:
    return signing.dumps(number, salt=_SALT)


def _page(
    request: HttpRequest,
    brand: Brand,
    ticket_form: TicketForm | None,
    form: NewTicketForm,
    *,
    status: int = 200,
) -> HttpResponse:
    spoken = get_language() or ""
    offered = [(one, in_language(one.customer_name or one.name, spoken)) for one in customer_forms(brand)]
    context = {"brand": brand, "forms": offered, "chosen": ticket_form, "form": form}
    return render(request, "web_form/new_ticket.html", context, status=status)
