"""Somebody at a browser: one connection that stays open, the session's cookie, and how long each answer took."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

_SECRET = "b" * 32
_BOUNDARY = "baton-bench-boundary"
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, how many seconds it took, and where it leads on to."""

    status: int
    body: bytes
    seconds: float
    leads: str

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", "replace")

    def hidden(self, name: str) -> str:
        """Give the value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return "" if found is None else found[1]


@dataclass
class Visitor:
    """A person at a browser; `session` empty: nobody is signed in."""

    port: int
    session: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._ask("GET", address)

    def post(self, address: str, **fields: str) -> Answer:
        """Send a form."""
        body = urlencode({**fields, "csrfmiddlewaretoken": _SECRET}).encode()
        return self._ask("POST", address, body, "application/x-www-form-urlencoded")

    def send(self, address: str, json: bytes) -> Answer:
        """Send what a script of a page sends."""
        return self._ask("POST", address, json, "application/json")

    def upload(self, address: str, name: str, content: bytes) -> Answer:
        """Send a form with a file."""
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
        return self._ask("POST", address, body, f"multipart/form-data; boundary={_BOUNDARY}")

    def _ask(self, method: str, address: str, body: bytes | None = None, kind: str = "") -> Answer:
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={_SECRET}", "X-CSRFToken": _SECRET}
        if kind:
            headers["Content-Type"] = kind
        begun = time.perf_counter()
        try:
            self.connection.request(method, quote(address, safe="/?=&%-_.~"), body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError):
            self.connection.close()
            return Answer(0, b"", time.perf_counter() - begun, "")
        return Answer(answer.status, content, time.perf_counter() - begun, answer.headers.get("Location", ""))


def p95(times: list[float]) -> float:
    """Give the time that 95 of 100 answers were quicker than (nearest rank)."""
    ranked = sorted(times)
    return ranked[max(0, -(-len(ranked) * 95 // 100) - 1)]
