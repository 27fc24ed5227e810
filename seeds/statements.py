"""What the firms of the demo chain settle: statements of a period in three states, and why deliveries were late.

Days are counted from today, the past is negative; at fixed hours.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlmodel import col

from collaboration.causes.tables import CauseRecord, MissCause, MissParty, StatedCause
from collaboration.causes.verbs import agree_to_cause, state_cause
from collaboration.causes.visibility import cause_records_visible_to, stated_causes_visible_to
from collaboration.settlement.tables import FapiaoType, InvoiceReason
from collaboration.statements.forms import Disputed, InvoiceAsked
from collaboration.statements.verbs import (
    confirm_statement,
    dispute_statement,
    draft_statement,
    invoice_statement,
    send_statement,
)
from jobs.scorecards import score_what_was_due
from kernel.access import SYSTEM, Actor, Side
from kernel.clock import today_of
from kernel.work import UnitOfWork, unit_of_work
from seeds import looks
from seeds.cast import GEARWORKS, LONGTENG
from seeds.firms import BOLTS, HARMONIC
from seeds.invoices import DUE_DAYS, TAX
from seeds.year import Year

SINCE, UNTIL = -33, -3
"""The period of the statements: a month that ended three days ago."""
CLOSED_ROAD = "承运车辆因高速封闭延误四天，封路通知已附"


class Statements:
    """The chain master's buyer beside three of its suppliers."""

    def __init__(self, year: Year, today: date) -> None:
        self.year, self.today = year, today
        self.buyer, self.gearworks = year.seated.actors["buyer@longteng.example"], year.clerks[GEARWORKS]
        self._made: dict[str, int] = {}

    def plan(self) -> None:
        spare, bolts = self.year.clerks[HARMONIC], self.year.clerks[BOLTS]
        self.year.agenda.fixed(self.today, [
            (-2, 9, partial(self._send, HARMONIC, spare, Side.SELLER)), (-2, 15, partial(self._confirm, HARMONIC)),
            (-1, 10, partial(self._bill, HARMONIC, spare)),
            (-2, 10, partial(self._send, BOLTS, bolts, Side.SELLER)), (-1, 11, partial(self._dispute, BOLTS)),
            (-2, 11, partial(self._send, GEARWORKS, self.buyer, Side.BUYER)),
            (-1, 2, self._score),
            (-1, 9, partial(self._state, self.gearworks, -9, 0, MissCause.FORCE_MAJEURE, MissParty.NEITHER, CLOSED_ROAD)),
            (-1, 13, partial(self._agree, self.buyer, -9, 0)),
            (-1, 16, partial(self._state, self.gearworks, -9, 1, MissCause.BUYER_RECEIPT, MissParty.BUYER, "货到后在贵司收货台待检三天")),
            (-1, 17, partial(self._state, self.buyer, -2, 0, MissCause.CAPACITY, MissParty.SELLER, "未按确认日期发货，也没有另行承诺")),
        ])  # fmt: skip

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def _send(self, seller: str, maker: Actor, side: Side, now: datetime) -> None:
        partner = seller if side is Side.BUYER else LONGTENG
        with unit_of_work(maker) as work:
            draft = draft_statement(
                work, maker, side=side, partner_id=self.year.seated.firms[partner], currency="CNY",
                period_from=self._day(SINCE), period_until=self._day(UNTIL),
            )  # fmt: skip
            sent = send_statement(work, maker, statement_id=draft.id or 0, expected_version=draft.version)
            self._made[seller] = sent.id or 0

    def _confirm(self, seller: str, now: datetime) -> None:
        with unit_of_work(self.buyer) as work:
            found, _ = looks.statement(work, self._made[seller])
            confirm_statement(work, self.buyer, statement_id=found.id or 0, expected_version=found.version)

    def _bill(self, seller: str, clerk: Actor, now: datetime) -> None:
        """The agreed statement is the invoice."""
        today = today_of(now)
        asked = InvoiceAsked(
            f"FP-DZ-{today:%Y%m}", today, today + timedelta(days=DUE_DAYS), TAX, "月结 30 天", f"26322001{self._made[seller]:012d}",
            FapiaoType.DIGITAL_SPECIAL,
        )  # fmt: skip
        with unit_of_work(clerk) as work:
            found, _ = looks.statement(work, self._made[seller])
            invoice_statement(
                work, clerk, statement_id=found.id or 0, expected_version=found.version, asked=asked
            )  # fmt: skip

    def _dispute(self, seller: str, now: datetime) -> None:
        """The buyer says that of the largest delivery a carton was missing."""
        with unit_of_work(self.buyer) as work:
            found, lines = looks.statement(work, self._made[seller])
            largest = max(lines, key=lambda line: line.quantity)
            said = Disputed(
                largest.id or 0,
                InvoiceReason.QTY,
                "入库复点少一箱（200 件），附复点单",
                right_quantity=largest.quantity - Decimal(200),
            )
            dispute_statement(
                work, self.buyer, statement_id=found.id or 0, expected_version=found.version, disputes=[said]
            )  # fmt: skip

    def _score(self, now: datetime) -> None:
        """What the timetable does every night: what was due is counted, and each miss has its record."""
        score_what_was_due()

    def _missed(self, work: UnitOfWork, due: int, nth: int) -> CauseRecord:
        """The so-many-th day of Gearworks' that was missed by a day."""
        own = cause_records_visible_to(SYSTEM).where(
            col(CauseRecord.seller_id) == self.year.seated.firms[GEARWORKS], col(CauseRecord.due_on) == self._day(due),
            col(CauseRecord.buyer_id) == self.year.seated.firms[LONGTENG],
        )  # fmt: skip
        return work.all(own.order_by(col(CauseRecord.id)))[nth]

    def _state(
        self, actor: Actor, due: int, nth: int, cause: MissCause, party: MissParty, note: str, now: datetime
    ) -> None:
        with unit_of_work(actor) as work:
            record = self._missed(work, due, nth)
            state_cause(
                work, actor, record_id=record.id or 0, expected_version=record.version, cause=cause, party=party, note=note
            )  # fmt: skip

    def _agree(self, actor: Actor, due: int, nth: int, now: datetime) -> None:
        with unit_of_work(actor) as work:
            record = self._missed(work, due, nth)
            stated = work.one(stated_causes_visible_to(actor).where(col(StatedCause.record_id) == record.id))
            agree_to_cause(
                work, actor, record_id=record.id or 0, expected_version=record.version, stated_id=stated.id or 0,
                note="核对封路通知，同意",
            )  # fmt: skip


def plan(year: Year, today: date) -> None:
    """Put all of it on the agenda."""
    Statements(year, today).plan()
