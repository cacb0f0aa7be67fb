"""A local server that stands for a service: recorded answers over real sockets, and every kind of bad day."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: path without the query, query and form together, header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back. `cut` ends the connection after so many bytes of the body; `drip_s` waits before each KiB."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip_s: float = 0.0

    @classmethod
    def json(cls, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> "Reply":
        """Return a reply of JSON."""
        return cls(body, status, {"Content-Type": "application/json", **(headers or {})})

    @classmethod
    def xml(cls, body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> "Reply":
        """Return a reply of XML."""
        return cls(body, status, {"Content-Type": "text/xml; charset=UTF-8", **(headers or {})})


HTML_ERROR = Reply(b"<html><body>Service unavailable</body></html>", 200, {"Content-Type": "text/html"})


class Service(Protocol):
    """What a stand-in for a service does with a request."""

    def answer(self, request: Request) -> Reply:
        """Return the reply."""


@dataclass(slots=True)
class Replay:
    """A running server: `asked` are the requests it had; `faults` are replied first, one a request.

    A fault may be bound to the requests that `when` accepts.
    """

    url: str
    asked: list[Request] = field(default_factory=list)
    faults: list[Reply] = field(default_factory=list)
    when: Callable[[Request], bool] = lambda request: True

    def reply(self, service: Service, request: Request) -> Reply:
        """Return the next fault, else the service's own reply."""
        self.asked.append(request)
        if self.faults and self.when(request):
            return self.faults.pop(0)
        return service.answer(request)


@contextmanager
def replaying(service: Service) -> Iterator[Replay]:
    """Yield a server of the service on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    replay = Replay(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(service, replay)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield replay
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(service: Service, replay: Replay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # headers and body are two writes: the second one would wait 40 ms for the first

        def do_GET(self) -> None:
            self._answer("GET", "")

        def do_POST(self) -> None:
            self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

        def _answer(self, method: str, form: str) -> None:
            parts = urlsplit(self.path)
            query = {**dict(parse_qsl(parts.query)), **dict(parse_qsl(form))}
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._send(replay.reply(service, Request(method, parts.path, query, headers)), headers)

        def _send(self, reply: Reply, asked: Mapping[str, str]) -> None:
            body = reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if (
                "gzip" in asked.get("accept-encoding", "")
                and len(body) > 2000
                and reply.cut is None
                and not reply.drip_s
            ):
                body = gzip.compress(body, 1)
                self.send_header("Content-Encoding", "gzip")
            if reply.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            sent = body if reply.cut is None else body[: reply.cut]
            try:
                for start in range(0, len(sent), 1024 if reply.drip_s else 1 << 20):
                    time.sleep(reply.drip_s)
                    self.wfile.write(sent[start : start + (1024 if reply.drip_s else 1 << 20)])
            except (BrokenPipeError, ConnectionResetError):  # the client has had enough
                self.close_connection = True
            if reply.cut is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing: the requests are in `Replay.asked`."""

    return Handler
