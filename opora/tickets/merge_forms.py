"""What merging people asks for."""

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opora.people.models import Person
from opora.people.queries import customers
from opora.people.widgets import Finder


class MergePeopleForm(forms.Form):
    """Who the person really is."""

    into = forms.ModelChoiceField(Person.objects.none(), label=_("This is the same person as"))

    def __init__(self, *arguments: Any, source: Person, **options: Any) -> None:
        super().__init__(*arguments, **options)
        url = f"{reverse('people:lookup_customers')}?beside={source.pk}"
        into = cast(forms.ModelChoiceField, self.fields["into"])
        into.widget = Finder(
            url,
            text_of=_name_of,
            label=_("This is the same person as"),
            placeholder=_("A name or mail address"),
        )
        into.queryset = customers().exclude(pk=source.pk)


def _name_of(value: str) -> str:
    found = customers().filter(pk=value).first() if value.isdecimal() and len(value) < 18 else None
    return str(found or "")
