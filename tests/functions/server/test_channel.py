"""What our connections do that waitress's do not."""

import socket
import threading
import time
from contextlib import closing

import pytest
from intake_world import make_assets

from chalicelib.application import make_services
from chalicelib.settings import Settings
from reperes_server.channel import weight_bytes
from reperes_server.serving import make_server


@pytest.fixture
def channel(tmp_path):
    """A connection that the server has accepted and does not serve yet."""
    services = make_services(Settings(make_assets(tmp_path / "assets"), tmp_path / "state"))
    server = make_server(lambda *_: [], services, "127.0.0.1", 0)
    with closing(server), socket.create_connection(("127.0.0.1", server.effective_port)):
        server.handle_accept()
        (accepted,) = server.active_channels.values()
        yield accepted
        accepted.handle_close()
        server.task_dispatcher.shutdown()


def test_the_loop_is_not_woken_again_and_again_while_a_thread_sends(channel):
    channel.total_outbufs_len = 20_000
    sending, asked = threading.Event(), threading.Event()

    def send():
        with channel.outbuf_lock:
            sending.set()
            asked.wait(timeout=10)

    thread = threading.Thread(target=send)
    thread.start()
    sending.wait(timeout=10)
    while_sending = channel.writable()
    asked.set()
    thread.join()

    assert while_sending is False
    assert channel.writable() is True


@pytest.fixture
def serving(tmp_path, monkeypatch, request):
    """A running server that has room for one long form, not for two."""
    monkeypatch.setattr("reperes_server.channel.MAX_HELD_BYTES", 8_000_000)
    monkeypatch.setattr("reperes_server.serving._IDLE_S", getattr(request, "param", 30))
    services = make_services(Settings(make_assets(tmp_path / "assets"), tmp_path / "state"))

    def read(environ, start_response):
        body = environ["wsgi.input"].read()
        asked = environ["PATH_INFO"].strip("/")
        answer = b"a" * int(asked) if asked else b"%07d" % len(body)
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]

    server = make_server(read, services, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()


def begun(server, sent_bytes):
    """A connection that announces a body of 600 kB, the start of which the server has read."""
    before = held_bytes(server)
    link = socket.create_connection(("127.0.0.1", server.effective_port), timeout=10)
    link.sendall(
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n\r\n" + b"a" * sent_bytes
    )
    if not before and sent_bytes < 600_000:
        wait_until(lambda: held_bytes(server) >= weight_bytes(sent_bytes))
    return link


def wait_until(done):
    until = time.monotonic() + 10
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def held_bytes(server):
    return sum(each.held_bytes for each in list(server.active_channels.values()))


def answer(link):
    """All that the server says before it closes, or before the end of what we asked for."""
    received = b""
    while chunk := link.recv(65_536):
        received += chunk
        if received.startswith(b"HTTP/1.1 200") and len(received.partition(b"\r\n\r\n")[2]) == 7:
            break
    return received.decode()


def test_what_all_requests_hold_together_is_bounded(serving):
    """Two hundred connections with five megabytes each would take all the memory."""
    with begun(serving, 590_000) as first, begun(serving, 590_000) as second:
        second.sendall(b"a" * 10_000)
        refusal = answer(second)

        assert refusal.startswith("HTTP/1.1 429 ")
        assert "Retry-After: 10" in refusal
        assert "Rien n’est perdu" in refusal
        first.sendall(b"a" * 10_000)
        assert answer(first).endswith("0600000")


def test_a_small_form_is_taken_when_there_is_no_room_for_files(serving):
    with begun(serving, 590_000), begun(serving, 600_000) as second:
        assert " 429 " in answer(second)
        link = socket.create_connection(("127.0.0.1", serving.effective_port), timeout=10)

        link.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + b"a" * 60_000)

        assert answer(link).endswith("0060000")
        link.close()


def test_what_was_answered_is_not_held_any_more(serving):
    for _ in range(5):
        with begun(serving, 600_000) as link:
            assert answer(link).endswith("0600000")
        wait_until(lambda: held_bytes(serving) == 0)


def test_an_answer_that_nobody_reads_is_held_too(serving):
    address = ("127.0.0.1", serving.effective_port)
    with socket.create_connection(address, timeout=10) as deaf:
        deaf.sendall(b"GET /8000000 HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_until(lambda: held_bytes(serving) > 2_500_000)

        with begun(serving, 600_000) as other:
            assert " 429 " in answer(other)
    wait_until(lambda: held_bytes(serving) == 0)


@pytest.mark.parametrize("serving", [1], indirect=True, ids=["idle after a second"])
@pytest.mark.parametrize("requests", [1, 5], ids=["one answer", "answers in a row"])
def test_who_never_reads_is_hung_up_on_and_keeps_no_thread(serving, requests):
    """With several answers to give, a thread waits for the first ones to be read."""
    address = ("127.0.0.1", serving.effective_port)
    deaf = [socket.create_connection(address, timeout=10) for _ in range(16)]  # more than threads
    for half_megabytes, link in enumerate(deaf, start=1):  # the system keeps the shorter ones
        asked = b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % (half_megabytes * 500_000)
        link.sendall(asked * requests)
    wait_until(lambda: held_bytes(serving) > 8_000_000)

    wait_until(lambda: not serving.active_channels)
    with socket.create_connection(address, timeout=10) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answer(link).endswith("0000000")
    for link in deaf:
        link.close()


def test_a_thousand_requests_in_a_row_are_cut(serving):
    """Each would hold a file open until its answer is read."""
    with socket.create_connection(("127.0.0.1", serving.effective_port), timeout=10) as link:
        link.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000)

        assert is_cut(link)


def is_cut(link):
    try:
        while link.recv(65_536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("opening", [b"ffffff\r\n", b""], ids=["a chunk", "the size of a chunk"])
def test_a_chunked_body_without_an_end_is_cut(serving, opening):
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    address = ("127.0.0.1", serving.effective_port)
    with socket.create_connection(address, timeout=10) as link, pytest.raises(OSError):
        link.sendall(head + opening)
        for _ in range(1_000):
            link.sendall(b"a" * 65_536)
    wait_until(lambda: held_bytes(serving) == 0)
