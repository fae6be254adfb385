"""An outbound mail as MIME: headers that thread, both forms of the text, files."""

from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr

from django.utils import translation

from opora.channels.email.marks import desk_mark, reply_address
from opora.channels.email.models import Mailbox, OutboundMail
from opora.channels.email.outgoing.body import SPOKEN, Body, body_of, link_for, too_large_notice
from opora.channels.email.outgoing.parts import content_id, embed_pictures, files_of, mime_part
from opora.channels.email.queries import customer_locale, desk_locale
from opora.channels.web.languages import first_spoken
from opora.core.html import text_to_html
from opora.tickets.models import Attachment, Comment


def compose(mail: OutboundMail) -> bytes:
    """Return the whole message in its reader's language, ready to be handed to a server."""
    with translation.override(_locale(mail)):
        content = _content(mail)
    for name, value in _headers(mail).items():
        content[name] = value  # type: ignore[assignment]
    return content.as_bytes(policy=content.policy.clone(linesep="\r\n", max_line_length=998))


def _locale(mail: OutboundMail) -> str:
    """The customer's; of somebody outside nothing is known, so the brand's."""
    brand = mail.mailbox.brand
    if mail.kind == OutboundMail.Kind.FORWARD:
        return first_spoken(brand.locale, desk_locale())
    return customer_locale(mail.person or mail.ticket.requester, mail.ticket, brand)


def from_address(mailbox: Mailbox, comment: Comment | None) -> str:
    """Return the From: "Andrii (Acme)" for a colleague's reply, the brand's name otherwise."""
    name = mailbox.sender_name
    if comment and mailbox.shows_agent_names:
        name = f"{comment.author} ({name})"
    return formataddr((name, mailbox.address), charset="utf-8")


def _headers(mail: OutboundMail) -> dict[str, str | Header]:
    mailbox = mail.mailbox
    headers: dict[str, str | Header] = {
        "From": from_address(mailbox, mail.comment if mail.kind in SPOKEN else None),
        "To": _addresses(mail.to),
        "Cc": _addresses(mail.cc),
        "Subject": Header(
            mail.subject, "utf-8" if not mail.subject.isascii() else "ascii", header_name="Subject"
        ),
        "Date": format_datetime(mail.created_at),
        "Message-ID": f"<{mail.message_id}>",
        "Reply-To": _reply_to(mail),
        "X-Opora-Desk": desk_mark(),
        **{name: _folded(value) for name, value in mail.headers.items()},
    }
    return {name: value for name, value in headers.items() if str(value)}


def _addresses(pairs: list[list[str]]) -> str:
    return ",\r\n ".join(formataddr((name, address), charset="utf-8") for name, address in pairs)


def _folded(value: str) -> str:
    """Message-IDs on lines of their own: nothing else may fold them."""
    return value.replace("> <", ">\r\n <")


def _reply_to(mail: OutboundMail) -> str:
    """Where answers go: the address with the ticket's mark; with a colleague's for them, with that of a forward's talk."""
    mailbox = mail.mailbox
    if not mailbox.uses_plus_addresses:
        return ""
    colleague = mail.person_id if mail.kind == OutboundMail.Kind.NOTIFICATION else None
    talk = mail.comment.forward.root.pk if mail.comment and mail.kind == OutboundMail.Kind.FORWARD else None
    marked = reply_address(mailbox.address, ticket_id=mail.ticket_id, person_id=colleague, forward_id=talk)
    return formataddr((mailbox.sender_name, marked), charset="utf-8")


def _content(mail: OutboundMail) -> Message:
    body = body_of(mail)
    fitting, left = files_of(mail)
    if left:
        body = _with_notice(mail, body, left)
    body, embedded = embed_pictures(body, fitting, mail.mailbox.domain)
    text = MIMEMultipart("alternative")
    text.attach(_text(body.text, "plain"))
    text.attach(_with_pictures(_text(body.html, "html"), embedded, mail.mailbox.domain))
    beside = [file for file in fitting if file not in embedded]
    return _with_files(text, beside)


def _with_notice(mail: OutboundMail, body: Body, left: list[Attachment]) -> Body:
    notice = too_large_notice(left, link_for(mail))
    return Body(f"{notice}\n\n{body.text}", body.html.replace("<body>", f"<body>{text_to_html(notice)}", 1))


def _text(text: str, kind: str) -> MIMENonMultipart:
    """Readable on the wire where most of it is ASCII, compact where it is not."""
    charset = Charset("utf-8")
    if sum(map(str.isascii, text)) > 0.7 * len(text):
        charset.body_encoding = QP
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part.set_payload(text.replace("\r\n", "\n"), charset=charset)
    return part


def _with_pictures(html: MIMENonMultipart, files: list[Attachment], domain: str) -> Message:
    if not files:
        return html
    related = MIMEMultipart("related")
    related.attach(html)
    for file in files:
        related.attach(mime_part(file, content_id=content_id(file, domain)))
    return related


def _with_files(text: MIMEMultipart, files: list[Attachment]) -> Message:
    if not files:
        return text
    mixed = MIMEMultipart("mixed")
    mixed.attach(text)
    for file in files:
        mixed.attach(mime_part(file))
    return mixed
