"""What is wrong with a connection, in a sentence that says what to do."""

import imaplib
import smtplib
import socket
import ssl

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from imap_tools import errors as imap

from opora.core.refusals import Refusal
from opora.core.text import one_line

TRANSIENT = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


def explain_problem(problem: BaseException, *, host: str, port: int) -> str:
    """Return a sentence about why the server could not be used."""
    place = {"host": host, "port": port, "answer": one_line(_answer(problem), limit=160)}
    for kind, sentence in _SENTENCES:
        if isinstance(problem, kind):
            return _(sentence) % place
    if isinstance(problem, Refusal):
        return problem.sentence
    return _("%(host)s answered: %(answer)s") % place


_SENTENCES: list[tuple[type[BaseException] | tuple[type[BaseException], ...], str]] = [
    (socket.gaierror, gettext_noop("There is no server called “%(host)s”. Check the spelling of its name.")),
    (
        ConnectionRefusedError,
        gettext_noop("%(host)s refuses connections on port %(port)s. Check the port and the firewall."),
    ),
    (
        TimeoutError,
        gettext_noop("%(host)s does not answer on port %(port)s. Check the name, the port and the firewall."),
    ),
    (
        ssl.SSLCertVerificationError,
        gettext_noop(
            "The certificate of %(host)s is not valid for this name. Use the name that the certificate is made out to."
        ),
    ),
    (
        ssl.SSLError,
        gettext_noop(
            "%(host)s does not speak TLS on port %(port)s. Choose another security or another port."
        ),
    ),
    (
        (smtplib.SMTPAuthenticationError, imap.MailboxLoginError),
        gettext_noop("%(host)s does not accept this user name and password. It said: %(answer)s"),
    ),
    (
        smtplib.SMTPNotSupportedError,
        gettext_noop(
            "%(host)s does not offer STARTTLS or sign-in on port %(port)s. Choose another security or another port."
        ),
    ),
    (
        imap.MailboxFolderSelectError,
        gettext_noop("The folder cannot be opened on %(host)s. Check its name. It said: %(answer)s"),
    ),
    (imaplib.IMAP4.abort, gettext_noop("%(host)s closed the connection. It said: %(answer)s")),
    (
        (smtplib.SMTPServerDisconnected, ConnectionError),
        gettext_noop("%(host)s closed the connection on port %(port)s. Perhaps it wants another security."),
    ),
]


def _answer(problem: BaseException) -> str:
    code = getattr(problem, "smtp_code", None)
    text = getattr(problem, "smtp_error", None)
    if text is not None:
        return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    result = getattr(problem, "command_result", None)
    if result:
        return " ".join(part.decode("utf-8", "replace") for part in result[1] if isinstance(part, bytes))
    return str(problem) or type(problem).__name__
