"""`chainmaster up`: from an empty folder to an address, through every death of a child, to nothing left."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import Started, descendants, wait_until
from product import Up, ask, free_port


@pytest.fixture
def up(started: Started, environ: dict[str, str]) -> Iterator[Up]:
    yield Up(started, environ).ready()


def command(environ: dict[str, str], *arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-P", "-m", "jobs.command", *arguments],
        env=environ, input=typed, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_an_empty_folder_becomes_a_product_with_one_operator_and_keeps_others_out(up: Up, tmp_path: Path) -> None:
    assert " " in up.environ["CHAINMASTER_HOME"]
    wait_until(lambda: f"http://127.0.0.1:{up.port}/" in up.said())

    assert len(re.findall(r"operator@localhost   password, shown only now: \S{20}\n", up.said())) == 1
    assert len(up.children("worker --number")) == 2
    if "DATABASE_URL" not in up.environ:
        assert (Path(up.environ["CHAINMASTER_HOME"]) / "chainmaster.db").exists()

    second = command(up.environ, "up", "--port", str(free_port()))
    assert second.returncode == 2
    assert second.stdout == ""
    assert re.fullmatch(r"chainmaster: chainmaster is already up on .*a home; stop it first.*\n", second.stderr)

    other = command({**up.environ, "CHAINMASTER_HOME": str(tmp_path / "other")}, "up", "--port", str(up.port))

    assert other.returncode == 2
    assert other.stderr == f"chainmaster: port {up.port} is in use; choose another, such as --port {up.port + 1}\n"


def test_a_demo_is_not_offered_to_a_network(environ: dict[str, str]) -> None:
    refused = command(environ, "up", "--demo", "--host", "0.0.0.0")

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1 and "loopback" in refused.stderr


@pytest.mark.skipif("SOAK" not in os.environ, reason="five waits for a product; make soak runs it")
def test_every_killed_child_comes_back(up: Up) -> None:
    for word in ("valkey-server", "jobs.command relay", "worker --number 1/2", "jobs.command timetable", "command web"):
        killed = min(up.children(word))
        os.kill(killed, signal.SIGKILL)

        wait_until(lambda word=word, killed=killed: bool(up.children(word)) and killed not in up.children())  # type: ignore[misc]
        up.ready()

    web = up.children("command web")
    assert len(web) == 1 + len(os.sched_getaffinity(0))


def test_stopping_or_killing_it_leaves_no_process_and_starting_again_keeps_the_data(
    up: Up, started: Started, environ: dict[str, str]
) -> None:
    assert command(environ, "token", "operator@localhost").returncode == 0

    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(60) == 0
    assert len(up.running) >= 8
    assert [pid for pid in up.running if Path(f"/proc/{pid}").exists()] == []

    again = Up(started, environ).ready()
    assert again.said().count("password, shown only now") == 1
    assert command(environ, "audit", "verify").stdout == "the audit trail holds\n"
    again.process.kill()
    again.process.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in again.running))

    third = Up(started, environ).ready()
    third.process.send_signal(signal.SIGTERM)
    assert third.process.wait(60) == 0
    assert [pid for pid in third.running if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.skipif(os.getuid() != 0 or not shutil.which("setpriv"), reason="only root can become someone else")
@pytest.mark.skipif("SOAK" not in os.environ, reason="it starts the product once more; make soak runs it")
def test_it_runs_as_a_plain_user(started: Started, environ: dict[str, str], tmp_path: Path) -> None:
    home = tmp_path / "plain"
    home.mkdir()
    os.chown(home, 65534, 65534)
    port = free_port()
    # To read is allowed everywhere, for the interpreter may stand in root's own folder; to write nowhere but at home.
    become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    become += ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    process = subprocess.Popen(
        [*become, sys.executable, "-P", "-m", "jobs.command", "up", "--port", str(port)],
        env={**environ, "CHAINMASTER_HOME": str(home), "HOME": str(home)},
        start_new_session=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    started["plain"] = process

    wait_until(lambda: ask(port, "/readyz") == 200)
    assert {Path(f"/proc/{pid}").stat().st_uid for pid in descendants(process.pid)} == {65534}
