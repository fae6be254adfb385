import ipaddress
import socket

import pytest
from hypothesis import example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from opora.core.outbound.guard import Forbidden, addresses_of, check_url, is_public, is_trusted_host
from opora.core.refusals import Invalid

PRIVATE = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29",
    "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4", "255.255.255.255/32", "168.63.129.16/32", "192.88.99.0/24",
    "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32", "2002::/16",
    "2001::/32", "64:ff9b:1::/48", "100::/64",
)  # fmt: skip
PRIVATE_4 = [ipaddress.ip_network(text) for text in PRIVATE if ":" not in text]


def within(network: str) -> st.SearchStrategy[str]:
    found = ipaddress.ip_network(network)
    last = found.num_addresses - 1
    return st.integers(0, last).map(lambda number: str(found[number]))


special = st.sampled_from(PRIVATE).flatmap(within)
special_4 = st.sampled_from([str(network) for network in PRIVATE_4]).flatmap(within)


@trying(deadline=None)
@given(special)
@example("169.254.169.254")
@example("fd00:ec2::254")
@example("100.100.100.200")
@example("168.63.129.16")
def test_no_special_address_is_public(address):
    assert not is_public(ipaddress.ip_address(address))


@trying(deadline=None)
@given(special_4)
def test_wrapping_a_special_address_in_another_does_not_make_it_public(address):
    number = int(ipaddress.IPv4Address(address))
    mapped = ipaddress.IPv6Address(0xFFFF_0000_0000 | number)
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number)
    compatible = ipaddress.IPv6Address(number)
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (number << 80))
    assert not any(map(is_public, (mapped, translated, compatible, six_to_four)))


@trying(deadline=None)
@given(st.ip_addresses(v=4))
def test_a_public_address_of_four_bytes_is_also_public_when_mapped_and_translated(address):
    mapped = ipaddress.IPv6Address(0xFFFF_0000_0000 | int(address))
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | int(address))
    assert is_public(address) == is_public(mapped) == is_public(translated)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a01:4f8::1"])
def test_the_internet_is_public(address):
    assert is_public(ipaddress.ip_address(address))


@trying(deadline=None)
@given(st.lists(special, min_size=1, max_size=4))
def test_a_name_that_leads_to_special_addresses_alone_is_forbidden(settings_without_hosts, found):
    with pytest.raises(Forbidden):
        addresses_of("innocent.example", 443, resolve=lambda host, port: found)


def test_of_mixed_addresses_only_the_public_ones_are_connected_to(settings):
    settings.PRIVATE_HOSTS = frozenset()
    found = ["10.0.0.5", "93.184.216.34", "::ffff:127.0.0.1", "93.184.216.34", "fe80::1%eth0"]
    assert addresses_of("mixed.example", 443, resolve=lambda host, port: found) == ["93.184.216.34"]


def test_a_named_host_may_be_private_but_never_where_clouds_keep_their_secrets(settings):
    settings.PRIVATE_HOSTS = frozenset({"n8n.internal"})
    assert addresses_of("N8N.internal", 443, resolve=lambda host, port: ["10.0.0.5"]) == ["10.0.0.5"]
    with pytest.raises(Forbidden):
        addresses_of("n8n.internal", 443, resolve=lambda host, port: ["169.254.169.254"])
    with pytest.raises(Forbidden):
        addresses_of("other.internal", 443, resolve=lambda host, port: ["10.0.0.5"])


def test_a_named_network_may_be_reached_by_any_name(settings):
    settings.PRIVATE_HOSTS = frozenset({"10.1.0.0/16"})
    assert addresses_of("anything.example", 443, resolve=lambda host, port: ["10.1.2.3"]) == ["10.1.2.3"]
    assert is_trusted_host("10.1.9.9")
    with pytest.raises(Forbidden):
        addresses_of("anything.example", 443, resolve=lambda host, port: ["10.2.0.1"])


def test_a_name_that_nobody_knows_is_no_address(settings):
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(OSError, match="unknown"):
        addresses_of("nowhere.example", 443, resolve=unknown)


@pytest.mark.parametrize(
    "url",
    [
        "", "hooks.example.com", "ftp://example.com/", "file:///etc/passwd", "https://", "https:///path", "https://a b.com/",
        "https://user:secret@example.com/", "https://example.com/#part", "https://example.com:22/",
        "https://example.com:99999/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/", "http://localhost:8000/", "http://metadata.google.internal/",
        "http://printer.local/", "https://example.com/\r\nX-Evil: 1", f"https://example.com/{'a' * 3000}",
        "http://a..b/", f"http://{'a' * 64}.example/",
    ],
)  # fmt: skip
def test_an_address_that_can_never_work_is_refused_in_a_sentence(settings, url):
    settings.PRIVATE_HOSTS = frozenset()
    with pytest.raises(Invalid) as refusal:
        check_url(url, field="endpoint")
    assert refusal.value.field == "endpoint"
    assert refusal.value.sentence.endswith((".", "_HOSTS."))


@pytest.mark.parametrize(
    "url", ["https://hooks.example.com/desk?a=1", "http://example.com:8080", "https://приклад.укр/веб", "https://[2606:4700::1111]/"]
)  # fmt: skip
def test_an_ordinary_address_passes(settings, url):
    settings.PRIVATE_HOSTS = frozenset()
    assert check_url(url).scheme in {"http", "https"}


@trying(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    try:
        check_url(f"https://{text}")
    except Invalid as refusal:
        assert refusal.sentence


@pytest.fixture(scope="module")
def settings_without_hosts():
    from django.test import override_settings

    with override_settings(PRIVATE_HOSTS=frozenset()):
        yield
