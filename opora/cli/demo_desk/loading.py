"""Loading the demo desk: open it a month ago, play the stories, leave nothing to be done that belongs to the past."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from opora.api.seeds import seed_programs, seed_use
from opora.automation.seeds import seed_rules
from opora.calendars.seeds import seed_calendars
from opora.channels.email.actions.save_mailbox import save_mailbox
from opora.cli.demo_desk.beside import Beside
from opora.cli.demo_desk.customers import Invention
from opora.cli.demo_desk.hours import KYIV, MONTH
from opora.cli.demo_desk.planning import Plan
from opora.cli.demo_desk.playing import play
from opora.cli.demo_desk.stage import Stage
from opora.cli.demo_desk.stories import stories, table
from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import SYSTEM
from opora.events.models import Delivery
from opora.events.recording import coming_via
from opora.knowledge.seeds import seed_citations, seed_knowledge
from opora.people.models import Person
from opora.people.queries import desk
from opora.people.seeds import SeededPeople, seed_people
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.seeds import seed_exclusions, seed_policies
from opora.tickets.actions.close import close_solved_tickets
from opora.tickets.actions.open_desk import open_desk
from opora.tickets.actions.save_draft import save_draft
from opora.tickets.models import Category, Ticket
from opora.tickets.seeds import seed_tickets
from opora.webhooks.seeds import seed_deliveries, seed_webhooks

PASSWORD = "opora-demo-2026"  # noqa: S105 - printed at every start; the demo desk listens on this machine only
SEED = 20261121

Progress = Callable[[float], None]


def load_desk(*, scale: float = 1.0, progress: Progress = lambda part: None) -> None:
    """Fill the empty database with the demo desk; `scale` is how much of the month's tickets.

    All of it is one transaction: a load that is interrupted leaves the database empty. Raises `Conflict` where there
    is a desk already.
    """
    if desk() is not None:
        raise Conflict(
            "There is a desk in this database already. The demo desk needs an empty one: set OPORA_DATA."
        )
    now, plan = clock.now(), table("desk")
    with transaction.atomic(), deliveries_settled():
        stage = _open(plan, now)
        _play_month(stage, plan, now, scale=scale, progress=progress)
        _leave_drafts(stage.person("andrii"))
        seed_citations(table("knowledge"), people=stage.people)
        seed_exclusions(table("policies"), people=stage.people, by=stage.person("olena"))
        seed_deliveries(plan, by=stage.person(plan["desk"]["head"]))
        seed_use()
    progress(1.0)


@contextmanager
def deliveries_settled() -> Iterator[None]:
    """Make what happens inside history: its reactions count as done and its tasks are forgotten.

    A reply of last week must not leave as a mail today. Nobody can run the work before, for this is inside the
    transaction that writes it.
    """
    delivered = Delivery.objects.order_by("-id").values_list("id", flat=True).first() or 0
    enqueued = set(DBTaskResult.objects.values_list("pk", flat=True))
    yield
    made = Delivery.objects.filter(id__gt=delivered)
    made.update(state=Delivery.State.DONE, done_at=clock.now(), attempts=1)
    DBTaskResult.objects.exclude(pk__in=enqueued).delete()


def _open(plan: Mapping[str, Any], now: datetime) -> Stage:
    """Open the desk on the day before its month begins."""
    info = plan["desk"]
    head = next(row for row in plan["colleagues"] if row["key"] == info["head"])
    opened = now - MONTH - timedelta(days=1)
    with clock.at(opened), coming_via("setup"):
        admin = open_desk(
            name=info["name"],
            admin_email=f"{head['mail']}@{info['domain']}",
            password=PASSWORD,
            admin_name=head["name"],
            brand=plan["brands"][0]["name"],
            locale=info["locale"],
        )
        people = seed_people(plan, administrator=admin)
    with clock.at(opened + timedelta(hours=6)), coming_via("setup"):
        seed_calendars(table("calendars"), people=people)
        settings = seed_tickets(plan, table("macros"), people=people)
        seed_webhooks(plan, by=admin)
        seed_rules(table("rules"), people=people, tickets=settings)
        _make_mailboxes(plan, people)
        seed_knowledge(table("knowledge"), people=people)
        seed_programs(plan, people=people.colleagues, by=admin)
        seed_policies(
            table("policies"), people=people, statuses={key: row.pk for key, row in settings.statuses.items()}
        )
    return Stage(
        people,
        settings,
        names=plan["names"],
        speaks={row["key"]: row.get("speaks", []) for row in plan["colleagues"]},
        women={row["key"] for row in plan["colleagues"] if row["g"] == "f"},
    )


def _make_mailboxes(plan: Mapping[str, Any], people: SeededPeople) -> None:
    """Give each brand its address. Nothing is collected, and what is sent is kept as files: the demo never leaves
    this machine.
    """
    for row in plan["brands"]:
        address = f"support@{row['domain']}"
        save_mailbox(
            by=SYSTEM, brand=people.brands[row["key"]], group=people.groups[row["group"]], address=address,
            name=row["name"], incoming="none", outgoing="file",
        )  # fmt: skip


def _play_month(
    stage: Stage, plan: Mapping[str, Any], now: datetime, *, scale: float, progress: Progress
) -> None:
    rng = Random(SEED)
    invention = Invention(table("customers"), plan, rng)
    happenings = Plan(stories(), plan, invention, now, rng).happenings(scale)
    nights, beside = _nights(now), Beside(table("routing"), stage, now)
    for number, happening in enumerate(happenings):
        while nights and nights[0] < happening.at:
            beside.run_until(nights[0])
            _close_solved(nights.pop(0))
        beside.run_until(happening.at)
        if number % 25 == 0:
            _notice(happening.at)
        play(happening, stage)
        if number % 20 == 0:
            progress(number / len(happenings))
    for night in nights:
        beside.run_until(night)
        _close_solved(night)
    beside.run_until(now)


def _nights(now: datetime) -> list[datetime]:
    first = (now - MONTH).astimezone(KYIV).replace(hour=3, minute=10, second=0, microsecond=0)
    nights = [first + timedelta(days=day) for day in range(MONTH.days + 2)]
    return [night for night in nights if night < now]


def _close_solved(night: datetime) -> None:
    with clock.at(night), coming_via("timer"):
        close_solved_tickets()


def _notice(moment: datetime) -> None:
    """Tell of the promises that were broken until then, as the worker would have."""
    with clock.at(moment):
        notice_due_clocks()


def _leave_drafts(agent: Person) -> None:
    """Two replies that the agent began and did not send."""
    begun = (
        Ticket.objects.live()
        .filter(assignee=agent, category=Category.OPEN, locale="uk")
        .order_by("-updated_at")
    )
    for ticket in begun[:2]:
        html = f"<p>Добрий день, {ticket.requester.first_name}!</p><p>Перевіряю ваше звернення, </p>"
        save_draft(ticket, by=agent, kind="reply", html=html)
