"""What a request to a typed-in address may reach: the public internet, and private hosts that the operator named.

A web address is checked twice. When it is typed in, `check_url` refuses what can never work. When a connection is
made, `addresses_of` resolves the name and gives back only addresses that may be reached; the connection goes to one
of those and to no other, so a name that answers differently the second time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]

LONGEST_URL = 2000
RESOLVING_TAKES = 5.0
"""Seconds after which a name that nobody answers for counts as unknown."""

_NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16/32",  # the platform address of Azure, public by its number alone
        "192.88.99.0/24",  # relays of 6to4, withdrawn by RFC 7526
        "64:ff9b:1::/48",  # local-use translation, RFC 8215
        "2001::/23",  # protocol assignments, Teredo among them: RFC 2928, RFC 4380
        "2002::/16",  # 6to4 wraps an IPv4 address, RFC 3056
        "5f00::/16",  # segment routing, RFC 9602
    )
)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_resolvers = ThreadPoolExecutor(max_workers=16, thread_name_prefix="resolver")


class Forbidden(Exception):
    """The name leads to no address that may be reached."""


def check_url(url: str, *, field: str = "") -> SplitResult:
    """Return the parts of an address that a request could be sent to. Raises `Invalid` with what to change."""
    parts, sentence = _split(url), ""
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        sentence = _("Enter a whole address that begins with https:// or http://.")
    elif len(url) > LONGEST_URL or any(letter.isspace() or not letter.isprintable() for letter in url):
        sentence = _("The address is too long or has spaces in it.")
    elif parts.username is not None:
        sentence = _("Leave the name and password out of the address and enter them as authentication.")
    elif parts.fragment:
        sentence = _("Leave out the part of the address after #: it is never sent.")
    elif not _is_allowed_port(port_of(parts)):
        sentence = _("This port is for other programs. Use 443, 80 or one above 1023.")
    elif not _may_name(parts.hostname):
        sentence = _(
            "This address leads into a private network. An operator can allow it with OPORA_PRIVATE_HOSTS."
        )
    if sentence or parts is None:
        raise Invalid(sentence, field=field)
    return parts


def port_of(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def ascii_host(host: str) -> str:
    """Return the name as it is asked for and sent: internationalised names in their ASCII form."""
    return host.encode("idna").decode()


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet: no private, loopback, link-local, metadata or other special
    one (IANA registries of special-purpose addresses), also not wrapped in an IPv6 address."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = _wrapped(address)
        if wrapped is not None:
            return is_public(wrapped)
        if address.is_site_local:
            return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global
    return not special and not any(address in network for network in _NEVER)


def is_trusted_host(host: str) -> bool:
    """Whether the operator named this very host, or the network of this address, as one that may be private."""
    wanted = host.lower().rstrip(".")
    address = _as_address(wanted)
    return wanted in settings.PRIVATE_HOSTS or (address is not None and _is_in_trusted_network(address))


def addresses_of(host: str, port: int, *, resolve: Resolve | None = None) -> list[str]:
    """Return the addresses of `host` that may be connected to, in the order they should be tried.

    Raises `Forbidden` if there are none among those it has, `OSError` if it has none at all.
    """
    found = [ipaddress.ip_address(text.partition("%")[0]) for text in (resolve or _resolve)(host, port)]
    named = host.lower().rstrip(".") in settings.PRIVATE_HOSTS
    fit = [address for address in found if _may_reach(address, is_named=named)]
    if not fit:
        raise Forbidden(f"{host} leads to {', '.join(map(str, found)) or 'no address'}")
    return list(dict.fromkeys(str(address) for address in fit))


def _may_reach(address: Address, *, is_named: bool) -> bool:
    """A named host may be private or on this machine, but never where clouds keep their secrets."""
    if is_public(address) or _is_in_trusted_network(address):
        return True
    return is_named and (address.is_private or address.is_loopback) and not address.is_link_local


def _is_in_trusted_network(address: Address) -> bool:
    networks = (_as_network(entry) for entry in settings.PRIVATE_HOSTS)
    return any(address in network for network in networks if network is not None)


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _may_name(host: str) -> bool:
    """Names are decided when they are resolved; numbers, and names that only mean this machine, at once."""
    if is_trusted_host(host):
        return True
    address = _as_address(host.strip("[]").partition("%")[0])
    if address is not None:
        return is_public(address)
    return not host.lower().rstrip(".").endswith(("localhost", ".local", ".internal"))


def _is_allowed_port(port: int) -> bool:
    return port in {80, 443} or port >= 1024


def _as_address(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _as_network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        port_of(parts)
        ascii_host(parts.hostname or "")
    except (ValueError, UnicodeError):
        return None
    return parts


def _resolve(host: str, port: int) -> list[str]:
    """Ask the resolver of this machine, which has no time limit of its own."""
    asked = _resolvers.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        return [str(found[4][0]) for found in asked.result(RESOLVING_TAKES)]
    except TooSlow as problem:
        raise socket.gaierror(socket.EAI_AGAIN, "the name was not resolved in time") from problem
