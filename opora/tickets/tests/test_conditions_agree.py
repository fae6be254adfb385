"""The law of conditions: the list and the rule pick the same tickets, whatever is asked of whichever tickets."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opora.core import clock
from opora.core.conditions import predicate, read_tree, to_q
from opora.core.conditions.operators import OF_UPDATES
from opora.people.models import Brand, Organization, Person
from opora.tickets.actions.save_field import options_from_lines, save_field
from opora.tickets.conditions import Case, condition_fields
from opora.tickets.models import (
    Collaboration,
    Comment,
    FieldValue,
    SatisfactionRating,
    Status,
    Tag,
    Ticket,
    TicketForm,
    TicketMetric,
    TicketTag,
)
from opora.tickets.snapshot import snapshots_of

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WORDS = [
    "Замовлення",
    "ЗАТРИМКА",
    "refund",
    "Повернення",
    "їжа",
    "e-mail",
    "Order-17",
    "ё",
    "100%",
    "don't",
    "_x",
    "Straße",
]
TAGS = ["vip", "refund", "склад", "b2b"]
TICKETS = 250


def texts(chance: random.Random) -> str:
    return chance.choice(["", " "]).join(chance.choices([*WORDS, ".", " - "], k=chance.randint(0, 4))).strip()


def moments(chance: random.Random) -> datetime | None:
    hours = [0, 1, 2, 3, 4, 24, 25, 48, 72, 100]
    return chance.choice([None, NOW, *(NOW - timedelta(hours=n) for n in hours), *(NOW + timedelta(hours=n) for n in hours[:7]),
                          NOW - timedelta(hours=1, seconds=1), NOW - timedelta(minutes=59)])  # fmt: skip


@pytest.fixture
def crowd(cast):
    """Two hundred and fifty tickets, each property of each by chance, and a custom field of every type."""
    chance = random.Random(7)
    options = options_from_lines("late = Late\nlost = Lost\nbroken = Broken")
    custom = [
        save_field(by=cast.owner, title=f"Field {kind}", type=kind, options=options if kind in ("tagger", "multiselect") else [])
        for kind in ("text", "integer", "decimal", "date", "checkbox", "tagger", "multiselect")
    ]  # fmt: skip
    people = list(Person.objects.all())
    for person in people:
        Person.objects.filter(pk=person.pk).update(locale=chance.choice(["", "uk", "de"]))
    tags = Tag.objects.bulk_create(Tag(name=name) for name in TAGS)
    statuses, forms = list(Status.objects.all()), [None, TicketForm.objects.first()]
    for _ in range(TICKETS):
        _one(chance, cast, custom, people, tags, statuses, forms)
    return snapshots_of(Ticket.objects.all())


def _one(chance, cast, custom, people, tags, statuses, forms):
    status = chance.choice(statuses)
    ticket = Ticket.objects.create(
        subject=texts(chance), status=status, category=status.category, priority=chance.choice([None, 1, 2, 3, 4]),
        type=chance.choice([None, 1, 2, 3, 4]), brand=Brand.objects.first(), form=chance.choice(forms),
        group=chance.choice([None, cast.group]), assignee=chance.choice([None, cast.agent, cast.second]),
        requester=chance.choice(people), submitter=chance.choice(people), organization=chance.choice([None, cast.bank]),
        channel=chance.choice(["web", "email", "voice"]), received_at=chance.choice(["", "a@b.test"]),
        external_id=texts(chance)[:40], created_at=moments(chance) or NOW, updated_at=moments(chance) or NOW,
        solved_at=moments(chance), due_at=moments(chance),
    )  # fmt: skip
    TicketMetric.objects.create(
        ticket=ticket, replies=chance.randint(0, 3), comments=chance.randint(0, 3), reopens=chance.randint(0, 2),
        group_stations=chance.randint(0, 2), assignee_stations=chance.randint(0, 2), status_changed_at=moments(chance),
        assigned_at=moments(chance), last_customer_at=moments(chance), last_agent_at=moments(chance),
    )  # fmt: skip
    TicketTag.objects.bulk_create(
        TicketTag(ticket=ticket, tag=tag) for tag in chance.sample(tags, k=chance.randint(0, 2))
    )
    Collaboration.objects.bulk_create(
        Collaboration(ticket=ticket, person=chance.choice(people), kind=kind)
        for kind in ("cc", "follower")
        if chance.random() < 0.5
    )
    _said_and_rated(chance, ticket)
    for field in custom:
        FieldValue.objects.bulk_create(
            FieldValue(ticket=ticket, field=field, text=text, number=number)
            for text, number in _values(chance, field.type)
        )


def _said_and_rated(chance, ticket):
    Comment.objects.bulk_create(
        Comment(ticket=ticket, author=ticket.requester, author_kind="customer", is_public=chance.random() < 0.5, text=texts(chance))
        for _ in range(chance.randint(0, 2))
    )  # fmt: skip
    if chance.random() < 0.6:
        SatisfactionRating.objects.create(
            ticket=ticket, requester=ticket.requester, score=chance.choice(["good", "bad"]),
            comment=chance.choice(["", "because"]),
        )  # fmt: skip


def _values(chance: random.Random, kind: str) -> list[tuple[str, str | None]]:
    if chance.random() < 0.4:
        return []
    if kind in ("integer", "decimal"):
        number = chance.choice(["0", "-3", "17", "12.5"] if kind == "decimal" else ["0", "-3", "17"])
        return [(number, number)]
    if kind == "date":
        return [((NOW + timedelta(days=chance.randint(-3, 3))).date().isoformat(), None)]
    if kind == "checkbox":
        return [("true", None)]
    if kind in ("tagger", "multiselect"):
        count = 1 if kind == "tagger" else chance.randint(1, 2)
        return [(word, None) for word in chance.sample(["late", "lost", "broken"], k=count)]
    return [(texts(chance) or "x", None)]


def values_for(field, operator: str, draw) -> object:
    """A value that makes sense for the field, or is at least understood."""
    if field.kind == "choice" or field.kind == "flag":
        words = [word for word, _label in field.choices() if operator in ("is", "is_not") or word != "none"]
        return draw(st.sampled_from(words))
    if field.kind == "reference":
        stand_ins = list(field.stand_ins)
        ids = {"brand": Brand, "organization": Organization, "custom_status": Status, "form": TicketForm}.get(
            field.name, Person
        )
        return draw(
            st.sampled_from(
                [
                    *stand_ins,
                    *ids.objects.values_list("pk", flat=True),
                    *(["none"] if field.can_be_empty else []),
                ]
            )
        )
    if field.kind == "members":
        people = [str(pk) for pk in Person.objects.values_list("pk", flat=True)]
        words = [*people, "current_user"] if field.me else [*TAGS, "late", "lost", "nowhere"]
        return draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    if field.kind == "text":
        return " ".join(
            draw(
                st.lists(
                    st.sampled_from([*WORDS, *map(str.upper, WORDS), "a@b.test", "amo"]),
                    min_size=1,
                    max_size=2,
                )
            )
        )
    if field.kind == "number":
        return draw(st.sampled_from(["-3", "0", "1", "2", "12,5", "17", "17.0"]))
    if field.kind == "hours" or operator.endswith(("hours", "days")):
        return draw(st.sampled_from([0, 1, 2, 3, 24, 25, 100, 10**6]))
    return draw(st.sampled_from(["2026-11-20", "2026-11-21", "2026-11-21T12:00:00+00:00", "2026-11-24"]))


@st.composite
def conditions(draw, fields):
    field = draw(st.sampled_from([field for field in fields.values() if field.where is not None]))
    operator = draw(st.sampled_from([word for word in field.operators if word not in OF_UPDATES]))
    return {"field": field.name, "operator": operator, "value": values_for(field, operator, draw)}


def picked_by_list(tree, by) -> set[int]:
    return set(Ticket.objects.filter(to_q(tree, by=by)).values_list("pk", flat=True))


def picked_by_rule(tree, snapshots, by) -> set[int]:
    holds = predicate(tree)
    return {ticket_id for ticket_id, ticket in snapshots.items() if holds(Case(ticket, NOW, by))}


@pytest.mark.no_replay
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_list_and_a_rule_pick_the_same_tickets(cast, crowd, data):
    fields = condition_fields()
    rows = st.lists(conditions(fields), max_size=3)
    tree = read_tree({"all": data.draw(rows), "any": data.draw(rows)}, fields)
    with clock.at(NOW):
        assert picked_by_list(tree, cast.agent) == picked_by_rule(tree, crowd, cast.agent)


@pytest.mark.no_replay
def test_every_comparison_of_every_field_agrees(cast, crowd):
    """Chance may miss one; this asks each at least once, with a value of each sort."""
    fields, chance = condition_fields(), random.Random(3)
    asked = 0
    for field in [field for field in fields.values() if field.where is not None]:
        for operator in [word for word in field.operators if word not in OF_UPDATES]:
            for _ in range(3):
                value = values_for(field, operator, lambda strategy: _any_of(strategy, chance))
                tree = read_tree(
                    {"all": [{"field": field.name, "operator": operator, "value": value}]}, fields
                )
                with clock.at(NOW):
                    by_list, by_rule = (
                        picked_by_list(tree, cast.agent),
                        picked_by_rule(tree, crowd, cast.agent),
                    )
                assert by_list == by_rule, (field.name, operator, value)
                asked += 1
    assert asked > 300


def _any_of(strategy, chance):
    elements = getattr(getattr(strategy, "wrapped_strategy", strategy), "elements", None)
    if elements is not None:
        return chance.choice(list(elements))
    inner = getattr(strategy, "wrapped_strategy", strategy).element_strategy
    return [_any_of(inner, chance) for _ in range(chance.randint(1, 2))]
