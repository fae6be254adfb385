"""Shows what the mail parser reads: one JSON line a message, for scoring and for "why was this cut?"."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from .parsing import Bounce, Forward, InboundMessage, read_message


def main(argv: Sequence[str] = (), stdin: TextIO | None = None, stdout: TextIO | None = None) -> int:
    """Answers each line {"path": …} of `stdin` by one line on `stdout`; paths in `argv` are answered first.

    A path that cannot be read gives {"error": sentence}. Returns 0.
    """
    output = stdout or sys.stdout
    for path in argv:
        _print(inspect_path(path), output)
    if argv:
        return 0
    for line in stdin or sys.stdin:
        if line.strip():
            _print(_answer(line), output)
    return 0


def inspect_path(path: str) -> dict[str, Any]:
    """What the parser reads in the file, or {"error": sentence}."""
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as problem:
        return {"error": f"The file {path} could not be read: {problem}."}
    return describe(read_message(raw))


def describe(message: InboundMessage) -> dict[str, Any]:
    """The parts of a message that are worth comparing, as plain JSON values."""
    return {
        "from": message.from_address,
        "from_name": message.from_name,
        "reply_to": message.reply_to[0].email if message.reply_to else "",
        "author": message.author.email,
        "message_id": message.message_id,
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "text": message.text,
        "reply_text": message.reply_text,
        "reply_text_without_signature": message.reply_text_without_signature,
        "quoted_text": message.quoted_text,
        "signature": message.signature,
        # names the sender gave; a part without one has a made-up name in the message itself
        "attachments": [one.name for one in message.attachments if one.named_by_sender],
        "is_auto_reply": message.is_auto_reply,
        "is_bounce": message.is_bounce,
        "bounce": _bounce(message.bounce),
        "is_delivery_report": message.is_delivery_report,
        "is_feedback_report": message.is_feedback_report,
        "forward": _forward(message.forward),
        "security": message.security,
        "defects": list(message.defects),
    }


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        path = asked["path"]
    except (ValueError, KeyError, TypeError):
        return {"error": 'Each line must be a JSON object with a "path", such as {"path": "mail.eml"}.'}
    return inspect_path(str(path))


def _bounce(bounce: Bounce | None) -> dict[str, str] | None:
    if bounce is None:
        return None
    return {"recipient": bounce.recipient, "status": bounce.status, "action": bounce.action}


def _forward(forward: Forward | None) -> dict[str, Any] | None:
    if forward is None:
        return None
    return {
        "forwarded": True,
        "from": forward.from_address,
        "from_name": forward.from_name,
        "subject": forward.subject,
        "body": forward.body,
        "message": forward.message,
        "date": forward.date,
        "to": [{"address": one.email, "name": one.name} for one in forward.to],
        "cc": [{"address": one.email, "name": one.name} for one in forward.cc],
    }


def _print(answer: dict[str, Any], output: TextIO) -> None:
    output.write(json.dumps(answer, ensure_ascii=False) + "\n")
    output.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
