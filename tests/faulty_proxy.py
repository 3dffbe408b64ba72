"""Between the store and DynamoDB: forwards each call, or breaks it in a chosen way.

refused     says no at once (throttled): certainly not done
forbidden   says no for good (a policy without permission)
cut_before  closes the connection without forwarding: not done, but who could know
cut_after   forwards, then closes the connection: done, and the answer is lost
broken      forwards nothing, answers 500
silent      forwards nothing and never answers
"""

import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = ("refused", "forbidden", "cut_before", "cut_after", "broken", "silent")
_ANSWERS = {
    "refused": (400, "ProvisionedThroughputExceededException"),
    "forbidden": (400, "AccessDeniedException"),
    "broken": (500, "InternalServerError"),
}


class FaultyProxy:
    """`fault(number)` says how the call of this number (from 0) breaks, or "" to forward."""

    def __init__(self, target):
        self.target = target
        self.fault = lambda number: ""
        self.operations = []
        self.released = threading.Event()

    def plan(self, fault):
        """Start counting anew."""
        self.fault, self.operations = fault, []

    def handle(self, handler):
        number = len(self.operations)
        self.operations.append(handler.headers["X-Amz-Target"].partition(".")[2])
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        fault = self.fault(number)
        if fault in ("", "cut_after"):
            status, answer = self._forward(handler.headers, body)
        elif fault in _ANSWERS:
            status, code = _ANSWERS[fault]
            answer = json.dumps({"__type": f"x#{code}"}).encode()
        if fault == "silent":
            self.released.wait(5)
        if fault in ("silent", "cut_before", "cut_after"):
            handler.close_connection = True
            return
        with suppress(ConnectionError):  # who asked may have stopped waiting
            handler.send_response(status)
            handler.send_header("Content-Type", "application/x-amz-json-1.0")
            handler.send_header("Content-Length", str(len(answer)))
            handler.end_headers()
            handler.wfile.write(answer)

    def _forward(self, headers, body):
        sent = {name: value for name, value in headers.items() if name.lower() != "host"}
        request = urllib.request.Request(self.target, body, sent)  # noqa: S310 - the loopback
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - the loopback
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


@contextmanager
def faulty_proxy(target):
    """The proxy and its address."""
    proxy = FaultyProxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            proxy.handle(self)

        def log_message(self, *arguments):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield proxy, f"http://127.0.0.1:{server.server_port}"
    finally:
        proxy.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
