"""The way from raw bytes to an InboundMessage, one step after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .auto_reply import is_auto_reply
from .body import Body, read_body
from .bounces import Report, read_report
from .charsets import decode_unlabelled
from .cut import Cut
from .forwards import read_forward
from .headers import Headers
from .mailing_lists import read_author, read_list_id
from .message import Address, Forward, InboundMessage
from .replies import Reply, read_reply
from .security import read_security
from .structure import Leaf, Tree, read_tree
from .subjects import is_forward_subject

T = TypeVar("T")
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to")


def read_message(raw: bytes) -> InboundMessage:
    """Parses one e-mail. Never raises: what cannot be read is left empty and named in `defects`."""
    try:
        tree = read_tree(raw)
        return _assemble(tree)
    except Exception as problem:  # the last net under hostile mail: intake must never lose a message
        text = decode_unlabelled(raw[:1_000_000]).replace("\x00", "")
        return InboundMessage(
            text=text,
            reply_text=text,
            reply_text_without_signature=text,
            defects=(f"The message could not be parsed and is shown raw ({type(problem).__name__}).",),
        )


def _assemble(tree: Tree) -> InboundMessage:
    headers, defects = tree.headers, tree.defects
    sender = _sender(headers)
    body = _step(defects, "body", Body(), lambda: read_body(tree.leaves))
    defects += body.defects
    subject = headers.text("subject")
    report = _step(defects, "report", Report(), lambda: read_report(headers, tree.leaves, body.text, sender))
    whole = Reply(Cut(body.text, "", "", body.text))
    reply = _step(defects, "reply", whole, lambda: read_reply(body))
    forward = None
    if not report.is_bounce and not report.is_feedback_report:
        forward = _step(defects, "forward", None, lambda: _forward(body, subject, tree.leaves))
    if forward is not None and not reply.cut.reply.strip():
        reply = Reply(Cut(forward.body, "", "", forward.body))  # nothing was added: read what was passed on
    answered = is_auto_reply(headers, subject) or _is_receipt(tree.leaves)
    return InboundMessage(
        message_id=headers.message_id(),
        in_reply_to=next(iter(headers.ids("in-reply-to")), ""),
        references=headers.ids("references"),
        from_address=sender.email,
        from_name=sender.name,
        reply_to=headers.addresses("reply-to"),
        to=headers.addresses("to"),
        cc=headers.addresses("cc"),
        delivered_to=_delivered_to(headers),
        subject=subject,
        date=headers.date(),
        text=body.text,
        html=body.html,
        reply_text=reply.cut.reply,
        reply_html=reply.html,
        reply_text_without_signature=reply.cut.unsigned,
        quoted_text=reply.cut.quoted,
        signature=reply.cut.signature,
        attachments=tuple(body.attachments),
        invites=tuple(body.invites),
        security=read_security(headers, tree.leaves, body.text[:100_000]),
        is_auto_reply=answered and not report.is_bounce and not report.is_feedback_report,
        is_bounce=report.is_bounce,
        bounces=report.bounces,
        is_delivery_report=report.is_delivery_report,
        is_feedback_report=report.is_feedback_report,
        forward=forward,
        list_id=read_list_id(headers),
        author=read_author(headers, sender),
        auto_submitted=headers.text("auto-submitted").lower(),
        precedence=headers.text("precedence").lower(),
        x_loop=headers.texts("x-loop"),
        headers=headers.all(),
        defects=tuple(dict.fromkeys(defects)),
    )


def _step(defects: list[str], what: str, default: T, run: Callable[[], T]) -> T:
    """Runs one step; a failure costs this step only and is told in a sentence."""
    try:
        return run()
    except Exception as problem:  # hostile input must not take the other steps down with it
        defects.append(f"The {what} could not be read ({type(problem).__name__}).")
        return default


def _sender(headers: Headers) -> Address:
    for name in ("from", "sender", "return-path"):
        for address in headers.addresses(name):
            return address
    return Address("", "")


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    found = [address.email for name in _DELIVERED for address in headers.addresses(name)]
    return tuple(dict.fromkeys(found))


def _forward(body: Body, subject: str, leaves: list[Leaf]) -> Forward | None:
    return read_forward(body.text, subject) or _attached_forward(body, subject, leaves)


def _attached_forward(body: Body, subject: str, leaves: list[Leaf]) -> Forward | None:
    """A message forwarded as an attachment: exactly one, under a subject that says so."""
    attached = [leaf for leaf in leaves if leaf.message is not None]
    if len(attached) != 1 or not is_forward_subject(subject):
        return None
    tree = read_tree(attached[0].content)
    sender, inner = _sender(tree.headers), tree.headers
    return Forward(
        from_address=sender.email,
        from_name=sender.name,
        subject=inner.text("subject"),
        body=read_body(tree.leaves).text.strip(),
        message=body.text.strip(),
        date=inner.text("date"),
        to=inner.addresses("to"),
        cc=inner.addresses("cc"),
    )


def _is_receipt(leaves: list[Leaf]) -> bool:
    """A read receipt (RFC 8098) is a machine's answer."""
    return any(leaf.kind == "message/disposition-notification" for leaf in leaves)
