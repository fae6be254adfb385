"""From what was typed to a `SearchQuery`. It never refuses: what it cannot follow it searches as text, and says so."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from opora.core.text import without_nulls
from opora.search.language.lexer import Term, terms
from opora.search.language.moments import is_moment
from opora.search.language.syntax import (
    Field,
    Fields,
    Filter,
    Not,
    Number,
    Order,
    Phrase,
    SearchQuery,
    TextQuery,
    Value,
    Words,
)

LENGTH = 2_000  # characters; what follows is not read
_DIRECTIONS = {"asc": False, "desc": True}


def parse(typed: str, fields: Fields) -> SearchQuery:
    """Return what `typed` asks for. Never raises; `problems` says in sentences what was not understood."""
    typed = without_nulls(typed.encode(errors="ignore").decode())  # JSON can carry halves of characters
    reading = _Reading(fields)
    if len(typed) > LENGTH:
        reading.problems.append(
            _("The search is too long; only its first %(many)d characters were read.") % {"many": LENGTH}
        )
    for term in terms(typed[:LENGTH]):
        reading.read(term)
    return reading.result()


class _Reading:
    """The search read so far."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.parts: list[Words | Phrase | Not] = []
        self.filters: dict[tuple, Filter] = {}
        self.numbers: list[Number] = []
        self.types: list[str] = []
        self.order_field = ""
        self.descending: bool | None = None
        self.problems: list[str] = []

    def read(self, term: Term) -> None:
        if not term.operator:
            self._read_text(term)
        elif term.name.casefold() in ("type", "order_by", "sort"):
            self._read_direction(term)
        elif field := self.fields.get(term.name.casefold()):
            self._read_field(term, field)
        else:
            self._read_unknown(term)

    def result(self) -> SearchQuery:
        order = Order(self.order_field, self.descending is not False) if self.order_field else None
        return SearchQuery(
            TextQuery(tuple(self.parts)),
            tuple(self.filters.values()),
            tuple(dict.fromkeys(self.numbers)),
            order,
            tuple(dict.fromkeys(self.types)),
            tuple(dict.fromkeys(self.problems)),
        )

    def _read_text(self, term: Term) -> None:
        if (
            term.text.startswith("#")
            and term.text[1:].isdecimal()
            and not (term.negated or term.quoted)
            and len(term.text) < 17
        ):
            self.numbers.append(Number(int(term.text[1:])))
        self._add_text(term)

    def _add_text(self, term: Term, *, in_title: bool = False) -> None:
        part = _text_part(term, in_title=in_title)
        if any(letter.isalnum() for letter in part.text):
            self.parts.append(Not(part) if term.negated else part)

    def _read_direction(self, term: Term) -> None:
        value = term.text.casefold()
        name = term.name.casefold()
        if name == "type":
            self._one_of(value, self.fields.types, "type")
            self.types.append(value)
        elif name == "order_by":
            self._one_of(value, self.fields.orders, "order_by")
            self.order_field = value if not self.fields.orders or value in self.fields.orders else ""
        elif value in _DIRECTIONS:
            self.descending = _DIRECTIONS[value]
        else:
            self._one_of(value, frozenset(_DIRECTIONS), "sort")

    def _one_of(self, value: str, possible: frozenset[str], name: str) -> None:
        if possible and value not in possible:
            self.problems.append(
                _("'%(name)s:%(value)s' is not known. Possible are: %(possible)s.")
                % {"name": name, "value": value, "possible": ", ".join(sorted(possible))}
            )

    def _read_field(self, term: Term, field: Field) -> None:
        operator = ":" if term.operator == "=" else term.operator
        if not term.text:
            self.problems.append(
                _("After '%(term)s' comes a value without a space, as in %(term)svalue.") % {"term": term.raw}
            )
        elif field.text and operator == ":":
            self._add_text(term, in_title=field.text == "title")
        elif operator != ":" and not (field.ordered or field.date):
            self.problems.append(
                _(
                    "'%(name)s' has no order, so '%(operator)s' says nothing about it. Write %(name)s:%(value)s."
                )
                % {"name": term.name, "operator": operator, "value": term.text}
            )
        else:
            self._add_filter(term, field, operator)

    def _add_filter(self, term: Term, field: Field, operator: str) -> None:
        value = _value(term)
        if field.date and not (value.is_any or value.is_none or is_moment(value.text)):
            self.problems.append(
                _("'%(value)s' is not a date. Write it as 2026-10-01, 2026-10-01T10:00:00Z or 4hours.")
                % {"value": term.text}
            )
            return
        # The same field twice means "either"; bounds are the exception, because two of them make a range.
        place = (field.name, operator, term.negated, "" if operator == ":" else value)
        known = self.filters.get(place)
        values = known.values if known else ()
        if value not in values:
            self.filters[place] = Filter(field.name, operator, (*values, value), term.negated)

    def _read_unknown(self, term: Term) -> None:
        self._add_text(Term(term.raw.removeprefix("-") if term.negated else term.raw, negated=term.negated))
        near = get_close_matches(term.name.casefold(), self.fields.known, n=1, cutoff=0.75)
        if near:
            self.problems.append(
                _("There is no field called '%(name)s'. Did you mean '%(near)s'?")
                % {"name": term.name, "near": near[0]}
            )
        elif term.text and term.operator != "=" and not term.text.startswith("/"):
            self.problems.append(
                _("There is no field called '%(name)s', so it was searched as text.") % {"name": term.name}
            )


def _text_part(term: Term, *, in_title: bool) -> Words | Phrase:
    if term.quoted:
        return Phrase(term.text, in_title=in_title)
    starts = term.text.endswith("*")
    return Words(term.text.rstrip("*"), starts=starts, in_title=in_title)


def _value(term: Term) -> Value:
    if term.quoted:
        return Value(term.text, quoted=True)
    wildcard = term.text.endswith("*")
    return Value(term.text.rstrip("*") if wildcard else term.text, wildcard=wildcard)
