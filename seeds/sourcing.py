"""What the chain master asks quotations for: one request open, one opened and undecided, one awarded, one in an auction; and what for.

Days are counted from today, the past is negative; at fixed hours, so that the year's own chances fall as they would without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from chain.qualification.visibility import categories_visible_to
from collaboration.orders.responses import respond_to_order
from collaboration.orders.tables import Answer
from collaboration.requisitions.decisions import Approval, LineNeeded, Needed
from collaboration.requisitions.verbs import (
    approve_requisition,
    draft_requisition,
    set_approval_rules,
    source_requisition,
    submit_requisition,
)
from collaboration.sourcing.forms import (
    Break,
    DeliveryStated,
    LineOffered,
    Offer,
    OrderAs,
    RfqAsked,
    RfqLineAsked,
    RoundAsked,
    Share,
)
from collaboration.sourcing.tables import Incoterm, RoundReason, RoundVisibility
from collaboration.sourcing.verbs import (
    answer_rfq_question,
    approve_rfq,
    ask_rfq_question,
    award_rfq,
    decline_rfq,
    draft_rfq,
    issue_rfq,
    open_rfq_round,
    state_comparison_terms,
    submit_quotation,
)
from jobs.sourcing import close_due_rfqs
from kernel.quantities import ZERO
from kernel.work import unit_of_work
from seeds import looks
from seeds.agenda import hour_of
from seeds.cast import GEARWORKS, LONGTENG, RIVAL
from seeds.firms import HARMONIC
from seeds.year import Year

CLOSES_HOUR = 17
LARGE = Decimal(100_000)
"""From this amount on the lead approves what somebody of the chain master needs, below it the buyer."""


@dataclass(frozen=True)
class Bid:
    """An offer of one item for one line. ``steps``: (from quantity, price)."""

    firm: str
    item: str
    steps: Sequence[tuple[int, str]]
    days: int = 21
    line: int = 1
    incoterm: Incoterm = Incoterm.DAP
    minimum: int = 0
    tooling: int = 0


@dataclass
class Request:
    """A request for quotation as it will be drafted; ``lines``: (title, quantity, wanted in so many days)."""

    number: str
    title: str
    lines: Sequence[tuple[str, int, int]]
    invitees: Sequence[str]
    closes: int
    award_by: int
    note: str = ""
    rfq_id: int = field(default=0)


class Sourcing:
    """The chain master's buyer, lead and planner, and who bids."""

    def __init__(self, year: Year, today: date) -> None:
        self.year, self.today, self.firms, self.items = year, today, year.seated.firms, year.seated.items
        self.buyer, self.lead, self.planner = (
            year.seated.actors[f"{who}@longteng.example"] for who in ("buyer", "lead", "planner")
        )

    def plan(self) -> None:
        self.year.agenda.fixed(self.today, [(-70, 9, self._rule)])
        self._awarded()
        self._undecided()
        self._auctioned()
        self._open()
        self._needed()

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _number(self, kind: str, nth: int) -> str:
        return f"{kind}-{self.today.year}-{nth:02d}"

    def _rule(self, now: datetime) -> None:
        rules = [
            Approval(amount, who.user_id, "CNY") for amount, who in ((ZERO, self.buyer), (LARGE, self.lead))
        ]  # fmt: skip
        with unit_of_work(self.lead) as work:
            set_approval_rules(work, self.lead, rules)

    def _awarded(self) -> None:
        """The planner's need became a request, the request an order; Gearworks bid too and lost."""
        request = Request(self._number("XJ", 1), "谐波减速机备件", (), (HARMONIC, GEARWORKS), -38, -30)
        line = LineNeeded(1, "谐波减速机", Decimal(8), "C62", Decimal(1700), self._day(12))
        needed = Needed(self._number("QG", 1), "谐波减速机备件", "CNY", [line], "老机型维修用，含安装附件")
        self.year.agenda.fixed(self.today, [
            (-50, 10, partial(self._ask_for, needed)), (-46, 10, partial(self._source, needed.number, request)),
            (-45, 9, partial(self._issue, request)),
            (-42, 10, partial(self._bid, request, [Bid(HARMONIC, "HD-32", ((0, "1630"), (5, "1590")))])),
            (-41, 15, partial(self._bid, request, [Bid(GEARWORKS, "HD-25", ((0, "1640"),), 14)])),
            (-38, CLOSES_HOUR, self._close), (-36, 11, partial(self._award, request)),
        ])  # fmt: skip

    def _undecided(self) -> None:
        """Opened: the lower price of the two is not the lower cost, for it is without carriage."""
        request = Request(
            self._number("XJ", 2), "谐波减速机下季度备货", [("谐波减速机", 120, 45)], (GEARWORKS, HARMONIC, RIVAL), -3, 9,
            "请注明起订量与模具费；交货地点：南京江宁总装厂",
        )  # fmt: skip
        cheap = Bid(HARMONIC, "HD-32", ((0, "1465"),), 18, incoterm=Incoterm.EXW, minimum=20, tooling=3600)
        self.year.agenda.fixed(self.today, [
            (-12, 10, partial(self._draft, request)), (-11, 9, partial(self._issue, request)),
            (-8, 11, partial(self._decline, request, RIVAL, "本公司不生产谐波减速机")),
            (-7, 10, partial(self._bid, request, [Bid(GEARWORKS, "HD-25", ((0, "1548"), (100, "1512")), 14)])),
            (-6, 14, partial(self._bid, request, [cheap])),
            (-3, CLOSES_HOUR, self._close), (-2, 9, partial(self._compare, request)),
        ])  # fmt: skip

    def _auctioned(self) -> None:
        """A second round in the open: each of the two rivals reads its own place alone."""
        request = Request(
            self._number("XJ", 3), "40 型减速机项目批", [("40 型减速机", 200, 70)], (GEARWORKS, RIVAL), -9, 20
        )
        self.year.agenda.fixed(self.today, [
            (-16, 10, partial(self._draft, request)), (-15, 9, partial(self._issue, request)),
            (-12, 10, partial(self._bid, request, [Bid(GEARWORKS, "RV-40E", ((0, "4120"),))])),
            (-11, 16, partial(self._bid, request, [Bid(RIVAL, "RC-40", ((0, "3990"),))])),
            (-9, CLOSES_HOUR, self._close), (-2, 14, partial(self._auction, request)),
            (-1, 10, partial(self._bid, request, [Bid(RIVAL, "RC-40", ((0, "3935"),))])),
            (-1, 14, partial(self._bid, request, [Bid(GEARWORKS, "RV-40E", ((0, "3928"),))])),
        ])  # fmt: skip

    def _open(self) -> None:
        """The rival's bid is sealed; Gearworks has asked, was answered to all, and has not bid yet."""
        request = Request(
            self._number("XJ", 4), "减速机年度补充询价", [("40 型减速机", 150, 60), ("80 型减速机", 30, 75)], (GEARWORKS, RIVAL), 6, 16,
            "可只报部分行；交货地点：南京江宁总装厂",
        )  # fmt: skip
        self.year.agenda.fixed(self.today, [
            (-4, 10, partial(self._draft, request, category=True)), (-3, 9, partial(self._issue, request)),
            (-2, 10, partial(self._clarify, request)),
            (-1, 11, partial(self._bid, request, [Bid(RIVAL, "RC-40", ((0, "3960"), (100, "3915")), 18)])),
        ])  # fmt: skip

    def _needed(self) -> None:
        """One waits for the lead, for its amount; one is approved and waits for the buyer."""
        large = LineNeeded(1, "示教器 TP-10", Decimal(80), "C62", Decimal(1900), self._day(40))
        small = LineNeeded(1, "M8 高强螺栓", Decimal(4000), "C62", Decimal("0.90"), self._day(20))
        teach = Needed(self._number("QG", 2), "示教器批量更换", "CNY", [large], "旧型号停产，随大修更换")
        bolts = Needed(self._number("QG", 3), "总装线螺栓备件", "CNY", [small])
        self.year.agenda.fixed(self.today, [
            (-3, 15, partial(self._ask_for, bolts)), (-1, 15, partial(self._ask_for, teach, waits=True)),
        ])  # fmt: skip

    def _ask_for(self, needed: Needed, now: datetime, *, waits: bool = False) -> None:
        with unit_of_work(self.planner) as work:
            draft = draft_requisition(work, self.planner, needed)
            submit_requisition(work, self.planner, requisition_id=draft.id or 0, expected_version=draft.version)
        if not waits:
            with unit_of_work(self.buyer) as work:
                found = looks.requisition(work, needed.number)
                approve_requisition(
                    work, self.buyer, requisition_id=found.id or 0, expected_version=found.version
                )  # fmt: skip

    def _source(self, number: str, request: Request, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            found = looks.requisition(work, number)
            sourced = source_requisition(
                work, self.buyer, requisition_id=found.id or 0, expected_version=found.version, number=request.number,
                incoterm=Incoterm.DAP, closes_at=hour_of(self._day(request.closes), CLOSES_HOUR),
                award_by=self._day(request.award_by), invitee_ids=[self.firms[name] for name in request.invitees],
            )  # fmt: skip
            request.rfq_id = sourced.rfq_id or 0

    def _draft(self, request: Request, now: datetime, *, category: bool = False) -> None:
        lines = [
            RfqLineAsked(n, title, Decimal(quantity), "C62", self._day(wanted))
            for n, (title, quantity, wanted) in enumerate(request.lines, start=1)
        ]
        with unit_of_work(self.buyer) as work:
            asked = RfqAsked(
                request.number, request.title, "CNY", Incoterm.DAP, hour_of(self._day(request.closes), CLOSES_HOUR),
                self._day(request.award_by), lines, [self.firms[name] for name in request.invitees], request.note,
                work.one(categories_visible_to(self.buyer)).id if category else None,
            )  # fmt: skip
            request.rfq_id = draft_rfq(work, self.buyer, asked).id or 0

    def _issue(self, request: Request, now: datetime) -> None:
        """The lead approves, the buyer issues."""
        for actor, verb in ((self.lead, approve_rfq), (self.buyer, issue_rfq)):
            with unit_of_work(actor) as work:
                rfq = looks.rfq(work, request.rfq_id)
                verb(work, actor, rfq_id=request.rfq_id, expected_version=rfq.version)

    def _bid(self, request: Request, bids: Sequence[Bid], now: datetime) -> None:
        seller = self.year.clerks[bids[0].firm]
        lines = [
            LineOffered(
                bid.line, self.items[bid.item], bid.days, [Break(Decimal(start), Decimal(price)) for start, price in bid.steps],
                minimum_quantity=Decimal(bid.minimum), tooling_cost=Decimal(bid.tooling),
            )
            for bid in bids
        ]  # fmt: skip
        offer = Offer("CNY", bids[0].incoterm, self._day(request.award_by + 45), lines)
        with unit_of_work(seller) as work:
            submit_quotation(work, seller, offer, rfq_id=request.rfq_id, amendment=0)

    def _decline(self, request: Request, firm: str, reason: str, now: datetime) -> None:
        with unit_of_work(self.year.clerks[firm]) as work:
            decline_rfq(work, self.year.clerks[firm], rfq_id=request.rfq_id, reason=reason)

    def _clarify(self, request: Request, now: datetime) -> None:
        asker = self.year.clerks[GEARWORKS]
        with unit_of_work(asker) as work:
            asked = ask_rfq_question(work, asker, rfq_id=request.rfq_id, text="80 型是否接受 RV-80E 的新法兰接口？")
        with unit_of_work(self.buyer) as work:
            answer_rfq_question(
                work,
                self.buyer,
                question_id=asked.id or 0,
                answer="接受，请在备注中写明接口图号。",
                text="80 型是否接受新法兰接口？",
            )

    def _close(self, now: datetime) -> None:
        """What the timetable does every minute."""
        close_due_rfqs()

    def _compare(self, request: Request, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            rfq = looks.rfq(work, request.rfq_id)
            state_comparison_terms(
                work, self.buyer, rfq_id=request.rfq_id, expected_version=rfq.version, rates=[],
                deliveries=[DeliveryStated(Incoterm.EXW, Decimal(3))],
            )  # fmt: skip

    def _award(self, request: Request, now: datetime) -> None:
        seller = self.year.clerks[HARMONIC]
        with unit_of_work(self.buyer) as work:
            rfq, won = looks.rfq(work, request.rfq_id), looks.offer(work, request.rfq_id, self.items["HD-32"])
            award_rfq(
                work, self.buyer, rfq_id=request.rfq_id, expected_version=rfq.version, 
                shares=[Share(won.id or 0, share_percent=Decimal(100))],
                orders=[OrderAs(won.quotation_id, number=f"{request.number}-1")],
            )  # fmt: skip
        with unit_of_work(seller) as work:
            order = looks.order_numbered(work, self.firms[LONGTENG], f"{request.number}-1")
            respond_to_order(
                work, seller, order_id=order.id or 0, expected_version=order.version, answer=Answer.ACCEPTED
            )  # fmt: skip

    def _auction(self, request: Request, now: datetime) -> None:
        asked = RoundAsked(
            RoundVisibility.RANK, hour_of(self._day(3), CLOSES_HOUR), RoundReason.OFFERS_TOO_CLOSE, "两家报价接近，公开竞价一轮",
            award_by=self._day(20), least_step=Decimal(1000), extension_minutes=5, most_extensions=6,
        )  # fmt: skip
        with unit_of_work(self.buyer) as work:
            rfq = looks.rfq(work, request.rfq_id)
            open_rfq_round(work, self.buyer, asked, rfq_id=request.rfq_id, expected_version=rfq.version)


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    Sourcing(year, today).plan()
