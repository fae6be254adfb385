"""What the page of a text in several languages asks for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.languages import languages_of_customers, own_name
from opora.tickets.models import DynamicItem


class TextForm(forms.Form):
    """A name, the text's own language, a field for each language that it is said in, and one more."""

    name = forms.CharField(
        label=pgettext_lazy("thing", "Name"), max_length=120, help_text=_("Such as “Working hours”.")
    )
    locale = forms.ChoiceField(
        label=_("Its own language"), help_text=_("What readers of a language that is missing here get.")
    )
    added = forms.ChoiceField(label=_("One more language"), required=False)
    added_text = forms.CharField(
        label=_("Text in it"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, given: Any = None, *, item: DynamicItem | None) -> None:
        languages = [(code, name) for code, name in languages_of_customers() if code]
        self.said = {one.locale: one.content for one in item.variants.all()} if item else {}
        super().__init__(
            given, initial={"name": item.name, "locale": item.locale} if item else {"locale": "uk"}
        )
        own = self.said.keys() if item else ()
        for locale in own:
            self.fields[f"text_{locale}"] = _text_field(str(own_name(locale)), self.said[locale])
        chosen = [(code, name) for code, name in languages if not item or code in self.said]
        cast(forms.ChoiceField, self.fields["locale"]).choices = chosen
        left = [(code, name) for code, name in languages if code not in self.said]
        cast(forms.ChoiceField, self.fields["added"]).choices = [("", "–"), *left]
        if item is None:
            del self.fields["added"]
            self.fields["added_text"].label = _("Text")
            self.fields["added_text"].required = True

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[f"text_{locale}"] for locale in self.said]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("added_text") and "added" in self.fields and not given.get("added"):
            self.add_error("added", _("Choose the language of this text."))
        if given.get("added") and not given.get("added_text"):
            self.add_error("added_text", _("Write what is said in this language."))
        return given

    def fields_of(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return what was filled in as the action takes it."""
        texts = {locale: given[f"text_{locale}"] for locale in self.said}
        new = given.get("added") if self.said else given["locale"]
        if new:
            texts[new] = given["added_text"]
        return {"name": given["name"], "locale": given["locale"], "texts": texts}


def _text_field(label: str, content: str) -> forms.CharField:
    return forms.CharField(label=label, initial=content, widget=forms.Textarea(attrs={"rows": 3}))
