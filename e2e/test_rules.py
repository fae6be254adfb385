"""A trigger is made, tried on a ticket, switched on, fires while the agent looks, and explains itself."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_trigger_from_the_editor_to_the_ticket_and_its_why(desk, sign_in):
    lead = sign_in("lesia")
    visit(lead, "/settings/triggers/new")
    lead.get_by_label("Name").fill("Urgent is hot")
    row = lead.locator("[data-part=all] .condition").first
    row.get_by_label("Field").select_option("priority")
    row.get_by_label("Comparison").select_option("value")
    row.get_by_label("Value").select_option("urgent")
    expect(lead.locator(".conditions-found")).to_contain_text("Priority changed to “Urgent”")
    step = lead.locator(".step").first
    step.get_by_role("combobox", name="Add tags").fill("hot")
    lead.keyboard.press("Enter")
    lead.get_by_role("button", name="Add a step").click()
    expect(lead.locator(".step")).to_have_count(2)
    note = lead.locator(".step").last
    note.get_by_label("Step", exact=True).select_option("note")
    note.get_by_label("Text", exact=True).fill("Look at {{ticket.title}} first.")
    lead.get_by_label("In use").check()
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_role("link", name="Try it")).to_be_visible()

    lead.get_by_role("link", name="Try it").click()
    lead.get_by_role("combobox", name="Number or words of a ticket").fill("14")
    lead.get_by_role("option").first.click()
    lead.get_by_role("button", name="Try it").click()
    expect(lead.locator(".verdict")).to_contain_text("would not fire")
    expect(lead.locator(".verdict")).to_contain_text("In its way: Priority changed to “Urgent”")

    agent = sign_in("andrii")
    visit(agent, "/tickets/14")
    agent.keyboard.press("p")
    agent.get_by_role("menuitemradio", name="Urgent").click()
    expect(agent.locator("#conversation")).to_contain_text("Look at Parcel 14 first.")
    folded = agent.locator("#conversation .event-fold:not([open]) summary")
    while folded.count():
        folded.first.click()
    agent.locator(".event-line", has_text="Urgent is hot fired").get_by_role("link", name="Why?").click()
    expect(agent.get_by_role("heading", name="Why this rule fired")).to_be_visible()
    expect(agent.locator(".outcome.holds")).to_contain_text("Priority changed to “Urgent” · was: Urgent")


def test_a_rule_is_tried_on_the_past(desk, sign_in):
    lead = sign_in("lesia")
    visit(lead, "/settings/triggers/")
    lead.get_by_role("link", name="Reopened again and again").click()
    lead.get_by_role("link", name="Try it").click()
    lead.get_by_role("button", name="Last 7 days").click()
    expect(lead.locator("#trial")).to_contain_text("Would have fired 0 times", timeout=20_000)
