import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opora.events.models import Event, Signal
from opora.notifications.kinds import KINDS, Kind
from opora.notifications.models import Notification, Preference
from opora.notifications.queries import choices_of

PAGES = [
    "notifications:notifications",
    "notifications:count",
    "notifications:latest",
    "notifications:preferences",
]


@pytest.fixture
def news(cast, mine, say):
    """Three notifications of the agent."""
    for words in ("One", "Two", "Three <b>bold</b>"):
        say(mine, cast.customer, f"<p>{words}</p>")
    return list(Notification.objects.order_by("id"))


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first_and_customers_are_refused(cast, client, as_, name):
    assert client.get(reverse(name)).status_code == 302
    assert as_(cast.customer).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_every_colleague_has_the_page(cast, as_, name):
    assert as_(cast.outsider).get(reverse(name)).status_code == 200


def test_the_list_shows_ones_own_by_day(cast, as_, news):
    page = as_(cast.agent).get(reverse("notifications:notifications")).content.decode()
    assert page.count('class="told ') == 3
    assert "Today" in page
    assert "Kateryna Customer replied" in page
    assert f"/tickets/{news[0].ticket_id}#comment-{news[0].comment_id}" in page
    assert 'class="told ' not in as_(cast.lead).get(reverse("notifications:notifications")).content.decode()


def test_the_list_goes_on_after_a_page_without_repeating_the_day(cast, as_, news, monkeypatch):
    monkeypatch.setattr("opora.notifications.views.notifications.SIZE", 2)
    client = as_(cast.agent)
    response = client.get(reverse("notifications:notifications"))
    rest = client.get(
        reverse("notifications:notifications") + response.context["next"], headers={"HX-Request": "true"}
    )
    assert rest.content.decode().count('class="told ') == 1
    assert "Today" not in rest.content.decode()


def test_the_number_of_queries_does_not_grow(cast, as_, news, say):
    client = as_(cast.agent)
    before = {name: queries_of(client, name) for name in PAGES}
    for _more in range(6):
        say(news[0].ticket, cast.customer)
    assert {name: queries_of(client, name) for name in PAGES} == before
    assert max(before.values()) <= 8


def queries_of(client, name):
    with CaptureQueriesContext(connection) as context:
        client.get(reverse(name))
    return len(context)


def test_the_bell_counts_what_is_unread(cast, as_, news):
    page = as_(cast.agent).get(reverse("notifications:count")).content.decode()
    assert 'data-count="3"' in page
    assert f'data-newest="{news[-1].pk}"' in page
    assert f'data-tickets="{news[0].ticket_id}"' in page
    assert 'data-count="0"' in as_(cast.lead).get(reverse("notifications:count")).content.decode()


def test_opening_one_marks_it_and_leads_to_the_comment(cast, as_, news):
    response = as_(cast.agent).get(news[0].get_absolute_url())
    assert response.status_code == 302
    assert response["Location"] == news[0].place
    assert list(Notification.objects.filter(read_at=None).order_by("id")) == news[1:]
    assert Signal.objects.filter(
        kind="notification", subject_kind="person", subject_id=cast.agent.pk
    ).exists()


def test_those_of_others_cannot_be_opened(cast, as_, news):
    assert as_(cast.owner).get(news[0].get_absolute_url()).status_code == 404
    assert Notification.objects.filter(read_at=None).count() == 3


def test_all_are_marked_read(cast, as_, news):
    response = as_(cast.agent).post(reverse("notifications:reading"), headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert "All read" in response["Opora-Toast"]
    assert not Notification.objects.filter(read_at=None).exists()


def test_looking_at_a_ticket_marks_what_concerns_it(cast, as_, news, make_ticket):
    other = make_ticket()
    Notification.objects.filter(pk=news[0].pk).update(ticket=other)
    answer = as_(cast.agent).post(
        reverse("notifications:reading"), {"ticket": other.pk}, headers={"X-Requested-With": "fetch"}
    )
    assert answer.status_code == 204
    assert Notification.objects.filter(read_at=None).count() == 2
    assert as_(cast.outsider).post(reverse("notifications:reading"), {"ticket": other.pk}).status_code == 404
    assert as_(cast.agent).post(reverse("notifications:reading"), {"ticket": "x"}).status_code == 422


def test_ones_choices_are_kept_and_logged(cast, as_):
    given = {"in_app": ["assigned", "group"], "by_mail": ["noted"]}
    response = as_(cast.agent).post(reverse("notifications:preferences"), given)
    assert response.status_code == 302
    choices = choices_of(cast.agent)
    assert choices[Kind.GROUP].in_app
    assert choices[Kind.NOTED] == (False, True)
    assert choices[Kind.REPLIED] == (False, False)
    assert Event.objects.get(kind="person.notifications_chosen").subject_id == cast.agent.pk
    assert choices_of(cast.lead)[Kind.REPLIED].in_app
    rows = Preference.objects.count()
    as_(cast.agent).post(reverse("notifications:preferences"), given)
    assert Preference.objects.count() == rows
    assert Event.objects.filter(kind="person.notifications_chosen").count() == 1


def test_every_kind_can_be_chosen(cast, as_):
    page = as_(cast.owner).get(reverse("notifications:preferences")).content.decode()
    assert set(KINDS) == set(Kind)
    for kind in Kind:
        assert page.count(f'value="{kind.value}"') == 2
