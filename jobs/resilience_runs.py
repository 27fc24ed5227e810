"""Measure a network piece by piece: gather it as the person who asked, close firm after firm, go on until all is there.

What computes loads where it is used: the relay knows these jobs too, and measures nothing.
"""

from typing import TYPE_CHECKING, Any

from jobs.acting import account_closed, as_person
from kernel.access import SYSTEM
from kernel.errors import DomainError, NotAllowedNow, Rule
from kernel.work import unit_of_work
from oversight.runs import verbs
from oversight.runs.decisions import first_phase
from oversight.runs.lifecycle import Phase, RunState
from oversight.runs.listing import runs_by_id
from oversight.runs.parameters import THETA

if TYPE_CHECKING:
    from oversight.resilience.gathering import Gathered

MOST_LINKS = 1_000_000
GONE = Rule("resilience_run.person", "由其他同事重新开始", "a colleague, by starting it anew")

LOST = NotAllowedNow(
    "the file of the network gathered is gone; resume, and it is gathered anew",
    "已收集的网络文件不在了；请继续计算，将重新收集",
    rule=Rule("resilience_run.file", "继续计算", "your firm, by resuming it"),
)


def gather_run(event_id: int) -> None:
    """Gather what the firm may see of the chain and keep it. Safe to run twice."""
    with unit_of_work(writes=False) as work:
        event = work.unclaimed(event_id, by="gather_run")
        if event is None:
            return
        run = _run(work, event.facts["run_id"])
    run_id, round = event.facts["run_id"], event.facts["round"]
    network, refused = None, None
    if run.state is RunState.GATHERING and run.round == round:
        try:
            network = _kept(_gathered(run))
        except DomainError as fault:
            refused = fault
    with unit_of_work() as work:
        if not work.claim(event_id, by="gather_run"):
            return
        if network is not None:
            verbs.begin_resilience_run(work, run_id=run_id, round=round, network=network)
        elif refused is not None:
            verbs.fail_resilience_run(work, run_id=run_id, round=round, why=refused)


def measure_chunk(event_id: int) -> None:
    """Close the firms of one piece, each alone. Safe to run twice; nothing is done for a run that was stopped."""
    with unit_of_work(writes=False) as work:
        event = work.unclaimed(event_id, by="measure_chunk")
        if event is None:
            return
        run = _run(work, event.facts["run_id"])
        phase, number = Phase(event.facts["phase"]), event.facts["number"]
        round = event.facts["round"]
        asked = run.state is RunState.MEASURING and run.phase is phase and run.round == round
    figures, gone = b"", False
    if asked:
        try:
            figures = _measured(run, phase, number)
        except FileNotFoundError:
            gone = True
    with unit_of_work() as work:
        if not work.claim(event_id, by="measure_chunk") or not asked:
            return
        if gone:
            verbs.fail_resilience_run(work, run_id=run.id, round=round, why=LOST)
            return
        verbs.record_resilience_chunk(
            work,
            run_id=run.id,
            round=round,
            graph_version=run.graph_version,
            phase=phase,
            number=number,
            figures=figures,
        )


def _measured(run: Any, phase: Phase, number: int) -> bytes:
    from oversight.resilience.scoring import figures_of
    from oversight.runs.pieces import packed, rows_of
    from oversight.runs.reads import ranked
    from oversight.runs.storing import kept_network

    best = None
    if phase is not first_phase(run.firms):
        with unit_of_work(writes=False) as work:
            best = ranked(work, SYSTEM, run)
    network = kept_network(run.network_sha256)
    return packed(figures_of(network.graph, network.own, rows_of(phase, number, run.firms, best), THETA[phase]))


def _run(work: Any, run_id: int) -> Any:
    (run,) = runs_by_id(work, SYSTEM, [run_id])
    return run


def _gathered(run: Any) -> "Gathered":
    """Raises NotAllowedNow for a person who is no more of that firm."""
    from oversight.resilience.gathering import gathered

    with as_person(run.by_user, GONE) as work:
        found = gathered(work, work.actor, chain_id=run.chain_id, most=MOST_LINKS)
        if found is None or work.actor.party_id != run.owner_id:
            raise account_closed(GONE)
        return found


def _kept(found: "Gathered") -> verbs.NetworkKept:
    from oversight.runs.storing import Network, keep_network

    graph = found.graph
    digest = keep_network(Network(graph, found.own, found.lead_days, found.bill, found.recover_days, found.sold))
    return verbs.NetworkKept(digest, graph.version, found.as_of, graph.n, graph.m, found.rests_on)
