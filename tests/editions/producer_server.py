"""A producer's server on this machine, with the faults that such servers have."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Producer:
    """What the server does: ``faults`` are used up one a request, then it answers as it should."""

    files: Path
    address: str = ""
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, Range

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"


@contextmanager
def serve(files: Path) -> Iterator[Producer]:
    """The files below a folder, on a free port."""
    producer = Producer(files)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def end_headers(self) -> None:
            # Said, or the client asks again on a connection that is being closed.
            self.send_header("Connection", "close")
            super().end_headers()

        def do_GET(self) -> None:
            producer.asked.append((self.path, self.headers.get("Range", "")))
            fault = producer.faults.pop(0) if producer.faults else ""
            self.close_connection = True
            if fault.isdigit():
                self._refuse(int(fault.partition("@")[0]), None)
            elif "@" in fault:
                code, _, after = fault.partition("@")
                self._refuse(int(code), after)
            elif fault == "silent":
                stop.wait(3)
            else:
                self._answer(fault)

        def _refuse(self, code: int, after: str | None) -> None:
            self.send_response(code)
            if after is not None:
                self.send_header("Retry-After", after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _answer(self, fault: str) -> None:
            if self.path.startswith("/moved/"):
                self.send_response(302)
                circle = self.path.startswith("/moved/round")
                self.send_header("Location", self.path if circle else self.path[len("/moved") :])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = producer.files / self.path.lstrip("/")
            if not path.is_file():
                self._refuse(404, None)
                return
            body = path.read_bytes()
            if fault == "html":
                body = b"\n<!DOCTYPE html><html><body>This page has moved</body></html>"
            self._send(body, fault)

        def _send(self, body: bytes, fault: str) -> None:
            tag = f'"{hash(body)}"'
            asked = self.headers.get("Range", "")
            resumed = asked and self.headers.get("If-Range") == tag
            start = int(asked.removeprefix("bytes=").rstrip("-")) if resumed else 0
            self.send_response(206 if resumed else 200)
            if resumed:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            if fault != "untagged":
                self.send_header("ETag", tag)
            rest = body[start:]
            if fault == "cut-chunked":
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(b"40\r\n" + rest[:64] + b"\r\n")
                return
            if fault != "cut-unsaid":
                self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            if fault.startswith("cut"):
                rest = rest[: len(rest) // 2]
            if fault == "trickle":
                for byte in rest[:200]:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    if stop.wait(0.05):
                        return
                return
            self.wfile.write(rest)

    stop = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    producer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield producer
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()
