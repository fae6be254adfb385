import pytest

from opora.core.crypto import decrypt
from opora.core.refusals import Invalid, NotAllowed
from opora.events.models import Event
from opora.webhooks.actions.clone_webhook import clone_webhook
from opora.webhooks.actions.delete_webhook import delete_webhook
from opora.webhooks.actions.reset_secret import reset_signing_secret
from opora.webhooks.actions.save_webhook import save_webhook, unsaved_webhook
from opora.webhooks.models import Health, Invocation, Webhook
from opora.webhooks.queries import webhook_named, webhooks_for_rules
from opora.webhooks.tests.conftest import CREATED, RULES

SAFE = {"name": "Shop", "endpoint": "https://hooks.example.com/desk", "subscriptions": [CREATED]}


def last_event(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("id")


def test_a_webhook_is_added_with_a_secret_of_its_own(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    assert webhook.event_types == [CREATED]
    assert (webhook.created_by, len(webhook.public_id)) == (cast.owner, 26)
    assert len(decrypt(webhook.signing_secret)) >= 40
    assert Health.objects.get(webhook=webhook).broken_since is None
    body = last_event("webhook.saved").body
    assert body["created"]
    assert body["changes"]["subscriptions"] == [[], [CREATED]]


def test_what_does_not_change_is_not_recorded(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    before = Event.objects.count()
    save_webhook(webhook, by=cast.owner, **SAFE)
    assert Event.objects.count() == before


def test_other_subscriptions_replace_those_before(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    save_webhook(webhook, by=cast.owner, subscriptions=[RULES])
    assert webhook.event_types == [RULES]
    assert list(webhooks_for_rules()) == [webhook]
    assert webhook_named(webhook.public_id).event_types == [RULES]


def test_secrets_are_kept_encrypted_and_stand_nowhere_in_the_log(cast):
    webhook = save_webhook(
        by=cast.owner, **SAFE, authentication="basic_auth", auth_name="desk", auth_secret="p4ss-w0rd",
        custom_headers={"X-Tenant": "t0p-s3cret"},
    )  # fmt: skip
    row = Webhook.objects.filter(pk=webhook.pk).values().get()
    assert "p4ss-w0rd" not in str(row)
    assert "t0p-s3cret" not in str(row)
    assert decrypt(webhook.auth_secret) == "p4ss-w0rd"
    assert webhook.custom_headers == {"X-Tenant": "t0p-s3cret"}
    body = str(last_event("webhook.saved").body)
    assert "p4ss-w0rd" not in body
    assert "t0p-s3cret" not in body
    assert "•••" in body


def test_without_authentication_no_secret_stays(cast):
    webhook = save_webhook(by=cast.owner, **SAFE, authentication="bearer_token", auth_secret="abc")
    save_webhook(webhook, by=cast.owner, authentication="none")
    assert (webhook.auth_name, webhook.auth_secret) == ("", "")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": " "}, "name"),
        ({"endpoint": "http://10.0.0.1/"}, "endpoint"),
        ({"endpoint": "http://hooks.example.com/", "authentication": "bearer_token", "auth_secret": "x"}, "endpoint"),
        ({"endpoint": "http://hooks.example.com/", "custom_headers": {"X-A": "b"}}, "endpoint"),
        ({"subscriptions": []}, "subscriptions"),
        ({"subscriptions": ["zen:event-type:ticket.exploded"]}, "subscriptions"),
        ({"subscriptions": [RULES, CREATED]}, "subscriptions"),
        ({"http_method": "PUT"}, "http_method"),
        ({"http_method": "BREW"}, "http_method"),
        ({"request_format": "xml"}, "request_format"),
        ({"authentication": "basic_auth", "auth_secret": "x"}, "auth_name"),
        ({"authentication": "bearer_token"}, "auth_secret"),
        ({"authentication": "bearer_token", "auth_secret": "one\r\nX-B: two"}, "auth_secret"),
        ({"authentication": "api_key", "auth_name": "X Key", "auth_secret": "x"}, "auth_name"),
        ({"custom_headers": {"Host": "evil.example"}}, "custom_headers"),
        ({"custom_headers": {"X-Zendesk-Webhook-Id": "1"}}, "custom_headers"),
        ({"custom_headers": {"X-A": "one\r\nX-B: two"}}, "custom_headers"),
        ({"custom_headers": {f"X-{number}": "a" for number in range(11)}}, "custom_headers"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_beside_its_field_and_nothing_is_written(cast, settings, fields, field):
    settings.PRIVATE_HOSTS = frozenset()
    with pytest.raises(Invalid) as refusal:
        save_webhook(by=cast.owner, **(SAFE | fields))
    assert refusal.value.field == field
    assert not Webhook.objects.exists()


def test_agents_change_no_webhooks(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    for act in (
        lambda: save_webhook(by=cast.agent, **SAFE),
        lambda: save_webhook(webhook, by=cast.lead, name="Mine"),
        lambda: delete_webhook(webhook, by=cast.agent),
        lambda: reset_signing_secret(webhook, by=cast.agent),
        lambda: clone_webhook(webhook, by=cast.agent),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Webhook.objects.get() == webhook


def test_a_copy_has_everything_but_the_signing_secret(cast):
    webhook = save_webhook(
        by=cast.owner, **SAFE, authentication="api_key", auth_name="X-Key", auth_secret="k"
    )
    copy = clone_webhook(webhook, by=cast.owner)
    assert copy.name == "Shop (copy)"
    assert (copy.endpoint, copy.event_types) == (webhook.endpoint, webhook.event_types)
    assert decrypt(copy.auth_secret) == "k"
    assert decrypt(copy.signing_secret) != decrypt(webhook.signing_secret)
    assert copy.public_id != webhook.public_id


def test_a_draft_is_like_what_would_be_saved_and_leaves_no_trace(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    draft = unsaved_webhook(webhook, {"endpoint": "https://other.example.com/"})
    webhook.refresh_from_db()
    assert (draft.endpoint, webhook.endpoint) == ("https://other.example.com/", SAFE["endpoint"])
    assert draft.signing_secret == webhook.signing_secret


def test_removing_a_webhook_removes_what_it_sent(cast):
    webhook = save_webhook(by=cast.owner, **SAFE)
    Invocation.objects.create(webhook=webhook, body="{}")
    delete_webhook(webhook, by=cast.owner)
    assert not Webhook.objects.exists()
    assert not Invocation.objects.exists()
    assert last_event("webhook.deleted").body == {"name": "Shop"}
