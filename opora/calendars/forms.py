"""What the settings of calendars ask for."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.calendars import holiday_books
from opora.calendars.special import Content, Day, Week
from opora.calendars.week_text import WORKING_WEEK, read_spans, written
from opora.core.refusals import Invalid
from opora.people.forms import zone_field
from opora.people.models import Brand, Group, Organization

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
USES = (("brand", "brands"), ("group", "groups"), ("organization", "organizations"))
"""Kinds of `CalendarUse` and the fields of the form that choose them."""


class HoursField(forms.CharField):
    """The hours of one day, typed; becomes spans."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=120, **options)

    def clean(self, value: Any) -> Any:
        try:
            return read_spans(super().clean(value))
        except Invalid as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else written(value or ())


class CalendarForm(forms.Form):
    """Name, hours, country and users of a calendar."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"),
        max_length=120,
        help_text=_("Such as “Kyiv office” or “Night line”."),
    )
    zone = zone_field(required=True, help_text=_("The hours are those of a clock on the wall there."))
    since = forms.DateField(
        label=_("In force from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The beginning of that day. Empty: at once. What was before stays as it was counted."),
    )
    country = forms.ChoiceField(
        label=_("Public holidays of"),
        required=False,
        help_text=_("Days off by law; single ones can be left out."),
    )
    subdivision = forms.ChoiceField(label=_("State or region"), required=False)
    is_default = forms.BooleanField(
        label=_("Default calendar"), required=False, help_text=_("Of everybody who has no other.")
    )
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.none(), label=_("Brands"), required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label=_("Organizations"), required=False, widget=forms.SelectMultiple
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for place, weekday in enumerate(WEEKDAYS):
            self.fields[f"day_{place}"] = HoursField(label=weekday)
        country = str(self["country"].value() or "")
        _offer(self, "country", [("", _("none")), *holiday_books.countries().items()])
        _offer(self, "subdivision", [("", _("all of it")), *holiday_books.subdivisions(country)])
        for model, field in ((Brand, "brands"), (Group, "groups"), (Organization, "organizations")):
            rows = model.objects.filter(deleted_at=None) if model is Group else model.objects.all()
            self.fields[field].queryset = rows.order_by("name")  # type: ignore[attr-defined]

    @property
    def days(self) -> list[forms.BoundField]:
        """The seven fields of the week."""
        return [self[f"day_{place}"] for place in range(7)]

    @property
    def week(self) -> Week:
        return tuple(self.cleaned_data[f"day_{place}"] for place in range(7))

    @property
    def begins_at(self) -> datetime | None:
        """The instant that new hours hold from: the beginning of the chosen day in the calendar's zone."""
        day = self.cleaned_data.get("since")
        return datetime.combine(day, time(), tzinfo=ZoneInfo(self.cleaned_data["zone"])) if day else None


class DayForm(forms.Form):
    """A special day of a calendar."""

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    spans = HoursField(
        label=pgettext_lazy("hours", "Open"),
        help_text=_("Empty: closed all day. Or hours, such as 09:00–12:00."),
    )

    @property
    def day(self) -> Day:
        given = self.cleaned_data
        return Day(date=given["date"], name=given["name"], spans=given["spans"])


class ImportForm(forms.Form):
    """A calendar of days off from elsewhere."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"})
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "placeholder": "BEGIN:VCALENDAR"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("file") and not given.get("text"):
            raise forms.ValidationError(_("Choose a file, or paste its text."))
        return given

    @property
    def content(self) -> bytes:
        upload = self.cleaned_data.get("file")
        return upload.read(2_000_000) if upload else self.cleaned_data["text"].encode()


def week_initial(content: Content | None) -> dict[str, str]:
    week = content.week if content else WORKING_WEEK
    return {f"day_{place}": written(spans) for place, spans in enumerate(week)}


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
