"""The files of deploy/ are read by the programs they are for, and keep what they promise."""

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from places import ROOT

DEPLOY = ROOT / "deploy"
LIMIT = 5 * 1024 * 1024
CLIENT = "127.0.0.1"


def needed(program):
    path = shutil.which(program, path="/usr/sbin:/usr/bin:/bin:/usr/local/bin")
    if path is None:
        pytest.skip(f"{program} is absent: its file in deploy/ is not run")
    return path


def free_port():
    with socket.socket() as probe:
        probe.bind((CLIENT, 0))
        return probe.getsockname()[1]


@contextmanager
def upstream():
    """Stands for reperes-server: answers with the headers and the length that it received."""

    class Echo(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = json.dumps({"headers": dict(self.headers), "length": len(body)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer((CLIENT, 0), Echo)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(command, port, **options):
    with subprocess.Popen(command, **options) as process:
        try:
            for _ in range(200):
                with socket.socket() as probe:
                    if probe.connect_ex((CLIENT, port)) == 0:
                        break
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait()


@contextmanager
def nginx(folder, target):
    """nginx with its file of deploy/, moved to free ports and a certificate of an hour."""
    program, port, plain = needed("nginx"), free_port(), free_port()
    openssl = [needed("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt"]
    openssl += ["ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    openssl += ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(openssl, check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for old, new in {
        "user www-data;": "daemon off;",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx/": f"{folder}/logs/",
        "/etc/ssl/reperes/": f"{folder}/",
        "listen 80 default_server": f"listen {CLIENT}:{plain}",
        "listen 443": f"listen {CLIENT}:{port}",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{target}",
        "access_log off;": f"access_log off; client_body_temp_path {folder}/bodies;",
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, "utf-8")
    trusting = ssl._create_unverified_context()  # noqa: S323 - our own certificate of an hour
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with running(command, port, stderr=subprocess.DEVNULL):
        yield http.client.HTTPSConnection(CLIENT, port, timeout=10, context=trusting)


@contextmanager
def caddy(folder, target):
    """Caddy with its file of deploy/, without the certificate that it would ask for."""
    program, port = needed("caddy"), free_port()
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert "127.0.0.1:8000" in text
    text = text.replace("reperes.example", f"http://{CLIENT}:{port}")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{target}")
    (folder / "Caddyfile").write_text(text, "utf-8")
    environ = {"HOME": str(folder), "PATH": "/usr/bin:/bin"}
    command = [program, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    log = (folder / "logs" / "caddy.log").open("wb")
    with log, running(command, port, stderr=log, stdout=log, env=environ):
        yield http.client.HTTPConnection(CLIENT, port, timeout=10)


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def front(request, tmp_path):
    (tmp_path / "logs").mkdir()
    with upstream() as target, request.param(tmp_path, target) as connection:
        yield connection, tmp_path
        connection.close()


def test_the_server_is_not_told_who_asks(front):
    connection, _ = front

    connection.request("POST", "/api/signalement", b"x", {"X-Forwarded-For": "192.0.2.7"})
    answer = connection.getresponse()

    assert answer.status == 200
    assert answer.headers["Server"] in (None, "nginx")  # no version
    received = json.loads(answer.read())["headers"]
    assert not {"x-forwarded-for", "x-real-ip", "forwarded"} & {name.lower() for name in received}


def test_a_file_goes_through_and_is_never_written(front):
    connection, folder = front

    connection.request("POST", "/api/suivi", b"x" * (LIMIT - 1024))

    assert json.loads(connection.getresponse().read())["length"] == LIMIT - 1024
    bodies = folder / "bodies"
    assert not bodies.is_dir() or list(bodies.rglob("*")) == []


def test_more_than_the_limit_never_reaches_the_server(front):
    connection, _ = front

    try:
        connection.request("POST", "/api/suivi", b"x" * (LIMIT + 1024))
        status = connection.getresponse().status
    except ConnectionError:  # refused while we were still sending
        status = 413

    assert status in (413, 502)  # Caddy cuts the body, and what is cut cannot be forwarded


def test_only_files_may_be_longer_than_a_form(front):
    """512 KiB is what the server reads of a form; a proxy that kept more would waste memory."""
    connection, _ = front

    connection.request("POST", "/api/signalement", b"x" * (512 * 1024))
    assert json.loads(connection.getresponse().read())["length"] == 512 * 1024
    try:
        connection.request("POST", "/api/signalement", b"x" * (512 * 1024 + 1))
        status = connection.getresponse().status
    except ConnectionError:  # refused while we were still sending
        status = 413

    assert status in (413, 502)


@pytest.mark.parametrize("program", [nginx, caddy])
def test_a_stopped_server_is_told_in_french_by_the_proxy(tmp_path, program):
    (tmp_path / "logs").mkdir()
    with program(tmp_path, free_port()) as connection:
        connection.request("GET", "/")
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()

    assert answer.status in (502, 503)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Retry-After"] == "30"
    assert "Le même envoi ne sera jamais enregistré deux fois" in page


def test_nginx_keeps_so_many_files_in_memory_and_no_more(tmp_path):
    (tmp_path / "logs").mkdir()
    head = {"Content-Type": "multipart/form-data; boundary=X", "Content-Length": "5000000"}
    with upstream() as target, nginx(tmp_path, target) as front:
        held = [copy_of(front) for _ in range(25)]
        for connection in held:
            connection.putrequest("POST", "/api/suivi")
            for name, value in head.items():
                connection.putheader(name, value)
            connection.endheaders(b"--X")
        statuses = []
        until = time.monotonic() + 10
        while 503 not in statuses and time.monotonic() < until:  # the 25 are being accepted
            front.request("POST", "/api/suivi", b"x")
            answer = front.getresponse()
            answer.read()
            statuses.append(answer.status)
        front.request("POST", "/api/signalement", b"x")
        form = front.getresponse()
        form.read()
        for connection in held:
            connection.close()
        front.close()

    assert statuses[-1] == 503
    assert form.status == 200


def copy_of(connection):
    """Another connection to the same place."""
    return http.client.HTTPSConnection(
        connection.host, connection.port, timeout=10, context=connection._context
    )


def test_no_log_holds_an_address(front):
    connection, folder = front
    connection.request("POST", "/api/signalement?adresse=secrete", b"x")
    connection.getresponse().read()

    logs = "".join(file.read_text("utf-8") for file in (folder / "logs").iterdir())

    assert "secrete" not in logs
    assert not re.search(r'"(remote_ip|client_ip|remote_addr)"', logs)


def test_systemd_finds_the_unit_sound_and_closed(tmp_path):
    program = needed("systemd-analyze")
    text = (DEPLOY / "reperes.service").read_text("utf-8")
    unit = tmp_path / "reperes.service"
    unit.write_text(text.replace("/opt/reperes/.venv/bin/reperes-server", sys.executable), "utf-8")

    rated = subprocess.run(
        [program, "security", "--offline=true", "--no-pager", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )

    exposure = re.search(r"exposure level for \S+ (\d+\.\d+)", rated.stdout)
    assert exposure, rated.stderr
    assert float(exposure[1]) <= 2.0  # of 10; systemd calls it OK
    assert "LimitCORE=0" in text
    assert "MemorySwapMax=0" in text
