"""The same door as `chainmaster web` serves it, asked over real sockets: what no client library would send."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kernel import db
from kernel.settings import Settings
from tests.abuse.conftest import INSIDES
from tests.scenarios.api import Api
from tests.secrecy.world import as_stored

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port(settings: Settings, api: Api) -> Iterator[int]:
    """`chainmaster web` on this test's own database."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        free = trial.getsockname()[1]
    secret = settings.home / "secret.key"
    environ = os.environ | {
        "CHAINMASTER_HOME": str(settings.home), "DATABASE_URL": settings.database_url,
        "OBJECT_STORE_URL": settings.object_store_url, "PYTHONPATH": f"{ROOT}:{ROOT / 'graphql'}",
    }  # fmt: skip
    assert not secret.exists()
    log = (settings.home / "web.log").open("wb")
    command = [sys.executable, "-m", "jobs.command", "web", "--port", str(free)]
    running = subprocess.Popen(command, env=environ, stdout=log, stderr=log, start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not _listens(free):
            assert running.poll() is None and time.monotonic() < until, (settings.home / "web.log").read_text()
            time.sleep(0.1)
        yield free
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)
        log.close()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def spoken(port: int, sent: bytes) -> bytes:
    """What comes back for these bytes, until it hangs up or says nothing for two seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        with suppress(OSError):  # it hung up on us: what it said before stands
            connection.sendall(sent)
        got = b""
        with suppress(OSError):
            while piece := connection.recv(65536):
                got += piece
        return got


def status(answer: bytes) -> int | None:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else None


def post(path: bytes, body: bytes, *headers: bytes) -> bytes:
    lines = [
        b"POST " + path + b" HTTP/1.1",
        b"Host: x",
        b"Content-Type: application/json",
        b"Connection: close",
        *headers,
    ]
    return b"\r\n".join([*lines, b"", body])


GOOD = b'{"query":"{viewer{email}}"}'
RAW = {
    "no request at all": (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", (400, None)),
    "no host": (b"GET /healthz HTTP/1.1\r\n\r\n", (200, 400)),
    "a path up": (b"GET /files/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (400, 404)),
    "a NUL in the path": (b"GET /files/\x00 HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
    "another's address": (b"GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", (200, 400, 404)),
    "100 KB in a header": (post(b"/graphql", GOOD, b"X-A: " + b"x" * 100_000, b"Content-Length: 27"), (400, 431, None)),
    "40 KB in a header": (post(b"/graphql", GOOD, b"X-A: " + b"x" * 40_000, b"Content-Length: 27"), (431,)),
    "3000 headers": (post(b"/graphql", GOOD, *[b"X-%d: y" % n for n in range(3000)], b"Content-Length: 27"), (400, 431, None)),
    "two lengths": (post(b"/graphql", GOOD, b"Content-Length: 27", b"Content-Length: 5"), (400,)),
    "length and chunks": (post(b"/graphql", b"1b\r\n" + GOOD + b"\r\n0\r\n\r\n", b"Content-Length: 5", b"Transfer-Encoding: chunked"), (200, 400)),
    "a negative length": (post(b"/graphql", GOOD, b"Content-Length: -5"), (400,)),
    "a length of words": (post(b"/graphql", GOOD, b"Content-Length: many"), (400,)),
    "a body cut short": (post(b"/graphql", GOOD[:9], b"Content-Length: 27"), (400, None)),
    "broken chunks": (post(b"/graphql", b"zz\r\n", b"Transfer-Encoding: chunked"), (400, None)),
    "TRACE": (b"TRACE / HTTP/1.1\r\nHost: x\r\nCookie: chainmaster=secret\r\nConnection: close\r\n\r\n", (404, 405)),
    "CONNECT": (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", (400, 404, 405, None)),
    "2 MB": (post(b"/graphql", b'{"query":"' + b"x" * 2_000_000 + b'"}', b"Content-Length: 2000012"), (413,)),
    "a good request in chunks": (post(b"/graphql", b"1b\r\n" + GOOD + b"\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"), (200,)),
    "2 MB in chunks": (post(b"/graphql", b"1e8480\r\n" + b"x" * 2_000_000 + b"\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"), (413,)),
    "an upload of 200 MB that is nobody's": (b"PUT /uploads/1.9.x HTTP/1.1\r\nHost: x\r\nContent-Length: 209715200\r\nConnection: close\r\n\r\n", (404, 413, None)),
}  # fmt: skip


def test_no_bytes_at_all_break_the_server(port, api, settings):
    content = b"x" * 1000
    declared = {"filename": "a.pdf", "size": 1000, "sha256": "0" * 64}
    url = api.acts("sales@gearworks.example", "open_upload", declared)["upload"]["url"].split("/uploads/")[1]
    before, wrong = as_stored(), {}
    db.close_database()

    larger = (
        f"PUT /uploads/{url} HTTP/1.1\r\nHost: x\r\nContent-Length: 209715200\r\nConnection: close\r\n\r\n".encode()
    )
    for name, (sent, allowed) in {**RAW, "200 MB into a slot of 1000 bytes": (larger + content, (413, None))}.items():
        answer = spoken(port, sent)
        if status(answer) not in allowed or INSIDES.search(answer.decode("latin-1")) or b"secret" in answer:
            wrong[name] = answer[:300]
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        asked.request("GET", "/healthz")
        assert asked.getresponse().read() == b"ok\n", name
        asked.close()

    assert wrong == {}
    assert "Traceback" not in (settings.home / "web.log").read_text()
    assert "incident" not in (settings.home / "web.log").read_text()
    db.open_database(settings.database_url)
    assert as_stored() == before
    assert list((settings.home / "incoming").iterdir()) == []
