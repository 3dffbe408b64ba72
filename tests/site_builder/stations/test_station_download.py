"""Import by https: size limit, time-out, checksum, and no way around them."""

import hashlib
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from site_builder.errors import SiteBuilderError
from site_builder.stations.download import fetch, is_address

BODY = b"id,nom\n1,a\n"


@contextmanager
def serving(answer):
    """A local server; `answer(handler)` writes the answer of every request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *_):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/export-gn2.csv"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(body=BODY, status=200, **headers):
    def answer(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_file_comes_with_the_date_of_its_server(tmp_path):
    with serving(send(Last_Modified="Sun, 01 Mar 2026 10:00:00 GMT")) as address:
        path = fetch(address, tmp_path, hashlib.sha256(BODY).hexdigest())

    assert path == tmp_path / "export-gn2.csv"
    assert path.read_bytes() == BODY
    modified = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    assert modified.date().isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("answer", "options", "said"),
    [
        (send(), {"sha256": "0" * 64}, "n’a pas l’empreinte attendue"),
        (send(b"x" * 3000), {"max_bytes": 1000}, "dépasse 0.001 Mo"),
        (send(b"", 404), {}, "réponse 404"),
        (send(BODY, Content_Length=str(len(BODY) + 5)), {}, "arrivé coupé"),
        (send(b"", 302, Location="http://example.org/file.csv"), {}, "n’est pas en https"),
        (send(b"", 302, Location="file:///etc/passwd"), {}, "réponse 302"),
    ],
)
def test_a_file_that_must_not_be_used_is_refused(tmp_path, answer, options, said):
    with serving(answer) as address, pytest.raises(SiteBuilderError, match=said):
        fetch(address, tmp_path, **options)

    assert list(tmp_path.iterdir()) == []


def test_a_slow_server_is_given_up(tmp_path):
    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with serving(drip) as address, pytest.raises(SiteBuilderError, match="trop lent"):
        fetch(address, tmp_path, timeout_s=0.3)


def test_nobody_there(tmp_path):
    with serving(send()) as address:
        pass

    with pytest.raises(SiteBuilderError, match="pas de réponse"):
        fetch(address, tmp_path)


@pytest.mark.parametrize("address", ["http://example.org/a.csv", "ftp://example.org/a.csv"])
def test_only_https_is_fetched(tmp_path, address):
    assert is_address(address)
    with pytest.raises(SiteBuilderError, match="n’est pas en https"):
        fetch(address, tmp_path)


def test_a_path_is_not_an_address():
    assert not is_address("data/export.csv")
    assert not is_address("C:/export.csv")
