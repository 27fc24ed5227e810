"""The cast of house.md 9, on a fresh database for each story, behind the real app."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from chain.firms.tables import FirmRole
from chain.firms.verbs import join_stage, register_firm
from kernel import clock, db, ids
from kernel.access import SYSTEM, Role, unscoped
from kernel.accounts.verbs import add_person
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell
from kernel.migrations.everything import every_table
from kernel.settings import Settings
from kernel.work import unit_of_work
from seeds.cast import Seated, credit_code
from tests.conftest import Stage
from tests.scenarios.api import Api
from tests.scenarios.players import Cast, Player
from tests.scenarios.reactions import react
from web.app import create_app

SELLERS = ("甲集成有限公司", "乙集成有限公司", "丙集成有限公司")


@pytest.fixture
def cast(settings: Settings, seated: Seated) -> Cast:
    made = Cast(Api(create_app(settings).test_client()))
    react()
    return made


@pytest.fixture
def after_days() -> Iterator[Callable[[int], None]]:
    """``after_days(31)``: it is a month later."""
    yield lambda days: clock.set_to(clock.now() + timedelta(days=days))
    clock.set_to(None)


@pytest.fixture
def on_the_day(stage: Stage) -> Iterator[None]:
    """It is still the day on which the cast was seated, also where a run began before midnight in China."""
    if clock.today_of(clock.now()) != stage.day:
        clock.set_to(datetime.combine(stage.day, time(23, 59), clock.CHINA).astimezone(UTC))
    yield
    clock.set_to(None)


@pytest.fixture
def at() -> Iterator[Callable[[str], None]]:
    """``at("03-01 08:00")``: it is that time in China, in a year the public calendar does not know; 1 March is a Monday."""

    def move(said: str) -> None:
        clock.set_to(datetime.fromisoformat(f"2027-{said}").replace(tzinfo=clock.CHINA).astimezone(UTC))

    move("03-01 08:00")
    yield move
    clock.set_to(None)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by table."""
    with unscoped("a test looks at all there is"), db.session(writes=False) as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in every_table().sorted_tables
        }


@pytest.fixture
def nothing_changes() -> Callable[[], AbstractContextManager[None]]:
    """``with nothing_changes():`` fails when any row of any table, events included, differs afterwards."""

    @contextmanager
    def watch() -> Iterator[None]:
        before = everything()
        yield
        after = everything()
        assert {name: rows for name, rows in after.items() if rows != before[name]} == {}

    return watch


@pytest.fixture
def stranger(cast: Cast) -> Player:
    """A confirmed firm nobody deals with, and its one clerk. Its credit code is ``credit_code(7001)``."""
    told = {"name": "扬州陌生人精工", "code": credit_code(7001), "role": FirmRole.SUPPLIER, "prefecture": "321000"}
    with unit_of_work() as work:
        firm = register_firm(work, SYSTEM, **told)
        both = frozenset({Role.SALES, Role.BUYER})
        add_person(work, SYSTEM, email="clerk@stranger.example", name="生", party_id=firm.id, roles=both)
    made = Player(Api(cast.api.client), "clerk@stranger.example")
    react()
    return made


@pytest.fixture
def elsewhere(cast):
    """The official of another province."""
    with unit_of_work() as work:
        add_person(
            work,
            SYSTEM,
            email="official@zhejiang.example",
            name="邻省主管部门",
            roles=frozenset({Role.OFFICIAL}),
            region="330000",
        )
    return Player(Api(cast.api.client), "official@zhejiang.example")


@pytest.fixture
def sellers(cast, seated):
    """Three more firms of Nanjing that integrate and sell, as the dealer does."""
    found = []
    for number, name in enumerate(SELLERS):
        with unit_of_work() as work:
            firm = register_firm(
                work, SYSTEM, name=name, code=credit_code(7100 + number), role=FirmRole.DEALER, prefecture="320100"
            )
            join_stage(
                work, SYSTEM, firm_id=firm.id or 0, stage_id=seated.stages["integration"], since=clock.today_of(work.now)
            )  # fmt: skip
            add_person(
                work,
                SYSTEM,
                email=f"s{number}@sellers.example",
                name="业务员",
                party_id=firm.id,
                roles=frozenset({Role.SALES}),
            )
        found.append(f"s{number}@sellers.example")
    react()
    return [Player(Api(cast.api.client), email) for email in found]


def tells(
    player: Player, subject: tuple[str, int], what: str, *, once: str | None = None,
    roles: frozenset[Role] = frozenset({Role.BUYER, Role.PLANNER}),
) -> None:  # fmt: skip
    """An entry in the inboxes of a player's people, as a job writes it."""
    with unit_of_work(SYSTEM) as work:
        tell(
            work, party_id=ids.number_of("Firm", player.firm_id), roles=roles, reason=InboxReason.MUST_ANSWER,
            subject=subject, what=what, once=once or what,
        )  # fmt: skip
