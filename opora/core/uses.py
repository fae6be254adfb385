"""What names a thing of the desk's configuration: rules, views, policies, queues. It is asked before the thing goes.

A room that keeps references says so in its module `uses`, by a function under `@finds_uses`; nobody lists them all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.core.refusals import Conflict

MOST_NAMED = 3
"""Users that a sentence names; it counts the others."""


class Thing(NamedTuple):
    """What may be named: the model's word, such as “group”, and how references write it, mostly its number."""

    kind: str
    id: str


@dataclass(frozen=True)
class Use:
    """Something that names the thing: what it is, its name, its page, and whether it is switched on."""

    what: str | Promise
    name: str
    url: str
    is_active: bool = True


Finder = Callable[[Thing], Iterable[Use]]
_FINDERS: list[Finder] = []


def finds_uses(finder: Finder) -> Finder:
    """Let a room be asked what of its own names a thing."""
    _FINDERS.append(finder)
    return finder


def thing_of(row: Any) -> Thing:
    """Return the row as references write it: `named_as` where the model says so, else its number."""
    return Thing(row._meta.model_name, str(getattr(row, "named_as", row.pk)))


def used_by(thing: Thing) -> list[Use]:
    """Return all that names the thing, what is switched on first."""
    found = [use for finder in _FINDERS for use in finder(thing)]
    return sorted(found, key=lambda use: (not use.is_active, str(use.what), use.name))


def refuse_while_used(thing: Thing, name: object, *, field: str = "") -> None:
    """Raise `Conflict`, naming the users, while anything names the thing."""
    found = used_by(thing)
    if found:
        values = {"name": name, "users": _named(found)}
        raise Conflict(_("“%(name)s” is still used: %(users)s. Change these first.") % values, field=field)


def uses_sentence(thing: Thing, name: object) -> str:
    """Return what to know when the thing is switched off while something names it; “” while nothing does."""
    found = [use for use in used_by(thing) if use.is_active]
    values = {"name": name, "users": _named(found)}
    return _("“%(name)s” is switched off and still used: %(users)s.") % values if found else ""


def warn_of_uses(request: HttpRequest, row: Any) -> None:
    """Tell whoever switched something off what still names it."""
    sentence = "" if row.is_active else uses_sentence(thing_of(row), row)
    if sentence:
        messages.warning(request, sentence)


def _named(found: list[Use]) -> str:
    return ", ".join([*(_said(use) for use in found[:MOST_NAMED]), *_more(len(found) - MOST_NAMED)])


def _said(use: Use) -> str:
    return _("%(what)s “%(name)s”") % {"what": str(use.what).lower(), "name": use.name}


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield ngettext("%(count)s more", "%(count)s more", count) % {"count": count}
