"""Desks that exist: their standard roles get the permissions that newer versions added."""

from importlib import import_module

import pytest
from django.apps import apps

from opora.people.actions.save_role import save_role
from opora.people.models import Role
from opora.people.permissions import AGENT, TEAM_LEAD

step = import_module("opora.people.migrations.0008_standard_roles_learn")


@pytest.mark.parametrize(("kind", "standard"), [("team_lead", TEAM_LEAD), ("agent", AGENT)])
def test_an_older_role_becomes_what_the_same_role_is_on_a_new_desk(cast, kind, standard):
    role = Role.objects.get(kind=kind)
    Role.objects.filter(pk=role.pk).update(permissions=sorted(standard - step.LATER[kind]))
    step.learn(apps, None)
    role.refresh_from_db()
    assert role.permissions == sorted(standard)


def test_what_a_desk_took_away_and_roles_of_its_own_stay(cast):
    lead, own = Role.objects.get(kind="team_lead"), Role.objects.get(name="Outsider")
    fewer = sorted(set(lead.permissions) - {"promises.read"})
    save_role(lead, by=cast.owner, permissions=fewer)
    step.learn(apps, None)
    lead.refresh_from_db()
    own.refresh_from_db()
    assert lead.permissions == fewer
    assert own.permissions == ["tickets.note"]
