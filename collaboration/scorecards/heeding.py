"""On-time figures heed what two firms agree on of a missed day, beside what they agreed of a contest."""

from sqlmodel import col

from collaboration.scorecards.lifecycle import ContestState
from collaboration.scorecards.reads import contests_of, missed
from collaboration.scorecards.tables import Metric, ScorecardObservation
from collaboration.scorecards.visibility import observations_visible_to
from kernel.access import SYSTEM
from kernel.work import UnitOfWork

ON_TIME = (Metric.OTIF_AGREED, Metric.OTIF_ORIGINAL)


def leave_out(work: UnitOfWork, *, schedule_id: int, is_left_out: bool) -> None:
    """Both firms agree that a miss of this day does not count, or no longer do.

    An agreed contest goes on leaving its own event out: that was agreed by both too.
    """
    own = observations_visible_to(SYSTEM).where(
        col(ScorecardObservation.subject_kind) == "Schedule", col(ScorecardObservation.subject_id) == schedule_id,
        col(ScorecardObservation.metric).in_(ON_TIME),
    )  # fmt: skip
    rows = [row for row in work.all(own.order_by(col(ScorecardObservation.id)), lock=True) if missed(row)]
    contests = contests_of(work, SYSTEM, [row.id for row in rows if row.id is not None])
    contested = {c.observation_id for c in contests if c.state is ContestState.AGREED}
    for row in rows:
        row.excluded = is_left_out or row.id in contested
