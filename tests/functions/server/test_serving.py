"""The real server on loopback: site, functions and refusals through one port."""

import gzip
import http.client
import socket
import threading
from urllib.parse import urlencode

import pytest
from intake_world import FORM_TYPE, SIGNALEMENT, make_assets

from chalicelib.application import make_services
from chalicelib.settings import Settings
from reperes_server.cli import make_wsgi
from reperes_server.serving import MAX_BODY_BYTES, make_server
from reperes_server.static import HeadersApp

PROTECTION = ("content-security-policy", "referrer-policy", "x-content-type-options")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<h1>Accueil</h1>")
    (folder / "404.html").write_text("<h1>Cette page n’existe pas, cherchez ici</h1>")
    (folder / "guides").mkdir()
    (folder / "guides" / "index.html").write_text("<h1>Guides</h1>" * 100)
    (folder / "guides" / "index.html.br").write_bytes(b"compressed")
    (folder / "stations.geojson").write_text("{}")
    return folder


@pytest.fixture(scope="module")
def port(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    settings = Settings(make_assets(folder / "assets"), folder / "state")
    services = make_services(settings)
    server = make_server(make_wsgi(site, settings, services), services, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server.effective_port
    # In the thread that owns the sockets; the loop ends when none is left.
    server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()
    services.store().close()


@pytest.fixture
def ask(port):
    def ask(method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        response = connection.getresponse()
        response.raw = response.read()
        response.text = response.raw.decode("utf-8", "replace")
        connection.close()
        return response

    return ask


def raw(port, data):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return received.decode()


def test_the_site_is_served(ask):
    assert ask("GET", "/").text == "<h1>Accueil</h1>"
    assert ask("GET", "/guides").headers["location"] == "guides/"
    assert ask("GET", "/stations.geojson").headers["content-type"] == "application/geo+json"


def test_what_was_compressed_by_the_build_is_sent_compressed(ask):
    answer = ask("GET", "/guides/", accept_encoding="br")

    assert (answer.headers["content-encoding"], answer.text) == ("br", "compressed")
    assert "h1" in ask("GET", "/guides/").text


def test_an_unknown_page_is_a_helpful_404(ask):
    answer = ask("GET", "/nulle-part/")

    assert answer.status == 404
    assert "cherchez ici" in answer.text


@pytest.mark.parametrize("path", ["/api/nulle-part", "/api/", "/api/signalement/x", "/api/%ff%0a"])
def test_an_unknown_page_of_the_functions_too(ask, path):
    answer = ask("GET", path)

    assert answer.status == 404
    assert "Cette page n’existe pas" in answer.text


@pytest.mark.parametrize(
    "path", ["/../state/submissions.sqlite", "/%2e%2e/state/signing-keys.json", "/..%2fassets"]
)
def test_no_path_leaves_the_site(ask, path):
    assert ask("GET", path).status == 404


def test_a_form_is_sent_through_the_whole_server(ask):
    check = ask("POST", "/api/signalement", urlencode(SIGNALEMENT), content_type=FORM_TYPE)
    token = check.text.partition('name="token" value="')[2].partition('"')[0]
    body = urlencode({**SIGNALEMENT, "token": token, "action": "confirmer"})

    sent = ask("POST", "/api/signalement", body, content_type=f"{FORM_TYPE}; charset=utf-8")

    assert sent.status == 200
    assert "data-reference" in sent.text


@pytest.mark.parametrize("path", ["/", "/guides/", "/api/health"])
def test_head_is_get_without_the_body(ask, path):
    head, get = ask("HEAD", path), ask("GET", path)

    assert (head.status, head.text) == (200, "")
    assert head.headers["content-length"] == str(len(get.text))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/guides"),
        ("GET", "/nulle-part"),
        ("POST", "/"),
        ("GET", "/api/health"),
        ("GET", "/api/nulle-part"),
        ("OPTIONS", "/api/signalement"),
        ("PUT", "/api/signalement"),
        ("POST", "/api/signalement"),
    ],
)
def test_every_answer_carries_the_headers(ask, method, path):
    answer = ask(method, path)

    assert [name for name in PROTECTION if name not in answer.headers] == []
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: a\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", "431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501"),
        (
            b"POST /api/signalement HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            % (MAX_BODY_BYTES + 1),
            "413",
        ),
    ],
)
def test_what_waitress_refuses_itself_is_said_in_french_with_the_headers(
    port, request_line, status
):
    answer = raw(port, request_line)

    assert answer.startswith(f"HTTP/1.1 {status}") or answer.startswith(f"HTTP/1.0 {status}")
    assert "Revenez en arrière" in answer or "Rien de ce que vous avez écrit" in answer
    assert [name for name in PROTECTION if name not in answer.lower()] == []


def test_a_chunked_body_is_read(port):
    body = urlencode(SIGNALEMENT).encode()
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    head = (
        b"POST /api/signalement HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    )

    assert 'value="confirmer"' in raw(port, head + chunks)


def test_a_body_of_half_a_megabyte_stays_in_memory(ask, tmp_path, monkeypatch):
    import tempfile

    made = []
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *args, **kw: made.append(1))

    ask("POST", "/api/signalement", b"facts=" + b"a" * 4_000_000, content_type=FORM_TYPE)

    assert made == []


def test_a_bug_of_the_server_is_a_page_with_a_number_and_no_address_in_the_log(tmp_path, caplog):
    services = make_services(Settings(make_assets(tmp_path / "assets"), tmp_path / "state"))
    started = []

    def broken(environ, start_response):
        raise RuntimeError(environ["PATH_INFO"])

    environ = {"PATH_INFO": "/MARQUEUR", "REQUEST_METHOD": "GET"}
    (body,) = HeadersApp(broken, services)(environ, lambda *args: started.append(args))

    assert started[0][0].startswith("500")
    assert "content-security-policy" in {name.lower() for name, _ in started[0][1]}
    assert "Le site a rencontré une erreur" in body.decode()
    assert "RuntimeError" in caplog.text
    assert "MARQUEUR" not in caplog.text + body.decode()


def test_a_phone_that_takes_gzip_gets_light_answers(ask):
    asked = ("POST", "/api/signalement", "action=verifier")
    plain = ask(*asked, Content_Type=FORM_TYPE)
    light = ask(*asked, Content_Type=FORM_TYPE, Accept_Encoding="gzip, deflate, br")

    assert plain.getheader("Content-Encoding") is None
    assert light.getheader("Content-Encoding") == "gzip"
    assert light.getheader("Vary") == plain.getheader("Vary") == "Accept-Encoding"
    assert gzip.decompress(light.raw) == plain.raw
    assert len(light.raw) < len(plain.raw) * 0.6
    assert light.status == plain.status == 422


def test_a_file_of_the_interface_is_not_compressed_again(ask):
    answer = ask("GET", "/api/openapi.json", Accept_Encoding="gzip")

    assert answer.getheader("Content-Encoding") is None
