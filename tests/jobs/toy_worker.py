"""A worker process that is missed two seconds after its death."""

from jobs.queues import QUEUES
from jobs.worker import work
from kernel.boot import boot
from kernel.broker import broker
from kernel.settings import read_settings

if __name__ == "__main__":
    settings = read_settings()
    boot(settings)
    work(broker(settings), QUEUES, alive_seconds=2)
