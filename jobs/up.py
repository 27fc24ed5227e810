"""`chainmaster up`: the whole product on one machine, from an empty folder to an address."""

import errno
import fcntl
import http.client
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

from jobs import people, seeding
from jobs.refusal import Refusal
from jobs.supervisor import Child, Supervisor, python
from kernel import migrations
from kernel.boot import boot
from kernel.settings import Settings


def run(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Lock, migrate, fill, start everything, stay until told to stop. Raises Refusal."""
    if settings.demo and not _is_loopback(host):
        raise Refusal("--demo lets anyone sit down who can reach it, so --host must be a loopback address")
    _refuse_taken(host, port)
    os.umask(0o077)  # what we keep is nobody else's to read
    with locked(settings.home):
        migrations.upgrade(settings.database_url)
        boot(settings)
        if settings.demo:
            seeding.seed_once(settings)
        elif operator := people.first_operator():
            say(f"operator account: {operator[0]}   password, shown only now: {operator[1]}")
        environ = {**os.environ, "CHAINMASTER_HOME": str(settings.home), "PUBLIC_URL": settings.public_url}
        environ["CHAINMASTER_DEMO"] = "1" if settings.demo else ""
        supervisor = Supervisor(processes(settings, host, port, workers), settings.home / "log", _tell, environ)
        supervisor.run(_Announcement(settings, host, port).once)
    say("all stopped")


def processes(settings: Settings, host: str, port: int, workers: int) -> list[Child]:
    broker = [Child("broker", python("jobs.embedded"), ends_last=True, quiet=True)] if settings.embedded_broker else []
    return [
        *broker,
        Child("web", python("jobs.command", "web", "--host", host, "--port", str(port))),
        Child("relay", python("jobs.command", "relay")),
        Child("timetable", python("jobs.command", "timetable")),
        *(
            Child(f"worker-{n + 1}", python("jobs.command", "worker", "--number", f"{n + 1}/{workers}"))
            for n in range(workers)
        ),
    ]


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Two supervisors on one home would fight over its files. Raises Refusal for the second."""
    with (home / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(f"chainmaster is already up on {home}; stop it first, or give another --home") from None
        yield


class _Announcement:
    """Says where to go, once, when the product is ready."""

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        self.settings, self.host, self.port, self.said = settings, host, port, False

    def once(self) -> None:
        if self.said or not is_ready(self.host, self.port):
            return
        self.said = True
        say(f"链主协同平台 chainmaster   {_address(self.host, self.port)}   data in {self.settings.home}")
        for line in people.seats() if self.settings.demo else ():
            say(f"  {line}")
        say("Ctrl-C stops everything")


def is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(_near(host), port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(f"port {port} is in use; choose another, such as --port {port + 1}") from None
            raise Refusal(f"cannot listen on {host} port {port}: {error.strerror}") from None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _near(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on


def _address(host: str, port: int) -> str:
    near = _near(host)
    return f"http://[{near}]:{port}/" if ":" in near else f"http://{near}:{port}/"


def _tell(name: str, line: str) -> None:
    if line:
        say(f"{name:9} | {line[:200]}")


def say(line: str) -> None:
    print(line, flush=True)
