"""Each reaction run twice has the effect of once; a check killed before it was written down is written once by the next run."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from api.stored import operation
from jobs.document_checks import check_document
from jobs.lapses import lapse_due_responses
from jobs.reactions import REACTIONS
from kernel import clock, db
from kernel.access import unscoped
from kernel.migrations.everything import every_table
from kernel.settings import Settings
from kernel.tables import Event, EventClaim
from kernel.work import unit_of_work
from seeds.cast import seat
from tests.jobs.frameworks import agrees_on_frameworks, releases
from tests.jobs.joining import agrees, joins
from tests.jobs.linking import fills_in, lets_be_named, lets_in, links_up
from tests.jobs.measuring import measures
from tests.jobs.pooling import asks_once_more, buys_together
from tests.jobs.qualifying import contests, qualifies
from tests.jobs.settling import amends, settles
from tests.jobs.sourcing import asks_for_bids, needs_things
from tests.jobs.stating import explains, states_a_day
from tests.rules.checks.samples import pdf
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, day, line
from tests.scenarios.reactions import react
from web.app import create_app

CHECKER = Path(__file__).with_name("toy_checker.py")


@pytest.fixture
def cast(settings: Settings) -> Cast:
    with unit_of_work() as work:
        seat(work)
    made = Cast(Api(create_app(settings).test_client()))
    react()
    return made


def travels(cast: Cast, content: bytes) -> None:
    """One order through every fact that anything reacts to."""
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.chain_master.acts("follow", {"id": order["order"]["id"]}, by="buyer")["following"]
    cast.gearworks.accepts_all(order)
    (needed,) = cast.chain_master.requires_documents(order)["requirements"]
    cast.chain_master.receives(cast.gearworks.ships((order, 1, "10")))
    cast.gearworks.hands_in(needed, content)
    made = cast.chain_master.item("LT-R20")
    bill = [{"componentId": cast.chain_master.item("RV-40E"), "quantityPer": "6"}]
    cast.chain_master.acts("state_bill", {"itemId": made, "lines": bill}, by="planner")["bill"]
    lines = [{"itemId": made, "quantity": "2", "wantedOn": day(90)}]
    cast.chain_master.acts("explode_plan", {"name": "周计划", "lines": lines}, by="planner")["explosion"]


def lets_time_pass(cast: Cast) -> None:
    """An answer outside the tolerance, which the buyer leaves undecided."""
    buyer, seller = cast.chain_master, cast.gearworks
    buyer.tolerates(seller, decideWithinHours=1, defaultDecision="ACCEPT")["tolerance"]
    seller.responds(buyer.places_order(seller), lines=[{"line": 1, "answer": "CHANGED", "quantity": "9"}])["response"]
    clock.set_to(clock.now() + timedelta(hours=2))
    try:
        lapse_due_responses()
        react()
    finally:
        clock.set_to(None)


def answers_many(cast: Cast) -> None:
    """More lines than are answered while somebody waits."""
    order = cast.chain_master.places_order(cast.gearworks, lines=[line("HD-25", "1")] * 101)["order"]
    said = {"orders": [{"orderId": order["id"], "expectedVersion": order["version"]}]}
    cast.gearworks.acts("answer_orders", said, by="sales")["answerBatch"]
    late = cast.chain_master.places_order(cast.gearworks)
    days = [{"promisedOn": day(25), "quantity": "10"}]
    cast.gearworks.responds(late, lines=[{"line": 1, "answer": "CHANGED", "schedules": days}])["response"]
    seen = cast.chain_master.sees(late)
    assert seen
    decided = {"responseId": seen["responses"][-1]["id"], "expectedVersion": seen["version"], "decision": "ACCEPT"}
    cast.chain_master.acts("decide_on_responses", {"decisions": [decided]}, by="buyer")["answerBatch"]
    react()


def goes_through_everything(cast: Cast) -> None:
    travels(cast, pdf())
    for journey in (
        lets_time_pass,
        answers_many,
        qualifies,
        contests,
        links_up,
        fills_in,
        lets_be_named,
        lets_in,
        agrees,
        joins,
        measures,
        asks_for_bids,
        asks_once_more,
        buys_together,
        needs_things,
        settles,
        amends,
        agrees_on_frameworks,
        releases,
        states_a_day,
        explains,
    ):
        journey(cast)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        return {t.name: sorted(map(tuple, session.execute(select(t))), key=repr) for t in every_table().sorted_tables}


def events_of(kind: str) -> list[int]:
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        return [number for number in session.scalars(select(Event.id).where(Event.kind == kind)) if number]


def claims_of(job: str) -> int:
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        return len(session.scalars(select(EventClaim.event_id).where(EventClaim.job == job)).all())


def test_every_reaction_has_its_effect_once_and_run_again_changes_nothing(cast: Cast) -> None:
    goes_through_everything(cast)
    missing = {on.event.__name__ for on in REACTIONS if not events_of(on.event.__name__)}
    assert missing == set(), "let travels, or a journey of the concept's own, lead through it"
    kinds: dict[str, list[Any]] = {}
    for on in REACTIONS:
        kinds.setdefault(on.name, []).append(on)

    for name, own in kinds.items():
        events = [(on, event) for on in own for event in events_of(on.event.__name__)]
        assert claims_of(name) == len(events), name
        before = everything()
        for on, event in events * 2:
            on.job(event)
        assert {table for table, rows in everything().items() if rows != before[table]} == set(), name


def test_evidence_arrives_in_any_order_and_counts_once(cast: Cast) -> None:
    reactions = {on.name: on for on in REACTIONS}
    travels(cast, pdf())
    seen = [(e["kind"], e["count"]) for e in cast.chain_master.link_for("RV-40E")["evidence"]]
    with unscoped("as if nothing had been reacted to"), db.session(writes=True) as session:
        tables = every_table().tables
        session.execute(tables["event_claim"].delete())
        session.execute(tables["link_evidence"].delete().where(tables["link_evidence"].c.kind != "declaration"))
        session.commit()

    for name in ("evidence_from_receipt", "evidence_from_order", "evidence_from_despatch", "evidence_from_order"):
        reactions[name].job(events_of(reactions[name].event.__name__)[0])

    assert [(e["kind"], e["count"]) for e in cast.chain_master.link_for("RV-40E")["evidence"]] == seen


def test_a_check_killed_between_check_and_write_is_written_once_by_the_next(
    cast: Cast, environ: dict[str, str], tmp_path: Path
) -> None:
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(order)
    (needed,) = cast.chain_master.requires_documents(order)["requirements"]
    _submitted(cast, needed["id"])
    (event,) = events_of("DocumentSubmitted")

    died = subprocess.run([sys.executable, str(CHECKER), str(event)], env=environ, timeout=120, check=False)

    assert died.returncode == 9
    assert (claims_of("check_document"), _revision(cast, order)) == (0, ("CHECKING", "RUNNING", 0))
    check_document(event)
    state, job, findings = _revision(cast, order)
    assert (claims_of("check_document"), state, job, findings > 5) == (1, "IN_REVIEW", "DONE", True)
    before = everything()
    check_document(event)
    assert everything() == before


def _submitted(cast: Cast, requirement: str) -> None:
    """Handed in over HTTP like any other, but with the reaction left for later."""
    given = {
        "requirementId": requirement, "uploadId": cast.gearworks.uploads(pdf())["upload"]["id"], "number": "CERT-1",
        "revision": "A", "title": "t", "language": "zh",
    }  # fmt: skip
    body = {"query": operation("submit_document"), "variables": {"input": given}}
    answer = cast.api.posts("sales@gearworks.example", body).get_json()
    assert answer["data"]["submitDocument"]["userErrors"] == []


def _revision(cast: Cast, order: Any) -> tuple[str, str, int]:
    (one,) = cast.gearworks.documents_of(order)[0]["revisions"]
    return one["state"], one["job"]["state"], len(one["findings"])
