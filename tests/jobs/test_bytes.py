"""Bytes in and out over HTTP: what was declared comes in, what was signed goes out, nobody is held up."""

import http.client
import json
import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from processes import Started
from test_up import Up, ask

from kernel import clock, db
from kernel.access import Actor, Role
from kernel.boot import boot
from kernel.handouts import Handout, hand_out
from kernel.settings import Settings, read_settings
from kernel.signing import sign
from kernel.uploads.verbs import open_upload
from kernel.work import unit_of_work

SUPPLIER = Actor(1, 5, frozenset({Role.SALES}))
CONTENT = os.urandom(1_500_000)  # more than the general cap on a body
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    home = tmp_path_factory.mktemp("bytes") / "a home"
    root = Path(__file__).parents[2]
    given = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "OBJECT_STORE_URL")}
    given |= {"CHAINMASTER_HOME": str(home), "PYTHONPATH": f"{root}:{root / 'graphql'}"}
    started = Started()
    yield Up(started, given).ready()
    started.end()


@pytest.fixture
def at_home(up: Up) -> Iterator[Settings]:
    """This process in the same home: it signs what the server will be asked."""
    settings = read_settings(up.environ)
    boot(settings)
    yield settings
    db.close_database()


def slot(content: bytes = CONTENT, *, size: int | None = None) -> str:
    with unit_of_work(SUPPLIER) as work:
        upload = open_upload(
            work, SUPPLIER, filename="合格证.pdf", size=size or len(content), sha256=sha256(content).hexdigest()
        )
        return f"/uploads/{sign('upload', str(upload.id), upload.expires_at)}"


def send(up: Up, method: str, path: str, body: object = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", up.port, timeout=60)
    connection.request(method, path, body=body, headers=headers)  # type: ignore[arg-type]
    answer = connection.getresponse()
    return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}


def refusal(answer: tuple[int, bytes, dict[str, str]]) -> tuple[int, str]:
    return answer[0], json.loads(answer[1])["code"]


def is_untouched(settings: Settings) -> bool:
    return not list((settings.home / "incoming").iterdir())


def test_declared_bytes_are_kept_and_the_same_again_change_nothing(up: Up, at_home: Settings) -> None:
    address = slot()

    first, again = send(up, "PUT", address, CONTENT), send(up, "PUT", address, CONTENT)

    assert first[:2] == again[:2]
    assert (first[0], json.loads(first[1])) == (200, {"size": len(CONTENT), "sha256": DIGEST})
    assert (at_home.home / "objects" / "sha256" / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
    assert is_untouched(at_home)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (CONTENT[:-1], (422, "INVALID")),
        (CONTENT + b"x", (413, "LIMIT")),
        (bytes(len(CONTENT)), (422, "INVALID")),
        (bytes(200_000_000), (413, "LIMIT")),
    ],
    ids=["one byte short", "one byte over", "another checksum", "200 MB"],
)
def test_bytes_other_than_declared_are_refused_and_not_kept(
    up: Up, at_home: Settings, sent: bytes, expected: tuple[int, str]
) -> None:
    assert refusal(send(up, "PUT", slot(), sent)) == expected
    # The same without saying beforehand how much will come.
    pieces = (sent[i : i + 65536] for i in range(0, len(sent), 65536))
    assert refusal(send(up, "PUT", slot(), pieces)) == expected

    assert not (at_home.home / "objects" / "sha256" / sha256(sent).hexdigest()[:2] / sha256(sent).hexdigest()).exists()
    assert is_untouched(at_home)


def test_a_forged_foreign_or_late_address_is_not_found(up: Up, at_home: Settings) -> None:
    address = slot()
    late = sign("upload", "1", clock.now() - timedelta(seconds=1))
    foreign = sign("file", "1", clock.now() + timedelta(minutes=1))

    for token in (address[9:-1] + "!", late, foreign, "1.2.3", "x", "%00", "1..%2e"):
        assert refusal(send(up, "PUT", f"/uploads/{token}", b"x")) == (404, "NOT_FOUND"), token
        assert refusal(send(up, "GET", f"/files/{token}"))[0] in (404,), token


def test_a_kept_file_is_a_download_a_browser_never_runs(up: Up, at_home: Settings) -> None:
    send(up, "PUT", slot(), CONTENT)

    token = hand_out(Handout(DIGEST, '合格 证".html'), clock.now())
    status, content, headers = send(up, "GET", f"/files/{token}")

    assert (status, content) == (200, CONTENT)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment;")
    assert headers["content-disposition"].endswith("filename*=UTF-8''%E5%90%88%E6%A0%BC%20%E8%AF%81%22.html")
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"


def test_a_file_nobody_kept_and_an_old_address_are_not_found(up: Up, at_home: Settings) -> None:
    old = hand_out(Handout(DIGEST, "a.pdf"), clock.now() - timedelta(minutes=6))
    nothing = hand_out(Handout("0" * 64, "a.pdf"), clock.now())

    for token in (old, nothing):
        assert refusal(send(up, "GET", f"/files/{token}")) == (404, "NOT_FOUND")


def test_every_answer_carries_the_headers_of_the_house(up: Up) -> None:
    for path in ("/healthz", "/readyz", "/metrics", "/no-such-page"):
        headers = send(up, "GET", path)[2]
        assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self';"), path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "private, no-store"


def test_large_heads_and_bodies_are_refused(up: Up) -> None:
    assert send(up, "GET", "/healthz", **{"X-A": "a" * 30_000})[0] == 200
    assert refusal(send(up, "GET", "/healthz", **{"X-A": "a" * 33_000})) == (431, "LIMIT")
    assert send(up, "GET", "/healthz", **{"X-A": "a" * 200_000})[0] == 431


def test_a_hundred_slow_senders_hold_up_nobody(up: Up, at_home: Settings) -> None:
    address, slow = slot(), []
    for number in range(100):
        target = f"PUT {address}" if number % 2 else "POST /healthz"
        connection = socket.create_connection(("127.0.0.1", up.port))
        connection.sendall(f"{target} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(CONTENT)}\r\n\r\n".encode() + b"ab")
        slow.append(connection)

    assert [ask(up.port, "/healthz") for _ in range(10)] == [200] * 10

    for connection in slow:
        connection.close()
