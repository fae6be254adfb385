"""Colleagues: invite them, change their role and groups, close the desk to them."""

from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.refusals import NotFound
from opora.events.recording import update
from opora.people.actions.change_role import change_role
from opora.people.actions.deactivate_colleague import deactivate_colleague, reactivate_colleague
from opora.people.actions.end_sessions import end_sessions
from opora.people.actions.invite_colleague import invite_colleague
from opora.people.actions.set_groups import set_groups
from opora.people.doors import DeskRequest, permission_required
from opora.people.invitations import invitation_url, send_invitation
from opora.people.models import Person, Role
from opora.people.policy import may_grant, may_manage_colleague, require
from opora.people.queries import person_of
from opora.people.settings_forms import ColleagueForm, InvitationForm


@require_GET
@permission_required("settings.people")
def colleagues(request: DeskRequest) -> HttpResponse:
    """Everybody who works here, or did."""
    rows = (
        Person.objects.filter(role__isnull=False)
        .select_related("role")
        .prefetch_related("memberships__group")
    )
    return render(
        request, "people/settings/colleagues.html", {"colleagues": rows.order_by("-is_active", "name", "id")}
    )


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def invitations(request: DeskRequest) -> HttpResponse:
    """Invite somebody; the answer shows the link once."""
    form = InvitationForm(
        request.POST or None, roles=roles_to_give(request.user), initial={"role": _usual_role()}
    )
    invited = attempt(form, lambda given: _invite(request.user, **given))
    if invited:
        return _invited(request, *invited)
    return render(request, "people/settings/invite.html", {"form": form}, status=status_of(form))


@require_POST
@permission_required("settings.people")
def another_invitation(request: DeskRequest, person_id: int) -> HttpResponse:
    """Make a new link for somebody who has not joined yet."""
    person = colleague_of(person_id)
    require(may_manage_colleague(request.user, person))
    role = cast(Role, person.role)
    return _invited(
        request, *invite_colleague(by=request.user, email=person.email, name=person.name, role=role)
    )


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def colleague(request: DeskRequest, person_id: int) -> HttpResponse:
    """Role and groups of one colleague."""
    person = colleague_of(person_id)
    initial = {"role": person.role_id, "groups": list(person.group_ids)}
    form = ColleagueForm(request.POST or None, roles=roles_to_give(request.user), initial=initial)
    if attempt(form, lambda given: _change(person, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("people:colleagues")
    context = {
        "form": form,
        "person": person,
        "within": may_manage_colleague(request.user, person),
        "sessions": UserSession.objects.filter(user=person).order_by("-last_seen_at"),
    }
    return render(request, "people/settings/colleague.html", context, status=status_of(form))


@require_POST
@permission_required("settings.people")
def deactivation(request: DeskRequest, person_id: int) -> HttpResponse:
    person = deactivate_colleague(colleague_of(person_id), by=request.user)
    messages.success(request, _("%(name)s can no longer sign in") % {"name": person})
    return redirect("people:colleagues")


@require_POST
@permission_required("settings.people")
def signing_out(request: DeskRequest, person_id: int) -> HttpResponse:
    """End every session of a colleague."""
    person = colleague_of(person_id)
    end_sessions(UserSession.objects.filter(user=person), of=person, by=request.user)
    messages.success(request, _("%(name)s is signed out everywhere") % {"name": person})
    return redirect("people:colleague", person.pk)


@require_POST
@permission_required("settings.people")
def reactivation(request: DeskRequest, person_id: int) -> HttpResponse:
    person = reactivate_colleague(colleague_of(person_id), by=request.user)
    messages.success(request, _("%(name)s can sign in again") % {"name": person})
    return redirect("people:colleagues")


def colleague_of(person_id: int) -> Person:
    """Return somebody who works here, or did. Raises `NotFound`."""
    person = person_of(person_id)
    if person.role_id is None:
        raise NotFound(_("%(name)s does not work here.") % {"name": person})
    return person


def roles_to_give(by: Person) -> list[Role]:
    """Return the roles that allow no more than the author may do."""
    return [role for role in Role.objects.all() if may_grant(by, role)]


def _usual_role() -> int | None:
    return Role.objects.filter(kind=Role.Kind.AGENT).values_list("pk", flat=True).first()


def _invite(by: Person, *, groups: Any, **given: Any) -> tuple[Person, str]:
    with update(by):
        person, token = invite_colleague(by=by, **given)
        set_groups(person, groups, by=by)
    return person, token


def _invited(request: DeskRequest, person: Person, token: str) -> HttpResponse:
    url = invitation_url(request, token)
    sent = send_invitation(person, url, by=request.user)
    context = {"person": person, "url": url, "sent": sent}
    return render(request, "people/settings/invited.html", context)


def _change(person: Person, *, by: Person, role: Role, groups: Any) -> Person:
    with update(by):
        change_role(person, by=by, role=role)
        set_groups(person, groups, by=by)
    return person
