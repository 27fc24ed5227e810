"""Writes facts until NOTES.enough exists, and notes down each one it was told is kept. usage: toy_writer.py NOTES"""

import signal
import sys
import time
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import OperationalError

from jobs.roles import begin
from kernel.access import SYSTEM
from kernel.accounts.verbs import add_person
from kernel.settings import read_settings
from kernel.work import unit_of_work

if __name__ == "__main__":
    begin(read_settings())
    path = Path(sys.argv[1])
    with path.open("a", buffering=1) as notes:
        while not path.with_suffix(".enough").exists():
            email = f"{uuid4().hex}@firm.example"
            try:
                with unit_of_work() as work:
                    add_person(work, SYSTEM, email=email, name="甲", roles=frozenset())
            except OperationalError:
                continue
            notes.write(email + "\n")
            time.sleep(0.02)  # a pace the workers keep up with, else the test waits for their queue
    path.with_suffix(".done").touch()
    signal.pause()  # to end would be a death to the supervisor
