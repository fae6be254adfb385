"""Whether a message is signed or encrypted, by its structure. Nothing is verified or decrypted here."""

from __future__ import annotations

from collections.abc import Iterable

from .headers import Headers
from .params import parse_params
from .structure import Leaf


def read_security(headers: Headers, leaves: Iterable[Leaf], text: str) -> str | None:
    """pgp-encrypted, pgp-signed, smime-encrypted or smime-signed; None for an ordinary message."""
    kind, params = parse_params(headers.raw("content-type"))
    protocol = params.get("protocol", "").lower()
    kinds = {leaf.kind for leaf in leaves}
    if (
        kind == "multipart/encrypted"
        or "application/pgp-encrypted" in kinds
        or "-----BEGIN PGP MESSAGE-----" in text
    ):
        return "pgp-encrypted"
    if kind.endswith("pkcs7-mime") or kinds & {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        opaque = params.get("smime-type", _smime_type(leaves)).lower()
        return "smime-signed" if opaque in ("signed-data", "certs-only") else "smime-encrypted"
    if "pkcs7" in protocol or kinds & {"application/pkcs7-signature", "application/x-pkcs7-signature"}:
        return "smime-signed"
    signed = "pgp" in protocol or "application/pgp-signature" in kinds
    return "pgp-signed" if signed or "-----BEGIN PGP SIGNED MESSAGE-----" in text else None


def _smime_type(leaves: Iterable[Leaf]) -> str:
    return next((leaf.params["smime-type"] for leaf in leaves if "smime-type" in leaf.params), "")
