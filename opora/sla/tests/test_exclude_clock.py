"""Net attainment: broken promises that are left out with a reason, beside the gross (S15)."""

import pytest
from django.urls import reverse

from opora.core import clock as time
from opora.core.refusals import Conflict, Invalid, NotAllowed, NotFound
from opora.events.models import Event
from opora.sla.actions.exclude_clock import count_clock_again, exclude_clock
from opora.sla.actions.notice import notice_due_clocks
from opora.sla.attainment import counted, lines_by, period, tickets_of, total_of
from opora.sla.models import Exclusion
from opora.tickets.actions.comment import NewComment, add_comment

FIRST = "sla:first_reply:1"


@pytest.fixture
def desk(promised, make_ticket, cast, later):
    """One kept and two broken first replies."""
    kept, broken, other = make_ticket("Kept"), make_ticket("Broken"), make_ticket("Other")
    add_comment(kept, NewComment(html="<p>Hi</p>", author=cast.agent), by=cast.agent)
    later(3700)
    notice_due_clocks()
    return kept, broken, other


def _counted():
    return counted(*period(7, time.now()), "sla")


def test_what_is_left_out_is_missing_in_the_net_alone(desk, cast):
    _kept, broken, _other = desk
    exclude_clock(broken, FIRST, "Their network  was down", by=cast.owner)
    found = total_of(_counted())
    assert (found.gross.met, found.gross.total, found.left_out) == (1, 3, 1)
    assert (found.net.met, found.net.total) == (1, 2)
    gross, net = tickets_of(_counted())
    assert ((gross.met, gross.total), (net.met, net.total)) == ((1, 3), (1, 2))
    (line,) = lines_by(_counted(), "metric")
    assert (line.both.net.total, line.share.total) == (2, 3)
    row = Exclusion.objects.get()
    assert (row.reason, row.approved_by, row.ticket) == ("Their network was down", cast.owner, broken)
    fact = Event.objects.get(kind="ticket.sla_excluded")
    assert (fact.subject_id, fact.body["clock"], fact.actor_id) == (broken.pk, FIRST, cast.owner.pk)


def test_it_can_be_counted_again(desk, cast):
    _kept, broken, _other = desk
    exclude_clock(broken, FIRST, "Their network was down", by=cast.owner)
    count_clock_again(broken, FIRST, by=cast.owner)
    count_clock_again(broken, FIRST, by=cast.owner)
    assert total_of(_counted()).left_out == 0
    assert Event.objects.filter(kind="ticket.sla_counted_again").count() == 1


def test_only_broken_promises_are_left_out_once_with_a_reason_by_whoever_may(desk, cast):
    kept, broken, _other = desk
    with pytest.raises(Conflict):
        exclude_clock(kept, FIRST, "Nice", by=cast.owner)
    with pytest.raises(Invalid):
        exclude_clock(broken, FIRST, " ", by=cast.owner)
    with pytest.raises(NotFound):
        exclude_clock(broken, "sla:first_reply:9", "x", by=cast.owner)
    with pytest.raises(NotAllowed):
        exclude_clock(broken, FIRST, "x", by=cast.lead)
    exclude_clock(broken, FIRST, "x", by=cast.owner)
    with pytest.raises(Conflict):
        exclude_clock(broken, FIRST, "y", by=cast.owner)


def test_the_pages_offer_it_and_show_both_numbers(desk, cast, as_):
    _kept, broken, other = desk
    owner, lead = as_(cast.owner), as_(cast.lead)
    why, door = reverse("sla:why", args=[broken.pk]), reverse("sla:exclusion", args=[broken.pk])
    assert "Leave out" in owner.get(why).content.decode()
    assert "Leave out" not in lead.get(why).content.decode()
    assert owner.post(door, {"clock": FIRST, "reason": "Their network was down"}).status_code == 302
    shown = lead.get(why).content.decode()
    assert "Their network was down" in shown and "Olena Owner" in shown
    report = lead.get(reverse("sla:attainment")).content.decode()
    assert "33.3 %" in report and "50.0 %" in report
    assert "1 promise left out" in report
    listed = lead.get(reverse("sla:attainment_tickets"), {"outcome": "left_out"}).content.decode()
    assert f"#{broken.pk}" in listed and f"#{other.pk}" not in listed
    told = owner.get(reverse("sla:account_json", args=[broken.pk])).json()
    assert (
        next(row for row in told["clocks"] if row["clock"] == FIRST)["left_out"]["reason"]
        == "Their network was down"
    )
    owner.post(reverse("sla:inclusion", args=[broken.pk]), {"clock": FIRST})
    assert not Exclusion.objects.exists()
