"""What our connections do that waitress's do not."""

import socket
import threading
from contextlib import closing

import pytest
from intake_world import make_assets

from chalicelib.application import make_services
from chalicelib.settings import Settings
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
