import pytest

from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.remove import delete_ticket
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.actions.tag import set_tags
from opora.tickets.searching import search_tickets


def found(typed, by):
    return [ticket.subject for ticket in search_tickets(typed, by=by).tickets]


@pytest.fixture
def desk(cast, make_ticket):
    parcel = make_ticket("Де моє замовлення?", html="<p>Чекаю посилку з тарілками, номер ORD-48213.</p>")
    refund = make_ticket("Refund please", html="<p>The parcels were damaged.</p>", requester=cast.banker)
    order = make_ticket("Возврат заказа", html="<p>Верните деньги за кружки</p>")
    set_tags(refund, ["refund", "vip"], by=cast.agent)
    assign_ticket(parcel, by=cast.agent, assignee=cast.agent)
    solve_ticket(order, by=cast.second)
    return {"parcel": parcel, "refund": refund, "order": order}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("замовленням", ["Де моє замовлення?"]),
        ("посилка тарілка", ["Де моє замовлення?"]),
        ("заказами", ["Возврат заказа"]),
        ("refunds", ["Refund please"]),
        ("damage parcel", ["Refund please"]),
        ("ORD-48213", ["Де моє замовлення?"]),
        ("bohdan@bank.test", ["Refund please"]),
        ("status:solved", ["Возврат заказа"]),
        ("status<solved tags:refund", ["Refund please"]),
        ("tags:refund tags:nothing", ["Refund please"]),
        ("assignee:me", ["Де моє замовлення?"]),
        ("assignee:none", ["Refund please"]),
        ("requester:Bohdan", ["Refund please"]),
        ("organization:First", ["Refund please"]),
        ('"parcels were damaged"', ["Refund please"]),
        ("refund -parcels", []),
        ("-tags:vip status<solved", ["Де моє замовлення?"]),
        ("created>1hours refund", ["Refund please"]),
        ("created<2020-01-01", []),
        ("subject:refund", ["Refund please"]),
    ],
)
def test_words_and_fields_find_what_they_say(cast, desk, typed, expected):
    assert found(typed, cast.agent) == expected


def test_a_number_is_first(cast, desk):
    assert found(f"#{desk['order'].pk}", cast.agent)[0] == "Возврат заказа"


def test_a_new_comment_and_a_new_subject_are_found_at_once(cast, desk):
    add_comment(
        desk["order"], NewComment(html="<p>carrier says Zaporizhzhia</p>", author=cast.agent), by=cast.agent
    )
    change_ticket(desk["refund"], by=cast.agent, subject="Chargeback")
    assert found("Zaporizhzhia", cast.agent) == ["Возврат заказа"]
    assert found("chargebacks", cast.agent) == ["Chargeback"]


def test_deleted_tickets_are_found_only_when_asked_for(cast, desk):
    delete_ticket(desk["refund"], by=cast.lead)
    assert found("refund", cast.agent) == []
    assert found("is:deleted", cast.agent) == ["Refund please"]


def test_an_outsider_finds_nothing_of_others(cast, desk):
    assert found("refund", cast.outsider) == []
    assert found("status<closed", cast.outsider) == []


def test_an_unknown_field_is_explained_and_the_rest_still_searched(cast, desk):
    result = search_tickets("statu:open refund", by=cast.agent)
    assert any("statu" in problem for problem in result.problems)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", '"', "::", "status:", "-", "*", "()'; DROP TABLE x;--", "😀", "a" * 5000, "status:burning"],
)
def test_garbage_never_fails(cast, desk, typed):
    search_tickets(typed, by=cast.agent)
