"""The public forms."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from opora.tickets.dynamic_content import in_language
from opora.tickets.form_rules import fields_there, kept_rules, rules_of
from opora.tickets.models import TicketField
from opora.tickets.queries import form_fields

MOST_FILES = 10
MOST_BYTES = 25 * 1024 * 1024
FASTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600
_SALT = "opora.web_form.opened"


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; together at most ten and 25 MB."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [super(FilesField, self).clean(one, initial) for one in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Attach at most ten files."))
        if sum(file.size for file in files) > MOST_BYTES:
            raise forms.ValidationError(
                _("The files are larger than 25 MB together. Send a link to them instead.")
            )
        return files


class ReplyForm(forms.Form):
    """What a customer writes on the page of their ticket."""

    message = forms.CharField(
        label=gettext_lazy("Your answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=50_000
    )
    files = FilesField(label=gettext_lazy("Files"), required=False)  # type: ignore[assignment]


class NewTicketForm(forms.Form):
    """The form of a brand; custom fields that customers may see follow the fixed ones.

    `website` is hidden from people: whoever fills it is a robot. `opened` is the signed time of the page.
    """

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(label=pgettext_lazy("public form", "Subject"), max_length=200)
    message = forms.CharField(
        label=pgettext_lazy("public form", "Message"),
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=50_000,
    )
    files = FilesField(label=gettext_lazy("Files"), required=False)  # type: ignore[assignment]
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    opened = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ticket_form: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [field for field in form_fields(ticket_form) if field.is_shown_to_customers]
        self.custom = [field for field in asked if field.is_editable_by_customers]
        self.rules = rules_of(ticket_form, "customers")
        children = {rule.child for rule in self.rules}
        for custom in self.custom:
            self.fields[f"field_{custom.pk}"] = _control(custom, may_fold=custom.pk in children)

    @property
    def opening(self) -> str:
        """The signed time at which the page is shown; a page shown again begins anew."""
        return signing.dumps("form", salt=_SALT)

    @property
    def custom_fields(self) -> list[forms.BoundField]:
        return [self[f"field_{custom.pk}"] for custom in self.custom]

    @property
    def is_of_robot(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def values(self) -> dict[int, Any]:
        """The values of custom fields by field id."""
        there = self._there()
        return {
            custom.pk: self.cleaned_data.get(f"field_{custom.pk}")
            for custom in self.custom
            if custom.pk in there
        }

    @property
    def rules_for_browser(self) -> str:
        """The rules between its fields, as JSON."""
        return json.dumps(kept_rules(self.rules))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        there, children = self._there(), {rule.child for rule in self.rules}
        held = self._held()
        for custom in self.custom:
            name, rules = f"field_{custom.pk}", [rule for rule in self.rules if rule.child == custom.pk]
            asked = any(rule.required_in and rule.parent in there and rule.holds(held) for rule in rules)
            if custom.pk not in there:
                self.errors.pop(name, None)
            elif custom.pk in children and asked and not given.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return given

    def _held(self) -> dict[int, list[str]]:
        """What the fields hold, by their ids, as texts."""
        return {custom.pk: _texts(self.cleaned_data.get(f"field_{custom.pk}")) for custom in self.custom}

    def _there(self) -> set[int]:
        return fields_there([custom.pk for custom in self.custom], self.rules, self._held())

    def clean_opened(self) -> str:
        opened = self.cleaned_data["opened"]
        try:
            signing.loads(opened, salt=_SALT, max_age=LONGEST_SECONDS)
        except signing.BadSignature as problem:
            raise forms.ValidationError(_("The page had waited too long. Send it once more.")) from problem
        if _is_younger_than(opened, FASTEST_SECONDS):
            raise forms.ValidationError(_("That was quicker than a person types. Send it once more."))
        return opened


def _is_younger_than(signed: str, seconds: int) -> bool:
    try:
        signing.loads(signed, salt=_SALT, max_age=seconds)
    except signing.SignatureExpired:
        return False
    return True


def _texts(value: Any) -> list[str]:
    """A value of a form as texts: a checkbox as "true", nothing as nothing."""
    if isinstance(value, bool):
        return ["true"] if value else []
    given = value if isinstance(value, list) else [value]
    return [str(one) for one in given if one not in (None, "")]


def _control(custom: TicketField, *, may_fold: bool) -> forms.Field:
    """The control of a field; whether one that depends on others is required is known when all is filled in."""
    spoken = get_language() or ""
    make = _CONTROLS.get(TicketField.Type(custom.type), lambda field, options: forms.CharField(**options))
    options = {
        "label": in_language(custom.title_for_customers, spoken),
        "help_text": in_language(custom.description, spoken),
        "required": custom.is_required_of_customers and not may_fold,
    }
    return make(custom, options)


_CONTROLS: dict[TicketField.Type, Callable[[TicketField, dict[str, Any]], forms.Field]] = {
    TicketField.Type.TEXTAREA: lambda field, options: forms.CharField(widget=forms.Textarea, **options),
    TicketField.Type.CHECKBOX: lambda field, options: forms.BooleanField(**options),
    TicketField.Type.DATE: lambda field, options: forms.CharField(
        widget=forms.DateInput(attrs={"type": "date"}), **options
    ),
    TicketField.Type.DROPDOWN: lambda field, options: forms.ChoiceField(
        choices=[("", "–"), *field.choices], **options
    ),
    TicketField.Type.MULTISELECT: lambda field, options: forms.MultipleChoiceField(
        choices=field.choices, widget=forms.CheckboxSelectMultiple, **options
    ),
}
