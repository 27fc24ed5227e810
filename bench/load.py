"""A small load client: some connections that each ask, wait for the whole answer, and ask again."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from statistics import median, quantiles

CONNECTIONS = 8


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True)
class Measured:
    """One round: answers a second, and how long half and 95 of 100 took at most, in milliseconds."""

    rate: float
    p50: float
    p95: float


def ask(port: int, asked: Asked) -> bytes:
    """The body of one answer. Raises RuntimeError unless it is 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return _once(connection, asked)
    finally:
        connection.close()


def for_seconds(port: int, asked: Asked, seconds: float) -> Measured:
    """The same request again and again."""
    until = time.perf_counter() + seconds
    return _run(port, repeat(asked), lambda: time.perf_counter() < until, lambda body: None)


def each_once(port: int, asked: list[Asked], check: Callable[[bytes], None]) -> Measured:
    """Every request once; ``check`` looks at each answer."""
    return _run(port, iter(asked), lambda: True, check)


def middle(rounds: list[Measured]) -> Measured:
    return Measured(*(median(getattr(one, name) for one in rounds) for name in ("rate", "p50", "p95")))


def _run(port: int, source: Iterator[Asked], goes_on: Callable[[], bool], check: Callable[[bytes], None]) -> Measured:
    took: list[float] = []
    failures: list[BaseException] = []
    turn = threading.Lock()

    def one_connection() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            while goes_on() and not failures:
                with turn:
                    asked = next(source, None)
                if asked is None:
                    return
                begun = time.perf_counter()
                body = _once(connection, asked)
                took.append(time.perf_counter() - begun)
                check(body)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=one_connection) for _ in range(CONNECTIONS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    elapsed = time.perf_counter() - begun
    return Measured(len(took) / elapsed, 1000 * median(took), 1000 * quantiles(took, n=20)[-1])


def _once(connection: http.client.HTTPConnection, asked: Asked) -> bytes:
    connection.request(asked.method, asked.path, asked.body, asked.headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{asked.method} {asked.path}: {answer.status} {body[:300]!r}")
    return body
