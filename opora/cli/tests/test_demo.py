"""The demo desk, loaded once at a small scale and looked at from all sides."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from django.db.models import Count, F
from django_tasks_db.models import DBTaskResult

from opora.api.models import ApiToken, OAuthClient
from opora.channels.email.models import Mailbox, OutboundMail
from opora.cli.demo import print_sign_ins
from opora.cli.demo_desk.files import KINDS, make_file
from opora.cli.demo_desk.hours import KYIV, next_working
from opora.cli.demo_desk.loading import PASSWORD, load_desk
from opora.cli.demo_desk.options import OPTIONS
from opora.cli.demo_desk.playing import STEPS
from opora.cli.demo_desk.stories import delay, stories, table
from opora.cli.demo_desk.wording import Wording
from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.models import Delivery, Event
from opora.people.models import Brand, Desk, Identity, Person
from opora.testing.replay import assert_projections_replay
from opora.tickets.models import Comment, Macro, Ticket, TicketLink, View
from opora.webhooks.models import Attempt, Invocation, Webhook

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[None]:  # type: ignore[no-untyped-def]
    from django.conf import settings

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "DATA_DIR", tmp_path_factory.mktemp("demo"))
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        load_desk(scale=0.01)
        yield
        transaction.set_rollback(True)


def test_demo_loads_both_companies(demo: None) -> None:
    desk = Desk.objects.get()
    assert desk.is_demo and desk.locale == "uk"
    assert Brand.objects.count() == 8
    assert Person.objects.colleagues().count() == 20
    assert Macro.objects.count() >= 12
    assert (
        View.objects.filter(owner=None, group=None).exists()
        and View.objects.filter(group__isnull=False).exists()
    )
    assert Ticket.objects.count() >= len(stories())


def test_demo_writes_in_five_languages(demo: None) -> None:
    assert {"uk", "ru", "en", "de", "pl"} <= set(Ticket.objects.values_list("locale", flat=True))


def test_every_ticket_begins_with_a_comment(demo: None) -> None:
    assert not Ticket.objects.annotate(said=Count("comments")).filter(said=0).exists()


def test_every_placeholder_of_the_stories_is_filled_in(demo: None) -> None:
    left = re.compile(r"\$[a-z]|\[[^\]\n]*\|[^\]\n]*\]|\{[^{}\n\"]*/[^{}\n]*\}")
    spoken = [comment for comment in Comment.objects.all() if "<pre>" not in comment.html]
    assert [comment.text for comment in spoken if left.search(comment.text)] == []
    assert [
        subject for subject in Ticket.objects.values_list("subject", flat=True) if left.search(subject)
    ] == []


def test_replies_of_colleagues_left_through_the_outbox(demo: None) -> None:
    replies = Comment.objects.filter(author_kind="agent", is_public=True)
    states = OutboundMail.objects.filter(kind="reply").values_list("state", flat=True)
    assert len(states) >= 0.9 * replies.count()
    assert set(states) == {"sent", "bounced"}
    assert not OutboundMail.objects.filter(sent_at__gt=clock.now()).exists()


def test_something_was_forwarded_by_both_companies_and_answered(demo: None) -> None:
    forwards = OutboundMail.objects.filter(kind="forward", state="sent")
    assert {"Platiqo Gateway"} < set(forwards.values_list("ticket__brand__name", flat=True))
    assert Comment.objects.filter(author_kind="partner", is_public=False).exists()


def test_facts_lie_in_the_past_and_in_order(demo: None) -> None:
    times = list(Event.objects.order_by("id").values_list("recorded_at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= clock.now()
    assert (times[-1] - times[0]).days >= 30
    noticed = Event.objects.filter(
        kind__in=("ticket.sla_warned", "ticket.sla_breached", "ticket.sla_counted_on")
    )
    assert not Event.objects.exclude(occurred_at=F("recorded_at")).exclude(pk__in=noticed).exists()
    assert not noticed.filter(occurred_at__gt=F("recorded_at")).exists()
    assert not Ticket.objects.filter(updated_at__lt=F("created_at")).exists()


def test_nothing_of_the_past_is_left_to_do(demo: None) -> None:
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    assert not DBTaskResult.objects.exists()
    assert not OutboundMail.objects.filter(state__in=["queued", "sending"]).exists()


def test_no_mailbox_of_the_demo_reaches_out(demo: None) -> None:
    assert Mailbox.objects.count() == 8
    assert set(Mailbox.objects.values_list("incoming", "outgoing")) == {("none", "file")}


def test_programs_of_both_companies_speak_to_the_demo_and_none_is_spoken_to(demo: None) -> None:
    assert ApiToken.objects.exclude(last_used_at=None).count() == 2
    assert set(OAuthClient.objects.values_list("company", flat=True)) == {"Platiqo", "Обрій"}
    assert not Webhook.objects.filter(is_active=True).exists()
    assert set(Invocation.objects.values_list("state", flat=True)) == {"delivered", "failed"}
    assert Attempt.objects.filter(outcome="server_error", invocation__state="delivered").exists()


def test_demo_has_what_a_desk_meets_in_a_month(demo: None) -> None:
    tickets = Ticket.objects.all()
    assert tickets.filter(merged_into__isnull=False).exists()
    assert Event.objects.filter(kind="ticket.unmerged").exists()
    assert tickets.filter(follow_up_of__isnull=False).exists()
    assert tickets.filter(problem__isnull=False).exists()
    assert (
        TicketLink.objects.filter(kind="child").exists()
        and TicketLink.objects.filter(kind="related").exists()
    )
    assert set(tickets.values_list("removed_as", flat=True)) == {"", "spam", "deleted"}
    assert tickets.filter(subject="").exists()
    assert tickets.annotate(many=Count("tags")).filter(many__gte=40).exists()
    assert Identity.objects.filter(undeliverable_at__isnull=False).exists()
    assert Person.objects.filter(suspended_at__isnull=False).exists()
    assert Comment.objects.filter(is_auto_reply=True).exists()
    assert Comment.objects.filter(attachments__isnull=False).exists()


def test_demo_leaves_work_for_today(demo: None) -> None:
    open_now = Ticket.objects.live().filter(category__lt=4)
    assert open_now.filter(assignee=None).exists()
    assert open_now.filter(assignee__email="andrii.koval@obriy.example").count() >= 3


def test_projections_of_the_demo_are_folds_of_its_log(demo: None) -> None:
    assert_projections_replay()


def test_everybody_of_the_sign_ins_has_the_printed_password(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    print_sign_ins()
    printed = capsys.readouterr().out
    addresses = re.findall(r"\S+@obriy\.example", printed)
    assert len(addresses) == 5 and PASSWORD in printed
    for person in Person.objects.filter(email__in=addresses):
        assert person.check_password(PASSWORD)


def test_a_second_load_is_refused_in_a_sentence(demo: None) -> None:
    with pytest.raises(Conflict, match="already"):
        load_desk()


def test_stories_use_only_known_steps_options_and_files() -> None:
    plan = table("desk")
    brands, groups = ({row["key"] for row in plan[name]} for name in ("brands", "groups"))
    for story in stories():
        assert set(story.brands) <= brands and {story.group or "l1"} <= groups, story.name
        for step in story.steps:
            own = {name for name in step.options if not name.startswith("fields.")}
            assert step.who in STEPS and own <= {*OPTIONS, "file", "by", "to", "name"}, (story.name, step)
            assert {kind for kind in step.options.get("file", "").split(",") if kind} <= set(KINDS), (
                story.name
            )


def test_wording_chooses_agrees_and_fills_in() -> None:
    wording = Wording(Random(3), {"name": "Олено"}, is_woman=True)
    pattern = (
        "[#q Вітаю|Добрий день], $name! {Отримав/Отримала}, {{перевірив/перевірила}}. [#q Вітаю|Добрий день]"
    )
    text = wording.text(pattern)
    first, last = text.split(", ")[0], text.rpartition(". ")[2]
    assert first == last and "Олено! Отримала, перевірив" in text


def test_wording_leaves_quoted_material_as_it_is() -> None:
    html = Wording(Random(3), {"id": "7"}).html('Так:\n\n```\n{"a": [1|2], "b": "x/y", "id": $id}\n```')
    assert "<pre>{&quot;a&quot;: [1|2], &quot;b&quot;: &quot;x/y&quot;, &quot;id&quot;: 7}" in html


def test_delay_refuses_what_is_none() -> None:
    with pytest.raises(ValueError, match="not a delay"):
        delay("soon")


def test_a_group_does_not_work_at_night_or_at_weekends() -> None:
    saturday = clock.now().astimezone(KYIV).replace(hour=23, minute=0)
    while saturday.weekday() != 5:
        saturday -= delay("1d")
    monday = next_working(saturday, {"hours": [9, 18], "days": 5}, Random(1)).astimezone(KYIV)
    assert monday.weekday() == 0 and 9 <= monday.hour < 11


def test_files_are_what_they_say(tmp_path: Path) -> None:
    slots = dict.fromkeys(("order", "rrn", "sum", "stamp", "isoday", "year", "pid"), "2026-11-01") | {
        "card": "1234", "txn": "0123456789abcdef0123456789abcdef",
    }  # fmt: skip
    beginnings = {"image/jpeg": b"\xff\xd8", "image/png": b"\x89PNG", "application/pdf": b"%PDF-1.4"}
    for kind in KINDS:
        name, media, content = make_file(kind, slots)
        assert name and content.startswith(beginnings.get(media, b"")), kind
