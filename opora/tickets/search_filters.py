"""The filters of a search, as a condition on tickets."""

from collections.abc import Callable
from datetime import tzinfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.people.models import Person
from opora.search.language.moments import span
from opora.search.language.syntax import Filter, SearchQuery, Value
from opora.tickets.models import (
    Category,
    Collaboration,
    FieldValue,
    Priority,
    TicketField,
    TicketTag,
    TicketType,
)
from opora.tickets.search_fields import DATES, PEOPLE, ROWS


class Reading:
    """Turns the filters of one search into a condition, gathering sentences about what made no sense."""

    def __init__(self, by: ActsAsActor) -> None:
        self.by = by
        self.zone: tzinfo = timezone.get_current_timezone()
        self.problems: list[str] = []

    def condition(self, query: SearchQuery) -> Q:
        combined = Q()
        if not any(asked.field == "is" for asked in query.filters):
            combined = Q(removed_at__isnull=True)
        kinds = [TicketType[word.upper()].value for word in query.types if word != "ticket"]
        if kinds:
            combined &= Q(type__in=kinds)
        for asked in query.filters:
            alternatives = Q()
            for value in asked.values:
                alternatives |= self._one(asked, value)
            combined &= ~alternatives if asked.negated else alternatives
        return combined

    def _one(self, asked: Filter, value: Value) -> Q:
        name = asked.field
        if name in DATES:
            return self._date(DATES[name], asked.operator, value)
        if name in PEOPLE:
            return self._person(name, value)
        if name in ROWS:
            return self._row(name, value)
        if name.startswith("custom_field_"):
            return self._custom(name.removeprefix("custom_field_"), asked.operator, value)
        return SIMPLE[name](self, asked.operator, value) if name in SIMPLE else Q()

    def _date(self, column: str, operator: str, value: Value) -> Q:
        if value.is_any or value.is_none:
            return Q(**{f"{column}__isnull": value.is_none})
        when = span(operator, value.text, now=clock.now(), zone=self.zone)
        if when is None:
            return Q()
        condition = Q()
        if when.start:
            condition &= Q(**{f"{column}__gte": when.start})
        if when.end:
            condition &= Q(**{f"{column}__lt": when.end})
        return condition

    def _person(self, name: str, value: Value) -> Q:
        if value.is_none or value.is_any:
            return (
                Q(**{f"{name}__isnull": value.is_none})
                if name in ("assignee", "requester", "submitter")
                else Q()
            )
        ids = self._people(value)
        if name in ("cc", "follower"):
            return Q(pk__in=Collaboration.objects.filter(kind=name, person_id__in=ids).values("ticket_id"))
        if name == "commenter":
            return Q(comments__author_id__in=ids)
        return Q(**{f"{name}_id__in": ids})

    def _people(self, value: Value) -> list[int]:
        if value.is_me:
            return [self.by.as_actor().id or 0]
        text = value.text
        if text.isdigit() and len(text) < 18:
            return [int(text)]
        if "@" in text:
            found = Person.objects.filter(identities__value=text.lower())
        else:
            found = Person.objects.filter(Q(name__istartswith=text) | Q(name__icontains=f" {text}"))
        return list(found.values_list("pk", flat=True)[:100])

    def _row(self, name: str, value: Value) -> Q:
        if value.is_none or value.is_any:
            return Q(**{f"{name}__isnull": value.is_none})
        if value.text.isdigit() and len(value.text) < 18:
            return Q(**{f"{name}_id": int(value.text)})
        rows = ROWS[name].objects.filter(name__istartswith=value.text)  # type: ignore[attr-defined]
        return Q(**{f"{name}_id__in": list(rows.values_list("pk", flat=True)[:100])})

    def _tags(self, operator: str, value: Value) -> Q:
        marks = TicketTag.objects.all()
        if value.is_any or value.is_none:
            marked = Q(pk__in=marks.values("ticket_id"))
            return ~marked if value.is_none else marked
        lookup = "tag__name__startswith" if value.wildcard else "tag__name"
        return Q(pk__in=marks.filter(**{lookup: value.text.lower()}).values("ticket_id"))

    def _custom(self, key: str, operator: str, value: Value) -> Q:
        fields = TicketField.objects.filter(Q(pk=int(key)) if key.isdigit() and len(key) < 18 else Q(key=key))
        values = FieldValue.objects.filter(field__in=fields)
        if not (value.is_any or value.is_none):
            lookup = {"<": "number__lt", ">": "number__gt", "<=": "number__lte", ">=": "number__gte"}.get(
                operator
            )
            if lookup:
                values = values.filter(**{lookup: value.text}) if _is_number(value.text) else values.none()
            else:
                values = values.filter(
                    **{"text__istartswith" if value.wildcard else "text__iexact": value.text}
                )
        filled = Q(pk__in=values.values("ticket_id"))
        return ~filled if value.is_none else filled

    def _worded(
        self, column: str, words: type[Category] | type[Priority] | type[TicketType]
    ) -> Callable[..., Q]:
        def compare(operator: str, value: Value) -> Q:
            if value.is_any or value.is_none:
                return Q(**{f"{column}__isnull": value.is_none})
            number = words.__members__.get(value.text.upper())
            if number is None:
                choices = ", ".join(member.lower() for member in words.__members__)
                self.problems.append(
                    _("“%(value)s” is none of %(choices)s.") % {"value": value.text, "choices": choices}
                )
                return Q(pk__in=[])
            lookup = {"<": "__lt", ">": "__gt", "<=": "__lte", ">=": "__gte"}.get(operator, "")
            return Q(**{f"{column}{lookup}": number.value})

        return compare

    def _is(self, operator: str, value: Value) -> Q:
        states = {
            "deleted": Q(removed_as="deleted"),
            "spam": Q(removed_as="spam"),
            "merged": Q(merged_into__isnull=False),
            "unsolved": Q(removed_at__isnull=True, category__lt=Category.SOLVED),
        }
        return states.get(value.text.lower(), Q(pk__in=[]))

    def _has(self, operator: str, value: Value) -> Q:
        return Q(comments__attachments__isnull=False) if value.text.startswith("attachment") else Q()

    def _id(self, operator: str, value: Value) -> Q:
        lookup = {"<": "pk__lt", ">": "pk__gt", "<=": "pk__lte", ">=": "pk__gte"}.get(operator, "pk")
        return (
            Q(**{lookup: int(value.text)}) if value.text.isdigit() and len(value.text) < 18 else Q(pk__in=[])
        )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "n" not in text.lower()


SIMPLE: dict[str, Callable[[Reading, str, Value], Q]] = {
    "tags": Reading._tags,
    "status": lambda reading, operator, value: reading._worded("category", Category)(operator, value),
    "priority": lambda reading, operator, value: reading._worded("priority", Priority)(operator, value),
    "ticket_type": lambda reading, operator, value: reading._worded("type", TicketType)(operator, value),
    "via": lambda reading, operator, value: Q(
        channel={"mail": "email"}.get(value.text.lower(), value.text.lower())
    ),
    "form": lambda reading, operator, value: Q(form__name__istartswith=value.text),
    "external_id": lambda reading, operator, value: Q(external_id=value.text),
    "is": Reading._is,
    "has": Reading._has,
    "id": Reading._id,
}
