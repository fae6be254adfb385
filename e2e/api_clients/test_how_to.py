"""What the page for integrators tells them to write works as it stands there."""

import json
import re
import subprocess
import urllib.request
from pathlib import Path

import pytest

from e2e.api_clients.conftest import ROOT, Served
from e2e.api_clients.environments import node_folder, python_of

PAGE = (ROOT / "docs" / "how-to" / "point-your-integration-here.md").read_text()
SUBJECT = "Where is my parcel?"


def _example(heading: str, served: Served) -> str:
    """The code under a heading, about this desk."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    code = re.search(r"```\w+\n(.*?)```", section, re.DOTALL)
    assert code, f"The page has no example under “{heading}”."
    said = code.group(1).replace("127.0.0.1:8000", served.url.removeprefix("http://"))
    return said.replace("you@example.com", served.email).replace("TOKEN", served.token)


def _run(command: list[str], served: Served, folder: Path) -> str:
    done = subprocess.run(
        command, env=served.environment, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture
def written(served: Served) -> Served:
    """A desk with a ticket to be found."""
    body = json.dumps({"ticket": {"subject": SUBJECT, "comment": {"body": "It is late."}}}).encode()
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{served.url}/api/v2/tickets.json", body, headers)):
        return served


@pytest.mark.parametrize("client", ["zenpy", "python-zendesk", "libzapi"])
def test_the_example_in_python_runs(written, tmp_path, client):
    python, program = python_of(client), tmp_path / "example.py"
    program.write_text(_example(client, written))
    output = _run([str(python), str(program)], written, tmp_path)
    assert SUBJECT in output or int(output) > 0


def test_the_example_for_node_runs(written):
    folder = node_folder()
    program = folder / "example.mjs"
    program.write_text(_example("node-zendesk", written))
    assert SUBJECT in _run(["node", program.name], written, folder)


def test_the_example_for_our_own_nouns_runs(written, tmp_path):
    answer = json.loads(
        _run(["sh", "-c", _example("What the Support API has no words for", written)], written, tmp_path)
    )
    assert answer["events"][0]["kind"] == "ticket.created" and answer["meta"]["after_cursor"]
