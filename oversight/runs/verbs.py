"""Have a network measured whole, stop that, go on with it; and, for the jobs, what they found."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from chain.firms import reads as firms
from chain.links.resting import Shown
from kernel import db
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.errors import DomainError, Limit, NotFound, Rule
from kernel.work import UnitOfWork
from oversight.runs.decisions import USUAL_TOP, check_top, first_phase, pieces, pieces_of_run
from oversight.runs.events import (
    ResilienceChunkAsked,
    ResilienceRunBegun,
    ResilienceRunCancelled,
    ResilienceRunFailed,
    ResilienceRunFinished,
    ResilienceRunStarted,
)
from oversight.runs.lifecycle import RUN_LIFE, Phase, RunSide, RunState
from oversight.runs.parameters import params_of
from oversight.runs.tables import ResilienceChunk, ResilienceRun
from oversight.runs.visibility import chunks_visible_to, runs_visible_to

MEASURERS = (Role.BUYER, Role.PLANNER, Role.LEAD, Role.SALES)
OPEN = (RunState.GATHERING, RunState.MEASURING)
MOST_OPEN = 3
TOO_MANY = Rule(
    "resilience_run.at_once",
    "等待前面的计算完成或取消其中一项",
    "your firm, by waiting for one that is under way or cancelling it",
)


@dataclass(frozen=True)
class NetworkKept:
    """What a job gathered: ``sha256`` of the file, ``rests_on`` what others' disclosures show of it."""

    sha256: str
    version: str
    as_of: date
    firms: int
    links: int
    rests_on: Shown


def start_resilience_run(
    work: UnitOfWork, actor: Actor, *, chain_id: int, exact_firms: int = USUAL_TOP
) -> ResilienceRun:
    """Have all one may see of a chain measured by jobs. The same asked again while it is under way is the same run.

    exact_firms: of how many the score is exact in a network too large for all. Raises NotFound, NotAllowedNow, Invalid, Limit.
    """
    require(actor, *MEASURERS)
    if actor.party_id is None:
        raise NotFound("chainId")
    firms.chain(work, actor, chain_id)
    check_top(exact_firms)
    under_way = work.all(
        runs_visible_to(actor).where(
            col(ResilienceRun.owner_id) == actor.party_id, col(ResilienceRun.state).in_(OPEN)
        ),
        lock=True,
    )  # fmt: skip
    for run in under_way:
        if (run.chain_id, run.top) == (chain_id, exact_firms):
            return run
    if len(under_way) >= MOST_OPEN:
        raise Limit(
            f"{MOST_OPEN} measurings of your firm are under way; wait for one or cancel it",
            f"本单位已有 {MOST_OPEN} 项计算正在进行，请等待完成或取消一项", rule=TOO_MANY,
        )  # fmt: skip
    run = work.add(
        ResilienceRun(
            owner_id=actor.party_id, chain_id=chain_id, by_user=actor.user_id, top=exact_firms, asked_at=work.now
        )
    )
    return _start(work, run)


def _start(work: UnitOfWork, run: ResilienceRun) -> ResilienceRun:
    assert run.id is not None
    work.record(ResilienceRunStarted(run_id=run.id, round=run.round))
    return run


def cancel_resilience_run(work: UnitOfWork, actor: Actor, *, run_id: int) -> ResilienceRun:
    """Stop it; pieces under way come to nothing, what is measured is kept. Raises NotFound, NotAllowedNow."""
    run = _own(work, actor, run_id)
    run.state = RUN_LIFE.after(run.state, "cancel_resilience_run", by=RunSide.OWNER)
    run.ended_at = work.now
    work.record(ResilienceRunCancelled(run_id=run_id))
    return run


def resume_resilience_run(work: UnitOfWork, actor: Actor, *, run_id: int) -> ResilienceRun:
    """Go on: it is gathered anew, and what is measured of the same network already is not measured again.

    Raises NotFound, NotAllowedNow.
    """
    run = _own(work, actor, run_id)
    run.state = RUN_LIFE.after(run.state, "resume_resilience_run", by=RunSide.OWNER)
    run.round += 1
    run.ended_at, run.by_user, run.message_zh, run.message_en = None, actor.user_id, "", ""
    return _start(work, run)


def _own(work: UnitOfWork, actor: Actor, run_id: int) -> ResilienceRun:
    run = work.one(runs_visible_to(actor).where(col(ResilienceRun.id) == run_id), lock=True, field="runId")
    require(actor, *MEASURERS)
    return run


def begin_resilience_run(work: UnitOfWork, *, run_id: int, round: int, network: NetworkKept) -> None:
    """The network is gathered: ask for its pieces. Does nothing to a run that was stopped or begun anew meanwhile."""
    run = _by_number(work, run_id)
    if run.state is not RunState.GATHERING or run.round != round:
        return
    run.state = RUN_LIFE.after(run.state, "begin_resilience_run", by=Side.SYSTEM)
    run.network_sha256, run.graph_version, run.as_of = network.sha256, network.version, network.as_of
    run.firms, run.links = network.firms, network.links
    run.rests_on = {str(owner): count for (owner, _), count in network.rests_on.items()}
    run.total = pieces_of_run(run.firms, run.top)
    work.record(ResilienceRunBegun(run_id=run_id, firms=run.firms, links=run.links))
    _ask_for(work, run, first_phase(run.firms))


def record_resilience_chunk(
    work: UnitOfWork, *, run_id: int, round: int, graph_version: str, phase: Phase, number: int, figures: bytes
) -> None:
    """A piece is measured: kept once, whoever measured it again. The last of a phase leads on to the next or to the end.

    One asked for before the run was begun anew is of another network, and let go.
    """
    run = _by_number(work, run_id)
    if run.round != round:
        return
    kept = {
        "owner_id": run.owner_id, "graph_version": graph_version, "params": params_of(phase, run.firms, run.top), "phase": phase,
        "number": number, "figures": figures, "measured_at": work.now,
    }  # fmt: skip
    db.insert_new(work.session, ResilienceChunk.__table__, kept)  # type: ignore[attr-defined]
    if run.state is RunState.MEASURING and run.graph_version == graph_version and run.phase is phase:
        _go_on(work, run)


def fail_resilience_run(work: UnitOfWork, *, run_id: int, round: int, why: DomainError) -> None:
    """It cannot be measured; the sentence says why."""
    run = _by_number(work, run_id)
    if run.state not in OPEN or run.round != round:
        return
    run.state = RUN_LIFE.after(run.state, "fail_resilience_run", by=Side.SYSTEM)
    run.message_zh, run.message_en, run.ended_at = why.zh, why.en, work.now
    work.record(ResilienceRunFailed(run_id=run_id))


def finish_resilience_run(work: UnitOfWork, run: ResilienceRun) -> None:
    assert run.id is not None
    run.state = RUN_LIFE.after(run.state, "finish_resilience_run", by=Side.SYSTEM)
    run.ended_at = work.now
    work.record(ResilienceRunFinished(run_id=run.id))


def _by_number(work: UnitOfWork, run_id: int) -> ResilienceRun:
    return work.one(runs_visible_to(SYSTEM).where(col(ResilienceRun.id) == run_id), lock=True)


def _ask_for(work: UnitOfWork, run: ResilienceRun, phase: Phase) -> None:
    """Every piece of a phase that is not there yet is asked for."""
    assert run.id is not None
    run.phase = phase
    there = _numbers(work, run, phase)
    for number in range(pieces(phase, run.firms, run.top)):
        if number not in there:
            work.record(ResilienceChunkAsked(run_id=run.id, round=run.round, phase=phase, number=number))
    _go_on(work, run)


def _go_on(work: UnitOfWork, run: ResilienceRun) -> None:
    done, needed = len(_numbers(work, run, run.phase)), pieces(run.phase, run.firms, run.top)
    before = 0 if run.phase is first_phase(run.firms) else pieces(Phase.COARSE, run.firms, run.top)
    run.done = before + done
    if done < needed:
        return
    if run.phase is Phase.COARSE:
        _ask_for(work, run, Phase.EXACT)
    else:
        finish_resilience_run(work, run)


def _numbers(work: UnitOfWork, run: ResilienceRun, phase: Phase) -> set[int]:
    of_phase = chunks_visible_to(SYSTEM).where(
        col(ResilienceChunk.owner_id) == run.owner_id, col(ResilienceChunk.graph_version) == run.graph_version,
        col(ResilienceChunk.params) == params_of(phase, run.firms, run.top), col(ResilienceChunk.phase) == phase,
        col(ResilienceChunk.number) < pieces(phase, run.firms, run.top),
    )  # fmt: skip
    return {number for (number,) in work.rows(of_phase.with_only_columns(col(ResilienceChunk.number)))}
