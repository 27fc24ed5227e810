"""Statements, and causes of missed deliveries, through every fact anything reacts to."""

from datetime import timedelta

from jobs.scorecards import score_what_was_due
from kernel import clock
from tests.scenarios.explaining import agrees, misses, promised, reopens, states
from tests.scenarios.players import Cast
from tests.scenarios.settling import received
from tests.scenarios.stating import answers, confirms, disputes, drafts, on


def states_a_day(cast: Cast) -> None:
    """One statement withdrawn; one disputed, answered and confirmed."""
    master, gearworks = cast.chain_master, cast.gearworks
    clock.set_to(clock.now() - timedelta(days=1))
    try:
        received(cast, ("RV-40E", "10", "4"))
    finally:
        clock.set_to(None)
    wrong = drafts(gearworks, master, "SELLER")
    on(gearworks, wrong, "send_statement")["statement"]
    on(gearworks, wrong, "withdraw_statement")["statement"]
    made = drafts(gearworks, master, "SELLER")
    on(gearworks, made, "send_statement")["statement"]
    disputes(master, made, (1, "OTH", "待查"))["statement"]
    answers(gearworks, made, {1: ("UPHELD", "以收货为准")})["statement"]
    confirms(master, made)["statement"]


def explains(cast: Cast) -> None:
    """A missed day: its cause stated, agreed and opened again."""
    master, gearworks = cast.chain_master, cast.gearworks
    clock.set_to(clock.now() - timedelta(days=30))
    try:
        promised(cast)
    finally:
        clock.set_to(None)
    score_what_was_due()
    record = misses(master, "BUYER")[0]
    states(gearworks, record, "CAPACITY", "SHARED")["causeRecord"]
    agrees(master, record)["causeRecord"]
    reopens(master, record)["causeRecord"]
    reopens(gearworks, record)["causeRecord"]
