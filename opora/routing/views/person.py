"""What a colleague can, how much they can have, whether they are there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.core.attempts import attempt, status_of
from opora.core.refusals import NotFound
from opora.events.recording import update
from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.people.models import Person
from opora.people.queries import person_of
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.set_skills import set_skills
from opora.routing.capacities import capacities_of
from opora.routing.channels import NAMES, WAYS
from opora.routing.models import ORDINARY, AgentPresence, Capacity, PersonSkill, Skill
from opora.routing.policy import SETTINGS
from opora.routing.settings_forms import PersonWorkForm
from opora.routing.weights import carried_by, routing_settings


@require_GET
@colleagues_only
def person_work(request: DeskRequest, person_id: int) -> HttpResponse:
    """The part of a colleague's page about their work."""
    person = _colleague(person_id)
    carried = carried_by([person.pk], routing_settings().weights)[person.pk]
    capacity = capacities_of([person])[person.pk]
    ways = [way for way in WAYS if capacity.get(way) or carried.load.get(way)]
    context = {
        "person": person,
        "presence": AgentPresence.objects.filter(pk=person.pk).first() or AgentPresence(person=person),
        "skills": PersonSkill.objects.filter(person=person, skill__deleted_at=None)
        .select_related("skill")
        .order_by("skill__kind", "-level", "skill__name"),
        "ways": [
            (NAMES[way], carried.load.get(way, 0) / ORDINARY, capacity.get(way, 0) / ORDINARY) for way in ways
        ],
        "may_edit": SETTINGS in request.user.allowed,
    }
    return render(request, "routing/_person_work.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def edit_work(request: DeskRequest, person_id: int) -> HttpResponse:
    """Skills and capacity of a colleague as a form."""
    person = _colleague(person_id)
    skills = list(Skill.objects.filter(deleted_at=None))
    form = PersonWorkForm(request.POST or None, skills=skills, initial=_initial(person))
    if attempt(form, lambda given: _save(person, form, request.user)):
        messages.success(request, _("Saved"))
        return redirect("people:person", person.pk)
    context = {"form": form, "person": person}
    return render(request, "routing/person_work_form.html", context, status=status_of(form))


def _colleague(person_id: int) -> Person:
    person = person_of(person_id)
    if person.role_id is None:
        raise NotFound(_("%(name)s does not work here.") % {"name": person})
    return person


def _initial(person: Person) -> dict[str, Any]:
    rule = Capacity.objects.filter(person=person).first()
    levels = PersonSkill.objects.filter(person=person).values_list("skill_id", "level")
    return {way: getattr(rule, way) for way in WAYS if rule} | {f"skill_{pk}": level for pk, level in levels}


def _save(person: Person, form: PersonWorkForm, by: Person) -> Person:
    with update(by):
        set_skills(person, form.levels(), by=by)
        save_capacity(person, by=by, **{way: form.cleaned_data[way] for way in WAYS})
    return person
