"""What people of the demo chain do beside trading: say where they are paid, call back, follow things, plan.

At fixed instants, so that the year's own chances fall as they would without it.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from sqlmodel import col

from chain.financial_accounts.lifecycle import CallbackState, PhoneSource
from chain.financial_accounts.tables import FinancialAccount
from chain.financial_accounts.verbs import (
    Details,
    confirm_financial_account,
    propose_financial_account,
    record_callback,
)
from chain.financial_accounts.visibility import accounts_visible_to
from chain.links.tables import SupplyLink
from chain.links.visibility import supply_links_visible_to
from collaboration.orders.reads import orders
from collaboration.planning.verbs import PlanLine, explode_plan
from kernel.access import Actor, Side
from kernel.clock import CHINA, today_of
from kernel.inbox.verbs import follow
from kernel.work import unit_of_work
from seeds.cast import BEARING, GEARWORKS, LONGTENG, RIVAL
from seeds.year import Year

ACCOUNTS = {
    LONGTENG: ("演示银行南京分行", "990000000017001", 370, True), GEARWORKS: ("演示银行苏州分行", "990000000017002", 380, True),
    RIVAL: ("演示银行无锡分行", "990000000017003", 19, True), BEARING: ("演示银行常州分行", "990000000017004", 2, False),
}  # fmt: skip
"""firm -> (bank, number, days before today it is proposed on, whether a second person has confirmed it)."""
WANTED = ((40, 75), (25, 105))
"""Robots of the chain master's plan, and in how many days they are wanted."""


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    for place, (firm, (_, _, days, confirmed)) in enumerate(ACCOUNTS.items()):
        at = _instant(today, days, 10, place)
        year.agenda.at(at, partial(_pay_here, year, firm, confirmed))
    year.agenda.at(_instant(today, 378, 11), partial(_call_back, year))
    year.agenda.at(_instant(today, 4, 18), partial(_watch, year))
    year.agenda.at(_instant(today, 1, 19), partial(_plan_robots, year))


def _instant(today: date, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour, minute, 7), CHINA)


def _pay_here(year: Year, firm: str, confirmed: bool, now: datetime) -> None:
    """One says where, another stands by it: of the chain master its lead, of a firm with one clerk the operator."""
    bank, number, _, _ = ACCOUNTS[firm]
    seller, seats = year.sales[firm], year.seated.actors
    with unit_of_work(seller) as work:
        account = propose_financial_account(work, seller, Details(firm, bank, number, "CNY"))
    second = seats["lead@longteng.example" if firm == LONGTENG else "operator@chainmaster.example"]
    if confirmed:
        with unit_of_work(second) as work:
            confirm_financial_account(work, second, account_id=account.id or 0, expected_version=account.version)


def _call_back(year: Year, now: datetime) -> None:
    """The chain master's lead calls Gearworks on a number from their contract."""
    lead = year.seated.actors["lead@longteng.example"]
    with unit_of_work(lead) as work:
        stated = accounts_visible_to(lead).where(col(FinancialAccount.firm_id) == year.seated.firms[GEARWORKS])
        record_callback(
            work, lead, account_id=work.one(stated).id or 0, outcome=CallbackState.VERIFIED, called_on=today_of(now),
            phone="0512-5550 0117", source=PhoneSource.CONTRACT, spoke_to="财务部",
        )  # fmt: skip


def _watch(year: Year, now: datetime) -> None:
    """Buyer and seller follow their newest orders, the planner the link of a reducer, the lead its maker."""
    seats, firms = year.seated.actors, year.seated.firms
    buyer, seller = seats["buyer@longteng.example"], year.clerks[GEARWORKS]
    for actor, side, partner in ((buyer, Side.BUYER, GEARWORKS), (seller, Side.SELLER, LONGTENG)):
        with unit_of_work(actor, writes=False) as work:
            newest = orders(work, actor, side=side, partner_id=firms[partner], first=3, after=None).rows
        _follow(actor, "Order", [order.id for order in newest])
    planner = seats["planner@longteng.example"]
    with unit_of_work(planner, writes=False) as work:
        reducer = supply_links_visible_to(planner).where(
            col(SupplyLink.item_id) == year.seated.items["RV-40E"], col(SupplyLink.buyer_id) == firms[LONGTENG]
        )
        links = [link.id for link in work.rows(reducer)]
    _follow(planner, "SupplyLink", links)
    _follow(seats["lead@longteng.example"], "Firm", [firms[GEARWORKS]])


def _follow(actor: Actor, kind: str, numbers: Collection[int]) -> None:
    with unit_of_work(actor) as work:
        for number in numbers:
            follow(work, actor, kind=kind, number=number)


def _plan_robots(year: Year, now: datetime) -> None:
    """What the coming quarter takes; it goes through to Gearworks, which has let the chain master look again."""
    planner, robot, today = year.seated.actors["planner@longteng.example"], year.seated.items["LT-R20"], today_of(now)
    lines = [PlanLine(robot, Decimal(count), today + timedelta(days=days)) for count, days in WANTED]
    with unit_of_work(planner) as work:
        explode_plan(work, planner, name="下季度装机计划", lines=lines)
