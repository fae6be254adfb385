"""Carrying out an action with what a form gathered: a refusal becomes an error beside its field."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from opora.core.refusals import Conflict, Invalid

Made = TypeVar("Made")


def attempt(form: forms.BaseForm, act: Callable[[dict[str, Any]], Made]) -> Made | None:
    """Return what `act` makes of the form's clean values; None when the form is not valid or the action refused.

    The refusal's sentence stands beside the field it names, or above the form.
    """
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except (Invalid, Conflict) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return None


def status_of(form: forms.BaseForm) -> int:
    """Return the status of the page that shows the form: 422 when something has to be corrected."""
    return 422 if form.is_bound and form.errors else 200
