"""What escalations ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.routing.models import ChecklistItem, Escalation, Line

Kind = ChecklistItem.Kind
YES_NO = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]


class EscalationForm(forms.Form):
    """Whom to ask, why, and the checklist of the group that is chosen."""

    reason = forms.CharField(
        label=_("What do you need?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What happened, what you tried, what you expect from them."),
    )

    def __init__(self, *arguments: Any, lines: Sequence[Line], chosen: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.line = next((line for line in lines if str(line.pk) == str(chosen)), None)
        self.items = list(self.line.items.all()) if self.line else []
        for item in self.items:
            self.fields[f"item_{item.pk}"] = _field(item)

    def clean(self) -> dict[str, Any]:
        if self.line is None:
            raise forms.ValidationError(_("Choose a group that takes escalations."))
        return self.cleaned_data

    def answers_by_item(self) -> dict[int, str]:
        """Return what was written, by the id of the item."""
        written = (item for item in self.items if item.kind != Kind.FILE)
        return {item.pk: self.cleaned_data.get(f"item_{item.pk}") or "" for item in written}

    def files_by_item(self) -> dict[int, UploadedFile]:
        """Return the files that came along, by the id of the item."""
        sent = {
            item.pk: self.cleaned_data.get(f"item_{item.pk}") for item in self.items if item.kind == Kind.FILE
        }
        return {pk: file for pk, file in sent.items() if file}


class RejectionForm(forms.Form):
    """Why an escalation is sent back."""

    refusal = forms.TypedChoiceField(
        label=_("Why?"),
        choices=Escalation.Refusal.choices,
        coerce=Escalation.Refusal,
        widget=forms.RadioSelect,
        initial=Escalation.Refusal.INCOMPLETE,
    )
    words = forms.CharField(
        label=_("What is missing, or why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it as an internal note."),
    )


class AnswerForm(forms.Form):
    """What the receiving group found out."""

    answer = forms.CharField(
        label=_("Answer"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The sender reads it as an internal note and goes on with the customer."),
    )


def _field(item: ChecklistItem) -> forms.Field:
    common: dict[str, Any] = {
        "label": item.title,
        "required": item.is_required,
        "help_text": item.hint,
    }
    if item.kind == Kind.FILE:
        return forms.FileField(**common)
    if item.kind == Kind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **common)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 1}), **common)
