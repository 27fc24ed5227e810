"""A worker process that is missed two seconds after its death."""

from jobs.queues import QUEUES
from jobs.roles import begin
from jobs.worker import work
from kernel.broker import broker
from kernel.settings import read_settings

if __name__ == "__main__":
    settings = read_settings()
    begin(settings)
    work(broker(settings), QUEUES, alive_seconds=2)
