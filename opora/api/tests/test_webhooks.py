"""Webhooks through the API."""

from opora.webhooks.actions.deliver import deliver
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.models import Webhook

RULES = "conditional_ticket_events"


def body(endpoint, **fields):
    given = {
        "name": "Warehouse", "status": "active", "endpoint": f"{endpoint.url}/in", "http_method": "POST",
        "request_format": "json", "subscriptions": [RULES],
    }  # fmt: skip
    return {"webhook": given | fields}


def made(api, endpoint, **fields):
    response = api.post("webhooks", body(endpoint, **fields))
    assert response.status_code == 201, response.content
    return response.data["webhook"]


def test_a_webhook_reads_back_without_its_secrets_and_copies(api, cast, endpoint):
    keys = {"type": "api_key", "data": {"name": "X-Key", "value": "s3cret"}, "add_position": "header"}
    webhook = made(api, endpoint, authentication=keys, description="Parcels", custom_headers={"X-A": "b"})
    assert webhook["authentication"] == {
        "type": "api_key",
        "data": {"name": "X-Key"},
        "add_position": "header",
    }
    assert webhook["subscriptions"] == [RULES] and webhook["created_by"] == str(cast.owner.pk)
    assert "updated_at" not in webhook and len(webhook["id"]) == 26
    assert api.get(f"webhooks/{webhook['id']}").data["webhook"] == webhook
    copy = api.post(f"webhooks?clone_webhook_id={webhook['id']}")
    assert copy.status_code == 201 and copy.data["webhook"]["id"] != webhook["id"]
    listed = api.get("webhooks?page[size]=1").data
    assert listed["meta"]["has_more"] is True and len(listed["webhooks"]) == 1
    rest = api.get(listed["links"]["next"]).data
    assert rest["webhooks"] == [webhook] and rest["meta"]["has_more"] is False
    assert len(api.get("webhooks?filter[name_contains]=copy").data["webhooks"]) == 1


def test_put_replaces_and_patch_changes_what_is_given(api, endpoint):
    keys = {"type": "basic_auth", "data": {"username": "anna", "password": "pw"}, "add_position": "header"}
    path = f"webhooks/{made(api, endpoint, authentication=keys, description='Parcels')['id']}"
    shown = {"type": "basic_auth", "data": {"username": "anna"}, "add_position": "header"}
    patched = api.call("patch", path, {"webhook": {"name": "Depot", "authentication": shown}})
    assert patched.status_code == 204 and patched.content == b""
    after = api.get(path).data["webhook"]
    assert (after["name"], after["description"], after["authentication"]) == ("Depot", "Parcels", shown)
    stored = Webhook.objects.get(public_id=after["id"])
    assert stored.auth_secret, "what was read and sent back keeps its password"
    replaced = body(endpoint, status="inactive")
    del replaced["webhook"]["subscriptions"]
    assert api.put(path, replaced).status_code == 204
    after = api.get(path).data["webhook"]
    assert after["status"] == "inactive" and after["subscriptions"] == [RULES]
    assert "authentication" not in after and "description" not in after
    assert api.delete(path).status_code == 204 and api.get(path).status_code == 404


def test_what_cannot_be_is_refused_as_a_list_of_errors(api, api_of, cast, endpoint):
    for fields in (
        {"status": "sleeping"}, {"endpoint": "ftp://x"}, {"http_method": "TRACE"}, {"name": ""},
        {"subscriptions": ["zen:event-type:moon.risen"]}, {"authentication": {"type": "magic"}},
        {"authentication": {"type": ["magic"]}},
    ):  # fmt: skip
        response = api.post("webhooks", {"webhook": body(endpoint)["webhook"] | fields})
        assert response.status_code == 400 and response.data["errors"][0]["code"] == "InvalidWebhook", fields
    assert Webhook.objects.count() == 0
    missing = api.get("webhooks/01HANAHBMTDTB8Q98K38YZ5ZQS")
    assert missing.status_code == 404 and missing.data["errors"][0]["code"] == "WebhookNotFound"
    assert api_of(cast.agent).get("webhooks").status_code == 403


def test_the_signing_secret_is_shown_and_made_anew(api, endpoint):
    path = f"webhooks/{made(api, endpoint)['id']}/signing_secret"
    first = api.get(path).data["signing_secret"]
    assert first["algorithm"] == "SHA256"
    reset = api.post(path)
    assert reset.status_code == 201 and reset.data["signing_secret"]["secret"] != first["secret"]
    assert api.get(path).data == reset.data


def test_a_webhook_is_tried_out_saved_or_not(api, endpoint):
    webhook = made(api, endpoint)
    endpoint.will_answer(418, body=b"teapot")
    tried = api.post(f"webhooks/test?webhook_id={webhook['id']}", {"request": {"payload": '{"a":1}'}})
    assert tried.status_code == 200
    assert (tried.data["response"]["status_code"], tried.data["response"]["payload"]) == (418, "teapot")
    assert endpoint.received[-1].body == b'{"a":1}'
    draft = {"endpoint": f"{endpoint.url}/x", "http_method": "POST", "request_format": "json"}
    response = api.post("webhooks/test", {"request": {**draft, "name": "draft"}})
    assert response.status_code == 200 and response.data["response"]["status_code"] == 200
    bad = api.post("webhooks/test", {"request": {**draft, "endpoint": "nowhere"}})
    assert bad.status_code == 400 and bad.data["errors"]


def test_what_was_sent_can_be_followed(api, cast, endpoint):
    webhook = made(api, endpoint)
    path = f"webhooks/{webhook['id']}/invocations"
    stored = Webhook.objects.get(public_id=webhook["id"])
    endpoint.will_answer(403)
    for text in ('{"n":1}', '{"n":2}'):
        deliver(invoke_webhook(stored, by=cast.owner, body=text).pk)
    invoke_webhook(stored, by=cast.owner, body="{}")
    shown = api.get(path).data["invocations"]
    assert [one["status"] for one in shown] == ["pending", "success", "terminated"]
    assert shown[2]["status_code"] == 403 and "status_code" not in shown[0]
    assert len(api.get(f"{path}?filter[status]=success").data["invocations"]) == 1
    attempts = api.get(f"{path}/{shown[2]['id']}/attempts").data["attempts"]
    assert [one["status"] for one in attempts] == ["terminated"]
    assert attempts[0]["request"]["payload"] == '{"n":1}'
    names = {header["key"] for header in attempts[0]["request"]["headers"]}
    assert "X-Zendesk-Webhook-Invocation-Id" in names
