"""The settings of desk, colleagues, groups, roles as they are used."""

import pytest
from django.urls import reverse

from opora.people.models import Desk, Group, Person, Role


@pytest.fixture
def owner(cast, as_):
    return as_(cast.owner)


def test_everybody_sees_the_settings_that_are_theirs(cast, owner, as_):
    all_of_them = owner.get(reverse("people:settings")).content.decode()
    assert reverse("people:roles") in all_of_them
    assert reverse("tickets:fields") in all_of_them
    own = as_(cast.outsider).get(reverse("people:settings")).content.decode()
    assert reverse("people:me") in own
    assert reverse("people:roles") not in own
    assert reverse("tickets:fields") not in own


def test_the_desk_is_changed(owner):
    page = reverse("people:desk")
    assert (
        owner.post(
            page, {"name": "Acme", "locale": "uk", "time_zone": "Europe/Kyiv", "suspended_mail_days": 60}
        ).status_code
        == 302
    )
    assert Desk.objects.get().name == "Acme"
    assert owner.post(page, {"name": "Acme", "locale": "xx", "time_zone": "Europe/Kyiv"}).status_code == 422


def test_a_group_is_made_changed_and_removed(owner, cast):
    owner.post(reverse("people:new_group"), {"name": "Delivery", "members": [cast.agent.pk, cast.second.pk]})
    group = Group.objects.get(name="Delivery")
    assert group.memberships.count() == 2
    assert owner.post(reverse("people:group", args=[group.pk]), {"name": "support"}).status_code == 422
    assert "Andrii Agent" in owner.get(reverse("people:groups")).content.decode()
    assert owner.post(reverse("people:group_removal", args=[group.pk])).status_code == 302
    assert owner.get(reverse("people:group", args=[group.pk])).status_code == 404
    assert owner.post(reverse("people:group_removal", args=[cast.group.pk])).status_code == 409


def test_an_invitation_is_shown_once_and_leads_in(owner, cast, client):
    given = {
        "email": "nadia@desk.test",
        "name": "Nadia",
        "role": cast.agent.role_id,
        "groups": [cast.group.pk],
    }
    answer = owner.post(reverse("people:invite"), given)
    url = answer.context["url"]
    assert url in answer.content.decode()
    nadia = Person.objects.get(email="nadia@desk.test")
    assert nadia.group_ids == {cast.group.pk}
    assert url not in owner.get(reverse("people:colleague", args=[nadia.pk])).content.decode()
    path = url.removeprefix("http://testserver")
    assert "You will sign in as nadia@desk.test" in client.get(path).content.decode()
    refused = client.post(path, {"name": "Nadia New", "password": "short"})
    assert refused.status_code == 422
    answer = client.post(path, {"name": "Nadia New", "password": "three-quiet-lamps"})
    assert answer.status_code == 302
    assert client.get(reverse("people:people")).status_code == 200
    assert client.get(path).status_code == 404


def test_a_new_invitation_is_for_who_has_not_joined(owner, cast):
    owner.post(reverse("people:invite"), {"email": "nadia@desk.test", "role": cast.agent.role_id})
    nadia = Person.objects.get(email="nadia@desk.test")
    assert "url" in owner.post(reverse("people:another_invitation", args=[nadia.pk])).context
    assert owner.post(reverse("people:another_invitation", args=[cast.agent.pk])).status_code == 422
    assert owner.post(reverse("people:another_invitation", args=[cast.customer.pk])).status_code == 404


def test_role_and_groups_of_a_colleague_are_changed(owner, cast):
    page = reverse("people:colleague", args=[cast.agent.pk])
    lead = Role.objects.get(kind="team_lead")
    assert owner.post(page, {"role": lead.pk, "groups": []}).status_code == 302
    person = Person.objects.get(pk=cast.agent.pk)
    assert (person.role, person.group_ids) == (lead, frozenset())
    own = reverse("people:colleague", args=[cast.owner.pk])
    answer = owner.post(own, {"role": lead.pk, "groups": []})
    assert answer.status_code == 422
    assert "is the only administrator" in answer.content.decode()
    assert owner.get(reverse("people:colleague", args=[cast.customer.pk])).status_code == 404


def test_a_colleague_leaves_and_comes_back(owner, cast):
    owner.post(reverse("people:deactivation", args=[cast.agent.pk]))
    assert not Person.objects.get(pk=cast.agent.pk).is_active
    assert "no longer here" in owner.get(reverse("people:colleagues")).content.decode()
    owner.post(reverse("people:reactivation", args=[cast.agent.pk]))
    assert Person.objects.get(pk=cast.agent.pk).is_active
    assert owner.post(reverse("people:deactivation", args=[cast.owner.pk])).status_code == 409


def test_a_role_is_made_of_permissions(owner):
    given = {"name": "Night", "ticket_access": "groups", "permissions": ["tickets.reply", "tickets.note"]}
    assert owner.post(reverse("people:new_role"), given).status_code == 302
    role = Role.objects.get(name="Night")
    assert role.kind == Role.Kind.CUSTOM
    assert (
        owner.post(reverse("people:role", args=[role.pk]), given | {"permissions": ["all"]}).status_code
        == 422
    )
    assert owner.post(reverse("people:new_role"), given | {"name": "NIGHT"}).status_code == 422
    administrator = Role.objects.get(kind="administrator")
    page = reverse("people:role", args=[administrator.pk])
    assert "Administrators may do everything" in owner.get(page).content.decode()
    assert owner.post(page, {"name": "Boss"}).status_code == 302


def test_a_keeper_of_people_grows_by_no_door(cast, as_):
    """Privilege escalation: whoever may manage people and little else tries every way to become more."""
    keeper_role = Role.objects.create(
        name="Keeper", permissions=["settings.people", "people.edit"], ticket_access="assigned"
    )
    cast.second.role = keeper_role
    cast.second.save()
    keeper = as_(cast.second)
    administrator = Role.objects.get(kind="administrator")
    own = reverse("people:colleague", args=[cast.second.pk])
    assert keeper.post(own, {"role": administrator.pk}).status_code == 422
    assert (
        keeper.post(reverse("people:invite"), {"email": "me@evil.test", "role": administrator.pk}).status_code
        == 422
    )
    everything = {
        "name": "Keeper",
        "ticket_access": "all",
        "permissions": ["settings.people", "settings.desk"],
    }
    assert keeper.post(reverse("people:role", args=[keeper_role.pk]), everything).status_code == 403
    assert keeper.post(reverse("people:new_role"), everything | {"name": "New"}).status_code == 403
    theirs = reverse("people:colleague", args=[cast.owner.pk])
    assert keeper.post(theirs, {"role": keeper_role.pk}).status_code == 403
    for act in ("deactivation", "another_invitation"):
        assert keeper.post(reverse(f"people:{act}", args=[cast.owner.pk])).status_code in {403, 409, 422}
    identities = reverse("people:identities", args=[cast.owner.pk])
    assert keeper.post(identities, {"kind": "email", "value": "me@evil.test"}).status_code == 403
    assert keeper.get(reverse("people:edit_person", args=[cast.owner.pk])).status_code == 403
    assert "allows more than yours" in keeper.get(theirs).content.decode()
    assert Person.objects.get(pk=cast.second.pk).role == keeper_role
    assert Person.objects.get(pk=cast.owner.pk).role == administrator


def test_ones_own_settings_are_saved(cast, as_):
    agent = as_(cast.agent)
    given = {
        "name": "Andrii A.", "locale": "uk", "time_zone": "Europe/Kyiv", "theme": "dark", "density": "compact",
        "signature": "Regards", "opens_next_ticket": "",
    }  # fmt: skip
    assert agent.post(reverse("people:me"), given).status_code == 302
    person = Person.objects.get(pk=cast.agent.pk)
    assert (person.locale, person.theme, person.density, person.opens_next_ticket) == (
        "uk",
        "dark",
        "compact",
        False,
    )


def test_the_page_of_addresses_of_the_sign_in_library_is_not_reachable(cast, as_):
    answer = as_(cast.agent).post("/account/email/", {"action_add": "", "email": "owner@desk.test"})
    assert answer["Location"] == reverse("people:me")
