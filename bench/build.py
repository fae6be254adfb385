"""A desk of N tickets, the same for the same N: rows straight into the tables, with their log and search index."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from bench.rows import Table, analyse, set_sequences
from bench.words import Writer
from opora.events.models import Event
from opora.people.models import Brand, Group, Membership, Organization, Person, Role
from opora.search import index
from opora.search.documents import Text
from opora.tickets.actions.open_desk import open_desk
from opora.tickets.models import (
    Category,
    Comment,
    Status,
    Tag,
    Ticket,
    TicketForm,
    TicketMetric,
    TicketTag,
)

BASE = datetime(2026, 11, 21, 9, tzinfo=UTC)
AGENTS, GROUPS, BRANDS, ORGANIZATIONS, TAGS = 40, 8, 7, 300, 400
LONG_CONVERSATIONS = 200
"""So many tickets have 50 comments; they are what the page of a ticket is measured on."""
PASSWORD = "correct-horse-battery"


def build_desk(tickets: int, *, seed: int = 1) -> dict[str, float]:
    """Fill an empty, migrated database with a desk of `tickets` tickets; returns seconds by step."""
    took: dict[str, float] = {}
    began = time.perf_counter()
    writer = Writer(seed)
    open_desk(name="Bench", admin_email="owner@bench.test", password=PASSWORD, admin_name="Olena Bench")
    _write_people(writer, customers=max(tickets // 6, 50))
    took["people"] = time.perf_counter() - began
    began = time.perf_counter()
    _drop_slow_checks()
    _write_tickets(writer, tickets)
    took["tickets"] = time.perf_counter() - began
    began = time.perf_counter()
    with index.building():
        index.bulk_put("ticket", _documents(), fresh=True)
        index.bulk_put("person", _names())
    took["search"] = time.perf_counter() - began
    began = time.perf_counter()
    analyse()
    took["analyse"] = time.perf_counter() - began
    return took


def _drop_slow_checks() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA cache_size = -512000")


def _write_people(writer: Writer, *, customers: int) -> None:
    agent_role = Role.objects.get(kind=Role.Kind.AGENT)
    Group.objects.bulk_create(Group(name=f"Group {n}") for n in range(2, GROUPS + 1))
    Brand.objects.bulk_create(Brand(name=f"Shop {n}", slug=f"shop-{n}") for n in range(2, BRANDS + 1))
    Organization.objects.bulk_create(Organization(name=f"Client {n}") for n in range(1, ORGANIZATIONS + 1))
    Tag.objects.bulk_create(Tag(name=f"tag_{n}") for n in range(1, TAGS + 1))
    agents = [
        Person(name=writer.name(), email=f"agent{n}@bench.test", role=agent_role, password="!")
        for n in range(1, AGENTS + 1)
    ]
    Person.objects.bulk_create(agents)
    agents = list(Person.objects.filter(role=agent_role).order_by("id"))
    groups = list(Group.objects.order_by("id"))
    Membership.objects.bulk_create(
        Membership(person=agent, group=groups[place % GROUPS]) for place, agent in enumerate(agents)
    )
    table = Table(
        Person,
        ["name", "email", "password", "organization", "is_active", "locale", "time_zone", "theme", "density",
         "signature", "phone", "photo", "external_id", "notes", "details", "alias", "tags", "fields", "opens_next_ticket",
         "created_at", "updated_at"],
    )  # fmt: skip
    organizations = list(Organization.objects.order_by("id").values_list("id", flat=True))
    for n in range(customers):
        organization = organizations[n % ORGANIZATIONS] if n % 3 == 0 else None
        table.add(
            writer.name(), f"customer{n}@example.com", "!", organization, True, "", "", "auto", "comfortable",
            "", "", "", "", "", "", "", "[]", "{}", True, BASE, BASE,
        )  # fmt: skip
    table.flush()


def _write_tickets(writer: Writer, count: int) -> None:
    people = list(
        Person.objects.filter(role=None).order_by("id").values_list("id", "name", "organization_id")
    )
    agents = list(Person.objects.filter(role__kind=Role.Kind.AGENT).order_by("id").values_list("id", "name"))
    statuses = dict(Status.objects.filter(is_default=True).values_list("category", "id"))
    groups = list(Group.objects.order_by("id").values_list("id", flat=True))
    form = TicketForm.objects.order_by("id")[0]
    tables = _tables()
    chance = writer.chance
    comment_id, event_id = 0, 1000  # the desk itself has recorded its first events
    for ticket_id in range(1, count + 1):
        # Newer tickets have higher numbers; a desk solves most and keeps about five per cent open.
        age = timedelta(minutes=(count - ticket_id) * 1440 * 720 / count + chance.random() * 30)
        created = BASE - age
        category = _category(chance.random(), ticket_id / count)
        person_id, name, organization_id = people[
            int(chance.paretovariate(1.2) * 7919 + ticket_id) % len(people)
        ]
        agent_id, agent_name = agents[ticket_id * 7 % len(agents)]
        assigned = category != Category.NEW and chance.random() < 0.9
        language = writer.language()
        subject = writer.subject(language)
        comments = (
            50
            if ticket_id % max(count // LONG_CONVERSATIONS, 1) == 0
            else 1 + int(chance.expovariate(0.28)) % 12
        )
        event_id += 1
        update = ticket_id << 20
        body = json.dumps({"subject": subject, "channel": "email", "requester_id": person_id, "brand_id": 1})
        tables["event"].add(event_id, update, "ticket.created", "ticket", ticket_id, "customer", person_id, name, "mail",
                            0, created, created, body)  # fmt: skip
        at, words, author, replies, first_reply = created, "", name, 0, None
        for place in range(comments):
            ours = place % 2 == 1
            at = at + timedelta(minutes=chance.expovariate(1 / 90)) if place else created
            text = writer.letter(language)
            comment_id += 1
            public = not ours or chance.random() < 0.8
            who, author = (agent_id, agent_name) if ours else (person_id, name)
            tables["comment"].add(comment_id, ticket_id, who, "agent" if ours else "customer", public, f"<p>{text}</p>",
                                  "", text, "email", False, "{}", at)  # fmt: skip
            event_id += 1
            words = text[:200]
            fact = {"comment_id": comment_id, "author_id": who, "author_kind": "agent" if ours else "customer",
                    "author_name": author, "words": words}  # fmt: skip
            tables["event"].add(event_id, update + place + 1, "ticket.commented", "ticket", ticket_id,
                                "agent" if ours else "customer", who, author, "mail", 0, at, at,
                                json.dumps(fact, ensure_ascii=False))  # fmt: skip
            if ours and public:
                replies += 1
                first_reply = first_reply or at
        solved = at if category >= Category.SOLVED else None
        tables["ticket"].add(
            ticket_id, subject, statuses[category], int(category), chance.choice([None, 1, 2, 2, 2, 3, 4]),
            chance.choice([None, 1, 1, 2]), ticket_id % BRANDS + 1, form.pk, groups[ticket_id % GROUPS],
            agent_id if assigned else None, person_id, person_id, organization_id, "email", "support@bench.test", "", "",
            "", created, at, solved,
        )  # fmt: skip
        tables["metric"].add(ticket_id, comments, replies, 0, 1, int(assigned), first_reply, solved, solved, at, at,
                             comment_id, author, words, True)  # fmt: skip
        for tag in {chance.randint(1, TAGS) for _ in range(chance.choice([0, 1, 1, 2]))}:
            tables["tag"].add(ticket_id, tag)
        if any(table.is_full for table in tables.values()):
            _flush(tables)
    _flush(tables)
    set_sequences(Ticket, Comment, Event)


def _flush(tables: dict[str, Table]) -> None:
    for table in tables.values():
        table.flush()


def _category(chance: float, newness: float) -> Category:
    if newness > 0.97:
        return Category.NEW if chance < 0.3 else Category.OPEN if chance < 0.7 else Category.PENDING
    if newness > 0.93:
        return Category.SOLVED if chance < 0.7 else Category.OPEN if chance < 0.85 else Category.HOLD
    return Category.CLOSED if chance < 0.985 else Category.PENDING


def _tables() -> dict[str, Table]:
    return {
        "ticket": Table(Ticket, [
            "id", "subject", "status", "category", "priority", "type", "brand", "form", "group", "assignee", "requester",
            "submitter", "organization", "channel", "received_at", "locale", "external_id", "removed_as", "created_at",
            "updated_at", "solved_at"]),
        "comment": Table(Comment, [
            "id", "ticket", "author", "author_kind", "is_public", "html", "quoted_html", "text", "channel",
            "is_auto_reply", "details", "created_at"]),
        "metric": Table(TicketMetric, [
            "ticket", "comments", "replies", "reopens", "group_stations", "assignee_stations", "first_reply_at",
            "first_solved_at", "last_solved_at", "last_customer_at", "last_comment_at", "last_comment_id", "last_author",
            "last_words", "last_is_public"]),
        "event": Table(Event, [
            "id", "update_id", "kind", "subject_kind", "subject_id", "actor_kind", "actor_id", "actor_name", "via",
            "depth", "occurred_at", "recorded_at", "body"]),
        "tag": Table(TicketTag, ["ticket", "tag"]),
    }  # fmt: skip


def _documents() -> Iterator[Text]:
    """Every ticket as search sees it, newest comments included, without holding them all."""
    comments = (
        Comment.objects.order_by("ticket_id", "id").values_list("ticket_id", "text").iterator(chunk_size=5000)
    )
    tickets = Ticket.objects.order_by("id").values_list(
        "id", "subject", "requester__name", "requester__email"
    )
    pending = next(comments, None)
    for ticket_id, subject, name, email in tickets.iterator(chunk_size=5000):
        body = []
        while pending and pending[0] == ticket_id:
            body.append(pending[1])
            pending = next(comments, None)
        yield Text(ticket_id, subject, "\n".join(body), f"{name} {email}", str(ticket_id))


def _names() -> Iterator[Text]:
    for person_id, name, email in Person.objects.order_by("id").values_list("id", "name", "email").iterator():
        yield Text(person_id, name, "", email)
