"""Another program is told of a new ticket; what it refused is sent again."""

import json
import re
import time

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_webhook_is_set_up_tried_out_and_tells_of_a_new_ticket(desk, sign_in, endpoint):
    page = sign_in("olena")
    visit(page, "/settings/webhooks/")
    expect(page.locator(".empty")).to_contain_text("A webhook tells another program")
    page.locator(".page-actions").get_by_role("link", name="New webhook").click()
    page.get_by_label("Name", exact=True).fill("Warehouse")
    page.get_by_role("textbox", name="Address").fill(f"{endpoint.url}/desk")
    page.get_by_text("Triggers and automations").click()
    expect(page.get_by_text("ticket.created", exact=True)).to_be_hidden()
    page.get_by_text("Events: whenever").click()
    page.get_by_role("checkbox", name="Ticket created").check()

    page.get_by_role("button", name="Send a test request").click()
    expect(page.locator("#trial")).to_contain_text("The endpoint took it with status 200.")
    assert json.loads(endpoint.received[0].body)["type"] == "zen:event-type:ticket.created"

    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/settings/webhooks/\d+$"))
    page.get_by_role("button", name="Show the signing secret").click()
    expect(page.get_by_label("Signing secret")).to_have_value(re.compile(r"\S{40,}"))

    endpoint.will_answer(404, body=b"no such door")
    desk.send_mail(sender="new@example.com", to="support@acme.example", subject="Where is it?", text="Hello")
    _wait_until(lambda: len(endpoint.received) == 2)
    body = json.loads(endpoint.received[1].body)
    assert (body["type"], body["detail"]["subject"]) == ("zen:event-type:ticket.created", "Where is it?")

    page.get_by_role("link", name="What was sent").click()
    page.get_by_label("State").select_option("failed")
    page.get_by_role("link", name="Ticket created").first.click()
    expect(page.locator("main")).to_contain_text("no such door")
    page.get_by_role("button", name="Send it again").click()
    _wait_until(lambda: len(endpoint.received) == 3)
    assert endpoint.received[2].body == endpoint.received[1].body
    _wait_until(lambda: visit(page, page.url) == 200 and page.get_by_text("Delivered").count() > 0)
    visit(page, "/settings/webhooks/")
    page.get_by_role("link", name="Warehouse").click()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".empty")).to_contain_text("No webhook yet")


def test_a_rule_calls_a_webhook_with_the_words_of_the_ticket(desk, sign_in, endpoint):
    page = sign_in("olena")
    visit(page, "/settings/webhooks/new")
    page.get_by_label("Name", exact=True).fill("Returns")
    page.get_by_role("textbox", name="Address").fill(f"{endpoint.url}/returns")
    page.get_by_text("Triggers and automations").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/settings/webhooks/\d+$"))

    visit(page, "/settings/triggers/new")
    page.get_by_label("Name").fill("Tell the warehouse")
    row = page.locator("[data-part=all] .condition").first
    row.get_by_label("Field").select_option("priority")
    row.get_by_label("Comparison").select_option("value")
    row.get_by_label("Value").select_option("low")
    step = page.locator(".step").first
    step.get_by_label("Step", exact=True).select_option("call_webhook")
    expect(step.get_by_label("Webhook", exact=True)).to_contain_text("Returns")
    body = step.get_by_label("Body in JSON")
    body.fill('{"about": {{ticket.title}}}')
    page.get_by_label("In use").check()
    page.get_by_role("button", name="Save").click()
    expect(step.locator(".field-error")).to_contain_text("the body is no JSON in line 1")
    body.fill('{"about": "{{ticket.title}}", "id": {{ticket.id}}}')
    page.get_by_role("button", name="Save").click()

    page.get_by_role("link", name="Try it").click()
    page.get_by_role("combobox", name="Number or words of a ticket").fill("7")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".rule-call")).to_contain_text("It would send to Returns:")
    assert endpoint.received == []

    agent = sign_in("andrii")
    visit(agent, "/tickets/7")
    agent.keyboard.press("p")
    agent.get_by_role("menuitemradio", name="Low").click()
    _wait_until(lambda: len(endpoint.received) == 1)
    assert json.loads(endpoint.received[0].body) == {"about": "Parcel 7", "id": 7}


def _wait_until(fits, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not fits():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.1)
