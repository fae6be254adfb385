"""SQLite in the data folder by default, PostgreSQL by `DATABASE_URL`."""

import os

import dj_database_url

from opora.settings import environment

# WAL lets readers work beside the one writer; IMMEDIATE takes the write lock at the start of a transaction,
# so a transaction never fails half-way for want of it. NORMAL syncs at checkpoints: safe against `kill -9`.
SQLITE_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA busy_timeout = 20000;
    PRAGMA cache_size = -32000;
    PRAGMA mmap_size = 536870912;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = 67108864;
"""


def _sqlite() -> dict:
    environment.DATA.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": environment.DATA / "opora.sqlite3",
        # A connection reads the planner's statistics when it opens; `core.statistics` renews them.
        "CONN_MAX_AGE": 3600,
        # Tests run in a file as well: threads of one test must see the same database.
        "TEST": {"NAME": environment.DATA / "test.sqlite3"},
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def _postgresql(url: str) -> dict:
    settings: dict = dict(dj_database_url.parse(url))
    # A pool and persistent connections exclude each other; the pool also bounds what one process may hold.
    settings["CONN_MAX_AGE"] = 0
    settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 12, "timeout": 20}}
    return settings


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": _postgresql(DATABASE_URL) if DATABASE_URL else _sqlite()}
