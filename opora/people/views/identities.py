"""The addresses and numbers of a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.core.attempts import attempt
from opora.core.refusals import NotFound
from opora.people.actions.add_identity import add_identity
from opora.people.actions.make_primary import make_primary
from opora.people.actions.mark_undeliverable import mark_deliverable
from opora.people.actions.remove_identity import remove_identity
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.forms import IdentityForm
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require
from opora.people.queries import person_of
from opora.people.views.person import render_person


@require_POST
@colleagues_only
def identities(request: DeskRequest, person_id: int) -> HttpResponse:
    """Add an address or number."""
    person = person_of(person_id)
    require(may_edit_customer(request.user, person))
    form = IdentityForm(request.POST)
    if attempt(form, lambda given: add_identity(person, by=request.user, **given)):
        return _back(request, person.pk, _("Added"))
    return render_person(request, person, form)


@require_POST
@colleagues_only
def primary(request: DeskRequest, identity_id: int) -> HttpResponse:
    """Make an address the primary one."""
    identity = _identity(identity_id)
    make_primary(identity, by=request.user)
    return _back(
        request, identity.person_id, _("%(address)s is the primary address now") % {"address": identity.value}
    )


@require_POST
@colleagues_only
def deliverability(request: DeskRequest, identity_id: int) -> HttpResponse:
    """Take the mark of undeliverable mail away."""
    identity = _identity(identity_id)
    mark_deliverable(identity, by=request.user)
    return _back(request, identity.person_id, _("The next mail will be tried again"))


@require_POST
@colleagues_only
def removal(request: DeskRequest, identity_id: int) -> HttpResponse:
    """Take an address or number away."""
    identity = _identity(identity_id)
    remove_identity(identity, by=request.user)
    return _back(request, identity.person_id, _("Removed %(address)s") % {"address": identity.value})


def _identity(identity_id: int) -> Identity:
    found = Identity.objects.select_related("person__role").filter(pk=identity_id).first()
    if found is None:
        raise NotFound(_("Somebody removed this address already. Open the page again."))
    return found


def _back(request: DeskRequest, person_id: int, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("people:person", person_id)
