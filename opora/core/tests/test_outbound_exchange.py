import socket
import threading
import time

import pytest

from opora.core.outbound import Unanswered, Why, exchange
from opora.core.refusals import Invalid


def test_a_request_goes_out_as_it_was_given_and_its_answer_comes_back(endpoint):
    endpoint.will_answer(201, body=b"made", X_Kind="new")
    answer = exchange(
        "PUT", f"{endpoint.url}/a path/ї?q=1".replace(" ", "%20"), headers=[("X-One", "1")], body=b"hello"
    )
    assert (answer.status, answer.body, answer.is_cut, answer.header("x-kind")) == (
        201,
        b"made",
        False,
        "new",
    )
    came = endpoint.received[0]
    assert (came.method, came.path, came.body) == ("PUT", "/a%20path/%D1%97?q=1", b"hello")
    assert came.headers["X-One"] == "1"
    assert came.headers["Host"] == f"127.0.0.1:{endpoint.port}"


def test_a_redirect_is_an_answer_and_not_followed(endpoint):
    endpoint.will_answer(302, Location="http://169.254.169.254/")
    assert exchange("POST", endpoint.url, headers=[]).status == 302
    assert len(endpoint.received) == 1


def test_of_a_long_answer_only_the_beginning_is_read(endpoint):
    endpoint.will_answer(200, body=b"x" * 300_000)
    answer = exchange("POST", endpoint.url, headers=[], most_bytes=1000)
    assert (len(answer.body), answer.is_cut) == (1000, True)


def test_an_endpoint_that_does_not_answer_is_given_up_in_time(endpoint):
    endpoint.will_hang(5)
    with pytest.raises(Unanswered) as refused:
        exchange("POST", endpoint.url, headers=[], seconds=0.3)
    assert refused.value.why == Why.TIMEOUT


def test_an_endpoint_that_drips_bytes_holds_nobody_up(endpoint):
    endpoint.will_drip(every=0.1, times=60)
    began = time.monotonic()
    with pytest.raises(Unanswered) as refused:
        exchange("POST", endpoint.url, headers=[], seconds=0.5)
    assert refused.value.why == Why.TIMEOUT
    assert time.monotonic() - began < 4, "the six seconds of dripping were not waited for"


def test_a_closed_port_is_said_to_be_unreachable(settings):
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unanswered) as refused:
        exchange("POST", f"http://127.0.0.1:{port}/", headers=[])
    assert refused.value.why == Why.NO_CONNECTION


def test_an_answer_that_is_no_http_is_said_to_be_broken_off(settings):
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble():
            peer, _address = server.accept()
            peer.recv(1000)
            peer.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")
            peer.close()

        threading.Thread(target=babble, daemon=True).start()
        with pytest.raises(Unanswered) as refused:
            exchange("POST", f"http://127.0.0.1:{server.getsockname()[1]}/", headers=[])
    assert refused.value.why == Why.BROKEN_OFF


def test_a_private_address_is_refused_before_a_byte_leaves(endpoint, settings):
    settings.PRIVATE_HOSTS = frozenset()
    with pytest.raises(Invalid):
        exchange("POST", endpoint.url, headers=[])
    assert endpoint.received == []


def test_a_public_name_that_leads_inside_is_refused_when_it_is_connected_to(endpoint, settings, monkeypatch):
    settings.PRIVATE_HOSTS = frozenset()
    monkeypatch.setattr("opora.core.outbound.guard._resolve", lambda host, port: ["127.0.0.1"])
    with pytest.raises(Unanswered) as refused:
        exchange("POST", f"http://rebinding.example:{endpoint.port}/", headers=[])
    assert refused.value.why == Why.FORBIDDEN
    assert endpoint.received == []


def test_a_name_that_changes_its_answer_is_asked_once_and_the_checked_address_is_used(
    endpoint, settings, monkeypatch
):
    settings.PRIVATE_HOSTS = frozenset({"turning.example"})
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    monkeypatch.setattr("opora.core.outbound.guard._resolve", lambda host, port: answers.pop(0))
    answer = exchange("POST", f"http://turning.example:{endpoint.port}/", headers=[])
    assert (answer.status, len(answers)) == (200, 1)
    assert endpoint.received[0].headers["Host"] == f"turning.example:{endpoint.port}"


def test_an_unknown_name_is_said_to_be_unknown(settings, monkeypatch):
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("opora.core.outbound.guard._resolve", unknown)
    with pytest.raises(Unanswered) as refused:
        exchange("POST", "https://nowhere.example/", headers=[])
    assert refused.value.why == Why.UNKNOWN_NAME


def test_a_server_without_tls_is_a_matter_of_certificates_or_connection(endpoint):
    with pytest.raises(Unanswered) as refused:
        exchange("POST", endpoint.url.replace("http://", "https://"), headers=[])
    assert refused.value.why in {Why.CERTIFICATE, Why.NO_CONNECTION}
