"""A view is made of conditions: rows by keyboard, the count as one goes, refusals beside their rows."""

from playwright.sync_api import expect

from e2e.conftest import visit


def test_a_view_is_put_together_and_counts_as_one_goes(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/views/new")
    found = page.locator(".conditions-found")
    expect(found).to_contain_text("Status is below “Solved”.")
    page.get_by_label("Name").fill("Parcels of late")
    add = page.locator("[data-part=all]").get_by_role("button", name="Add a condition")
    add.focus()
    page.keyboard.press("Enter")
    row = page.locator("[data-part=all] .condition").last
    expect(row.get_by_label("Field")).to_be_focused()
    row.get_by_label("Field").select_option("subject")
    expect(found).to_contain_text("The count appears when every row is complete.")
    expect(row.locator(".field-error")).to_contain_text("Write at least one word.")
    row.get_by_label("Value").fill("PARCEL")
    expect(found).to_contain_text("subject has one of the words “PARCEL”")
    expect(row.locator(".field-error")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Parcels of late")).to_be_visible()
    expect(page.locator("#ticket-rows")).to_contain_text("Parcel")


def test_the_value_follows_field_and_comparison(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/views/new")
    row = page.locator("[data-part=all] .condition").first
    row.get_by_label("Field").select_option("created")
    row.get_by_label("Comparison").select_option("within_previous_n_days")
    row.get_by_label("Days").fill("400")
    expect(page.locator(".conditions-found")).to_contain_text("Created within the last 400 days.")
    row.get_by_label("Comparison").select_option("present")
    expect(row.get_by_label("Days")).to_have_count(0)
    row.get_by_role("button", name="Remove").click()
    expect(page.locator(".conditions-found")).to_contain_text("Every ticket.")


def test_the_tickets_behind_the_count_open(desk, sign_in):
    page = sign_in("lesia")
    visit(page, "/views/new")
    link = page.locator(".conditions-count a")
    count = link.locator("b").inner_text()
    visit(page, link.get_attribute("href"))
    expect(page.get_by_role("heading", name="Tickets that fit")).to_be_visible()
    expect(page.locator(".page-head")).to_contain_text(count)
