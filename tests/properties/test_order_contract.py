"""Random legal and illegal acts of both sides, and what both read of it, beside an outside model of the order contract (issue 6)."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from kernel import clock
from kernel.settings import Settings
from seeds.cast import Seated
from tests.properties.contract_lines import BUYER, SELLER
from tests.properties.order_acts import Acts
from tests.properties.playing import GOOD
from tests.scenarios.api import Api
from tests.scenarios.players import Cast
from tests.scenarios.reactions import react
from web.app import create_app

RUNS, STEPS = (300, 40) if os.environ.get("SOAK") else (6, 16)


class Story(Acts):
    """One order from its placing on, by whoever's turn it is."""

    @initialize(seed=st.integers(0, 10**9))
    def begin(self, seed: int) -> None:
        """Everything an example does follows from one number: Hypothesis chooses it, and how far to go."""
        self.random, self.trail = Random(seed), list[str]()
        self.place(
            [[self.pick(GOOD) for _ in range(self.pick([1, 1, 2, 3]))] for _ in range(self.pick([1, 2, 2, 3]))],
            self.pick([None, ("20", 5, None), ("20", 5, "ACCEPT"), ("0", 2, "REFUSE")]),
        )
        if self.pick([True, True, False]):
            self.respond("ACCEPTED")

    @rule()
    def act(self) -> None:
        """Mostly what somebody may do now, now and then anything at all."""
        acts: dict[str, Callable[[], None]] = {
            "respondToOrder": self.respond, "decideOnResponse": self.decide, "changeOrder": self.change,
            "respondToOrderChange": self.answer_change, "decideOnOrderChange": self.decide_change,
            "withdrawOrderChange": self.withdraw_change, "requestOrderCancellation": self.cancel,
            "answerOrderCancellation": self.answer_cancellation, "withdrawOrderCancellation": self.withdraw_cancellation,
            "repromiseOrder": self.repromise, "decideOnRepromise": self.decide_repromise, "sendDespatchAdvice": self.ship,
            "closeShort": self.close_short, "holdOrder": self.hold, "liftHold": self.lift, "postReceipt": self.receive, "": self.pass_time,
        }  # fmt: skip
        open_now = [*self.model.verbs(BUYER), *self.model.verbs(SELLER), ""]
        if any(not load.counted for advice in self.model.advices for load in advice):
            open_now += ["postReceipt"] * 2
        rare = {"requestOrderCancellation", "withdrawOrderCancellation", "withdrawOrderChange", "holdOrder", ""}
        likely = [verb for verb in sorted(open_now) for _ in range(1 if verb in rare else 4)]
        acts[self.pick(sorted(acts) if self.odd(0.1) else likely)]()


@pytest.fixture
def cast(settings: Settings, seated: Seated) -> Cast:
    return Cast(Api(create_app(settings).test_client()))


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands, at noon of tomorrow in China, until a move lets time pass."""
    Story.began = (clock.now() + timedelta(days=1)).replace(hour=4, minute=0, second=0, microsecond=0)
    yield
    clock.set_to(None)


@pytest.mark.feature("C8")
@pytest.mark.feature("C10")
@pytest.mark.feature("C11")
@pytest.mark.feature("C13")
@pytest.mark.feature("C14")
def test_both_sides_read_what_the_order_contract_says_after_every_act(cast: Cast, still: None) -> None:
    machine = type("Contracted", (Story,), {"cast": cast})

    run_state_machine_as_test(
        machine,
        settings=profile(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, derandomize=not os.environ.get("SOAK"),
            database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
    react()
