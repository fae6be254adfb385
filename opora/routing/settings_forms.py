"""What the settings of distributing work ask for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.people.languages import languages_of_customers
from opora.people.models import Group
from opora.people.queries import groups
from opora.routing.channels import NAMES, WAYS
from opora.routing.models import ChecklistItem, Level, Queue, Skill, standard_weights
from opora.tickets.conditions import ConditionsField
from opora.tickets.models import Category, Priority, TicketType

NOT_AT_ALL = (0, pgettext_lazy("skill level", "Not at all"))


class _GroupOrOwn(forms.ModelChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(Group.objects.filter(deleted_at=None), required=False, **options)


class QueueForm(forms.Form):
    """A routing rule."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=120)
    conditions = ConditionsField(
        label=_("Which tickets"), help_text=_("Of tickets that nobody has. Without conditions: all of them.")
    )
    group = _GroupOrOwn(
        label=_("Whose they are"),
        empty_label=_("The group that the ticket has"),
        help_text=_("A ticket of another group moves to this one."),
    )
    strategy = forms.ChoiceField(label=_("Who gets them"), choices=Queue.Strategy.choices)
    is_sticky = forms.BooleanField(
        label=_("Customers come back to whoever served them last, if that person is free"), required=False
    )
    language = forms.ChoiceField(
        label=_("The customer’s language"),
        choices=Queue.Language.choices,
        help_text=_("Counts where a skill for the language exists."),
    )
    relax_minutes = forms.IntegerField(
        label=_("Minutes until wanted skills give way by one level"),
        min_value=0,
        max_value=10_000,
        help_text=_("0: they never do. What is a must never gives way."),
    )
    takes_back = forms.BooleanField(
        label=_("A reopened ticket leaves an assignee who is offline, if somebody else is free"),
        required=False,
    )
    is_active = forms.BooleanField(label=_("In use"), required=False)


class SkillForm(forms.Form):
    """Something that people can."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Skill.Kind.choices)
    locale = forms.ChoiceField(
        label=_("Which language"),
        choices=languages_of_customers,
        required=False,
        help_text=_("Tickets of customers who write in it need this skill by themselves."),
    )


class RequirementForm(forms.Form):
    """Which tickets need a skill."""

    skill = forms.ModelChoiceField(Skill.objects.filter(deleted_at=None), label=_("Skill"))
    level = forms.TypedChoiceField(
        label=_("At least"), choices=Level.choices, coerce=int, initial=Level.ALONE.value
    )
    conditions = ConditionsField(label=_("Tickets that need it"), required=True)
    is_firm = forms.BooleanField(
        label=_("A must: it never gives way"),
        required=False,
        help_text=_("Otherwise it gives way by a level at a time when a ticket waits long."),
    )


class WaysForm(forms.Form):
    """Ordinary tickets at once, by way of working."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        ways = {
            way: forms.IntegerField(label=NAMES[way], min_value=0, max_value=1000, required=False)
            for way in WAYS
        }
        self.fields = ways | self.fields  # type: ignore[assignment]


class PersonWorkForm(WaysForm):
    """Skills and capacity of one colleague."""

    def __init__(self, *arguments: Any, skills: Sequence[Skill], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.skills = skills
        for skill in skills:
            self.fields[f"skill_{skill.pk}"] = forms.TypedChoiceField(
                label=skill.name,
                choices=[NOT_AT_ALL, *Level.choices],
                coerce=int,
                required=False,
                empty_value=0,  # type: ignore[arg-type]
            )

    def levels(self) -> dict[Skill, int]:
        """Return the levels that were chosen."""
        return {skill: self.cleaned_data[f"skill_{skill.pk}"] for skill in self.skills}

    def chapters(self) -> list[tuple[str, list[Any]]]:
        """Return the fields of skills by kind, as the page shows them."""
        found: dict[str, list[Any]] = {}
        for skill in self.skills:
            found.setdefault(str(Skill.Kind(skill.kind).label), []).append(self[f"skill_{skill.pk}"])
        return list(found.items())

    def ways(self) -> list[Any]:
        return [self[way] for way in WAYS]


class CapacityForm(WaysForm):
    """Capacity of the desk, the weights of tickets, and presence."""

    idle_minutes = forms.IntegerField(
        label=_("Minutes without a key or a click until somebody is away"),
        min_value=0,
        max_value=600,
        help_text=_("0: never by itself."),
    )
    away_reasons = forms.CharField(
        label=_("Reasons for being away"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: lunch, training, meeting."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, label in weight_fields():
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=1000)

    def ways(self) -> list[Any]:
        return [self[way] for way in WAYS]

    def weights(self) -> dict[str, dict[str, int]]:
        """Return the weights as the settings keep them."""
        return {
            kind: {word: self.cleaned_data[f"{kind}_{word}"] for word in words}
            for kind, words in standard_weights().items()
        }

    def reasons(self) -> list[str]:
        lines = (line.strip()[:60] for line in self.cleaned_data["away_reasons"].splitlines())
        return [line for line in lines if line][:12]

    def weight_groups(self) -> list[tuple[str, list[Any]]]:
        """Return the fields of weights by what they belong to."""
        titles = {"category": _("Status"), "priority": _("Priority"), "type": _("Type")}
        return [
            (str(titles[kind]), [self[f"{kind}_{word}"] for word in words])
            for kind, words in standard_weights().items()
        ]


def weight_fields() -> list[tuple[str, Any]]:
    """Return the names and labels of the fields of weights."""
    none = pgettext_lazy("weight of a ticket without priority or type", "None")
    labels: dict[str, dict[str, Any]] = {
        "category": {member.word: member.label for member in Category},
        "priority": {"none": none} | {member.word: member.label for member in Priority},
        "type": {"none": none} | {member.word: member.label for member in TicketType},
    }
    return [
        (f"{kind}_{word}", labels[kind][word]) for kind, words in standard_weights().items() for word in words
    ]


class LineForm(forms.Form):
    """A group that takes escalations."""

    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"))
    tier = forms.TypedChoiceField(
        label=_("Place"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Specialists beside the lines")), *((tier, f"L{tier}") for tier in range(1, 6))],
    )
    takes_over = forms.TypedChoiceField(
        label=_("What happens to the ticket"),
        coerce=lambda value: value == "True",
        widget=forms.RadioSelect,
        initial=True,
        choices=[
            (True, _("It moves to this group")),
            (False, _("It stays with the sender, the group answers")),
        ],
    )
    guidance = forms.CharField(
        label=_("Guidance"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands above the checklist: what belongs here and what does not."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["group"].queryset = groups()  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """One item of a checklist."""

    title = forms.CharField(label=_("What they want to know"), max_length=160)
    kind = forms.ChoiceField(label=_("Answer"), choices=ChecklistItem.Kind.choices)
    hint = forms.CharField(label=_("Hint"), max_length=255, required=False)
    is_required = forms.BooleanField(label=_("Required"), required=False)
