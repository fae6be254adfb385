"""An article is written of a ticket, published, found, voted on, and put into a reply."""

import re

from playwright.sync_api import expect

from e2e.conftest import PATIENCE, visit


def test_an_article_is_written_published_found_voted_on_and_sent(desk, sign_in, browser):
    agent = sign_in("andrii")
    visit(agent, "/tickets/9")
    agent.get_by_role("link", name="Write an article of this ticket").click()
    agent.get_by_label("Title", exact=True).fill("How long a refund takes")
    agent.get_by_label("Section", exact=True).select_option(label="Refunds")
    editor = agent.locator("trix-editor")
    editor.click()
    editor.press_sequentially("Refunds arrive within three days. ")
    agent.get_by_role("button", name="Bold").click()
    editor.press_sequentially("Ask the bank")
    expect(agent.locator("[data-draft-target=status]")).to_have_text("Saved")
    agent.get_by_role("button", name="Save the draft").click()
    agent.wait_for_url(re.compile(r"/knowledge/\d+\?locale="))
    expect(agent.locator(".article-body strong")).to_have_text("Ask the bank")
    expect(agent.get_by_role("button", name="Publish")).to_have_count(0)
    address = agent.url

    lead = sign_in("lesia")
    visit(lead, address)
    lead.get_by_role("button", name="Publish").click()
    expect(lead.get_by_role("button", name="Still true")).to_be_visible()

    reader = browser.new_context(base_url=desk.url, locale="en").new_page()
    reader.set_default_timeout(PATIENCE)
    reader.goto("/hc/en")
    reader.get_by_role("searchbox").fill("refunded")
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name="How long a refund takes").click()
    reader.get_by_role("button", name="No", exact=True).click()
    reader.get_by_label("What was missing?").fill("Which bank?")
    reader.get_by_role("button", name="Send").click()
    expect(reader.locator("#votes")).to_contain_text("Thank you")
    reader.goto("/new/acme")
    reader.get_by_label("Subject").press_sequentially("When comes my refund")
    expect(reader.locator("#offered")).to_contain_text("How long a refund takes")
    reader.context.close()

    visit(agent, "/tickets/10")
    agent.get_by_role("searchbox", name="Find an article").fill("refund")
    agent.get_by_role("button", name="Insert the link to How long a refund takes").click()
    expect(agent.locator("#composer trix-editor a")).to_have_text("How long a refund takes")
    expect(agent.locator(".cited")).to_contain_text("How long a refund takes")
    expect(agent.locator("#conversation, .conversation").first).to_contain_text("linked the article")

    visit(lead, address)
    expect(lead.locator(".reader-notes")).to_contain_text("Which bank?")
    expect(lead.locator("#tickets")).to_contain_text("Parcel 10")


def test_what_is_typed_stays_when_the_page_is_left(sign_in):
    page = sign_in("borys")
    visit(page, "/knowledge/new")
    page.get_by_label("Title", exact=True).fill("Half an article")
    expect(page.locator("[data-draft-target=status]")).to_have_text("Saved")
    visit(page, "/knowledge/")
    visit(page, "/knowledge/new")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Half an article")
    page.get_by_role("button", name="Begin anew").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("")


def test_articles_are_found_from_everywhere(sign_in):
    page = sign_in("olena")
    visit(page, "/tickets/11")
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url(re.compile(r"/knowledge/"))
    page.keyboard.press("Control+k")
    page.keyboard.type("deliveries")
    page.get_by_role("option", name="How parcels are delivered").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How parcels are delivered")
