"""Facts about scorecards."""

from dataclasses import dataclass

from kernel.events import Fact


@dataclass(frozen=True)
class ScorecardTermsSet(Fact):
    about = {"terms_id": "ScorecardTerms"}
    terms_id: int
    warn_below: int | None
    block_below: int | None


@dataclass(frozen=True)
class ObservationContested(Fact):
    about = {"contest_id": "ScorecardContest", "observation_id": "ScorecardObservation"}
    contest_id: int
    observation_id: int


@dataclass(frozen=True)
class ContestAgreed(Fact):
    about = {"contest_id": "ScorecardContest", "observation_id": "ScorecardObservation"}
    contest_id: int
    observation_id: int


@dataclass(frozen=True)
class ContestRefused(Fact):
    about = {"contest_id": "ScorecardContest", "observation_id": "ScorecardObservation"}
    contest_id: int
    observation_id: int
