"""How many questions each list asks of the database: the same for three rows and for thirty.

The numbers stand in `query_counts.json` and are compared exactly. A change that means to alter them says so there.
"""

import json
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.automation.actions.save_rule import save_rule
from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.week_text import WORKING_WEEK
from opora.events.actor import SYSTEM
from opora.knowledge.actions.cite_article import cite_article
from opora.knowledge.actions.publish_article import publish_article
from opora.knowledge.actions.save_article import create_article
from opora.knowledge.actions.save_permission_group import save_permission_group
from opora.knowledge.actions.save_segment import save_segment
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.actions.save_text import save_text
from opora.knowledge.actions.vote import vote
from opora.knowledge.models import Article
from opora.people.actions.create_person import create_person
from opora.people.actions.invite_colleague import invite_colleague
from opora.people.actions.save_brand import save_brand
from opora.people.actions.save_group import save_group
from opora.people.actions.save_organization import save_organization
from opora.people.models import Brand
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.save_line import Item, save_line
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.save_requirement import save_requirement
from opora.routing.actions.save_skill import save_skill
from opora.routing.actions.set_skills import set_skills
from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.tests.conftest import content
from opora.tickets.actions.save_field import save_field
from opora.tickets.actions.save_form import save_form
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.actions.tag import set_tags
from opora.tickets.models import TicketField
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Attempt
from opora.webhooks.vocabulary import BY_RULES

COUNTS = json.loads((Path(__file__).parent / "query_counts.json").read_text())


def fill(cast, make_ticket, count: int) -> None:
    for number in range(count):
        person = create_person(
            by=SYSTEM, name=f"Person {count}-{number}", email=f"p{count}-{number}@bank.test"
        )
        colleague, _token = invite_colleague(
            by=cast.owner,
            email=f"c{count}-{number}@desk.test",
            name=f"Colleague {number}",
            role=cast.agent.role,
        )
        brand = save_brand(by=cast.owner, name=f"Brand {count}-{number}")
        save_policy(by=cast.owner, name=f"Policy {count}-{number}", content=content({Metric.FIRST_REPLY: 1}))
        save_calendar(
            by=cast.owner,
            name=f"Calendar {count}-{number}",
            hours=WeekHours("Europe/Kyiv", WORKING_WEEK),
            uses={"brand": [brand.pk]},
        )
        group = save_group(by=cast.owner, name=f"Group {count}-{number}", members=[colleague, cast.agent])
        save_organization(by=cast.owner, name=f"Client {count}-{number}", domains=[f"d{count}-{number}.test"])
        field = save_field(by=cast.owner, title=f"Field {count}-{number}")
        save_form(
            by=cast.owner,
            name=f"Form {count}-{number}",
            ticket_fields=[field, *TicketField.objects.all()[:1]][:1],
        )
        save_macro(by=cast.owner, title=f"Macro {count}-{number}", owner=None)
        _rules(cast, f"{count}-{number}")
        set_tags(make_ticket(requester=person), [f"tag{count}-{number}"], by=cast.agent)
        ticket = make_ticket(requester=cast.banker, assignee=cast.agent)
        fill_routing(cast, group, colleague, ticket)
        fill_knowledge(cast, group, ticket)
        webhook = save_webhook(
            by=cast.owner,
            name=f"Hook {count}-{number}",
            endpoint="https://hook.example/",
            subscriptions=[BY_RULES],
        )
        invocation = invoke_webhook(webhook, by=cast.owner, body="{}")
        Attempt.objects.create(
            invocation=invocation, webhook=webhook, outcome="success", method="POST", url="/"
        )


def _rules(cast, name: str) -> None:
    """A trigger and an automation, switched off: what they would do on each ticket is no part of these lists."""
    steps = [{"field": "add_tags", "value": [f"rule{name}"]}]
    for kind, field in (("trigger", "hours_created"), ("automation", "hours_solved")):
        asked = {"all": [{"field": field, "operator": "less_than", "value": 9}]}
        save_rule(
            by=cast.owner, kind=kind, title=f"{kind} {name}", conditions=asked, steps=steps, is_active=False
        )


def fill_routing(cast, group, colleague, ticket) -> None:
    tagged = {"all": [{"field": "tags", "operator": "includes", "value": group.name.replace(" ", "-")}]}
    skill = save_skill(by=SYSTEM, name=f"Skill of {group.name}")
    set_skills(colleague, {skill: 2}, by=SYSTEM)
    save_requirement(by=SYSTEM, skill=skill, level=2, conditions=tagged)
    save_queue(by=SYSTEM, name=f"Queue of {group.name}", group=group, conditions=tagged)
    line = save_line(group, by=SYSTEM, tier=2, items=[Item(title="Steps", is_required=False)])
    escalate_ticket(ticket, NewEscalation(line=line, reason="Help"), by=cast.agent)


def fill_knowledge(cast, group, ticket) -> None:
    name = group.name
    default = Brand.objects.get(is_default=True)
    category = save_category(
        by=SYSTEM, brand=default, source_locale="en", texts={"en": {"name": f"Category {name}"}}
    )
    section = save_section(
        by=SYSTEM, category=category, source_locale="en", texts={"en": {"name": f"Section {name}"}}
    )
    audience = save_segment(by=SYSTEM, name=f"Audience {name}", kind="staff")
    save_permission_group(by=SYSTEM, name=f"Writers {name}", editors=[audience])
    article = create_article(
        section,
        by=cast.owner,
        locale="en",
        title=f"Article {name}",
        is_promoted=True,
        labels=[f"label {name}"],
    )
    save_text(article, "uk", by=cast.owner, title=f"Стаття {name}")
    for text in article.texts.all():
        publish_article(text, by=cast.owner)
    cite_article(article.texts.get(locale="en"), ticket, by=cast.agent)
    first = Article.objects.order_by("pk")[0]
    if first != article:
        cite_article(first.texts.get(locale="en"), ticket, by=cast.agent)
        vote(first.texts.get(locale="en"), -1, by=SYSTEM, visitor=name, note="More, please")


def counted(client, path: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200, path
    return len(asked)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_list_asks_as_often_as_is_written_down(cast, make_ticket, as_, name):
    owner = as_(cast.owner)
    owner.get(reverse("people:settings"))
    subjects = {
        "people:person": [cast.banker.pk], "tickets:person_tickets": [cast.banker.pk],
        "people:organization": [cast.bank.pk], "tickets:organization_tickets": [cast.bank.pk],
        "help_center:home": ["en"],
    }  # fmt: skip
    fill(cast, make_ticket, 3)
    subjects["knowledge:article"] = [Article.objects.order_by("pk")[0].pk]
    path = reverse(name, args=subjects.get(name, []))
    few = counted(owner, path)
    fill(cast, make_ticket, 9)
    assert (name, counted(owner, path)) == (name, few), "more rows, more questions"
    assert (name, few) == (name, COUNTS[name])
