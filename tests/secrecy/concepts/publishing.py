"""What officials read of each other's regions, and that nobody reads what a figure was made of."""

from datetime import timedelta
from typing import Any

from chain.firms.tables import FirmRole
from chain.firms.verbs import join_stage, register_firm
from jobs.publishing import publish_officials_figures
from kernel.access import SYSTEM, Actor, Role
from kernel.clock import today_of
from kernel.work import unit_of_work
from oversight.publishing import visibility as publishing
from seeds.cast import credit_code
from tests.secrecy.knowing import Ledger, Table
from tests.secrecy.world import World


def _official(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return actor is not None and actor.has(Role.OFFICIAL)


def _of_its_region(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    region = actor.region or "" if actor is not None and actor.has(Role.OFFICIAL) else ""
    return region.endswith("0000") or region in row.places.split()


def _of_a_province(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    return _official(ledger, row, actor) and (actor.region or "").endswith("0000") if actor else False


TABLES = {table.name: table for table in (
    Table("published_table",  None, publishing.published_tables_visible_to,  _official),
    Table("published_figure", None, publishing.published_figures_visible_to, _of_its_region),
    Table("published_mark",   None, publishing.published_marks_visible_to,   _of_a_province),
    Table("published_stop",   None, publishing.published_stops_visible_to,   _of_a_province),
)}  # fmt: skip


WITHOUT = {"figure_share": "what a published figure was made of; read by publishing alone, as the system"}


def prepare(world: World) -> None:
    """Four firms of Xuzhou that nobody deals with, so that a figure is made of somebody."""
    with unit_of_work() as work:
        since = today_of(work.now) - timedelta(days=60)
        for number in range(4):
            firm = register_firm(
                work, SYSTEM, name=f"徐州无名厂{number}", code=credit_code(8800 + number), role=FirmRole.SUPPLIER, prefecture="320300"
            )  # fmt: skip
            join_stage(work, SYSTEM, firm_id=firm.id or 0, stage_id=world.seated.stages["special-steel"], since=since)
    publish_officials_figures()
