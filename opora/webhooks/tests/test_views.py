import json

import pytest
from django.urls import reverse

from opora.core.crypto import decrypt
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.models import Invocation, Webhook
from opora.webhooks.tests.conftest import CREATED, RULES

FORM = {
    "name": "Warehouse", "connection": "events", "subscriptions": [CREATED], "http_method": "POST",
    "request_format": "json", "authentication": "none", "is_active": "on",
}  # fmt: skip


def url(name: str, *args: int) -> str:
    return reverse(f"webhooks:{name}", args=args)


def test_without_webhooks_the_page_says_what_they_are_for(as_, cast):
    page = as_(cast.owner).get(url("webhooks")).content.decode()
    assert "No webhook yet" in page
    assert url("new_webhook") in page


def test_a_webhook_is_added_by_the_form(as_, cast):
    response = as_(cast.owner).post(
        url("new_webhook"),
        FORM | {"endpoint": "https://hooks.example.com/", "custom_headers": "X-Source: opora\nX-B: b:c"},
    )
    webhook = Webhook.objects.get()
    assert response.headers["Location"] == url("webhook", webhook.pk)
    assert webhook.custom_headers == {"X-Source": "opora", "X-B": "b:c"}
    page = as_(cast.owner).get(url("webhook", webhook.pk)).content.decode()
    assert (
        "opora"
        not in page.partition("Headers of your own")[2]
        .partition("</textarea>")[0]
        .partition("<textarea")[2]
        .partition(">")[2]
    )
    listed = as_(cast.owner).get(url("webhooks")).content.decode()
    assert "Warehouse" in listed
    assert "Ticket created" in listed


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(as_, cast, settings):
    settings.PRIVATE_HOSTS = frozenset()
    response = as_(cast.owner).post(url("new_webhook"), FORM | {"endpoint": "http://10.0.0.1/"})
    assert response.status_code == 422
    assert "private network" in response.content.decode()
    assert not Webhook.objects.exists()


def test_an_empty_password_keeps_the_stored_one_and_none_is_shown(as_, cast, make_webhook, endpoint):
    webhook = make_webhook(
        authentication="bearer_token", auth_secret="t0ken", custom_headers={"X-A": "s3cret"}
    )
    browser = as_(cast.owner)
    page = browser.get(url("webhook", webhook.pk)).content.decode()
    assert "t0ken" not in page
    assert "s3cret" not in page
    browser.post(
        url("webhook", webhook.pk),
        FORM | {"name": "Depot", "endpoint": webhook.endpoint, "authentication": "bearer_token"},
    )
    webhook.refresh_from_db()
    assert (webhook.name, decrypt(webhook.auth_secret)) == ("Depot", "t0ken")
    assert webhook.custom_headers == {"X-A": "s3cret"}
    browser.post(
        url("webhook", webhook.pk),
        FORM | {"endpoint": webhook.endpoint, "drops_headers": "on"},
    )
    webhook.refresh_from_db()
    assert webhook.custom_headers == {}


def test_trying_out_sends_what_the_form_says_and_shows_the_answer(as_, cast, make_webhook, endpoint):
    webhook = make_webhook()
    endpoint.will_answer(418, body=b"I am a <teapot>")
    page = as_(cast.owner).post(
        url("trial", webhook.pk), FORM | {"endpoint": f"{endpoint.url}/other", "trial_body": '{"a": 1}'}
    )
    assert (endpoint.received[0].path, endpoint.received[0].body) == ("/other", b'{"a": 1}')
    text = page.content.decode()
    assert "418" in text
    assert "I am a &lt;teapot&gt;" in text
    assert not Invocation.objects.exists()


def test_trying_out_an_incomplete_form_says_what_is_missing(as_, cast, endpoint):
    page = as_(cast.owner).post(url("new_trial"), FORM | {"endpoint": ""}).content.decode()
    assert "Complete the form first" in page
    assert endpoint.received == []


def test_the_signing_secret_is_shown_when_asked_and_exchanged(as_, cast, make_webhook):
    webhook = make_webhook()
    browser = as_(cast.owner)
    before = decrypt(webhook.signing_secret)
    assert before not in browser.get(url("webhook", webhook.pk)).content.decode()
    shown = browser.post(url("secret", webhook.pk))
    assert before in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert before not in browser.post(url("new_secret", webhook.pk)).content.decode()
    webhook.refresh_from_db()
    assert decrypt(webhook.signing_secret) != before


@pytest.fixture
def sent(make_webhook, cast, endpoint, send_due):
    webhook = make_webhook(subscriptions=[RULES])
    one = invoke_webhook(webhook, by=cast.agent, body='{"text": "<b>привіт</b>"}')
    endpoint.will_answer(404, body=b"no such door")
    send_due()
    one.refresh_from_db()
    return one


def test_the_record_is_narrowed_by_state_and_webhook(as_, cast, sent, make_webhook):
    other = make_webhook(name="Other")
    browser = as_(cast.owner)
    everything = browser.get(url("deliveries")).content.decode()
    assert sent.get_absolute_url() in everything
    assert "404" in everything
    assert sent.get_absolute_url() in browser.get(url("deliveries") + "?state=failed").content.decode()
    assert sent.get_absolute_url() not in browser.get(url("deliveries") + "?state=delivered").content.decode()
    assert "Nothing fits" in browser.get(url("deliveries") + f"?webhook={other.pk}").content.decode()


def test_the_record_comes_page_by_page(as_, cast, make_webhook):
    webhook = make_webhook(subscriptions=[RULES])
    for number in range(60):
        invoke_webhook(webhook, by=cast.agent, body=json.dumps({"n": number}))
    browser = as_(cast.owner)
    page = browser.get(url("deliveries"))
    cursor = page.context["next_cursor"]
    rest = browser.get(url("deliveries"), {"cursor": cursor}).content.decode()
    assert rest.count("<tr data-listnav") == 10
    assert "<html" not in rest
    assert browser.get(url("deliveries"), {"cursor": "nonsense"}).status_code == 422


def test_a_request_shows_what_was_said_and_answered_and_goes_again(as_, cast, sent, send_due, endpoint):
    browser = as_(cast.owner)
    page = browser.get(sent.get_absolute_url()).content.decode()
    assert "&lt;b&gt;привіт&lt;/b&gt;" in page
    assert "no such door" in page
    assert "not tried again" in page
    browser.post(url("redelivery", sent.pk))
    assert send_due() == 1
    assert len(endpoint.received) == 2
    assert browser.post(url("redelivery", 999_999)).status_code == 404


def test_a_paused_webhook_is_announced_and_let_go_on(as_, cast, make_webhook, endpoint, send_due):
    webhook = make_webhook(subscriptions=[RULES])
    for _ in range(12):
        invoke_webhook(webhook, by=cast.agent, body="{}")
    endpoint.will_answer(500, times=10)
    send_due()
    send_due()
    browser = as_(cast.owner)
    for page in (url("webhooks"), url("webhook", webhook.pk)):
        assert "keeps failing" in browser.get(page).content.decode()
    bell = browser.get(reverse("notifications:latest")).content.decode()
    assert "is paused: its endpoint keeps failing" in bell
    assert url("webhook", webhook.pk) in bell
    assert "keeps failing" not in as_(cast.agent).get(reverse("notifications:latest")).content.decode()
    browser.post(url("resumption", webhook.pk))
    assert "keeps failing" not in browser.get(url("webhooks")).content.decode()


def test_copying_and_removing(as_, cast, make_webhook):
    webhook = make_webhook()
    browser = as_(cast.owner)
    browser.post(url("copy", webhook.pk))
    assert sorted(Webhook.objects.values_list("name", flat=True)) == ["Warehouse", "Warehouse (copy)"]
    browser.post(url("removal", webhook.pk))
    assert Webhook.objects.get().name == "Warehouse (copy)"


def test_agents_are_not_offered_what_concerns_administrators(as_, cast):
    page = reverse("notifications:preferences")
    assert "A webhook is paused" in as_(cast.owner).get(page).content.decode()
    assert "A webhook is paused" not in as_(cast.agent).get(page).content.decode()
