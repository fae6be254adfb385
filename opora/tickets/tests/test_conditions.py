import pytest

from opora.core.refusals import Invalid
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.save_field import options_from_lines, save_field
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.conditions import compile_conditions, condition_fields
from opora.tickets.models import Ticket


def fitting(by, *conditions, part="all"):
    tree = {part: [dict(zip(("field", "operator", "value"), row, strict=True)) for row in conditions]}
    return set(Ticket.objects.filter(compile_conditions(tree, by=by)).values_list("subject", flat=True))


@pytest.fixture
def three(cast, make_ticket):
    low, high, solved = make_ticket("low", priority=1), make_ticket("high", priority=3), make_ticket("solved")
    set_tags(high, ["vip"], by=cast.agent)
    assign_ticket(high, by=cast.agent, assignee=cast.agent)
    solve_ticket(solved, by=cast.second)
    return low, high, solved


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("status", "less_than", "solved"), {"low", "high"}),
        (("status", "is", "new"), {"low"}),
        (("status", "is_not", "solved"), {"low", "high"}),
        (("priority", "greater_than", "normal"), {"high"}),
        (("priority", "is", "none"), {"solved"}),
        (("assignee", "is", "current_user"), {"high"}),
        (("assignee", "is", "none"), {"low"}),
        (("group", "is", "current_groups"), {"low", "high", "solved"}),
        (("tags", "includes", "vip other"), {"high"}),
        (("tags", "not_includes", "vip"), {"low", "solved"}),
        (("subject", "includes", "IG"), {"high"}),
        (("channel", "is", "web"), {"low", "high", "solved"}),
        (("created", "within_previous_n_hours", "1"), {"low", "high", "solved"}),
        (("created", "older_than_n_hours", "1"), set()),
        (("solved", "present", ""), {"solved"}),
        (("due_date", "not_present", ""), {"low", "high", "solved"}),
    ],
)
def test_each_field_finds_what_it_says(cast, three, condition, expected):
    assert fitting(cast.agent, condition) == expected


def test_any_means_at_least_one(cast, three):
    assert fitting(cast.agent, ("priority", "is", "low"), ("tags", "includes", "vip"), part="any") == {
        "low",
        "high",
    }


def test_custom_fields_are_fields_like_others(cast, three):
    field = save_field(by=cast.owner, title="Amount", type="decimal")
    choice = save_field(
        by=cast.owner, title="Reason", type="tagger", options=options_from_lines("late = Late")
    )
    set_field_values(three[0], {field.pk: "12.5", choice.pk: "late"}, by=cast.agent)
    assert fitting(cast.agent, (f"custom_field_{field.pk}", "greater_than", "12")) == {"low"}
    assert fitting(cast.agent, (f"custom_field_{choice.pk}", "is", "late")) == {"low"}
    assert fitting(cast.agent, (f"custom_field_{choice.pk}", "not_present", "")) == {"high", "solved"}


@pytest.mark.parametrize(
    "tree",
    [
        [], "x", {"some": []}, {"all": "x"}, {"all": [1]}, {"all": [{"field": "password"}]},
        {"all": [{"field": "status", "operator": "drop", "value": "x"}]},
        {"all": [{"field": "status", "operator": "is", "value": "burning"}]},
        {"all": [{"field": "assignee", "operator": "is", "value": "x' OR 1=1"}]},
        {"all": [{"field": "created", "operator": "less_than", "value": "soon"}]},
        {"all": [{"field": "group", "operator": "is", "value": "9" * 40}]},
        {"all": [{"field": "status", "operator": "is", "value": "new"}] * 61},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_a_sentence(cast, tree):
    with pytest.raises(Invalid) as refusal:
        compile_conditions(tree, by=cast.agent)
    assert refusal.value.sentence.endswith(".")


def test_every_field_has_words_for_the_editor(cast):
    for field in condition_fields().values():
        assert str(field.title)
        assert field.operators
        assert all(len(choice) == 2 for choice in field.choices())
