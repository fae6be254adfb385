"""Scores on mails of other projects, where they lie beside the repository; skipped loudly where they do not."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
CORPORA = ROOT.parent / "shared" / "corpora"
SCORER = CORPORA / "score_email.py"

# field, expectation, least share in per cent
THRESHOLDS = [
    ("from", "stated", 99), ("from", "consensus", 99), ("from_name", "stated", 99), ("subject", "stated", 99),
    ("reply_text", "stated", 92), ("quote_not_leaked", "stated", 96), ("reply_contains", "stated", 99),
    ("attachments", "stated", 100), ("attachments_count", "stated", 100),
    ("is_auto_reply[yes]", "stated", 90), ("is_auto_reply[no]", "stated", 100),
    ("is_bounce[yes]", "stated", 97), ("is_bounce[no]", "stated", 100),
    ("bounce.recipient", "stated", 96), ("bounce.status", "stated", 96),
    ("forward.detected", "stated", 97), ("forward.from", "stated", 96), ("forward.body", "stated", 96),
    ("author", "stated", 99), ("is_delivery_report", "stated", 96), ("is_feedback_report", "stated", 100),
]  # fmt: skip


@pytest.fixture(scope="module")
def scores() -> dict[tuple[str, str], float]:
    if not SCORER.exists():
        pytest.skip(
            "SKIPPED: the e-mail corpus ../shared/corpora is not beside this repository, so scores were NOT checked"
        )
    command = f"{sys.executable} -m opora.channels.email.inspect"
    report = subprocess.run(
        [sys.executable, str(SCORER), "--command", command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=120,
    )  # fmt: skip
    assert re.search(r"\b0 without an answer", report.stdout), report.stdout
    rows = re.findall(r"^(\S+)\s+(stated|consensus)\s+\d+\s+\d+\s+([\d.]+)$", report.stdout, re.MULTILINE)
    return {(field, kind): float(share) for field, kind, share in rows}


def test_every_score_is_at_least_its_threshold(scores: dict[tuple[str, str], float]) -> None:
    short = [
        f"{field} ({kind}): {scores.get((field, kind))} < {least}"
        for field, kind, least in THRESHOLDS
        if scores.get((field, kind), 0) < least
    ]
    assert not short, "\n".join(short)


def test_the_inspector_answers_every_line_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    from opora.channels.email.inspect import main

    (tmp_path / "one.eml").write_bytes(b"From: Ann <a@b.example>\nSubject: Hi\n\nHello")
    asked = [
        json.dumps({"path": str(tmp_path / "one.eml")}),
        json.dumps({"path": "/nowhere/x.eml"}),
        "not json",
    ]
    output = io.StringIO()
    assert main([], io.StringIO("\n".join(asked)), output) == 0
    first, second, third = (json.loads(line) for line in output.getvalue().splitlines())
    assert (first["from"], first["reply_text"], first["forward"]) == ("a@b.example", "Hello", None)
    assert "could not be read" in second["error"]
    assert "path" in third["error"]
