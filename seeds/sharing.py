"""What some firms of the demo chain let others see: figures stated, granted and set apart for one partner."""

from datetime import datetime, timedelta
from decimal import Decimal

from chain.sharing.decisions import Reach
from chain.sharing.tables import AllocatedKind, FieldClass, GrantScope, Level, StatedKind
from chain.sharing.verbs import allocate_figure, grant_access, state_figure
from kernel.clock import today_of
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL, Seated

STATED = (
    ("RV-40E", StatedKind.MONTHLY_CAPACITY, "420", None), ("RV-80E", StatedKind.MONTHLY_CAPACITY, "180", None),
    ("HD-25", StatedKind.MONTHLY_CAPACITY, "1250", None), ("RV-40E", StatedKind.LIST_PRICE, "2680", "CNY"),
    ("RV-40E", StatedKind.UNIT_COST, "1711.50", "CNY"),
)  # fmt: skip


def share(seated: Seated, now: datetime) -> None:
    """Gearworks shows Longteng in which band its capacities lie and one price; the bearing maker serves two rivals."""
    today, seller, bearing = today_of(now), seated.acting(GEARWORKS), seated.acting(BEARING)
    with unit_of_work(seller) as work:
        for item, kind, value, currency in STATED:
            state_figure(work, seller, item_id=seated.items[item], kind=kind, value=Decimal(value), currency=currency)
        for field, level, thing, reason in (
            (FieldClass.CAPACITY, Level.BAND, None, "年度产能核对"), (FieldClass.PRICE, Level.EXACT, "RV-40E", "框架谈判"),
        ):  # fmt: skip
            grant_access(
                work, seller, viewer_id=seated.firms[LONGTENG], field_class=field, level=level,
                scope=GrantScope.ITEM if thing else GrantScope.ALL, until=today + timedelta(days=180), reason=reason,
                thing=Reach(item_id=seated.items[thing]) if thing else Reach(),
            )  # fmt: skip
    with unit_of_work(bearing) as work:
        for partner, quantity in ((GEARWORKS, "640"), (RIVAL, "380")):
            allocate_figure(
                work, bearing, partner_id=seated.firms[partner], item_id=seated.items["CRB-100"],
                kind=AllocatedKind.STOCK, quantity=Decimal(quantity), as_of=today,
            )  # fmt: skip
