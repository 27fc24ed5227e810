"""A network measured by real workers that are killed in each phase: measured once, whole, and as if nobody had died."""

import os
from pathlib import Path

import numpy as np
import pytest
from processes import Started, start, wait_until
from redis import Redis
from sqlalchemy import select

from jobs.queues import NETWORK
from kernel import ids
from kernel.access import unscoped
from kernel.settings import Settings
from kernel.work import unit_of_work
from oversight.resilience.scoring import figures_of
from oversight.runs.parameters import THETA
from oversight.runs.pieces import unpacked
from oversight.runs.storing import kept_network
from oversight.runs.tables import ResilienceChunk, ResilienceRun
from seeds.cast import seat
from tests.api.test_large_runs import MANY, plant
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.scenarios.test_resilience_runs import quietly
from web.app import create_app

WORKER = Path(__file__).with_name("toy_worker.py")
BUYER = "buyer@longteng.example"


@pytest.mark.skipif(
    "SOAK" not in os.environ, reason="it measures 5,015 firms and kills four workers; make soak runs it"
)
def test_workers_killed_in_each_phase_leave_every_piece_measured_once(
    settings: Settings, environ: dict[str, str], started: Started, valkey: Redis
) -> None:
    with unit_of_work() as work:
        seat(work)
    cast = Cast(Api(create_app(settings).test_client()))
    plant(cast)
    given = {"chainId": cast.chain_master.chain(), "exactFirms": 150}
    run = quietly(cast, BUYER, "start_resilience_run", given)["run"]
    number = ids.number_of("ResilienceRun", run["id"])
    started["relay"] = start("-m", "jobs.command", "relay", environ=environ)

    died_at = []
    for turn, reached in enumerate((0, 1, 5, 12)):
        name = f"worker {turn}"
        started[name] = start(str(WORKER), environ=environ)
        wait_until(lambda reached=reached, name=name: _done(number) >= reached and _works(valkey, started, name))  # type: ignore[misc]
        started.kill(name)
        died_at.append(_row(number).done)
    started["last"] = start(str(WORKER), environ=environ)
    wait_until(lambda: _row(number).state == "done", patience=180)

    assert died_at == sorted(died_at) and died_at[0] < died_at[-1]
    row = _row(number)
    assert (row.done, row.total, row.firms) == (14, 14, MANY + 5)
    chunks = _chunks()
    assert len(chunks) == len({(c.params, c.phase, c.number) for c in chunks}) == 14
    _assert_as_if_nobody_had_died(row, chunks)


def _assert_as_if_nobody_had_died(row: ResilienceRun, chunks: list[ResilienceChunk]) -> None:
    network = kept_network(row.network_sha256 or "")
    coarse = [c for c in chunks if c.phase == "coarse"]
    told = unpacked(b"".join(c.figures for c in sorted(coarse, key=lambda c: c.number)))
    rows = np.arange(network.graph.n, dtype=np.int32)
    assert np.array_equal(told, figures_of(network.graph, network.own, rows, THETA[coarse[0].phase]))


def _works(valkey: Redis, started: Started, name: str) -> bool:
    """The worker lives, and has something to do or is done."""
    assert started[name].poll() is None
    return bool(valkey.exists("rq:workers")) and bool(valkey.exists(f"rq:queue:{NETWORK}") or _chunks())


def _done(number: int) -> int:
    return _row(number).done


def _row(number: int) -> ResilienceRun:
    with unit_of_work(writes=False) as work, unscoped("a test looks at a run"):
        found = work.session.get_one(ResilienceRun, number)
        work.session.expunge(found)
        return found


def _chunks() -> list[ResilienceChunk]:
    with unit_of_work(writes=False) as work, unscoped("a test looks at pieces"):
        return list(work.session.scalars(select(ResilienceChunk)).all())
