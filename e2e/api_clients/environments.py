"""Each client in an environment of its own, made from its own locked and hashed list, once, and kept in a folder.

What the machine lacks is said loudly by skipping. Node has to be there where nothing may be skipped; a client that wants
a newer Python than ours runs where one is.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KEPT = Path(os.environ.get("OPORA_CLIENTS") or HERE.parents[1] / ".venv-clients")
PYTHONS = {"libzapi": ("3.12", "3.13", "3.14")}
ANY = ("3.11", "3.12", "3.13")


def python_of(client: str) -> Path:
    """Return the Python of a client's environment, which is made if it is missing or its lock has changed."""
    lock = HERE / "locks" / f"{client}.lock"
    folder, stamp = KEPT / client, hashlib.sha256(lock.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    with _alone():
        if not _is_made(folder, stamp):
            shutil.rmtree(folder, ignore_errors=True)
            _run([_python(PYTHONS.get(client, ANY)), "-m", "venv", str(folder)])
            install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _run([*install, "--require-hashes", "-r", str(lock)])
            (folder / "stamp").write_text(stamp)
    return python


def node_folder() -> Path:
    """Return a folder in which Node finds node-zendesk."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        _missing("Node with npm")
    lock = HERE / "node" / "package-lock.json"
    folder, stamp = KEPT / "node-zendesk", hashlib.sha256(lock.read_bytes()).hexdigest()
    with _alone():
        if not _is_made(folder, stamp):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / "node" / name, folder / name)
            _run([str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
            (folder / "stamp").write_text(stamp)
    shutil.copy(HERE / "node" / "work_node.mjs", folder / "work_node.mjs")
    return folder


@contextmanager
def _alone() -> Iterator[None]:
    """One test process at a time makes environments; the next one finds them made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "making").open("w") as making:
        fcntl.flock(making, fcntl.LOCK_EX)
        yield


def _is_made(folder: Path, stamp: str) -> bool:
    return (folder / "stamp").exists() and (folder / "stamp").read_text() == stamp


def _python(versions: Sequence[str]) -> str:
    """Return the first Python of these versions: the one that runs, one that pyenv keeps, or one on the path."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in versions:
        candidates = [sys.executable] if version == here else []
        candidates += [str(path) for path in sorted(kept.glob(f"{version}.*/bin/python"))]
        for found in [*candidates, shutil.which(f"python{version}")]:
            if found and _has_venv(found):
                return found
    pytest.skip(f"This client needs Python {' or '.join(versions)}, which this machine does not have.")


def _has_venv(python: str) -> bool:
    return (
        subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0
    )


def _missing(what: str) -> None:
    sentence = f"This client needs {what}, which this machine does not have."
    if os.environ.get("OPORA_NOTHING_SKIPPED"):
        pytest.fail(sentence)
    pytest.skip(sentence)


def _run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
