"""A relay process with the toys' reactions. usage: toy_relay.py [DIE_AFTER_ENQUEUES]"""

import os
import signal
import sys
import threading
from datetime import timedelta

import toys

from jobs.reactions import On
from jobs.relay import Relay
from jobs.roles import begin
from kernel.broker import broker
from kernel.settings import read_settings


class Dying(Relay):
    """Gone in the very moment between the broker's yes and the mark in the database."""

    left = int(sys.argv[1]) if len(sys.argv) > 1 else -1

    def enqueue(self, on: On, event_id: int) -> None:
        super().enqueue(on, event_id)
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    settings = read_settings()
    begin(settings)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    Dying(broker(settings), (toys.GREET,), resend_after=timedelta(seconds=3)).run(stop)
