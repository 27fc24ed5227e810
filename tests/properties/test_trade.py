"""Any run of verbs by any actor keeps what features.md 3.3 promises."""

import os
from pathlib import Path

from hypothesis import HealthCheck
from hypothesis import settings as profile
from hypothesis.stateful import run_state_machine_as_test

from kernel.settings import Settings
from seeds.cast import Seated
from tests.properties.trade import Trade

RUNS, STEPS = (300, 60) if os.environ.get("SOAK") else (10, 20)


def test_any_run_of_verbs_by_any_actor_keeps_the_invariants(settings: Settings, seated: Seated, tmp_path: Path) -> None:
    machine = type("Trade", (Trade,), {"seated": seated, "folder": tmp_path})

    run_state_machine_as_test(
        machine,
        settings=profile(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, derandomize=not os.environ.get("SOAK"),
            database=None, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
