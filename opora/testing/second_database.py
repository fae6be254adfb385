"""The second run of the tests, on the other database: only those that ask it anything."""

import pytest

ASKS_A_DATABASE = {
    "db",
    "django_db_setup",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out tests that touch no database, and those that run a desk of their own on SQLite",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What gives the same on either database was asked in the first run."""
    if not config.getoption("--second-database"):
        return
    asking = [item for item in items if _asks(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


def _asks(item: pytest.Item) -> bool:
    if item.get_closest_marker("postgres"):
        return True
    names = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(names & ASKS_A_DATABASE)
