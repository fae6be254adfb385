"""After every test that wrote events, the projections are rebuilt from the log and must come out equal."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from opora.events.models import Event
from opora.events.projection import PROJECTIONS, Projection
from opora.events.replaying import replay


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Prove, while the test's rows are still there, that the projections are folds of the log.

    A test that fills tables past the log is marked `no_replay`.
    """
    yield
    writes = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    if writes and not item.get_closest_marker("no_replay") and _usable() and Event.objects.exists():
        assert_projections_replay()


def _usable() -> bool:
    return connection.connection is not None and not connection.needs_rollback


def assert_projections_replay() -> None:
    """Compare each projection's tables before and after a replay, and leave everything as it was."""
    before = {name: _contents(projection) for name, projection in PROJECTIONS.items()}
    with transaction.atomic():
        replay()
        after = {name: _contents(projection) for name, projection in PROJECTIONS.items()}
        transaction.set_rollback(True)
    for name in PROJECTIONS:
        assert after[name] == before[name], f"The projection “{name}” differs from a replay of the log."


def _contents(projection: Projection) -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in projection.owns}
