"""A tree becomes a sentence, as a colleague would say it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opora.core.conditions.operators import pattern_of
from opora.core.conditions.tree import Condition, Tree


def sentence(tree: Tree) -> str:
    """Say in the reader's language what the tree asks for, without a full stop; “” for an empty tree."""
    every, some = [of_condition(row) for row in tree.every], [of_condition(row) for row in tree.some]
    if not every and not some:
        return ""
    if len(some) == 1:
        every, some = [*every, *some], []
    if not some:
        return joined(every, _("and"))
    if not every:
        return _("At least one of these: %(some)s") % {
            "some": joined([_lowered(some[0]), *some[1:]], _("or"))
        }
    return _("%(every)s, and at least one of these: %(some)s") % {
        "every": joined(every, _("and")),
        "some": joined([_lowered(some[0]), *some[1:]], _("or")),
    }


def of_condition(row: Condition) -> str:
    """Say one condition."""
    values = {"field": str(row.field.title), "value": row.field.operand_words(row.operator, row.operand)}
    return pattern_of(row.field.kind, row.operator, row.operand) % values


def joined(parts: Sequence[str], last: str) -> str:
    """Return the parts as one list: commas, and the word before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join([parts[0], *map(_lowered, parts[1:-1])])} {last} {_lowered(parts[-1])}"


def _lowered(text: str) -> str:
    """Begin small inside a sentence, except abbreviations such as “SLA”."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
