"""Clients that mean harm, against the real server on loopback."""

import http.client
import socket
import tempfile
import threading
import time
from contextlib import contextmanager

import pytest
from intake_world import FORM_TYPE, make_assets

from chalicelib.application import make_services
from chalicelib.settings import Settings
from reperes_server import serving
from reperes_server.cli import make_wsgi

INDEX, SECRET = "<h1>Accueil</h1>", "SECRET-OUTSIDE-THE-SITE"


@contextmanager
def running(folder, autorefresh=False):
    site = folder / "site"
    (site / "guides").mkdir(parents=True)
    (site / "index.html").write_text(INDEX)
    (site / "guides" / "index.html").write_text("<h1>Guides</h1>")
    (folder / "secret.txt").write_text(SECRET)
    settings = Settings(make_assets(folder / "assets"), folder / "state", autorefresh)
    services = make_services(settings)
    server = serving.make_server(make_wsgi(site, settings, services), services, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        services.store().close()


@pytest.fixture(scope="module", params=[False, True], ids=["published", "autorefresh"])
def port(request, tmp_path_factory):
    with running(tmp_path_factory.mktemp("server"), request.param) as port:
        yield port


@pytest.fixture(scope="module")
def one_port(tmp_path_factory):
    with running(tmp_path_factory.mktemp("server")) as port:
        yield port


def raw(port, data):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    return received


def get(port, path, head=b"Host: x\r\n"):
    return raw(port, b"GET " + path + b" HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\n")


@pytest.mark.parametrize(
    "path",
    [
        b"/%00",
        b"/\x00",
        b"/../secret.txt",
        b"/%2e%2e/secret.txt",
        b"/..%2fsecret.txt",
        b"/guides/..%2f..%2fsecret.txt",
        b"/guides/%5c..%5c..%5csecret.txt",
        b"/guides/....//....//secret.txt",
        b"//secret.txt",
        b"/%252e%252e/secret.txt",
        b"/../state/submissions.sqlite",
        b"/api/../../secret.txt",
        b"/api/%00",
        b"/%ff",
        b"/\xff\xfe",
        b"/%c0%ae%c0%ae/secret.txt",
        b"//evil.example/%2f..",
        b"/%0d%0aSet-Cookie:%20x=1",
        b"*",
    ],
)
def test_no_trick_in_a_path_reads_a_file_or_breaks_the_server(port, path):
    answer = get(port, path)

    assert answer.split(b" ", 2)[1] in (b"400", b"404")
    assert SECRET.encode() not in answer
    assert b"SQLite" not in answer
    assert b"Traceback" not in answer
    assert b"\r\nSet-Cookie" not in answer
    assert b"content-security-policy" in answer.lower()


@pytest.mark.parametrize("path", [b"/guides", b"/guides/index.html", b"http://evil.example/guides"])
@pytest.mark.parametrize(
    "head",
    [
        b"Host: evil.example\r\n",
        b"Host: x\r\nX-Forwarded-Host: evil.example\r\n",
        b'Host: evil.example"><script>\r\n',
    ],
)
def test_a_redirection_never_leads_elsewhere(port, path, head):
    answer = get(port, path, head)

    (location,) = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location")]
    assert location.split(b": ")[1] in (b"guides/", b"./")
    assert b"evil" not in answer


@pytest.mark.parametrize("path", [b"/", b"/guides/", b"/api/signalement", b"/api/health"])
@pytest.mark.parametrize(
    "method", [b"TRACE", b"CONNECT", b"PROPFIND", b"DELETE", b"post", b"F\xc9"]
)
def test_another_method_says_nothing_back(one_port, path, method):
    answer = raw(
        one_port,
        method + b" " + path + b" HTTP/1.1\r\nHost: x\r\nX-Mark: ECHO\r\nConnection: close\r\n\r\n",
    )

    assert answer.split(b" ", 2)[1] in (b"400", b"405")
    assert b"ECHO" not in answer
    assert b"content-security-policy" in answer.lower()


def test_a_header_with_an_underscore_does_not_hide_another_site(one_port):
    head = (
        b"Host: x\r\nSec-Fetch-Site: cross-site\r\nSec_Fetch_Site: none\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n"
    )
    answer = raw(
        one_port,
        b"POST /api/signalement HTTP/1.1\r\n" + head + b"Connection: close\r\n\r\nfacts=x",
    )

    assert answer.split(b" ", 2)[1] == b"403"


@pytest.mark.promise("no-clear-text")
@pytest.mark.parametrize(
    "body",
    [b"facts=" + b'"' * 500_000, b"facts=" + b"a" * 4_500_000],
    ids=["given back five times longer", "too large"],
)
def test_nothing_typed_goes_through_a_temporary_file(one_port, body, monkeypatch):
    made = []
    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *a, **k: made.append(1) or real(*a, **k))
    connection = http.client.HTTPConnection("127.0.0.1", one_port, timeout=20)

    connection.request("POST", "/api/signalement", body, {"Content-Type": FORM_TYPE})
    answer = connection.getresponse()

    assert answer.status in (413, 422)
    assert answer.read()
    assert made == []
    connection.close()


def test_drop_by_drop_a_connection_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "_IDLE_S", 1)
    with running(tmp_path) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nX: ")
        slow.settimeout(0.2)
        closed_by = time.monotonic() + 8
        closed = False
        while not closed and time.monotonic() < closed_by:
            try:
                slow.sendall(b"a")
                closed = slow.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                closed = True

    assert closed


def test_a_slow_network_is_not_a_drop_by_drop_one(tmp_path, monkeypatch):
    monkeypatch.setattr(serving, "_IDLE_S", 1)
    body = b"facts=" + b"a" * 15_000
    head = b"POST /api/signalement HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
    with running(tmp_path) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(head + b"%s\r\nContent-Length: %d\r\n\r\n" % (FORM_TYPE.encode(), len(body)))
        for start in range(0, len(body), 500):  # about 4 kB/s during four seconds
            slow.sendall(body[start : start + 500])
            time.sleep(0.12)
        slow.settimeout(10)
        answer = slow.recv(100)

    assert b" 422 " in answer
