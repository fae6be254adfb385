"""What pages about articles ask for."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.knowledge.models import Article, PermissionGroup, Section, Segment
from opora.knowledge.queries import sections_as_choices
from opora.people.languages import languages_of_customers
from opora.people.models import Person

Values = dict[str, Any]
_BEYOND_THE_EDITOR = re.compile(r"<(table|h[456]|dl|hr|sub|sup|abbr)\b", re.IGNORECASE)


def needs_html(body: str) -> bool:
    """Whether the text has what the editor would flatten: tables, small headings, lists of terms."""
    return bool(_BEYOND_THE_EDITOR.search(body))


def languages() -> list[tuple[str, object]]:
    """Languages that an article may be written in."""
    return languages_of_customers()[1:]


class SectionField(forms.ModelChoiceField):
    """A section, listed under its brand and category."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Section.objects.all(), label=pgettext_lazy("of articles", "Section"), **options)
        self.choices = lambda: [("", _("Choose a section")), *sections_as_choices()]  # type: ignore[assignment]


class TextForm(forms.Form):
    """The words of an article in one language. `version` is the one that the writer began from."""

    title = forms.CharField(label=pgettext_lazy("article", "Title"), max_length=255)
    body = forms.CharField(
        label=pgettext_lazy("article", "Text"), required=False, widget=forms.HiddenInput, max_length=500_000
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *arguments: Any, as_html: bool = False, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if as_html:
            self.fields["body"].widget = forms.Textarea(
                attrs={"rows": 24, "class": "code-field", "spellcheck": "false"}
            )


class NewArticleForm(TextForm):
    """The first text of an article, and where it stands."""

    section = SectionField()
    locale = forms.ChoiceField(label=_("Language"), choices=languages)


class PropertiesForm(forms.Form):
    """All of an article but its words."""

    section = SectionField()
    labels = forms.CharField(
        label=_("Labels"),
        required=False,
        help_text=_("Words that customers use and the article does not, by commas. It is found by them."),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.all(),
        label=_("Audience"),
        required=False,
        empty_label=_("Everybody, without signing in"),
    )
    permission_group = forms.ModelChoiceField(
        PermissionGroup.objects.all(), label=_("Permission group"), required=False,
        empty_label=_("Whoever may by their role"), help_text=_("Who of those that write and publish may do so with this article."),
    )  # fmt: skip
    owner = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Owner"),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Looks whether it is still true."),
    )
    freshness = forms.TypedChoiceField(
        label=_("How often to look"), choices=Article.Freshness.choices, coerce=int
    )
    confidence = forms.ChoiceField(label=_("Confidence"), choices=Article.Confidence.choices)
    is_promoted = forms.BooleanField(label=_("On the first page of the help center"), required=False)

    def __init__(self, *arguments: Any, may_publish: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        owners: Any = self.fields["owner"]
        owners.queryset = Person.objects.colleagues().order_by("name", "id")
        if not may_publish:
            del self.fields["confidence"]

    def clean_labels(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["labels"].split(",") if word.strip()]


def initial_of_properties(article: Article) -> Values:
    """Return the article as the form shows it."""
    names = ("section", "segment", "permission_group", "owner", "freshness", "confidence", "is_promoted")
    labels = ", ".join(label.name for label in article.labels.all())
    return {name: getattr(article, name) for name in names} | {"labels": labels}
