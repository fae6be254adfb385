"""Who is online gets the work, says why, passes it on; and another group answers an escalation."""

from playwright.sync_api import expect

from e2e.conftest import visit


def choose_presence(page, words):
    page.locator("[popovertarget=me]").click()
    page.locator("#my-presence").get_by_role("menuitemradio", name=words).click()


def test_a_queue_gives_work_to_whoever_comes_online_and_says_why(desk, sign_in):
    lead, agent = sign_in("lesia"), sign_in("roman")
    visit(lead, "/settings/queues/new")
    lead.get_by_label("Name").fill("Parcels of the ninth customer")
    lead.get_by_role("button", name="Add a condition").first.click()
    lead.locator(".condition select[data-role=field]").select_option("subject")
    lead.locator(".condition select[data-role=operator]").select_option("includes_string")
    lead.locator(".condition").get_by_label("Value").fill("Parcel 9")
    lead.get_by_role("button", name="Save").click()
    expect(lead.locator(".queue-list")).to_contain_text("Parcels of the ninth customer")
    visit(lead, "/team/")
    expect(lead.locator(".board-queue")).to_contain_text("Parcel 9", timeout=30_000)

    visit(agent, "/team/")
    choose_presence(agent, "Online")
    expect(agent.locator("#my-face [data-presence=online]")).to_be_visible()
    mine = lead.locator(".place-row", has_text="Roman Rested")
    expect(mine).to_contain_text("Parcel 9", timeout=30_000)

    mine.locator(".piece a", has_text="Parcel 9").click()
    lead.locator("#conversation summary", has_text="events").first.click()
    lead.locator("#conversation").get_by_role("link", name="Why?").click()
    expect(lead.locator("h1")).to_have_text("Why Roman Rested?")
    expect(lead.locator(".page-main")).to_contain_text("was the only one who could have it")


def test_work_is_moved_with_the_keyboard_and_taken_back(desk, sign_in):
    lead = sign_in("lesia")
    visit(lead, "/tickets/8")
    lead.keyboard.press("i")
    expect(lead.locator("#ticket-head")).to_contain_text("Lesia Lead")
    visit(lead, "/team/")
    own = lead.locator(".place-row", has_text="Lesia Lead")
    piece = own.locator(".piece", has_text="Parcel 8")
    piece.locator("a").first.focus()
    lead.keyboard.press("m")
    dialog = lead.get_by_role("dialog")
    andrii = dialog.locator("option", has_text="Andrii Agent").get_attribute("value")
    dialog.get_by_label("To whom").select_option(andrii)
    dialog.get_by_role("button", name="Move").click()
    theirs = lead.locator(".place-row", has_text="Andrii Agent")
    expect(theirs).to_contain_text("Parcel 8", timeout=30_000)
    lead.get_by_role("button", name="Undo").click()
    expect(own).to_contain_text("Parcel 8", timeout=30_000)


def test_work_is_dragged_to_somebody(desk, sign_in):
    lead = sign_in("lesia")
    visit(lead, "/tickets/10")
    lead.keyboard.press("i")
    expect(lead.locator("#ticket-head")).to_contain_text("Lesia Lead")
    visit(lead, "/team/")
    piece = lead.locator(".place-row", has_text="Lesia Lead").locator(".piece", has_text="Parcel 10")
    theirs = lead.locator(".place-row", has_text="Olena Owner")
    piece.drag_to(theirs.locator("header"))
    expect(theirs).to_contain_text("Parcel 10", timeout=30_000)


def test_an_escalation_is_asked_accepted_and_answered(desk, sign_in):
    agent, second = sign_in("andrii"), sign_in("borys")
    visit(agent, "/tickets/11")
    agent.keyboard.press("i")
    expect(agent.locator("#ticket-head")).to_contain_text("Andrii Agent")
    agent.keyboard.press("h")
    dialog = agent.get_by_role("dialog")
    dialog.locator("label.chip", has_text="Second line").click()
    dialog.get_by_label("What do you need?").fill("The gateway says no.")
    dialog.get_by_label("Steps to repeat").fill("Pay twice.")
    dialog.get_by_role("button", name="Escalate").click()
    expect(agent.locator(".escalation-line")).to_contain_text("Second line was asked")

    visit(second, "/tickets/11")
    expect(second.locator(".context-pane")).to_contain_text("Pay twice.")
    second.get_by_role("button", name="Accept").click()
    expect(second.locator(".escalation-line")).to_contain_text("works on it: Borys Second")
    second.get_by_role("button", name="Hand back").click()
    second.get_by_role("dialog").get_by_label("Answer").fill("It is fixed.")
    second.get_by_role("dialog").get_by_role("button", name="Hand back").click()
    expect(second.locator("#conversation")).to_contain_text("It is fixed.")
    expect(agent.locator("#ticket-head")).to_contain_text("Andrii Agent", timeout=30_000)
    expect(agent.locator("#conversation")).to_contain_text("It is fixed.", timeout=30_000)
    expect(agent.locator(".escalation-line")).to_have_count(0)
