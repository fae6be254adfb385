"""The search language: what was typed and what it asks for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from opora.search.language.moments import Span, is_moment, span
from opora.search.language.parser import LENGTH, parse
from opora.search.language.syntax import Field, Fields, Filter, Not, Number, Order, Phrase, Value, Words

FIELDS = Fields(
    {
        "status": Field("status", ordered=True), "priority": Field("priority", ordered=True), "tags": Field("tags"),
        "tag": Field("tags"), "assignee": Field("assignee"), "requester": Field("requester"),
        "created": Field("created", date=True), "subject": Field("subject", text="title"),
        "description": Field("description", text="body"), "замовлення": Field("order"),
    },
    prefixes=("custom_field_",), types=frozenset({"ticket", "user"}), orders=frozenset({"created", "priority"}),
)  # fmt: skip


def read(typed):
    return parse(typed, FIELDS)


def is_(field, *values, operator=":", negated=False):
    return Filter(
        field,
        operator,
        tuple(value if isinstance(value, Value) else Value(value) for value in values),
        negated,
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("status<solved", is_("status", "solved", operator="<")),
        ("STATUS:Open", is_("status", "Open")),
        ("priority>=normal", is_("priority", "normal", operator=">=")),
        ("assignee:me", is_("assignee", "me")),
        ("assignee:none", is_("assignee", "none")),
        ("-assignee:*", is_("assignee", Value("", wildcard=True), negated=True)),
        ('requester:"Olena Koval"', is_("requester", Value("Olena Koval", quoted=True))),
        ("requester:«Олена Коваль»", is_("requester", Value("Олена Коваль", quoted=True))),
        ("requester:olena@example.com", is_("requester", "olena@example.com")),
        ("requester:*@example.com", is_("requester", "*@example.com")),
        ("замовлення:ї*", is_("order", Value("ї", wildcard=True))),
        ("tag:a tags:b tags:b", is_("tags", "a", "b")),
        ("-tags:a -tag:b", is_("tags", "a", "b", negated=True)),
        ("custom_field_123:foo:bar", is_("custom_field_123", "foo:bar")),
        ("created>=2026-10-01T10:00:00Z", is_("created", "2026-10-01T10:00:00Z", operator=">=")),
        ("created>4hours", is_("created", "4hours", operator=">")),
        ("assignee=me", is_("assignee", "me")),
    ],
)
def test_a_field_becomes_a_filter(typed, expected):
    query = read(typed)
    assert query.filters == (expected,)
    assert not query.text
    assert not query.problems


def test_two_bounds_of_one_field_make_a_range():
    assert len(read("created>2026-10-01 created<2026-10-05 created>2026-10-02").filters) == 3


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("no money", (Words("no"), Words("money"))),
        ('"no money"', (Phrase("no money"),)),
        ("„нет денег“ «немає»", (Phrase("нет денег"), Phrase("немає"))),
        ('"open quote', (Phrase("open quote"),)),
        ("-card", (Not(Words("card")),)),
        ('-"no money"', (Not(Phrase("no money")),)),
        ("refun*", (Words("refun", starts=True),)),
        ('subject:"no money"', (Phrase("no money", in_title=True),)),
        ("-subject:card", (Not(Words("card", in_title=True)),)),
        ("description:card", (Words("card"),)),
        ("e-mail -- - * \" ' :", (Words("e-mail"),)),
        ("10:30 https://shop.ua/o?x=1", (Words("10:30"), Words("https://shop.ua/o?x=1"))),
    ],
)
def test_the_rest_is_text(typed, expected):
    query = read(typed)
    assert query.text.parts == expected
    assert query.filters == ()
    assert query.problems == ()


def test_a_number_sign_names_a_ticket_and_is_still_text_because_orders_have_numbers_too():
    query = read("#123")
    assert query.numbers == (Number(123),)
    assert query.text.parts == (Words("#123"),)


def test_type_and_order_are_apart():
    query = read("type:ticket type:User order_by:created sort:asc")
    assert query.types == ("ticket", "user")
    assert query.order == Order("created", descending=False)
    assert read("order_by:priority").order == Order("priority", descending=True)
    assert read("sort:asc").order is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("statsu:open", "There is no field called 'statsu'. Did you mean 'status'?"),
        ("colour:red", "There is no field called 'colour', so it was searched as text."),
        ("subject: x", "After 'subject:' comes a value without a space, as in subject:value."),
        ("assignee>me", "'assignee' has no order, so '>' says nothing about it. Write assignee:me."),
        (
            "created:2026-13-01",
            "'2026-13-01' is not a date. Write it as 2026-10-01, 2026-10-01T10:00:00Z or 4hours.",
        ),
        ("type:tikcet", "'type:tikcet' is not known. Possible are: ticket, user."),
        ("sort:up", "'sort:up' is not known. Possible are: asc, desc."),
        ("order_by:colour", "'order_by:colour' is not known. Possible are: created, priority."),
        ("x" * (LENGTH + 1), "The search is too long; only its first 2000 characters were read."),
    ],
)
def test_what_is_not_understood_is_said(typed, sentence):
    assert read(typed).problems == (sentence,)


def test_an_unknown_field_is_searched_as_text():
    assert read('-statsu:"a b"').text.parts == (Not(Words('statsu:"a b"')),)


@settings(max_examples=400)
@given(
    st.text(alphabet=" -:<>=\"«»„“*#.,'()/@1aяїstatucreedgsbj_\x00\ud800\u200d", max_size=60)
    | st.text(max_size=80)
)
@example("created>99999years")
@example("created:9999-12-31 created<=0001-01-01")
@example("#" + "9" * 40)
def test_garbage_is_read_without_complaint_by_the_machine(typed):
    query = read(typed)
    for condition in query.filters:
        assert condition.values
        for value in condition.values:
            value.text.encode()
            assert "\x00" not in value.text
    assert all(isinstance(problem, str) and problem for problem in query.problems)


NOW = datetime(2026, 10, 10, 12, tzinfo=UTC)
DAY, NEXT = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("operator", "text", "expected"),
    [
        (":", "2026-10-01", Span(DAY, NEXT)),
        (">", "2026-10-01", Span(NEXT, None)),
        (">=", "2026-10-01", Span(DAY, None)),
        ("<", "2026-10-01", Span(None, DAY)),
        ("<=", "2026-10-01", Span(None, NEXT)),
        (">", "4hours", Span(datetime(2026, 10, 10, 8, tzinfo=UTC), None)),
        ("<", "2 days", Span(None, datetime(2026, 10, 8, 12, tzinfo=UTC))),
        (">=", "2026-10-01T00:00:00Z", Span(DAY, None)),
        (":", "yesterday", Span(datetime(2026, 10, 9, tzinfo=UTC), datetime(2026, 10, 10, tzinfo=UTC))),
        (":", "soon", None),
    ],
)
def test_a_moment_becomes_a_span_of_time(operator, text, expected):
    assert span(operator, text, now=NOW) == expected
    assert is_moment(text) == (expected is not None)


def test_a_day_is_a_day_where_the_reader_lives():
    kyiv = ZoneInfo("Europe/Kyiv")
    assert span(">=", "2026-10-01", now=NOW, zone=kyiv).start == datetime(2026, 9, 30, 21, tzinfo=UTC)
