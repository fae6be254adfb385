"""What the settings of the help center ask for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.forms import languages
from opora.knowledge.models import Category, PermissionGroup, Section, Segment
from opora.people.languages import own_name
from opora.people.models import Brand, Group, Organization, Person

Values = dict[str, Any]
OFFERED = ("uk", "en", "ru", "pl", "de")
"""Languages with a place of their own in the form; those in which something is named already come to them."""


class ShelfForm(forms.Form):
    """Names and descriptions by language."""

    source_locale = forms.ChoiceField(
        label=_("Own language"),
        choices=languages,
        help_text=_("Readers of languages without a name see this one."),
    )

    def __init__(self, *arguments: Any, row: Category | Section | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        asked = self.data.get("source_locale") or self.initial.get("source_locale", "")
        self.locales = list(dict.fromkeys([asked, *(row.texts if row else ()), *OFFERED]))
        self.locales = [code for code in self.locales if code in dict(languages())]
        for code in self.locales:
            told = (row.texts if row else {}).get(code, {})
            self.fields[f"name_{code}"] = forms.CharField(
                label=pgettext_lazy("thing", "Name"),
                max_length=255,
                required=code == asked,
                initial=told.get("name", ""),
            )
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description"), max_length=1000, required=False, initial=told.get("description", "")
            )

    @property
    def named(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """The languages with their two fields."""
        return [(own_name(code), self[f"name_{code}"], self[f"description_{code}"]) for code in self.locales]

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        given = self.cleaned_data
        return {
            code: {"name": given[f"name_{code}"], "description": given[f"description_{code}"]}
            for code in self.locales
        }


class CategoryForm(ShelfForm):
    """The widest division of a brand's help center."""

    brand = forms.ModelChoiceField(Brand.objects.filter(is_active=True), label=_("Brand"), empty_label=None)
    field_order = ("brand", "source_locale")

    def save(self, row: Category | None, *, by: Person) -> Category:
        given = self.cleaned_data
        return save_category(
            row, by=by, texts=self.texts, brand=given["brand"], source_locale=given["source_locale"]
        )


class SectionForm(ShelfForm):
    """A shelf of articles."""

    category = forms.ModelChoiceField(
        Category.objects.select_related("brand"), label=_("Category"), empty_label=None
    )
    parent = forms.ModelChoiceField(
        Section.objects.all(),
        label=_("Stands in the section"),
        required=False,
        empty_label=_("In none: right in the category"),
    )
    sorting = forms.ChoiceField(label=_("Order of its articles"), choices=Section.Sorting.choices)
    field_order = ("category", "parent", "sorting", "source_locale")

    def __init__(self, *arguments: Any, row: Section | None = None, **options: Any) -> None:
        super().__init__(*arguments, row=row, **options)
        category = cast(forms.ModelChoiceField, self.fields["category"])
        category.label_from_instance = _with_brand  # type: ignore[method-assign]
        parent = cast(forms.ModelChoiceField, self.fields["parent"])
        within = self.initial.get("category")
        parent.queryset = (
            Section.objects.filter(category=within).exclude(pk=row.pk if row else 0)
            if within
            else Section.objects.none()
        )

    def save(self, row: Section | None, *, by: Person) -> Section:
        given = self.cleaned_data
        fields = {name: given[name] for name in ("category", "parent", "sorting", "source_locale")}
        if given["parent"] and given["parent"].category_id != given["category"].pk:
            fields["parent"] = None
        return save_section(row, by=by, texts=self.texts, **fields)


def _with_brand(obj: Any) -> str:
    return f"{obj.brand.name} · {obj.name}"


def values_of_shelf(row: Category | Section | None) -> Values:
    """Return the shelf as its form shows it."""
    return {"source_locale": row.source_locale} if row else {}


class SegmentForm(forms.Form):
    """An audience: who signed in, narrowed."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Who"), choices=Segment.Kind.choices, widget=forms.RadioSelect)
    tags = forms.CharField(
        label=_("Has all of these tags"),
        required=False,
        help_text=_("Tags of people and of their organizations, by commas."),
    )
    or_tags = forms.CharField(label=_("Has one of these tags"), required=False)
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.all(),
        label=_("Is of one of these organizations"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    groups = forms.ModelMultipleChoiceField(
        Group.objects.filter(deleted_at=None),
        label=_("Is in one of these groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_tags(self) -> list[str]:
        return _words(self.cleaned_data["tags"])

    def clean_or_tags(self) -> list[str]:
        return _words(self.cleaned_data["or_tags"])


def initial_of_segment(segment: Segment | None) -> Values:
    if segment is None:
        return {"kind": Segment.Kind.SIGNED_IN}
    members = {name: list(getattr(segment, name).all()) for name in ("organizations", "groups")}
    return {
        "name": segment.name,
        "kind": segment.kind,
        "tags": ", ".join(segment.tags),
        "or_tags": ", ".join(segment.or_tags),
        **members,
    }


class PermissionGroupForm(forms.Form):
    """Who of those that may by their role writes and publishes some articles."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    editors = forms.ModelMultipleChoiceField(
        Segment.objects.filter(kind=Segment.Kind.STAFF),
        label=_("Write"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    publishers = forms.ModelMultipleChoiceField(
        Segment.objects.filter(kind=Segment.Kind.STAFF), label=_("Publish, review, archive"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Audiences of colleagues. Administrators of the help center always may."),
    )  # fmt: skip


def initial_of_permission_group(group: PermissionGroup | None) -> Values:
    if group is None:
        return {}
    return {
        "name": group.name,
        "editors": list(group.editors.all()),
        "publishers": list(group.publishers.all()),
    }


def _words(text: str) -> list[str]:
    return sorted({word.strip().lower() for word in text.split(",") if word.strip()})
