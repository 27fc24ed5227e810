"""What people fill in of a scheduling agreement and its releases: the plain values verbs take."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from collaboration.scheduling_agreements.tables import Period, Zone


@dataclass(frozen=True)
class Bucket:
    """So much in a day or a week, and how binding that is."""

    starts_on: date
    period: Period
    zone: Zone
    quantity: Decimal

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=0 if self.period is Period.DAY else 6)

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
