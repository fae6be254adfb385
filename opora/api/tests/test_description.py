"""Programs that read the description of the API may ask all that it allows: no answer is an error of ours."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as drawn_from

from opora.api.compatibility.openapi import description
from opora.api.tests.conftest import ApiClient
from opora.api.wire.routing import OPERATIONS

SCHEMA = schemathesis.openapi.from_dict(description())
BOUNDED = settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""Few examples for each operation, the same in every run, so that all of them together take less than a minute."""
RESOURCES = sorted({(made.version, made.resource) for made in OPERATIONS})


@pytest.mark.parametrize(("version", "resource"), RESOURCES, ids=lambda part: part)
def test_whatever_the_description_allows_is_answered(api, cast, ticket, version, resource):
    known = {
        "ticket_id": ticket.pk,
        "user_id": cast.agent.pk,
        "group_id": cast.group.pk,
        "organization_id": cast.bank.pk,
    }
    for made in (made for made in OPERATIONS if (made.version, made.resource) == (version, resource)):
        _ask(api, SCHEMA[f"/api/{version}/{made.path.replace(':text', '')}"][made.method], known)


def _ask(api: ApiClient, operation: Any, known: dict[str, int]) -> None:
    """Send what is drawn for one operation; ids in its path are those of things that there are."""

    @BOUNDED
    @drawn_from(operation.as_strategy())
    def try_it(case: Any) -> None:
        case.path_parameters = {
            name: known.get(name, 1) if isinstance(value, int) else value
            for name, value in (case.path_parameters or {}).items()
        }
        sent = case.as_transport_kwargs(base_url="http://testserver")
        response = _send(api, sent)
        assert response.status_code < 500, (
            case.method,
            sent["url"],
            sent.get("json"),
            response.content[:500],
        )
        assert not response.content or response["Content-Type"].startswith("application/json")

    try_it()


def _send(api: ApiClient, sent: dict[str, Any]) -> Any:
    """The request as Django's client makes it."""
    body = sent.get("json")
    content = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    address = sent["url"].removeprefix("http://testserver")
    query = {"query_params": sent["params"]} if sent.get("params") else {}
    return api.client.generic(sent["method"], address, **content, **api.headers, **query)
