"""Messages written for these tests, in the forms real mail programs give them."""

from __future__ import annotations

CUSTOMER = "Olena Koval <olena@shop.example>"
DESK = "Support <help@desk.example>"


def mail(body: str = "Hello", *, headers: str = "", subject: str = "Re: Order 17") -> bytes:
    """A plain-text message in UTF-8 from the customer to the desk."""
    head = f"From: {CUSTOMER}\nTo: {DESK}\nSubject: {subject}\nMessage-ID: <m1@shop.example>\n{headers}"
    return f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}".encode()


def html_mail(html: str, *, plain: str = "", subject: str = "Re: Order 17") -> bytes:
    """An HTML message; with `plain`, both forms as alternatives."""
    head = f"From: {CUSTOMER}\nTo: {DESK}\nSubject: {subject}\nMIME-Version: 1.0\n"
    if not plain:
        return f"{head}Content-Type: text/html; charset=utf-8\n\n{html}".encode()
    return (
        f'{head}Content-Type: multipart/alternative; boundary="cut"\n\n'
        f"--cut\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
        f"--cut\nContent-Type: text/html; charset=utf-8\n\n{html}\n--cut--\n"
    ).encode()


def multipart(*parts: str, kind: str = "multipart/mixed", headers: str = "") -> bytes:
    """A message of the given parts, each with its own header block."""
    joined = "".join(f"--cut\n{part}\n" for part in parts)
    head = f'From: {CUSTOMER}\nTo: {DESK}\nSubject: Parts\n{headers}Content-Type: {kind}; boundary="cut"\n\n'
    return f"{head}{joined}--cut--\n".encode()
