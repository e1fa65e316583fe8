"""A small proxy, as a web server stands in front of the chat: it takes a path away and says who came."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Proxy(ThreadingHTTPServer):
    """Passes what is below `path` on to a port of this machine, without `path`."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, path: str, target: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.path = path
        self.target = target
        self.outside: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Proxy

    def _pass_on(self) -> None:
        if not self.path.startswith(self.server.path):
            self.server.outside.append(self.path)
            self.send_error(404)
            return
        length = int(self.headers.get("Content-Length", 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        came_by = self.headers.get("X-Forwarded-For")
        headers["X-Forwarded-For"] = ", ".join(filter(None, (came_by, self.client_address[0])))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target, timeout=30)
        connection.request(
            self.command, "/" + self.path[len(self.server.path) :], self.rfile.read(length) or None, headers
        )
        answer = connection.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while part := answer.read1():
                self.wfile.write(part)
                self.wfile.flush()
        except OSError:
            pass  # the browser has gone
        connection.close()

    do_GET = do_POST = do_HEAD = _pass_on  # noqa: N815 - the names that the library calls

    def log_message(self, *_: object) -> None:
        pass
