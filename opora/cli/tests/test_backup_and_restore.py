import gzip
import io
import json
import os
import shutil
import signal
import stat
import tarfile
import time

import pytest
from django.conf import settings as django_settings

from opora.cli import restore
from opora.cli.restore import restore_backup
from opora.cli.tests.desks import INIT, begin, everything_in, opora, people_of, store
from opora.core.refusals import Refusal


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with an administrator, an attachment, a mail and a picture; made once, never changed."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    done = opora(folder, *INIT)
    assert done.returncode == 0, done.stderr
    for below in ("attachments", "mails", "pictures"):
        store(folder, f"a file of {below}".encode(), below=below)
    (folder / "attachments" / "incoming-half").write_bytes(b"half")
    return folder


@pytest.fixture(scope="module")
def saved(desk, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "desk.tar.gz"
    done = opora(desk, "backup", path)
    assert done.returncode == 0, done.stderr
    assert "3 files" in done.stdout
    return path


def repack(path, target, change):
    """Write the archive again as `change(name, content)` wants it: new content, None to leave it out."""
    with tarfile.open(path, "r:gz") as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))


def refused(folder, path):
    """Return the sentence by which the archive is refused, having looked that nothing was touched."""
    django_settings.DATA_DIR = folder  # put back by the fixture that keeps the files of tests apart
    with pytest.raises(Refusal) as refusal:
        restore_backup(path)
    assert not folder.exists()
    assert not list(folder.parent.glob(".*restoring"))
    return refusal.value.sentence


def refused_by_command(folder, path):
    done = opora(folder, "restore", path)
    assert done.returncode == 1
    assert not (folder / "opora.sqlite3").exists()
    assert not (folder / "attachments").exists()
    return done.stderr


def test_a_desk_comes_back_as_it_was(desk, saved, tmp_path):
    done = opora(tmp_path / "new", "restore", saved)
    assert done.returncode == 0, done.stderr
    before, after = everything_in(desk), everything_in(tmp_path / "new")
    assert after["secret.key"] == before["secret.key"]
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    files = {
        name: content
        for name, content in before.items()
        if name.startswith(("attachments", "mails", "pictures"))
    }
    files.pop("attachments/incoming-half")
    assert {name: content for name, content in after.items() if "/" in name} == files
    assert people_of(tmp_path / "new") == people_of(desk) == "['olena@desk.test']"


def test_the_archive_is_for_its_owner_only(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert not list(saved.parent.glob("*.part"))
    assert not list(saved.parent.glob(".*"))


def test_a_file_that_is_there_is_never_overwritten(desk, saved):
    before = saved.read_bytes()
    done = opora(desk, "backup", saved)
    assert done.returncode == 1
    assert "already" in done.stderr
    assert saved.read_bytes() == before


def test_an_empty_desk_is_not_backed_up(tmp_path):
    done = opora(tmp_path / "nothing", "backup", tmp_path / "x.tar.gz")
    assert done.returncode == 1
    assert "nothing to back up" in done.stderr
    assert not (tmp_path / "x.tar.gz").exists()


def test_what_is_there_is_not_replaced_without_force(saved, tmp_path):
    folder = tmp_path / "data"
    assert opora(folder, *INIT).returncode == 0
    store(folder, b"of the old desk")
    before = everything_in(folder)
    done = opora(folder, "restore", saved)
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert everything_in(folder) == before
    done = opora(folder, "restore", saved, "--force")
    assert done.returncode == 0, done.stderr
    [aside] = tmp_path.glob("data.before-*")
    assert any(content == b"of the old desk" for content in everything_in(aside).values())
    assert not any(content == b"of the old desk" for content in everything_in(folder).values())


def test_a_running_desk_is_not_replaced(desk, saved, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(desk, folder)
    code = "from opora.cli.heartbeat import beat; beat()"
    opora(folder, "manage", "shell", "--no-imports", "-c", code)
    done = opora(folder, "restore", saved, "--force")
    assert done.returncode == 1
    assert "Stop it" in done.stderr


def test_a_changed_file_is_noticed(saved, tmp_path):
    repack(
        saved,
        tmp_path / "bad.tar.gz",
        lambda name, content: b"b file of mails" if name.startswith("mails") else content,
    )
    assert "is not what the manifest says" in refused(tmp_path / "new", tmp_path / "bad.tar.gz")


def test_a_missing_file_is_noticed(saved, tmp_path):
    repack(
        saved, tmp_path / "bad.tar.gz", lambda name, content: None if name.startswith("mails") else content
    )
    assert "is not what the manifest says" in refused(tmp_path / "new", tmp_path / "bad.tar.gz")


def test_an_archive_cut_short_is_noticed(saved, tmp_path):
    (tmp_path / "cut.tar.gz").write_bytes(saved.read_bytes()[:-400])
    assert "damaged or cut short" in refused(tmp_path / "new", tmp_path / "cut.tar.gz")
    repack(saved, tmp_path / "bad.tar.gz", lambda name, content: None if name == "manifest.json" else content)
    assert "manifest is missing" in refused(tmp_path / "new", tmp_path / "bad.tar.gz")


def test_flipped_bits_are_noticed(saved, tmp_path):
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "bad.tar.gz").write_bytes(content)
    assert "Nothing was restored" in refused(tmp_path / "new", tmp_path / "bad.tar.gz")


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no tar" * 500, mtime=0)])
def test_something_else_is_no_archive(tmp_path, content):
    (tmp_path / "x.tar.gz").write_bytes(content)
    assert "Nothing was restored" in refused(tmp_path / "new", tmp_path / "x.tar.gz")


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "attachments/../../evil",
        "/tmp/evil",
        "attachments/../evil",
        "evil.py",
        "attachments\\..\\evil",
    ],
)
def test_no_archive_writes_outside_its_folder(tmp_path, name):
    with tarfile.open(tmp_path / "evil.tar", "w") as new:
        info = tarfile.TarInfo(name)
        info.size = 4
        new.addfile(info, io.BytesIO(b"evil"))
    (tmp_path / "evil.tar.gz").write_bytes(gzip.compress((tmp_path / "evil.tar").read_bytes()))
    assert "which no backup of Opora holds" in refused(tmp_path / "new", tmp_path / "evil.tar.gz")
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(tmp_path, kind):
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as new:
        info = tarfile.TarInfo("attachments/ab/cd")
        info.type, info.linkname = kind, "/etc/passwd"
        new.addfile(info)
    assert "which no backup of Opora holds" in refused(tmp_path / "new", tmp_path / "evil.tar.gz")


def test_a_backup_of_a_newer_opora_is_refused(saved, tmp_path):
    def change(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content)
        manifest["migrations"].append("tickets.9999_later")
        return json.dumps(manifest).encode()

    repack(saved, tmp_path / "newer.tar.gz", change)
    assert "newer Opora" in refused_by_command(tmp_path / "new", tmp_path / "newer.tar.gz")


def test_a_backup_of_another_database_is_refused(saved, tmp_path):
    def change(name, content):
        if name != "manifest.json":
            return content
        manifest = json.loads(content) | {"database": "postgresql"}
        manifest["files"]["database.dump"] = manifest["files"].pop("database.sqlite3")
        return json.dumps(manifest).encode()

    with tarfile.open(saved, "r:gz") as old, tarfile.open(tmp_path / "pg.tar.gz", "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            member.name = "database.dump" if member.name == "database.sqlite3" else member.name
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    assert "set DATABASE_URL" in refused_by_command(tmp_path / "new", tmp_path / "pg.tar.gz")


def test_a_killed_backup_leaves_no_archive(desk, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(desk, folder)
    store(folder, os.urandom(80 << 20))
    target = tmp_path / "desk.tar.gz"
    running = begin(folder, "backup", target)
    kill_when(running, lambda: (tmp_path / "desk.tar.gz.part").exists())
    assert not target.exists()
    done = opora(folder, "backup", target)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "desk.tar.gz"]


def test_a_killed_restore_leaves_the_folder_empty(desk, tmp_path):
    folder, target = tmp_path / "data", tmp_path / "desk.tar.gz"
    shutil.copytree(desk, folder)
    store(folder, os.urandom(80 << 20))
    assert opora(folder, "backup", target).returncode == 0
    new = tmp_path / "new"
    running = begin(new, "restore", target)
    kill_when(running, lambda: (tmp_path / ".new.restoring" / "attachments").exists())
    assert not (new / "opora.sqlite3").exists()
    assert not (new / "attachments").exists()
    done = opora(new, "restore", target)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / ".new.restoring").exists()
    assert people_of(new) == "['olena@desk.test']"


def kill_when(process, is_time):
    deadline = time.monotonic() + 30
    while not is_time() and time.monotonic() < deadline:
        assert process.poll() is None, "It ended before it could be killed."
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_backup_is_one_moment_of_a_desk_at_work(desk, tmp_path):
    """Somebody writes all the time; the copy is whole and holds what was committed before it began."""
    import sqlite3
    import threading

    folder = tmp_path / "data"
    shutil.copytree(desk, folder)
    stopping = threading.Event()

    def write():
        database = sqlite3.connect(folder / "opora.sqlite3", timeout=20)
        while not stopping.is_set():
            with database:
                database.execute("UPDATE people_desk SET name = name || '.'")
        database.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = opora(folder, "backup", tmp_path / "desk.tar.gz")
    finally:
        stopping.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert opora(tmp_path / "new", "restore", tmp_path / "desk.tar.gz").returncode == 0
    assert people_of(tmp_path / "new") == "['olena@desk.test']"


@pytest.mark.parametrize("is_disk", [False, True], ids=["a folder", "a disk of its own"])
def test_the_folder_is_exchanged_and_the_old_one_kept(tmp_path, monkeypatch, is_disk):
    monkeypatch.setattr(restore, "_is_fixed", lambda folder: is_disk)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "opora.sqlite3").write_bytes(b"the old database")
    staging = restore._staging(folder)
    store(staging, b"a file")
    (staging / "opora.sqlite3").write_bytes(b"the new database")
    kept = restore._exchange(staging, folder)
    assert (kept / "opora.sqlite3").read_bytes() == b"the old database"
    assert (folder / "opora.sqlite3").read_bytes() == b"the new database"
    assert b"a file" in everything_in(folder / "attachments").values()


@pytest.mark.parametrize("is_disk", [False, True], ids=["a folder", "a disk of its own"])
def test_nothing_is_kept_of_a_folder_where_nobody_worked(tmp_path, monkeypatch, is_disk):
    monkeypatch.setattr(restore, "_is_fixed", lambda folder: is_disk)
    folder = tmp_path / "data"
    (folder / "attachments").mkdir(parents=True)
    (folder / "secret.key").write_text("fresh")
    staging = restore._staging(folder)
    (staging / "secret.key").write_text("restored")
    assert restore._exchange(staging, folder) is None
    assert {name: content for name, content in everything_in(folder).items() if content} == {
        "secret.key": b"restored"
    }
