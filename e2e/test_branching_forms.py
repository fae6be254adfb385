"""Fields of a form appear while another field holds a value: for customers and for colleagues."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_customers_form_asks_for_more_when_the_answer_calls_for_it(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/new/acme")
    page.get_by_role("link", name="Parcels").click()
    reason = page.get_by_label("Reason")
    carrier = page.locator("[data-branches-target]", has_text="Carrier")
    expect(carrier).to_be_hidden()
    reason.select_option(label="Delivery")
    expect(carrier).to_be_visible()
    expect(carrier.locator("select")).to_be_enabled()
    reason.select_option(label="Other")
    expect(carrier).to_be_hidden()
    expect(carrier.locator("select")).to_be_disabled()


def test_a_condition_is_added_and_taken_away_on_the_page_of_a_form(desk, sign_in):
    page = sign_in("olena")
    visit(page, "/settings/forms/")
    page.get_by_role("link", name="Parcels", exact=True).click()
    part = page.locator("#rules-agents")
    lines = part.locator(".rule-list li")
    expect(part.locator(".rule-list button")).to_have_count(0)
    part.locator("select[name=when]").select_option(label="Reason: Other")
    part.locator("select[name=child]").select_option(label="Carrier")
    part.locator("select[name=required]").select_option("solve")
    part.locator("form.rule-row button").click()
    expect(lines).to_have_count(1)
    expect(lines.first).to_contain_text("Carrier")
    lines.first.locator("button").click()
    expect(part.locator(".rule-list button")).to_have_count(0)
