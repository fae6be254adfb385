"""What the requester thought: nothing yet, bad or good, and whether they said why. A state further down the list is better."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opora.core.conditions.field import Choices
from opora.core.conditions.kinds import Choice
from opora.core.conditions.kinds.choice import ORDER
from opora.tickets.conditions.case import Case
from opora.tickets.models import SatisfactionRating
from opora.tickets.satisfaction import PLACES, state_of

LABELS: Mapping[str, str | Promise] = {
    "unoffered": _("not rated"),
    "bad": _("bad"),
    "bad_with_comment": _("bad, with a comment"),
    "good": _("good"),
    "good_with_comment": _("good, with a comment"),
}
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {**dict(ORDER.values()), "exact": operator.eq}


def _options() -> Choices:
    return [(word, str(label)) for word, label in LABELS.items()]


def _seen(case: Case) -> int:
    row = SatisfactionRating.objects.filter(ticket_id=case.ticket.id).values_list("score", "comment").first()
    return state_of(*row) if row else state_of("", "")


def _where(lookup: str, value: Any) -> Q:
    """The tickets in those states that compare so with the wanted one."""
    compare = _COMPARED[lookup]
    found = Q(pk__in=[])
    for word, place in PLACES.items():
        if compare(place, value):
            found |= _in_state(word)
    return found


def _in_state(word: str) -> Q:
    if word == "unoffered":
        return ~Q(pk__in=SatisfactionRating.objects.values("ticket_id"))
    score, _with, said = word.partition("_with_")
    rated = SatisfactionRating.objects.filter(score=score)
    rated = rated.exclude(comment="") if said else rated.filter(comment="")
    return Q(pk__in=rated.values("ticket_id"))


FIELD = Choice(
    name="satisfaction", title=_("Satisfaction"), group=_("Ticket"), options=_options, stored=PLACES, is_ordered=True,
    seen=_seen, where=_where, changed=lambda case: case.happened.changes.get("satisfaction"),
)  # fmt: skip
