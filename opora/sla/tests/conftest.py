"""A policy to play with."""

from datetime import timedelta

import pytest

from opora.sla.actions.save_policy import save_policy
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target

EVERY = {"all": [], "any": []}


def content(hours: dict[Metric, float], **more) -> Content:
    targets = {
        (metric, priority): Target(timedelta(hours=number), around=True)
        for metric, number in hours.items()
        for priority in (1, 2, 3, 4)
    }
    return Content(conditions=more.pop("conditions", EVERY), targets=targets, **more)


@pytest.fixture
def promised(cast):
    """Everybody is promised a first reply in an hour, the next in two, a solution in eight, around the clock."""
    hours = {Metric.FIRST_REPLY: 1, Metric.NEXT_REPLY: 2, Metric.REQUESTER_WAIT: 8}
    return save_policy(by=cast.owner, name="Everybody", content=content(hours))
