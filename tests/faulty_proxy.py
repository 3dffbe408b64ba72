"""Between a store and DynamoDB, S3 or SSM: forwards each call, or breaks it in a chosen way.

refused     says no at once (throttled): certainly not done
forbidden   says no for good (a policy without permission)
cut_before  closes the connection without forwarding: not done, but who could know
cut_after   forwards, then closes the connection: done, and the answer is lost
broken      forwards nothing, answers 500
silent      forwards nothing and never answers
"""

import http.client
import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_OF_THE_HOP = {"Connection", "Date", "Server", "Transfer-Encoding"}
FAULTS = ("refused", "forbidden", "cut_before", "cut_after", "broken", "silent")
# Fault → status, and the code as DynamoDB and SSM say it, as S3 says it.
_ANSWERS = {
    "refused": (400, "ThrottlingException", "SlowDown"),
    "forbidden": (400, "AccessDeniedException", "AccessDenied"),
    "broken": (500, "InternalServerError", "InternalError"),
}
_S3_STATUS = {"refused": 503, "forbidden": 403, "broken": 500}


class FaultyProxy:
    """`fault(number)` says how the call of this number (from 0) breaks, or "" to forward."""

    def __init__(self, target):
        self.target = target
        self.fault = lambda number: ""
        self.operations = []
        self.released = threading.Event()
        self._counting = threading.Lock()

    def plan(self, fault):
        """Start counting anew."""
        self.fault, self.operations = fault, []

    def handle(self, handler):
        asked = handler.headers.get("X-Amz-Target")
        with self._counting:
            number = len(self.operations)
            self.operations.append(asked.partition(".")[2] if asked else handler.command)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        fault = self.fault(number)
        if fault in ("", "cut_after"):
            status, headers, answer = self._forward(handler, body)
        elif fault in _ANSWERS:
            status, headers, answer = _refusal(fault, is_json=asked is not None)
        if fault == "silent":
            self.released.wait(5)
        if fault in ("silent", "cut_before", "cut_after"):
            handler.close_connection = True
            return
        if handler.command == "HEAD":
            answer = b""  # the length of what is not sent is the answer's own
        with suppress(ConnectionError):  # who asked may have stopped waiting
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(answer)

    def _forward(self, handler, body):
        sent = {name: value for name, value in handler.headers.items() if name.lower() != "host"}
        connection = http.client.HTTPConnection(self.target.removeprefix("http://"))
        try:
            connection.request(handler.command, handler.path, body or None, sent)
            answer = connection.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name not in _OF_THE_HOP}
            data = answer.read()
        finally:
            connection.close()
        return answer.status, {"Content-Length": str(len(data))} | kept, data


def _refusal(fault, is_json):
    """Status, headers and body of a service that says no."""
    status, code, s3_code = _ANSWERS[fault]
    if is_json:
        body, kind = json.dumps({"__type": f"x#{code}"}).encode(), "application/x-amz-json-1.0"
    else:
        status = _S3_STATUS[fault]
        body, kind = f"<Error><Code>{s3_code}</Code></Error>".encode(), "application/xml"
    return status, {"Content-Type": kind, "Content-Length": str(len(body))}, body


@contextmanager
def faulty_proxy(target):
    """The proxy and its address."""
    proxy = FaultyProxy(target)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self):
            proxy.handle(self)

        def log_message(self, *arguments):
            """Say nothing."""

    for method in ("DELETE", "GET", "HEAD", "POST", "PUT"):
        setattr(Handler, f"do_{method}", Handler.answer)
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
