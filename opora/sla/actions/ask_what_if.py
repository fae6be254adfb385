"""A draft is held against the past, as a task that shows how far it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from opora.core import clock
from opora.core.refusals import Invalid, Refusal
from opora.people.models import Person
from opora.people.policy import require
from opora.sla.content import Content, policy_of
from opora.sla.models import WhatIf
from opora.sla.policy import may_change
from opora.sla.replaying import as_now, compare, with_calendar, with_draft
from opora.sla.rulebook import rules
from opora.tickets.models import Ticket

PERIODS = (7, 30, 90, 365)
DRAFT_ID = -1


def ask_what_if(question: Mapping[str, Any], *, by: Person) -> WhatIf:
    """Store the question and let a worker answer it.

    `question`: days; and either content (a policy's, as JSON) with policy_id (in whose place, None for a new one), or
    calendar and instead_of (ids of calendars). Raises `Invalid` for a period that is not offered.
    """
    require(may_change(by))
    if question.get("days") not in PERIODS:
        raise Invalid(_("Choose a period of the past."), field="days")
    with transaction.atomic():
        asked = WhatIf.objects.create(question=dict(question), asked_by=by)
        answer_what_if.enqueue(asked.pk)
    return asked


@task()
def answer_what_if(what_if_id: int) -> None:
    """Fold the past under the present rules and under the draft, and keep what comes out."""
    asked = WhatIf.objects.get(pk=what_if_id)
    if asked.finished_at is not None:
        return
    try:
        result = _answer(asked)
        WhatIf.objects.filter(pk=asked.pk).update(result=result, finished_at=clock.now())
    except Refusal as refusal:
        WhatIf.objects.filter(pk=asked.pk).update(error=refusal.sentence[:500], finished_at=clock.now())


def _answer(asked: WhatIf) -> dict[str, Any]:
    question, began = asked.question, datetime.now(clock.now().tzinfo)
    present = rules()
    if "content" in question:
        content = Content.from_json(question["content"])
        draft_policy = policy_of(content, policy_id=question["policy_id"] or DRAFT_ID, version_id=DRAFT_ID)
        draft, agreement = (
            with_draft(present, draft_policy, in_place_of=question["policy_id"]),
            content.agreement,
        )
    else:
        draft, agreement = with_calendar(present, question["calendar"], question["instead_of"]), "sla"
    until = asked.asked_at
    found = Ticket.objects.live().filter(
        created_at__gte=until - timedelta(days=question["days"]), created_at__lt=until
    )
    ids = list(found.order_by("id").values_list("pk", flat=True))
    WhatIf.objects.filter(pk=asked.pk).update(total=len(ids), done=0)

    def progress(done: int) -> None:
        WhatIf.objects.filter(pk=asked.pk).update(done=done)

    comparison = compare(
        ids, present=as_now(present), draft=draft, at=until, agreement=agreement, progress=progress
    )
    seconds = (datetime.now(clock.now().tzinfo) - began).total_seconds()
    return comparison.to_json() | {"tickets": len(ids), "seconds": round(seconds, 1), "agreement": agreement}
