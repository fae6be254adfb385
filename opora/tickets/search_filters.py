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
    Attachment,
    Category,
    Collaboration,
    Comment,
    FieldValue,
    Priority,
    TicketField,
    TicketTag,
    TicketType,
)
from opora.tickets.search_fields import DATES, PEOPLE, ROWS, is_meant, is_number

CHOICES = (TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT)


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
        combined &= self._types([word for word in query.types if word != "ticket"])
        for asked in query.filters:
            alternatives = Q()
            for value in asked.values:
                alternatives |= self._one(asked, value)
            combined &= ~alternatives if asked.negated else alternatives
        return combined

    def _types(self, words: list[str]) -> Q:
        """Tickets of any of these types; of a word that is none there are no tickets."""
        known = [TicketType[word.upper()].value for word in words if word.upper() in TicketType.__members__]
        condition = Q(type__in=known) if words else Q()
        return condition | Q(type__isnull=True) if "none" in words else condition

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
            return Q(pk__in=Comment.objects.filter(author_id__in=ids).values("ticket_id"))
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
        return Q(pk__in=marks.filter(**{lookup: value.text.lower()}).values("ticket_id")) | self._chosen(
            value
        )

    def _chosen(self, value: Value) -> Q:
        """Tickets with this choice of a custom field, which programs know as a tag too."""
        fields = [
            field.pk
            for field in TicketField.objects.filter(type__in=CHOICES)
            if any(is_meant(str(option["value"]), value) for option in field.options)
        ]
        return self._filled(fields, value) if fields else Q()

    def _field_value(self, operator: str, value: Value) -> Q:
        return self._filled(list(TicketField.objects.values_list("pk", flat=True)), value)

    def _filled(self, fields: list[int], value: Value) -> Q:
        """Tickets on which one of these custom fields has the value."""
        values = FieldValue.objects.filter(field_id__in=fields)
        if not value.is_any:
            values = values.filter(**{"text__istartswith" if value.wildcard else "text__iexact": value.text})
        return Q(pk__in=values.values("ticket_id"))

    def _custom(self, key: str, operator: str, value: Value) -> Q:
        fields = TicketField.objects.filter(Q(pk=int(key)) if key.isdigit() and len(key) < 18 else Q(key=key))
        values = FieldValue.objects.filter(field__in=fields)
        if not (value.is_any or value.is_none):
            lookup = {"<": "number__lt", ">": "number__gt", "<=": "number__lte", ">=": "number__gte"}.get(
                operator
            )
            if lookup:
                values = values.filter(**{lookup: value.text}) if is_number(value.text) else values.none()
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
        return self._with_files() if value.text.startswith("attachment") else Q()

    def _has_attachment(self, operator: str, value: Value) -> Q:
        return ~self._with_files() if value.text.lower() == "false" else self._with_files()

    def _with_files(self) -> Q:
        return Q(pk__in=Attachment.objects.filter(comment__isnull=False).values("comment__ticket_id"))

    def _form(self, operator: str, value: Value) -> Q:
        if value.is_none or value.is_any:
            return Q(form__isnull=value.is_none)
        if value.text.isdigit() and len(value.text) < 18:
            return Q(form_id=int(value.text))
        return Q(form__name__istartswith=value.text)

    def _language(self, operator: str, value: Value) -> Q:
        code = value.text.lower().partition("-")[0]
        spoken = Q(requester__locale__istartswith=code)
        return spoken | Q(requester__locale="") if code == "en" else spoken

    def _satisfaction(self, operator: str, value: Value) -> Q:
        """Rated good or bad, with or without words; what was never rated is unoffered or offered."""
        word = value.text.lower().replace("_", "").replace("-", "")
        score = word.removesuffix("withcomment").removesuffix("withoutcomment")
        if score in {"unoffered", "offered", "none"}:
            return Q(rating__isnull=True)
        rated = Q(rating__isnull=False) if score in {"received", ""} else Q(rating__score=score)
        spoken = {"withcomment": ~Q(rating__comment=""), "withoutcomment": Q(rating__comment="")}
        return rated & spoken.get(word.removeprefix(score), Q())

    def _id(self, operator: str, value: Value) -> Q:
        lookup = {"<": "pk__lt", ">": "pk__gt", "<=": "pk__lte", ">=": "pk__gte"}.get(operator, "pk")
        return (
            Q(**{lookup: int(value.text)}) if value.text.isdigit() and len(value.text) < 18 else Q(pk__in=[])
        )


SIMPLE: dict[str, Callable[[Reading, str, Value], Q]] = {
    "tags": Reading._tags,
    "status": lambda reading, operator, value: reading._worded("category", Category)(operator, value),
    "priority": lambda reading, operator, value: reading._worded("priority", Priority)(operator, value),
    "ticket_type": lambda reading, operator, value: reading._worded("type", TicketType)(operator, value),
    "via": lambda reading, operator, value: Q(
        channel={"mail": "email"}.get(value.text.lower(), value.text.lower())
    ),
    "form": Reading._form,
    "fieldvalue": Reading._field_value,
    "has_attachment": Reading._has_attachment,
    "recipient": lambda reading, operator, value: Q(received_at__iexact=value.text),
    "satisfaction": Reading._satisfaction,
    "language": Reading._language,
    "external_id": lambda reading, operator, value: Q(external_id=value.text),
    "is": Reading._is,
    "has": Reading._has,
    "id": Reading._id,
}
