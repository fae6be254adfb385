"""Connectors that read a desk again and again: the second time they get what has changed since the first, no more."""

import json
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from e2e.api_clients.conftest import Served
from e2e.api_clients.environments import HERE, python_of


def _ask(served: Served, method: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {served.token}", "Content-Type": "application/json"}
    sent = json.dumps(body).encode() if body is not None else None
    asked = urllib.request.Request(f"{served.url}/api/v2/{path}", sent, headers, method=method)
    with urllib.request.urlopen(asked) as answer:
        content = answer.read()
    return json.loads(content) if content else None


def _three_tickets(served: Served) -> list[int]:
    given = {"ticket": {"subject": "Parcel", "comment": {"body": "Late."}}}
    made = [_ask(served, "POST", "tickets.json", given)["ticket"]["id"]]
    time.sleep(2.1)  # connectors remember whole seconds, and ask for the last ones again
    return [*made, *(_ask(served, "POST", "tickets.json", given)["ticket"]["id"] for _ in range(2))]


def _change_and_delete(served: Served, changed: int, deleted: int) -> None:
    time.sleep(2.1)
    update = {"ticket": {"priority": "high", "comment": {"body": "Found."}}}
    _ask(served, "PUT", f"tickets/{changed}.json", update)
    _ask(served, "DELETE", f"tickets/{deleted}.json")


def _lines(client: str, program: str, arguments: list[str], served: Served, folder: Path) -> Iterator[Any]:
    command = [str(python_of(client)), str(HERE / "base_url.py"), program, *arguments]
    done = subprocess.run(
        command, env=served.environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-6000:]}"
    return (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))


def test_tap_zendesk_goes_on_where_it_stopped(served, tmp_path):
    untouched, changed, deleted = _three_tickets(served)
    config = {"start_date": "2000-01-01T00:00:00Z", "subdomain": "acme", "access_token": served.token}
    (tmp_path / "config.json").write_text(json.dumps(config))
    tap = ("tap-zendesk", "tap-zendesk")
    command = [
        *map(str, (python_of(tap[0]), HERE / "base_url.py", tap[1])),
        "--config",
        "config.json",
        "--discover",
    ]
    found = subprocess.run(
        command, env=served.environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    catalog = json.loads(found.stdout)
    for stream in catalog["streams"]:
        for entry in stream["metadata"]:
            entry["metadata"]["selected"] = True
    (tmp_path / "catalog.json").write_text(json.dumps(catalog))
    reading = ["--config", "config.json", "--catalog", "catalog.json"]
    first = list(_lines(*tap, reading, served, tmp_path))
    assert {untouched, changed, deleted} <= set(_tickets_of_tap(first))
    state = [line["value"] for line in first if line["type"] == "STATE"][-1]
    (tmp_path / "state.json").write_text(json.dumps(state))
    _change_and_delete(served, changed, deleted)
    second = list(_lines(*tap, [*reading, "--state", "state.json"], served, tmp_path))
    tickets = _tickets_of_tap(second)
    assert tickets[changed]["priority"] == "high" and tickets[deleted]["status"] == "deleted"
    assert len(tickets) < len(_tickets_of_tap(first))
    words = [
        line["record"]["body"]
        for line in second
        if line.get("stream") == "ticket_comments" and "record" in line
    ]
    assert "Found." in words


def _tickets_of_tap(lines: list[Any]) -> dict[int, Any]:
    rows = [line["record"] for line in lines if line["type"] == "RECORD" and line["stream"] == "tickets"]
    return {row["id"]: row for row in rows}


def test_airbyte_goes_on_where_it_stopped(served, tmp_path):
    _untouched, changed, deleted = _three_tickets(served)
    source = ("airbyte-source-zendesk-support", "source-zendesk-support")
    credentials = {"credentials": "api_token", "email": served.email, "api_token": served.token}
    config = {"subdomain": "acme", "start_date": "2000-01-01T00:00:00Z", "credentials": credentials}
    (tmp_path / "config.json").write_text(json.dumps(config))
    discovered = _lines(*source, ["discover", "--config", "config.json"], served, tmp_path)
    catalog = next(line["catalog"] for line in discovered if line["type"] == "CATALOG")
    chosen = [
        {"stream": stream, "sync_mode": "incremental", "destination_sync_mode": "append"}
        for stream in catalog["streams"]
        if stream["name"] in {"tickets", "ticket_comments", "ticket_audits", "users", "organizations"}
    ]
    (tmp_path / "chosen.json").write_text(json.dumps({"streams": chosen}))
    reading = ["read", "--config", "config.json", "--catalog", "chosen.json"]
    first = list(_lines(*source, reading, served, tmp_path))
    states = {
        line["state"]["stream"]["stream_descriptor"]["name"]: line["state"]
        for line in first
        if line["type"] == "STATE"
    }
    (tmp_path / "state.json").write_text(json.dumps(list(states.values())))
    _change_and_delete(served, changed, deleted)
    second = list(_lines(*source, [*reading, "--state", "state.json"], served, tmp_path))
    tickets = {row["id"]: row["status"] for row in _rows(second, "tickets")}
    assert tickets[deleted] == "deleted" and changed in tickets
    assert "Found." in {row["body"] for row in _rows(second, "ticket_comments")}
    for stream in ("tickets", "ticket_comments", "ticket_audits"):
        assert len(_rows(second, stream)) < len(_rows(first, stream)), stream


def _rows(lines: list[Any], stream: str) -> list[Any]:
    return [
        line["record"]["data"]
        for line in lines
        if line["type"] == "RECORD" and line["record"]["stream"] == stream
    ]
