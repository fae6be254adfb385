import pytest
from django.urls import reverse

from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.people.actions.save_group import save_group
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.save_line import Item, save_line
from opora.routing.actions.save_skill import save_skill
from opora.routing.models import (
    AgentPresence,
    Capacity,
    ChecklistItem,
    Escalation,
    Line,
    PersonSkill,
    Queue,
    Requirement,
    Skill,
)
from opora.tickets.models import Ticket


@pytest.fixture
def line(cast):
    group = save_group(by=SYSTEM, name="Second line", members=[cast.second, cast.lead])
    items = [Item(title="Steps"), Item(title="Seen before", kind="yes_no", is_required=False)]
    return save_line(group, by=SYSTEM, tier=2, takes_over=True, items=items)


@pytest.fixture
def escalation(cast, ticket, line):
    answers = {item.pk: "Pay twice" for item in line.items.filter(kind="text")}
    return escalate_ticket(ticket, NewEscalation(line=line, reason="Help", answers=answers), by=cast.agent)


def test_the_menu_sets_ones_own_presence(cast, as_):
    answer = as_(cast.agent).post(
        reverse("routing:presence", args=[cast.agent.pk]), {"state": "away", "reason": "Lunch"}
    )
    presence = AgentPresence.objects.get(pk=cast.agent.pk)
    assert (presence.state, presence.reason) == ("away", "Lunch")
    assert presence.seen_at is not None
    assert 'id="my-face"' in answer.content.decode()


def test_only_leads_set_the_presence_of_others(cast, as_):
    url = reverse("routing:presence", args=[cast.second.pk])
    assert as_(cast.agent).post(url, {"state": "online"}).status_code == 403
    assert as_(cast.lead).post(url, {"state": "online"}).status_code == 204
    presence = AgentPresence.objects.get(pk=cast.second.pk)
    assert (presence.state, presence.seen_at) == ("online", None)
    assert as_(cast.lead).post(url, {"state": "asleep"}).status_code == 422


def test_ways_of_working_are_asked_where_the_desk_has_several(cast, as_):
    Capacity.objects.create(mail=5, messaging=3)
    browser = as_(cast.agent)
    assert "Messaging" in browser.get(reverse("routing:my_presence")).content.decode()
    url = reverse("routing:presence", args=[cast.agent.pk])
    browser.post(url, {"state": "online", "ways": "yes", "way": ["mail"]})
    assert AgentPresence.objects.get(pk=cast.agent.pk).closed_ways == ["messaging"]


def test_an_open_page_keeps_somebody_online(cast, as_, be):
    be("online", cast.agent)
    assert as_(cast.agent).post(reverse("routing:signs"), {"active": "yes"}).status_code == 204
    assert AgentPresence.objects.get(pk=cast.agent.pk).seen_at is not None


def test_the_account_of_an_assignment_names_everybody(cast, as_, queue, be, ticket, work):
    be("online", cast.agent)
    be("away", cast.second)
    work()
    event = Event.objects.get(kind="ticket.routed")
    url = reverse("routing:decision", args=[ticket.pk, event.pk])
    page = as_(cast.lead).get(url).content.decode()
    assert "Why Andrii Agent?" in page
    assert "was the only one who could have it" in page
    assert "is away" in page
    account = as_(cast.lead).get(url, {"format": "json"}).json()["account"]
    assert account["assignee"] == "Andrii Agent"
    assert {person["name"]: person["why"] for person in account["left_out"]}["Borys Second"] == "away"
    assert url in as_(cast.lead).get(reverse("tickets:conversation", args=[ticket.pk])).content.decode()


def test_a_waiting_ticket_says_why_it_waits(cast, as_, queue, be, ticket, work):
    be("away", cast.agent)
    work()
    url = reverse("routing:standing", args=[ticket.pk])
    page = as_(cast.agent).get(url).content.decode()
    assert "Why does it wait?" in page
    assert "Nobody can have it now." in page
    assert url in as_(cast.agent).get(reverse("tickets:conversation", args=[ticket.pk])).content.decode()


def test_the_last_assignment_is_explained_while_it_holds(cast, as_, queue, be, ticket, work):
    be("online", cast.agent)
    work()
    url, browser = reverse("routing:standing", args=[ticket.pk]), as_(cast.lead)
    assert "Why Andrii Agent?" in browser.get(url).content.decode()
    browser.post(reverse("routing:owner", args=[ticket.pk]), {"to": cast.second.pk})
    page = browser.get(url).content.decode()
    assert "It waits in no queue" in page
    assert "Borys Second has it." in page


def test_the_board_shows_who_is_there_and_what_waits(cast, as_, queue, be, make_ticket, work):
    be("online", cast.agent)
    make_ticket("With somebody")
    work()
    be("offline", cast.agent)
    make_ticket("Without anybody")
    work()
    page = as_(cast.lead).get(reverse("routing:board")).content.decode()
    assert "With somebody" in page
    assert "Without anybody" in page
    assert "1 / 10" in page
    assert as_(cast.lead).get(reverse("routing:board"), {"group": cast.group.pk}).status_code == 200


def test_work_is_moved_on_the_board_and_moved_back(cast, as_, queue, ticket):
    url, browser = reverse("routing:owner", args=[ticket.pk]), as_(cast.lead)
    answer = browser.post(url, {"to": cast.second.pk})
    assert answer.status_code == 204
    assert "undo" in answer["Opora-Toast"]
    assert Ticket.objects.get(pk=ticket.pk).assignee == cast.second
    browser.post(f"{url}?to=queue")
    assert Ticket.objects.get(pk=ticket.pk).assignee is None
    assert browser.post(url, {"to": "nobody"}).status_code == 422
    assert as_(cast.outsider).post(url, {"to": cast.second.pk}).status_code in (403, 404)


def test_the_dialog_asks_what_the_group_wants_to_know(cast, as_, ticket, line):
    url, browser = reverse("routing:escalation", args=[ticket.pk]), as_(cast.agent)
    assert "Choose a group" in browser.get(url).content.decode()
    assert "Steps" in browser.get(url, {"line": line.pk}).content.decode()
    refused = browser.post(url, {"line": line.pk, "reason": "Help"})
    assert refused.status_code == 422
    item = line.items.get(kind="text")
    answer = browser.post(url, {"line": line.pk, "reason": "Help", f"item_{item.pk}": "Pay twice"})
    assert answer.status_code == 200
    assert Escalation.objects.get().to_group.name == "Second line"


def test_the_receiving_group_sees_its_steps_on_the_ticket_and_takes_them(cast, as_, ticket, escalation):
    page = as_(cast.second).get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()
    acceptance = reverse("routing:acceptance", args=[escalation.pk])
    assert acceptance in page
    assert "Pay twice" in page
    assert acceptance not in as_(cast.agent).get(reverse("tickets:ticket", args=[ticket.pk])).content.decode()
    assert as_(cast.agent).post(acceptance).status_code == 403
    assert as_(cast.second).post(acceptance).status_code == 200
    answer = reverse("routing:answer", args=[escalation.pk])
    assert "Hand back" in as_(cast.second).get(answer).content.decode()
    assert as_(cast.second).post(answer, {"answer": ""}).status_code == 422
    assert as_(cast.second).post(answer, {"answer": "Done"}).status_code == 200
    escalation.refresh_from_db()
    assert escalation.state == "handed_back"


def test_a_rejection_without_words_is_asked_for_them(cast, as_, escalation):
    url = reverse("routing:rejection", args=[escalation.pk])
    refused = as_(cast.second).post(url, {"refusal": "incomplete", "words": ""})
    assert refused.status_code == 422
    assert "Say what is missing" in refused.content.decode()
    assert as_(cast.second).post(url, {"refusal": "incomplete", "words": "Which?"}).status_code == 200


def test_the_sender_takes_an_escalation_back(cast, as_, escalation):
    assert as_(cast.agent).post(reverse("routing:withdrawal", args=[escalation.pk])).status_code == 200
    escalation.refresh_from_db()
    assert escalation.state == "withdrawn"


def test_the_list_of_escalations_filters_and_measures(cast, as_, escalation):
    url, browser = reverse("routing:escalations"), as_(cast.agent)
    page = browser.get(url).content.decode()
    assert "Second line" in page
    assert "Where is my order?" in page
    assert "Where is my order?" not in browser.get(url, {"state": "rejected"}).content.decode()
    group = escalation.to_group_id
    assert "Where is my order?" in browser.get(url, {"state": "all", "group": group}).content.decode()
    as_(cast.second).post(reverse("routing:acceptance", args=[escalation.pk]))
    assert "100" in browser.get(url).content.decode()


def test_queues_are_made_ordered_changed_and_removed(cast, as_):
    browser = as_(cast.lead)
    form = {
        "name": "First",
        "strategy": "round_robin",
        "language": "wanted",
        "relax_minutes": 5,
        "is_active": "on",
    }
    assert browser.post(reverse("routing:new_queue"), form).status_code == 302
    assert browser.post(reverse("routing:new_queue"), form | {"name": "Second"}).status_code == 302
    assert browser.post(reverse("routing:new_queue"), form).status_code == 422
    second = Queue.objects.get(name="Second")
    browser.post(reverse("routing:queue_order"), {"up": second.pk})
    assert list(Queue.objects.values_list("name", flat=True)) == ["Second", "First"]
    url = reverse("routing:queue", args=[second.pk])
    assert "Second" in browser.get(url).content.decode()
    browser.post(url, form | {"name": "Third", "group": cast.group.pk})
    assert Queue.objects.get(pk=second.pk).group == cast.group
    assert "Third" in browser.get(reverse("routing:queues")).content.decode()
    browser.post(reverse("routing:queue_removal", args=[second.pk]))
    assert Queue.objects.get(pk=second.pk).deleted_at is not None
    assert as_(cast.agent).get(reverse("routing:queues")).status_code == 403


def test_skills_and_requirements_are_made_and_shown(cast, as_):
    browser = as_(cast.lead)
    browser.post(reverse("routing:new_skill"), {"name": "Polish", "kind": "language", "locale": "pl"})
    polish = Skill.objects.get()
    again = browser.post(
        reverse("routing:new_skill"), {"name": "Польська", "kind": "language", "locale": "pl"}
    )
    assert again.status_code == 422
    rule = {
        "skill": polish.pk, "level": 3, "is_firm": "on",
        "conditions-all-0-field": "priority", "conditions-all-0-operator": "is", "conditions-all-0-value": "urgent",
    }  # fmt: skip
    assert browser.post(reverse("routing:new_requirement"), rule).status_code == 302
    assert Requirement.objects.get().is_firm
    page = browser.get(reverse("routing:skills")).content.decode()
    assert "Andrii Agent" in page
    assert "Polish" in page
    browser.post(reverse("routing:requirement_removal", args=[Requirement.objects.get().pk]))
    browser.post(reverse("routing:skill_removal", args=[polish.pk]))
    assert not Requirement.objects.exists()
    assert not Skill.objects.filter(deleted_at=None).exists()


def test_skills_and_capacity_of_a_colleague_stand_on_their_page(cast, as_):
    polish = save_skill(by=SYSTEM, name="Polish", kind="language", locale="pl")
    url = reverse("routing:edit_work", args=[cast.agent.pk])
    assert as_(cast.agent).get(url).status_code == 403
    browser = as_(cast.lead)
    assert browser.get(url).status_code == 200
    browser.post(url, {"mail": 4, f"skill_{polish.pk}": 3})
    assert PersonSkill.objects.get().level == 3
    assert Capacity.objects.get(person=cast.agent).mail == 4
    page = browser.get(reverse("routing:person_work", args=[cast.agent.pk])).content.decode()
    assert "Polish" in page
    assert "0 / 4" in page
    browser.post(url, {"mail": "", f"skill_{polish.pk}": 0})
    assert not PersonSkill.objects.exists()
    assert not Capacity.objects.filter(person=cast.agent).exists()


def test_weights_and_capacities_of_the_desk_are_set(cast, as_):
    browser, url = as_(cast.lead), reverse("routing:capacity")
    page = browser.get(url)
    form = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    assert (
        browser.post(
            url, form | {"mail": 7, "priority_urgent": 300, "away_reasons": "Lunch\nTraining"}
        ).status_code
        == 302
    )
    assert Capacity.objects.get(person=None, role=None).mail == 7
    assert browser.post(url, form | {"priority_urgent": 5000}).status_code == 422
    role = reverse("routing:role_capacity", args=[cast.lead.role_id])
    assert browser.get(role).status_code == 200
    browser.post(role, {"mail": 2})
    assert Capacity.objects.get(role=cast.lead.role).mail == 2
    assert "Lunch" in browser.get(reverse("routing:my_presence")).content.decode()


def test_groups_that_take_escalations_have_a_checklist(cast, as_):
    browser = as_(cast.lead)
    browser.post(reverse("routing:new_line"), {"group": cast.group.pk, "tier": 1, "takes_over": "True"})
    row = Line.objects.get()
    items = reverse("routing:line_items", args=[row.pk])
    browser.post(items, {"title": "Steps", "kind": "text", "is_required": "on"})
    browser.post(items, {"title": "Log", "kind": "file"})
    log = ChecklistItem.objects.get(title="Log")
    browser.post(items, {"up": log.pk})
    assert [item.title for item in row.items.all()] == ["Log", "Steps"]
    browser.post(reverse("routing:item", args=[log.pk]), {"title": "Log file", "kind": "file"})
    assert "Log file" in browser.get(reverse("routing:line", args=[row.pk])).content.decode()
    browser.post(items, {"remove": log.pk})
    assert [item.title for item in row.items.all()] == ["Steps"]
    assert browser.get(reverse("routing:lines")).status_code == 200
    browser.post(reverse("routing:line_removal", args=[row.pk]))
    row.refresh_from_db()
    assert row.deleted_at is not None
