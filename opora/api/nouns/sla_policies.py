"""Promises to customers: which tickets they are made to, and how long each thing may take."""

from django.db.models import QuerySet

from opora.api.nouns.automation import rule_conditions
from opora.api.nouns.promised import METRICS, policy_metrics, presenting, promised
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.sla.content import Content
from opora.sla.models import PolicyVersion, SlaPolicy


def customer_policies(call: Call) -> QuerySet[SlaPolicy]:
    """Return the promises made to customers; those among groups are other nouns."""
    return promised(call, "sla")


def _policy(call: Call, row: SlaPolicy, version: PolicyVersion) -> Json:
    content = Content.from_json(version.content)
    return {
        "url": call.url(f"slas/policies/{row.pk}"),
        "id": row.pk,
        "title": row.name,
        "description": None,
        "position": row.position,
        "filter": rule_conditions(content.conditions),
        "policy_metrics": policy_metrics(content, list(METRICS.values())),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(version.saved_at),
    }


SLA_POLICIES = Noun(
    "sla_policy", "sla_policies", "slas/policies", customer_policies, presenting(_policy),
    orders={"position": "position", "id": "id"},
)  # fmt: skip
