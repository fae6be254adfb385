import os
import shutil
import uuid

import psycopg
import pytest

from opora.cli.tests.desks import INIT, opora, people_of, store

URL = os.environ.get("DATABASE_URL", "")

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not URL.startswith("postgres"), reason="DATABASE_URL names no PostgreSQL"),
    pytest.mark.skipif(shutil.which("pg_dump") is None, reason="pg_dump is not installed"),
]


@pytest.fixture
def databases():
    """The addresses of two empty databases."""
    base, _, _name = URL.rpartition("/")
    names = [f"opora_backup_{uuid.uuid4().hex[:8]}" for _ in range(2)]
    with psycopg.connect(URL, autocommit=True) as server:
        for name in names:
            server.execute(f'CREATE DATABASE "{name}"')
    yield [f"{base}/{name}" for name in names]
    with psycopg.connect(URL, autocommit=True) as server:
        for name in names:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_desk_on_postgresql_comes_back(databases, tmp_path):
    first, second = databases
    assert opora(tmp_path / "a", *INIT, database_url=first).returncode == 0
    path = store(tmp_path / "a", b"a file")
    done = opora(tmp_path / "a", "backup", tmp_path / "desk.tar.gz", database_url=first)
    assert done.returncode == 0, done.stderr
    done = opora(tmp_path / "b", "restore", tmp_path / "desk.tar.gz", database_url=second)
    assert done.returncode == 0, done.stderr
    assert people_of(tmp_path / "b", second) == "['olena@desk.test']"
    assert (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes() == b"a file"
    again = opora(tmp_path / "c", "restore", tmp_path / "desk.tar.gz", database_url=second)
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert not (tmp_path / "c" / "attachments").exists()
    forced = opora(tmp_path / "c", "restore", tmp_path / "desk.tar.gz", "--force", database_url=second)
    assert forced.returncode == 0, forced.stderr
    refused = opora(tmp_path / "d", "restore", tmp_path / "desk.tar.gz")
    assert refused.returncode == 1
    assert "set DATABASE_URL" in refused.stderr
