"""Every address of the project is tried by everybody who should not come in, and by an agent; none may fall over.

An address belongs to one of four kinds by its beginning. A new address is taken to be for colleagues, so whoever adds
a public one has to say so here.
"""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from opora.automation.actions.save_rule import save_rule
from opora.automation.events import RuleFired
from opora.automation.models import Rule, Trial
from opora.calendars.queries import default_calendar
from opora.events.actor import SYSTEM
from opora.events.models import Delivery, Event
from opora.events.recording import record
from opora.knowledge.actions.cite_article import cite_article
from opora.knowledge.actions.keep_file import keep_file
from opora.knowledge.actions.save_article import create_article
from opora.knowledge.actions.save_permission_group import save_permission_group
from opora.knowledge.actions.save_segment import save_segment
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.people.actions.save_group import save_group
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.save_line import Item, save_line
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.save_requirement import save_requirement
from opora.routing.actions.save_skill import save_skill
from opora.routing.models import ChecklistItem
from opora.sla.actions.save_policy import save_policy
from opora.sla.engine.metrics import Metric
from opora.sla.models import WhatIf
from opora.sla.tests.conftest import content
from opora.tickets.actions.save_dynamic_content import save_item
from opora.tickets.models import Macro, View
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.actions.save_webhook import save_webhook

SAMPLES = {
    "token": "made-up",
    "name": "a" * 64,
    "kind": "people",
    "key": "made-up",
    "day": "2026-12-31",
    "uidb36": "1",
    "audience": "agents",
    "locale": "en",
    "place": "1",
}
PUBLIC = (
    "account/",
    "invitations/",
    "confirmations/",
    "pictures/",
    "welcome/",
    "new/",
    "hc/",
    "t/",
    "api/",
    "attachments/token/",
    "oauth/tokens",
)
"""For people without a session: signing in, joining, pictures, the wizard, pages of customers, and programs."""

FOR_EVERY_COLLEAGUE = ("settings/", "settings/me", "settings/notifications")
OWN_AND_SHARED = ("settings/macros/", "settings/views/", "settings/tokens/")
AGENTS_MAY_ADD = ("people/new", "organizations/new")


@pytest.fixture
def doors(cast: SimpleNamespace, ticket) -> list[str]:
    """Every address, with ids that exist."""
    event = Event.objects.first()
    Delivery.objects.create(event=event, reaction="made.up", update_id=event.update_id, state="failed")
    Macro.objects.create(title="Hello", html="<p>Hello</p>")
    webhook = save_webhook(
        by=cast.owner,
        name="Door",
        endpoint="https://door.example/",
        subscriptions=["conditional_ticket_events"],
    )
    rule = _rule(cast)
    fired = record(
        RuleFired(rule_id=rule.pk, version=1, outcomes={}, steps=[]), subject_id=ticket.pk, by=rule
    )
    trial = Trial.objects.create(person=cast.owner)
    promise = save_policy(by=cast.owner, name="All", content=content({Metric.FIRST_REPLY: 1}))
    WhatIf.objects.create(question={"days": 7}, asked_by=cast.owner)
    text = save_item(by=cast.owner, name="Hours", locale="uk", texts={"uk": "9-18"})
    ids = {
        "policy_id": promise.pk, "what_if_id": WhatIf.objects.get().pk,
        "person_id": cast.customer.pk, "identity_id": cast.customer.identities.get().pk, "ticket_id": ticket.pk,
        "organization_id": cast.bank.pk, "group_id": cast.group.pk, "calendar_id": default_calendar().pk, "view_id": View.objects.first().pk,
        "comment_id": ticket.comments.first().pk, "macro_id": Macro.objects.get().pk,
        "webhook_id": webhook.pk, "invocation_id": invoke_webhook(webhook, by=cast.owner, body="{}").pk,
        "text_id": text.pk, "variant_id": text.variants.get().pk,
        "rule_id": rule.pk, "number": 1, "trial_id": trial.pk, "event_id": fired.pk,
        "delivery_id": Delivery.objects.filter(state="failed").get().pk,
    }  # fmt: skip
    ids |= _of_routing(cast, ticket) | _of_knowledge(cast, ticket)
    return sorted(set(_addresses(get_resolver().url_patterns, ids)))


def _rule(cast: SimpleNamespace) -> Rule:
    asked = {"all": [{"field": "hours_solved", "operator": "greater_than", "value": 9}]}
    return save_rule(
        by=cast.owner, kind="automation", title="Hello", conditions=asked,
        steps=[{"field": "priority", "value": "low"}],
    )  # fmt: skip


def _of_routing(cast: SimpleNamespace, ticket) -> dict[str, int]:
    group = save_group(by=SYSTEM, name="Second line", members=[cast.second])
    line = save_line(group, by=SYSTEM, tier=2, items=[Item(title="Steps", is_required=False)])
    skill = save_skill(by=SYSTEM, name="Refunds")
    condition = {"all": [{"field": "tags", "operator": "includes", "value": "refund"}]}
    return {
        "queue_id": save_queue(by=SYSTEM, name="All").pk, "line_id": line.pk, "skill_id": skill.pk,
        "requirement_id": save_requirement(by=SYSTEM, skill=skill, conditions=condition).pk,
        "item_id": ChecklistItem.objects.get().pk, "role_id": cast.lead.role_id,
        "escalation_id": escalate_ticket(ticket, NewEscalation(line=line, reason="Help"), by=cast.agent).pk,
    }  # fmt: skip


def _of_knowledge(cast: SimpleNamespace, ticket) -> dict[str, int]:
    category = save_category(
        by=cast.owner, brand=ticket.brand, source_locale="en", texts={"en": {"name": "Help"}}
    )
    section = save_section(
        by=cast.owner, category=category, source_locale="en", texts={"en": {"name": "Cards"}}
    )
    article = create_article(section, by=cast.owner, locale="en", title="Declined")
    everybody = save_segment(by=cast.owner, name="Clients")
    group = save_permission_group(by=cast.owner, name="Lawyers")
    file = keep_file([b"x"], by=cast.owner, name="x.txt", content_type="text/plain", article=article)
    return {
        "category_id": category.pk, "section_id": section.pk, "article_id": article.pk, "file_id": file.pk,
        "segment_id": everybody.pk, "permission_group_id": group.pk,
        "citation_id": cite_article(article.texts.get(), ticket, by=cast.owner).pk,
    }  # fmt: skip


def _addresses(patterns, ids: dict[str, int], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = _filled(pattern, ids)
            yield from _addresses(pattern.url_patterns, ids, before + inner)
        elif isinstance(pattern, URLPattern):
            yield before + _filled(pattern, ids)


def _filled(pattern, ids: dict[str, int]) -> str:
    """The address of a route with samples in the places of its arguments."""
    route = pattern.pattern
    written = str(route)
    if not hasattr(route, "converters") or not hasattr(route, "_route"):
        return {"pictures": f"pictures/{'a' * 64}"}.get(written.strip("^").split("/")[0], _of_regex(written))
    for name, converter in route.converters.items():
        kind = type(converter).__name__
        value = ids.get(name, 1) if kind == "IntConverter" else SAMPLES.get(name, "made-up")
        for asked in (
            f"<{name}>",
            f"<int:{name}>",
            f"<str:{name}>",
            f"<slug:{name}>",
            f"<path:{name}>",
            f"<uuid:{name}>",
        ):
            written = written.replace(asked, str(value))
    return written


def _of_regex(written: str) -> str:
    """django-allauth's addresses by regular expression."""
    plain = written.strip("^$").replace("\\", "")
    for start in ("(?P<uidb36>", "(?P<key>"):
        while start in plain:
            head, _, rest = plain.partition(start)
            plain = f"{head}1{rest.partition(')')[2]}"
    return plain


def _try(client: Client, path: str) -> Iterator[tuple[str, int, str]]:
    client.raise_request_exception = False
    for method in ("get", "post"):
        response = getattr(client, method)(f"/{path}")
        yield method, response.status_code, response.headers.get("Location", "")


def _without_signing_out(doors: list[str]) -> list[str]:
    return [path for path in doors if path != "account/logout/"]


def _is_public(path: str) -> bool:
    return path.startswith(PUBLIC)


def test_there_are_doors_to_try(doors):
    assert len(doors) > 100
    assert not [path for path in doors if "<" in path or "(" in path]


def test_whoever_is_not_signed_in_is_asked_to_or_refused(doors):
    for path in doors:
        for method, status, location in _try(Client(), path):
            assert status < 500, (method, path, status)
            if not _is_public(path):
                asked = status == 302 and location.startswith("/account/login/")
                assert asked or status in {403, 404, 405}, (method, path, status, location)


def test_a_customer_with_a_session_gets_nowhere(doors, cast, as_):
    browser = as_(cast.customer)
    for path in _without_signing_out(doors):
        for method, status, location in _try(browser, path):
            assert status < 500, (method, path, status)
            if not _is_public(path):
                assert status in {403, 404, 405}, (method, path, status, location)


@pytest.mark.parametrize("who", ["outsider", "agent"])
def test_settings_of_the_desk_are_closed_to_those_who_only_answer(doors, cast, as_, who):
    browser = as_(getattr(cast, who))
    for path in _without_signing_out(doors):
        for method, status, location in _try(browser, path):
            assert status < 500, (method, path, status)
            if path.startswith("settings/") and not _open_to_agents(path):
                assert status in {403, 404, 405}, (method, path, status, location)


def test_an_outsider_opens_no_ticket_that_is_not_theirs(doors, cast, as_, ticket):
    inside = [
        path for path in doors if path.startswith((f"tickets/{ticket.pk}", "comments/", "escalations/1"))
    ]
    assert inside
    browser = as_(cast.outsider)
    for path in inside:
        for method, status, location in _try(browser, path):
            assert status in {403, 404, 405}, (method, path, status, location)


def test_an_outsider_adds_and_changes_nobody(doors, cast, as_):
    changing = [
        path for path in doors if path in AGENTS_MAY_ADD or path.endswith(("/edit", "/merge", "/suspension"))
    ]
    changing = [path for path in changing if path.startswith(("people/", "organizations/"))]
    assert len(changing) >= 5
    browser = as_(cast.outsider)
    for path in changing:
        for method, status, _location in _try(browser, path):
            assert status in {403, 404, 405}, (method, path, status)


def test_the_owner_meets_no_error_anywhere(doors, cast, as_):
    browser = as_(cast.owner)
    for path in _without_signing_out(doors):
        for method, status, _location in _try(browser, path):
            assert status < 500, (method, path, status)


def _open_to_agents(path: str) -> bool:
    return path in FOR_EVERY_COLLEAGUE or path.startswith(OWN_AND_SHARED)
