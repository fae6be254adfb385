"""The settings of calendars as they are used."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opora.calendars.models import Calendar
from opora.calendars.queries import calendars_by_use, current_content
from opora.calendars.week_text import read_spans, written
from opora.core.refusals import Invalid

WEEK = {f"day_{place}": "09:00–18:00" if place < 5 else "" for place in range(7)}


@pytest.fixture
def owner(cast, as_):
    return as_(cast.owner)


def test_a_calendar_is_made_and_leads_to_its_holidays(owner, cast):
    given = WEEK | {"name": "Berlin", "zone": "Europe/Berlin", "country": "DE", "groups": [cast.group.pk]}
    answer = owner.post(reverse("calendars:new_calendar"), given)
    made = Calendar.objects.get(name="Berlin")
    assert answer["Location"] == reverse("calendars:days", args=[made.pk])
    assert calendars_by_use() == {("group", cast.group.pk): made.pk}
    page = owner.get(reverse("calendars:days", args=[made.pk])).content.decode()
    assert "Germany" in page
    assert 'data-kind="holiday"' in page
    listed = owner.get(reverse("calendars:calendars")).content.decode()
    assert "Berlin" in listed
    assert cast.group.name in listed


def test_hours_are_edited_and_mistakes_stand_beside_their_day(owner, office):
    page = reverse("calendars:calendar", args=[office.pk])
    assert "09:00–18:00" in owner.get(page).content.decode()
    given = WEEK | {"name": "Kyiv office", "zone": "Europe/Kyiv"}
    answer = owner.post(page, given | {"day_2": "9 till late"})
    assert answer.status_code == 422
    assert "are no hours" in answer.content.decode()
    assert owner.post(page, given | {"day_5": "10-14", "day_4": "22:00-6:00"}).status_code == 302
    assert [written(spans) for spans in current_content(office).week][4:6] == ["22:00–06:00", "10:00–14:00"]
    assert "<time" in owner.get(reverse("calendars:versions", args=[office.pk])).content.decode()


def test_hours_are_tried_before_they_are_saved(owner):
    page = reverse("calendars:preview")
    said = owner.post(
        page, {f"day_{place}": "0-24" for place in range(7)} | {"zone": "Asia/Tokyo"}
    ).content.decode()
    assert "around the clock" in said
    assert "overlap" in owner.post(page, {"day_0": "9-12, 11-14", "zone": "Asia/Tokyo"}).content.decode()


def test_parts_of_a_country_are_offered(owner):
    found = owner.get(reverse("calendars:subdivisions"), {"country": "DE"}).content.decode()
    assert "Berlin" in found
    assert "hidden" in owner.get(reverse("calendars:subdivisions"), {"country": "ZZ"}).content.decode()


def test_special_days_come_and_go(owner, office):
    page = reverse("calendars:days", args=[office.pk])
    answer = owner.post(page, {"date": "2026-12-31", "name": "Short day", "spans": "9-12"})
    assert answer["Location"] == f"{page}?year=2026"
    assert current_content(office).days[0].spans == read_spans("9-12")
    assert owner.post(page, {"date": "2026-12-31", "name": "", "spans": ""}).status_code == 422
    owner.post(reverse("calendars:day_removal", args=[office.pk, "2026-12-31"]))
    assert current_content(office).days == ()
    assert owner.post(reverse("calendars:day_removal", args=[office.pk, "tomorrow"])).status_code == 404
    assert owner.get(page, {"year": "9999"}).status_code == 200


def test_a_file_of_days_is_imported(owner, office):
    page = reverse("calendars:imports", args=[office.pk])
    day = f"{date.today().year + 1}0107"  # noqa: DTZ011
    text = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:Rest\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    answer = owner.post(page, {"file": SimpleUploadedFile("days.ics", text.encode())})
    assert answer.status_code == 302
    assert [found.name for found in current_content(office).days] == ["Rest"]
    assert owner.post(page, {"text": "no calendar"}).status_code == 422
    assert owner.post(page, {"text": " "}).status_code == 422


def test_a_calendar_is_removed(owner, office):
    assert owner.post(reverse("calendars:removal", args=[office.pk])).status_code == 302
    assert owner.get(reverse("calendars:calendar", args=[office.pk])).status_code == 404


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9-18", "09:00–18:00"), ("09.30 — 18:00", "09:30–18:00"), ("14-18; 9-13", "09:00–13:00, 14:00–18:00"),
        ("22:00–6", "22:00–06:00"), ("24h", "00:00–24:00"), ("0-24", "00:00–24:00"), ("8-8", "08:00–08:00"), ("", ""),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_type_them(text, spans):
    assert written(read_spans(text)) == spans
    assert read_spans(written(read_spans(text))) == read_spans(text)


@pytest.mark.parametrize(
    "text", ["9", "25-26", "9-18:70", "24-25", "9-12, 11-14", ",".join(["1-2"] * 7), "<b>", "9–18–20"]
)
def test_what_is_no_hours_is_refused(text):
    with pytest.raises(Invalid):
        read_spans(text)
