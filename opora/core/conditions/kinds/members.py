"""A set: tags, followers, people in copy."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opora.core.conditions.field import Choices, ConditionField
from opora.core.conditions.kinds.values import quoted, words_in
from opora.core.conditions.sentence import joined
from opora.core.refusals import Invalid

ME = "current_user"


@dataclass(frozen=True, kw_only=True)
class Members(ConditionField):
    """A property that is a set of words or of ids. `holding` returns the rows whose set holds any of the given ones.

    `member` reads one written member; `name_of` says what it is called; `finder` is the address of a lookup.
    """

    kind = "members"
    comparisons = ("includes", "not_includes", "present", "not_present")
    holding: Callable[[Collection[Any] | None], Q]
    member: Callable[[str], Any] = str
    name_of: Callable[[Any], str] = quoted
    me: Callable[[Any], Any] | None = None
    options: Callable[[], Choices] = tuple
    finder: str | Promise = ""
    is_free: bool = False

    def control_of(self, operator: str) -> str:
        if not super().control_of(operator):
            return ""
        return "finders" if self.finder else "choices"

    def choices(self) -> Choices:
        return self.options()

    def read(self, operator: str, value: Any) -> tuple[Any, ...]:
        members = tuple(word if self.me and word == ME else self.member(word) for word in words_in(value))
        if not members:
            raise Invalid(_("Say at least one."))
        return members

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ("present", "not_present"):
            wanted = operator == "present"
            return lambda value, case: bool(value) is wanted
        wanted, members = operator == "includes", frozenset(operand)
        if ME not in members or self.me is None:
            return lambda value, case: members.isdisjoint(value) is not wanted
        me = self.me
        return lambda value, case: ({*members, me(case.by)}.isdisjoint(value)) is not wanted

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ("present", "not_present"):
            filled = self.holding(None)
            return filled if operator == "present" else ~filled
        members = [self.me(by) if self.me and member == ME else member for member in operand]
        held = self.holding(members)
        return held if operator == "includes" else ~held

    def equals(self, operand: Any, value: Any, case: Any) -> bool:
        return not frozenset(operand).isdisjoint(value or ())

    def words(self, value: Any) -> str:
        return joined([self._named(member) for member in sorted(value, key=str)], _("and")) or _("none")

    def operand_words(self, operator: str, operand: Any) -> str:
        return joined([self._named(member) for member in operand or ()], _("or"))

    def _named(self, member: Any) -> str:
        return _("current user") if member == ME and self.me else self.name_of(member)
