"""The queues, which worker takes which, and how a job is put on one."""

from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

EVIDENCE, DOCUMENTS, NOTICES, NETWORK = "evidence", "documents", "notices", "network"
QUEUES = (EVIDENCE, NOTICES, DOCUMENTS, NETWORK)


def queue(name: str, connection: Redis) -> Queue:
    return Queue(name, connection=connection, serializer=JSONSerializer)


def queues_of(worker: int, workers: int) -> tuple[str, ...]:
    """What the worker of this number (from 0) takes, first things first.

    Documents take long. All workers but the last may take them, so that the last is always there for short jobs; one
    alone takes them late. Pieces of a network take a second or two each and can wait: everybody takes them last.
    """
    if workers == 1:
        return QUEUES
    return (EVIDENCE, NOTICES, NETWORK) if worker == workers - 1 else (DOCUMENTS, NOTICES, EVIDENCE, NETWORK)
