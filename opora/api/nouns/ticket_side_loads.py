"""What `include` adds to tickets: inside each of them, or made of them as a whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Max, Min

from opora.api.nouns.ticket_promises import policy_metrics_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import NOUNS
from opora.api.wire.times import stamp
from opora.events.models import Event
from opora.tickets.models import Comment, Ticket


def put_inside(call: Call, shown: Sequence[Json], rows: Sequence[Mapping[str, Any]]) -> None:
    """Side-loads that stand inside each ticket instead of beside the list."""
    if "metric_sets" in call.include:
        metrics = NOUNS["ticket_metrics"].present(call, [ticket["id"] for ticket in shown])
        by_ticket = {metric["ticket_id"]: metric for metric in metrics}
        for ticket in shown:
            ticket["metric_set"] = by_ticket.get(ticket["id"])
    if "comment_count" in call.include:
        counts = _comment_counts([ticket["id"] for ticket in shown])
        for ticket in shown:
            ticket["comment_count"] = counts.get(ticket["id"], 0)
    if "slas" in call.include:
        promised = policy_metrics_of([ticket["id"] for ticket in shown])
        for ticket in shown:
            ticket["slas"] = {"policy_metrics": promised.get(ticket["id"], [])}
    if "incident_counts" in call.include:
        incidents = _incident_counts([ticket["id"] for ticket in shown])
        for ticket in shown:
            ticket["incident_count"] = incidents.get(ticket["id"], 0)
    if "dates" in call.include:
        for ticket, row in zip(shown, rows, strict=True):
            ticket["dates"] = {"updated_at": stamp(row["updated_at"]), "solved_at": stamp(row["solved_at"])}


def _comment_counts(ids: Sequence[int]) -> dict[int, int]:
    counted: dict[int, int] = {}
    for ticket_id in Comment.objects.filter(ticket_id__in=ids).values_list("ticket_id", flat=True):
        counted[ticket_id] = counted.get(ticket_id, 0) + 1
    return counted


def _incident_counts(ids: Sequence[int]) -> dict[int, int]:
    incidents = Ticket.objects.live().filter(problem_id__in=ids).order_by()
    return dict(incidents.values_list("problem_id").annotate(many=Count("pk")))


def last_audits(call: Call, shown: Sequence[Json]) -> list[Json]:
    """The latest audit of each ticket."""
    ids = [ticket["id"] for ticket in shown]
    mine = Event.objects.filter(subject_kind="ticket", subject_id__in=ids).order_by()
    latest = mine.values("subject_id").annotate(last=Max("update_id")).values("last")
    firsts = mine.filter(update_id__in=latest).values("subject_id").annotate(first=Min("pk"))
    return NOUNS["audits"].present(call, sorted(firsts.values_list("first", flat=True)))
