"""What pairs of the demo chain have agreed beforehand, and what firms say of themselves: tolerances, hours, silence, their name.

On the last evenings, when nothing of the year is answered any more: what is agreed here rules what comes next, not what was.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from chain.working_hours.forms import DayGiven, DayStanding, SpanGiven
from chain.working_hours.verbs import set_calendar_days, set_working_hours
from collaboration.answer_clocks.decisions import Hours
from collaboration.answer_clocks.forms import LimitsGiven
from collaboration.answer_clocks.tables import AnsweredKind, SilenceMeaning
from collaboration.answer_clocks.verbs import accept_silence_terms, propose_silence_terms, set_answer_limits
from collaboration.orders.forms import ToleranceGiven
from collaboration.orders.tables import DefaultDecision
from collaboration.orders.verbs import set_tolerance
from kernel.access import Side
from kernel.work import unit_of_work
from oversight.naming.verbs import consent_to_naming
from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL
from seeds.firms import HARMONIC
from seeds.year import Year

TOLERATED = (
    (GEARWORKS, "RV-80E", ToleranceGiven(
        Decimal(0), Decimal(5), Decimal(1), days_early=7, days_late=3, value_limit=Decimal(80_000), value_currency="CNY",
        decide_within_hours=48, default_decision=DefaultDecision.REFUSE,
    )),
    (RIVAL, None, ToleranceGiven(days_early=3, days_late=1)),
)  # fmt: skip
"""seller, item or all of its, what the chain master agrees to by itself."""
MORNING, AFTERNOON = ("08:00", "12:00"), ("13:00", "17:30")
NAMED = ((GEARWORKS, "core-parts", True), (BEARING, "bearings", False))
"""firm, stage, whether it also says that it calls itself a key firm of it."""


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    year.agenda.fixed(today, [
        (-2, 20, partial(_be_named, year, today)), (-1, 20, partial(_keep_hours, year, today)),
        (-1, 21, partial(_tolerate, year)), (-1, 22, partial(_agree_on_silence, year)),
    ])  # fmt: skip


def _be_named(year: Year, today: date, now: datetime) -> None:
    for firm, stage, is_key in NAMED:
        clerk = year.clerks[firm]
        with unit_of_work(clerk) as work:
            consent_to_naming(
                work, clerk, stage_id=year.seated.stages[stage], as_holder=is_key, until=today + timedelta(days=365)
            )  # fmt: skip


def _keep_hours(year: Year, today: date, now: datetime) -> None:
    """Gearworks works on Saturday mornings too, and is closed from a Monday on for two days of checking its machines."""
    week: Sequence[SpanGiven] = [
        *(SpanGiven(day, *span) for day in range(1, 6) for span in (MORNING, AFTERNOON)), SpanGiven(6, *MORNING),
    ]  # fmt: skip
    clerk, first = year.clerks[GEARWORKS], today + timedelta(days=28 - today.weekday())
    closed = [DayGiven(first + timedelta(days=n), DayStanding.CLOSED, "设备年检停产") for n in range(2)]
    with unit_of_work(clerk) as work:
        set_working_hours(work, clerk, spans=week)
    with unit_of_work(clerk) as work:
        set_calendar_days(work, clerk, days=closed)


def _tolerate(year: Year, now: datetime) -> None:
    buyer, seated = year.buyer(LONGTENG).buys, year.seated
    with unit_of_work(buyer) as work:
        for seller, item, given in TOLERATED:
            set_tolerance(
                work, buyer, seller_id=seated.firms[seller], given=given, item_id=seated.items[item] if item else None
            )  # fmt: skip
        set_answer_limits(
            work, buyer, given=LimitsGiven(AnsweredKind.ORDER, Hours(4, 12, 4, 4), seated.firms[GEARWORKS])
        )


def _agree_on_silence(year: Year, now: datetime) -> None:
    """With the harmonic-drive maker silence means agreed; to Gearworks the buyer proposes that an order lapses."""
    buyer, firms, spare = year.buyer(LONGTENG).buys, year.seated.firms, year.clerks[HARMONIC]
    with unit_of_work(buyer) as work:
        agreed = propose_silence_terms(
            work, buyer, partner_id=firms[HARMONIC], side=Side.BUYER, meaning=SilenceMeaning.ASSUMED_AGREED
        )
        propose_silence_terms(
            work, buyer, partner_id=firms[GEARWORKS], side=Side.BUYER, meaning=SilenceMeaning.LAPSES
        )  # fmt: skip
    with unit_of_work(spare) as work:
        accept_silence_terms(work, spare, terms_id=agreed.id or 0, expected_version=agreed.version)
