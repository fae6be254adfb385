"""Texts that are said to everybody in their own language."""

import pytest

from opora.core.liquid import fill_html, fill_text
from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.events.models import Event
from opora.tickets.actions.save_dynamic_content import remove_item, remove_variant, save_item, save_variant
from opora.tickets.dynamic_content import in_language, is_outdated
from opora.tickets.models import DynamicItem
from opora.tickets.placeholders import offered_placeholders, values_of


@pytest.fixture
def hours(cast):
    return save_item(
        by=cast.owner, name="Working hours", locale="uk", texts={"uk": "З 9 до 18", "en": "From 9 to 18"}
    )


def test_a_text_is_said_in_the_language_of_the_ticket(cast, hours, make_ticket):
    for locale, said in (
        ("en", "From 9 to 18"),
        ("en-GB", "From 9 to 18"),
        ("uk", "З 9 до 18"),
        ("pl", "З 9 до 18"),
    ):
        values = values_of(make_ticket(locale=locale), cast.agent)
        assert fill_text("{{dc.working_hours}}", values) == said
        assert fill_html("<p>{{ dc.working_hours }}</p>", values) == f"<p>{said}</p>"


def test_it_may_say_things_of_the_ticket_and_html_in_it_is_only_text(cast, ticket):
    save_item(
        by=cast.owner, name="Hello", locale="uk", texts={"uk": "Вітаю, {{ticket.requester.first_name}} <b>"}
    )
    assert (
        fill_html("<p>{{dc.hello}}</p>", values_of(ticket, cast.agent)) == "<p>Вітаю, Kateryna &lt;b&gt;</p>"
    )


def test_a_text_that_names_a_text_names_nothing(cast, ticket):
    save_item(by=cast.owner, name="Loop", locale="uk", texts={"uk": "x{{dc.loop}}"})
    assert fill_text("{{dc.loop}}{{dc.nothing}}", values_of(ticket, cast.agent)) == "x"


def test_a_plain_text_has_its_texts_filled_in_and_the_rest_left(hours):
    assert in_language("{{dc.working_hours}}!", "en") == "From 9 to 18!"
    assert in_language("{{ dc.unknown }} {{ticket.id}}", "en") == "{{ dc.unknown }} {{ticket.id}}"


def test_a_language_out_of_use_is_not_said(cast, hours, make_ticket):
    save_variant(hours, "en", by=cast.owner, is_active=False)
    assert in_language("{{dc.working_hours}}", "en") == "З 9 до 18"
    with pytest.raises(Conflict):
        save_variant(hours, "uk", by=cast.owner, is_active=False)


def test_a_translation_is_outdated_when_the_text_changes_after_it(cast, hours, later):
    later(60)
    save_item(hours, by=cast.owner, texts={"uk": "З 10 до 19"})
    hours = DynamicItem.objects.get()
    assert [is_outdated(one, hours) for one in hours.variants.all()] == [False, True]
    later(60)
    save_item(hours, by=cast.owner, texts={"en": "From 10 to 19"})
    hours = DynamicItem.objects.get()
    assert not any(is_outdated(one, hours) for one in hours.variants.all())


def test_every_change_is_a_fact_and_no_change_is_none(cast, hours):
    fact = Event.objects.get(kind="dynamic_content.saved")
    assert fact.body["created"] and fact.body["changes"]["en"] == ["", "From 9 to 18"]
    save_item(hours, by=cast.owner, name="Working hours", texts={"uk": "З 9 до 18"})
    assert Event.objects.filter(kind="dynamic_content.saved").count() == 1
    remove_item(hours, by=cast.owner)
    assert Event.objects.latest("id").kind == "dynamic_content.removed" and not DynamicItem.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "texts": {"uk": "x"}}, {"name": "A", "texts": {"en": "x"}}, {"name": "A", "texts": {"uk": " "}},
        {"name": "A", "texts": {"uk": "{{ticket."}}, {"name": "WORKING HOURS", "texts": {"uk": "x"}},
    ],
)  # fmt: skip
def test_a_text_that_makes_no_sense_is_refused(cast, hours, fields):
    with pytest.raises(Invalid):
        save_item(by=cast.owner, locale="uk", **fields)
    assert DynamicItem.objects.count() == 1


def test_its_own_language_stays(cast, hours):
    own, other = hours.variants.all()
    with pytest.raises(Conflict):
        remove_variant(own, by=cast.owner)
    with pytest.raises(NotAllowed):
        remove_variant(other, by=cast.agent)
    remove_variant(other, by=cast.owner)
    assert [one.locale for one in hours.variants.all()] == ["uk"]


def test_editors_offer_it(hours):
    assert offered_placeholders()[-1] == "dc.working_hours"


def test_the_pages_add_change_and_remove_it(cast, as_):
    lead = as_(cast.lead)
    assert "No texts in languages yet" in lead.get("/settings/texts/").content.decode()
    given = {"name": "Hours", "locale": "uk", "added_text": "З 9 до 18"}
    assert lead.post("/settings/texts/new", given).status_code == 302
    item = DynamicItem.objects.get()
    page = f"/settings/texts/{item.pk}"
    given = {"name": "Hours", "locale": "uk", "text_uk": "З 9 до 18", "added": "en", "added_text": "From 9"}
    assert lead.post(page, given).status_code == 302
    assert [one.content for one in item.variants.all()] == ["З 9 до 18", "From 9"]
    assert lead.post(page, {**given, "added": "pl", "added_text": "", "text_en": "From 9"}).status_code == 422
    shown = lead.get(page).content.decode()
    assert "{{dc.hours}}" in shown and "From 9" in shown
    lead.post(f"/settings/texts/variants/{item.variants.get(locale='en').pk}/removal")
    lead.post(f"{page}/removal")
    assert not DynamicItem.objects.exists()
