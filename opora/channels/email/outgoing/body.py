"""The body of a mail: words, signatures, the way to the ticket's page, and the quoted history; as text and as HTML."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import pgettext

from opora.channels.email.models import OutboundMail
from opora.channels.email.outgoing.history import History, history_before, passed_on
from opora.channels.web.links import customer_link
from opora.core.html import html_to_text, text_to_html
from opora.people.signatures import fill_signature
from opora.tickets.models import Attachment, Comment

SPOKEN = (OutboundMail.Kind.REPLY, OutboundMail.Kind.FORWARD)
"""Mails in which a colleague speaks: they carry their name, their signature and their files."""

_STYLE = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:15px;line-height:1.5;color:#1a1a1a"
_SMALL = "color:#666;font-size:13px"


@dataclass(frozen=True)
class Body:
    """Both forms of one body. Pictures in `html` still have their addresses on our pages."""

    text: str
    html: str


def body_of(mail: OutboundMail) -> Body:
    """Return the body in the language that is active; of a reply with what was said before, of a forward with what is
    passed on.
    """
    if mail.comment and mail.kind == OutboundMail.Kind.REPLY:
        return _assemble(mail, _reply_text(mail.comment), mail.comment.html, history_before(mail.comment))
    if mail.comment and mail.kind == OutboundMail.Kind.FORWARD:
        passed = passed_on(mail.comment.forward)
        return _assemble(mail, _reply_text(mail.comment), mail.comment.html, passed)
    return _assemble(mail, mail.text, mail.html or text_to_html(mail.text), History())


def too_large_notice(files: list[Attachment], link: str) -> str:
    """Say, as a line of the mail, which files were too large for it and how to get them."""
    names = {"names": ", ".join(file.name for file in files), "link": link}
    if link:
        return (
            pgettext("mail", "These files are too large for a mail: %(names)s. You find them here: %(link)s")
            % names
        )
    return (
        pgettext(
            "mail", "These files are too large for a mail: %(names)s. Answer, and you get them another way."
        )
        % names
    )


def link_for(mail: OutboundMail) -> str:
    """Return the way to the ticket's page; "" in a mail that more than the requester gets.

    Whoever has the link may read and answer as the requester, so nobody else's copy carries it.
    """
    requester = mail.ticket.requester
    if (
        mail.kind in (OutboundMail.Kind.NOTIFICATION, OutboundMail.Kind.FORWARD)
        or mail.cc
        or [address for _, address in mail.to] != [requester.email]
    ):
        return ""
    return customer_link(mail.ticket, requester)


def _assemble(mail: OutboundMail, text: str, html: str, history: History) -> Body:
    signature = _signature(mail)
    link = link_for(mail)
    texts = [text.rstrip()]
    htmls = [f'<div style="{_STYLE}">{html}</div>']
    if link:
        label = pgettext("mail", "See the whole conversation online")
        texts.append(f"{label}: {link}")
        htmls.append(f'<p style="{_SMALL}"><a href="{escape(link)}">{escape(label)}</a></p>')
    if signature:
        texts.append(f"-- \n{signature}")
        htmls.append(f'<div class="gmail_signature" style="{_SMALL}">-- <br>{_lines(signature)}</div>')
    if history.text:
        texts.append(history.text)
        htmls.append(history.html)
    return Body("\n\n".join(texts) + "\n", f"<!doctype html><html><body>{''.join(htmls)}</body></html>")


def _reply_text(comment: Comment) -> str:
    return comment.text or html_to_text(comment.html)


def _signature(mail: OutboundMail) -> str:
    """The agent's under a reply, then the mailbox's, else the brand's; with their places filled in."""
    agent = mail.comment.author if mail.comment and mail.kind in SPOKEN else None
    house = mail.mailbox.signature or mail.mailbox.brand.signature
    parts = [
        fill_signature(text, agent=agent, brand=mail.mailbox.brand, ticket_id=mail.ticket_id)
        for text in (agent.signature if agent else "", house)
    ]
    return "\n".join(filter(None, parts))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
