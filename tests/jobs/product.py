"""The whole product as a test starts it, and the few questions it is asked."""

import http.client
import socket
from pathlib import Path

from processes import Started, descendants, start, wait_until


class Up:
    """A product that was started by the command, seen from outside."""

    def __init__(self, started: Started, environ: dict[str, str], *more: str, port: int | None = None) -> None:
        self.port, self.log, self.environ = (
            port or free_port(),
            Path(environ["CHAINMASTER_HOME"]).with_name("up.log"),
            environ,
        )
        self.process = start("-m", "jobs.command", "up", "--port", str(self.port), *more, environ=environ, log=self.log)
        started[f"up {len(started)}"] = self.process

    def ready(self) -> "Up":
        """``running``: its processes once it is ready."""
        wait_until(self.is_ready)
        self.running = self.children()
        return self

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return ask(self.port, "/readyz") == 200

    def said(self) -> str:
        return self.log.read_text()

    def children(self, word: str = "") -> dict[int, str]:
        return {pid: line for pid, line in descendants(self.process.pid).items() if word in line}


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def ask(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
