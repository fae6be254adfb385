"""The permanent cast: an owner, a lead, two agents, an outsider, two customers; and tickets to play with."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from opora.core import clock
from opora.core.remembered import Remembered
from opora.events.actor import SYSTEM
from opora.events.projection import PROJECTIONS
from opora.events.replaying import replay
from opora.people.actions.create_person import create_person
from opora.people.actions.save_group import save_group
from opora.people.actions.save_organization import save_organization
from opora.people.models import Group, Person, Role
from opora.testing.snapshot import Snapshot, all_rows
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.open_desk import open_desk
from opora.tickets.models import Ticket

PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def _scratch_folder(tmp_path: Path, settings: Any) -> None:
    """Keep files of tests apart, hash passwords quickly, and run tasks only when a test says so."""
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """A process remembers rules and calendars until they change; a test begins with none."""
    Remembered.forget_all()


@pytest.fixture
def cast(db: None, request: pytest.FixtureRequest) -> SimpleNamespace:
    """A set-up desk and its people. The outsider is a light agent who sees only what is assigned to them.

    Made once by each process, and then put back; anew where a test commits what it does, for nothing is there then.
    """
    if "transactional_db" in request.fixturenames:
        return _set_up_desk()
    if connection.vendor not in _MADE:
        before, made = all_rows(), _set_up_desk()
        _MADE[connection.vendor] = Snapshot.since(before), made
    else:
        _MADE[connection.vendor][0].put_back()
        replay([PROJECTIONS["people search"]])
    return _looked_up(_MADE[connection.vendor][1])


_MADE: dict[str, tuple[Snapshot, SimpleNamespace]] = {}


def _looked_up(made: SimpleNamespace) -> SimpleNamespace:
    """The same rows, read anew: nobody gets what another test remembered of them."""
    return SimpleNamespace(
        **{name: type(row)._default_manager.get(pk=row.pk) for name, row in vars(made).items()}
    )


def _set_up_desk() -> SimpleNamespace:
    owner = open_desk(
        name="Opora", admin_email="owner@desk.test", password=PASSWORD, admin_name="Olena Owner", brand="Acme"
    )
    support = Group.objects.get()
    roles = {role.kind: role for role in Role.objects.all()}
    outside = Role.objects.create(
        name="Outsider", permissions=["tickets.note"], ticket_access=Role.Access.ASSIGNED
    )
    lead = _colleague("Lesia Lead", roles[Role.Kind.TEAM_LEAD])
    agent = _colleague("Andrii Agent", roles[Role.Kind.AGENT])
    second = _colleague("Borys Second", roles[Role.Kind.AGENT])
    outsider = _colleague("Odarka Outsider", outside)
    save_group(support, by=SYSTEM, members=[owner, lead, agent, second])
    bank = save_organization(by=SYSTEM, name="First Bank", domains=["bank.test"])
    customer = create_person(by=SYSTEM, name="Kateryna Customer", email="kateryna@example.com")
    banker = create_person(by=SYSTEM, name="Bohdan Banker", email="bohdan@bank.test")
    return SimpleNamespace(
        owner=owner, lead=lead, agent=agent, second=second, outsider=outsider,
        customer=customer, banker=banker, group=support, bank=bank,
    )  # fmt: skip


def _colleague(name: str, role: Role) -> Person:
    person = create_person(by=SYSTEM, name=name, email=f"{name.split()[0].lower()}@desk.test")
    person.role = role
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def make_ticket(cast: SimpleNamespace) -> Callable[..., Ticket]:
    """Return a function that makes a ticket of the customer with one comment."""

    def make(
        subject: str = "Where is my order?", *, html: str = "<p>I wait since Monday.</p>", **fields: Any
    ) -> Ticket:
        requester = fields.pop("requester", cast.customer)
        comment = NewComment(html=html, author=requester, channel="email")
        return create_ticket(
            NewTicket(subject=subject, requester=requester, **fields), by=requester, comment=comment
        )

    return make


@pytest.fixture
def ticket(make_ticket: Callable[..., Ticket]) -> Ticket:
    return make_ticket()


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """Return a client that is signed in as somebody."""

    def sign_in(person: Person) -> Client:
        signed_in = Client()
        signed_in.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return signed_in

    return sign_in


@pytest.fixture
def later(time_machine: Any) -> Callable[[float], None]:
    """Return a function that moves the clock on by so many seconds."""

    def move(seconds: float) -> None:
        time_machine.move_to(clock.now() + timedelta(seconds=seconds))

    return move
