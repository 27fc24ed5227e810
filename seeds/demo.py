"""The demo chain: the cast and some two hundred and thirty firms, a year of their trade, and what waits this morning. Deterministic.

``seed`` is what `chainmaster up --demo` and `make seed` call; ``plant`` is for tests that need less of it.
"""

from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from chain.links.tables import EvidenceKind, SupplyLink
from chain.links.verbs import add_evidence, introduce
from jobs.publishing import publish_officials_figures
from kernel import clock, db
from kernel.access import SYSTEM
from kernel.settings import Settings
from kernel.work import UnitOfWork, unit_of_work
from seeds import beside, found, frameworks, notices, pooling, sourcing, statements, understandings
from seeds.agenda import Agenda
from seeds.cast import LONGTENG, Seated, agree_on_terms, seat
from seeds.firms import BRAKE, COATING, ENCODER, ROLLING
from seeds.sharing import share
from seeds.today import Today
from seeds.year import Year

SEED = 2022
FIRST_DAY, YEAR_BEGINS = 400, 365
SMALL_BEGINS = 60
"""Days before today on which the firms join, and on which trade begins (in full, and in small)."""


def seed(settings: Settings, *, size: str = "full") -> None:
    """Plant the demo chain into the empty database now open: the one of these settings."""
    plant(size=size)


def plant(*, today: date | None = None, size: str = "full", number: int = SEED) -> Seated:
    """Plant the chain as it stands on a morning; ``size``: full (a year) or small (two months).

    The same day, size and number make the same rows. Interrupted, it must be begun anew (jobs.seeding does).
    """
    with db.unsynced():
        return _replay(today or clock.today_of(clock.now()), size, number)


def _replay(today: date, size: str, number: int) -> Seated:
    agenda = Agenda(Random(number))  # noqa: S311 - a believable year, not a secret
    begins = today - timedelta(days=YEAR_BEGINS if size == "full" else SMALL_BEGINS)
    held: list[Year] = []

    def join(now: datetime) -> None:
        with unit_of_work() as work:
            held.append(Year(seat(work), agenda))
            held[0].settle_in(work)
            held[0].agree_on_tolerances(work)
            _introduce(held[0], ROLLING, "RB-6205", ENCODER, work)  # never traded since: the map lets it fade

    agenda.at(clock.begin_of(today - timedelta(days=FIRST_DAY)), join)
    agenda.run(clock.begin_of(today - timedelta(days=FIRST_DAY - 1)))
    year = held[0]
    year.plan(begins, today)
    agenda.on(today - timedelta(days=45), partial(_declare, year))
    agenda.on(today - timedelta(days=30), partial(_survey, year))
    agenda.at(clock.begin_of(today - timedelta(days=20)) + timedelta(hours=10), partial(share, year.seated))
    agenda.on(today - timedelta(days=90 if size == "full" else 50), year.end_a_link)
    for month in _months(begins, today):
        agenda.at(clock.begin_of(month) + timedelta(minutes=20), lambda now: publish_officials_figures())
    found.plan(year, today)
    beside.plan(year, today)
    notices.plan(year, today)
    for story in (sourcing, frameworks, pooling, statements, understandings):
        story.plan(year, today)
    Today(year, today).plan()
    agenda.run(clock.begin_of(today))
    return year.seated


def _declare(year: Year, now: datetime) -> None:
    """A link that rests on a declaration alone."""
    with unit_of_work() as work:
        _introduce(year, BRAKE, "BR-05", LONGTENG, work)


def _survey(year: Year, now: datetime) -> None:
    """A link that a survey of the prefecture found; neither end has said anything of it since."""
    with unit_of_work() as work:
        link = _introduce(year, COATING, "CT-B20", LONGTENG, work)
        add_evidence(work, link=link, kind=EvidenceKind.SURVEY, on=clock.today_of(now), source=("Survey", 1))


def _introduce(year: Year, seller: str, item: str, buyer: str, work: UnitOfWork) -> SupplyLink:
    seated = year.seated
    link = introduce(
        work, SYSTEM, year.sales[seller], item_id=seated.items[item], buyer_id=seated.firms[buyer],
        chain_id=seated.chain_id,
    )  # fmt: skip
    agree_on_terms(work, year.signing(seller), year.signing(buyer))
    return link


def _months(begins: date, today: date) -> list[date]:
    """The first days of the months after a day, up to today."""
    at = range(begins.year * 12 + begins.month, today.year * 12 + today.month)
    return [date(n // 12, n % 12 + 1, 1) for n in at]
