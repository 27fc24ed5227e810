"""A supervisor over the broker, a writer, a relay and two workers. usage: toy_up.py NOTES"""

import os
import sys
from pathlib import Path

from jobs.roles import begin
from jobs.supervisor import Child, Supervisor, python
from kernel.settings import read_settings

HERE = Path(__file__).parent


def toy(name: str, script: str, *arguments: str) -> Child:
    return Child(name, [sys.executable, "-P", str(HERE / script), *arguments])


if __name__ == "__main__":
    begin()
    children = [
        Child("broker", python("jobs.embedded"), ends_last=True),
        toy("writer", "toy_writer.py", sys.argv[1]),
        toy("relay", "toy_relay.py"),
        toy("worker-1", "toy_worker.py", "first"),
        toy("worker-2", "toy_worker.py", "second"),
    ]
    tell = lambda name, line: print(f"{name} | {line}", flush=True)  # noqa: E731
    Supervisor(children, read_settings().home / "log", tell, os.environ).run(lambda: None)
