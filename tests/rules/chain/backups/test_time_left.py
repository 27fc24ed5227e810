"""What lies before a backup source, by its state and by whether its approval stands."""

from dataclasses import dataclass

import pytest

from chain.backups.decisions import time_left
from chain.backups.lifecycle import BackupSourceState
from chain.network.readiness import BackupState

CANDIDATE, QUALIFIED, TRIAL, READY, DROPPED = BackupSourceState


@dataclass
class Source:
    """As a row holds it."""

    state: BackupSourceState
    fit_days: int | None = 5
    qualification_days: int | None = 30
    trial_days: int | None = 20
    spare_days: int | None = 14
    tooling_days: int | None = 25


@pytest.mark.parametrize(
    ("state", "approved", "days", "counts_as"),
    [
        (CANDIDATE, False, 55, BackupState.CANDIDATE), (CANDIDATE, True, 55, BackupState.CANDIDATE),
        (QUALIFIED, True, 25, BackupState.QUALIFIED), (TRIAL, True, 25, BackupState.TRIAL),
        (READY, True, 0, BackupState.READY), (QUALIFIED, False, 55, BackupState.CANDIDATE),
        (READY, False, 55, BackupState.CANDIDATE), (DROPPED, True, 55, BackupState.CANDIDATE),
    ],
)  # fmt: skip
def test_what_a_state_holds_is_done_as_long_as_the_approval_stands(state, approved, days, counts_as):
    found = time_left(Source(state), approved)

    assert (found.days, found.state) == (pytest.approx(days), counts_as)


def test_a_candidate_of_which_every_part_is_0_is_no_ready_source():
    found = time_left(Source(CANDIDATE, 0, 0, 0, 0, 0), is_approved=True)

    assert (found.days, found.state, found.is_ready) == (0, BackupState.CANDIDATE, False)
