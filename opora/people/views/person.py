"""A person's page, and what is changed about a person by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.core.refusals import Conflict
from opora.people.actions.change_person import change_person
from opora.people.actions.create_person import create_person
from opora.people.actions.suspend_person import suspend_person, unsuspend_person
from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.people.forms import IdentityForm, NewPersonForm, PersonForm, initial_of
from opora.people.log import events_of_person, lines_of
from opora.people.models import Person
from opora.people.policy import may_edit_customer, may_manage_colleague, require
from opora.people.queries import person_by_email, person_of

EVENTS = 20


@require_GET
@colleagues_only
def person_page(request: DeskRequest, person_id: int) -> HttpResponse:
    """All about one person; whoever looks for a merged one finds the other."""
    person = person_of(person_id)
    if person.merged_into_id:
        return redirect("people:person", person.merged_into_id)
    return render_person(request, person, IdentityForm())


@require_GET
@colleagues_only
def person_events(request: DeskRequest, person_id: int) -> HttpResponse:
    """Further lines of what happened to the person."""
    person = person_of(person_id)
    return render(request, "people/_events.html", events_context(person, request.GET.get("cursor", "")))


@require_http_methods(["GET", "POST"])
@permission_required("people.edit")
def new_person(request: DeskRequest) -> HttpResponse:
    """A customer is entered by hand."""
    form = NewPersonForm(request.POST or None)
    person = attempt(form, lambda given: _create(request.user, given))
    if person:
        messages.success(request, _("Added %(name)s") % {"name": person})
        return redirect("people:person", person.pk)
    return render(request, "people/person_form.html", {"form": form, "person": None}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@colleagues_only
def edit_person(request: DeskRequest, person_id: int) -> HttpResponse:
    """The profile as a form."""
    person = person_of(person_id)
    require(may_edit_customer(request.user, person))
    form = PersonForm(request.POST or None, initial=initial_of(person, PersonForm))
    if attempt(form, lambda given: change_person(person, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("people:person", person.pk)
    return render(
        request, "people/person_form.html", {"form": form, "person": person}, status=status_of(form)
    )


@require_POST
@colleagues_only
def suspension(request: DeskRequest, person_id: int) -> HttpResponse:
    """Stop this person's mail."""
    suspend_person(person_of(person_id), by=request.user)
    messages.success(request, _("Their mail now waits among the suspended mail"))
    return redirect("people:person", person_id)


@require_POST
@colleagues_only
def unsuspension(request: DeskRequest, person_id: int) -> HttpResponse:
    """Let this person's mail in again."""
    unsuspend_person(person_of(person_id), by=request.user)
    messages.success(request, _("Their mail is let in again"))
    return redirect("people:person", person_id)


def render_person(request: DeskRequest, person: Person, identity_form: IdentityForm) -> HttpResponse:
    """Draw the page of a person, with the form of another address as it stands."""
    by = request.user
    context: dict[str, Any] = {
        "person": person,
        "identities": person.identities.all(),
        "identity_form": identity_form,
        "may_edit": may_edit_customer(by, person),
        "may_manage": person.role_id is not None and may_manage_colleague(by, person),
        "may_suspend": "tickets.spam" in by.allowed and not person.role_id,
        "may_merge": "people.merge" in by.allowed and not person.role_id,
        **events_context(person, ""),
    }
    return render(request, "people/person.html", context, status=status_of(identity_form))


def events_context(person: Person, cursor: str) -> dict[str, Any]:
    """Return a page of what happened to the person, newest first."""
    page = keyset_page(events_of_person(person), order=["-id"], size=EVENTS, cursor=cursor)
    return {"person": person, "lines": lines_of(page.rows), "next_cursor": page.next_cursor}


def _create(by: Person, given: dict[str, Any]) -> Person:
    email = given.pop("email")
    known = person_by_email(email) if email else None
    if known is not None:
        raise Conflict(_("This address belongs to %(name)s already.") % {"name": known}, field="email")
    if given["organization"] is None:
        given.pop("organization")
    return create_person(by=by, email=email, **given)
