"""A machine that lets anybody run any verb of the slice, in any order, and looks at everything after each step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal as D
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import col, select

from collaboration.logistics.forms import Counted, Loaded
from collaboration.logistics.tables import DespatchAdvice, DespatchLine
from collaboration.logistics.verbs import post_receipt, send_despatch_advice
from collaboration.orders import verbs as orders
from collaboration.orders.decisions import DEAD, in_transit, order_state, to_ship
from collaboration.orders.forms import LineAnswered, LineAsked, LineDecision, PromisedDay, ToleranceGiven, WantedDay
from collaboration.orders.lifecycle import LineState, OrderState
from collaboration.orders.tables import Answer, Decision, LineAnswer, Order, OrderLine, OrderResponse, Reason, Schedule
from collaboration.orders.visibility import orders_visible_to
from delivery.checks.findings import Verdict
from delivery.checks.formats import Format
from delivery.documents.lifecycle import RevisionState
from delivery.documents.tables import DocumentRevision, ReviewVerdict
from delivery.documents.verbs import Checked, Remark, finish_checks, review_document, submit_document
from delivery.packages.verbs import accept_delivery
from delivery.requirements.tables import DocumentRequirement
from delivery.requirements.verbs import Asked, require_documents
from kernel import audit, clock
from kernel.access import SYSTEM, Actor, unscoped
from kernel.errors import DomainError
from kernel.tables import Event, EventSubject
from kernel.uploads.verbs import open_upload, store_upload
from kernel.work import UnitOfWork, unit_of_work
from seeds.cast import GEARWORKS, Seated

OVER = D(10)
NUMBERS = count(1)
CONTENT = b"a file"
ACTORS = (
    "buyer@longteng.example", "planner@longteng.example", "quality@longteng.example", "sales@gearworks.example",
    "sales@rival.example", "operator@chainmaster.example", "official@jiangsu.example",
)  # fmt: skip
PARTIES = ("longteng", "gearworks")
LIKELY = {"buyer": ACTORS[0], "planner": ACTORS[1], "quality": ACTORS[2], "seller": ACTORS[3]}
SMALL = st.sampled_from([D("0"), D("1"), D("2.5"), D("4"), D("6"), D("10"), D("11"), D("-1")])
WHO = st.sampled_from([None, None, None, None, *ACTORS])
"""Mostly who should, now and then anybody."""


@dataclass(frozen=True)
class Seen:
    """All of one order, read past every rule of visibility."""

    order: Order
    lines: list[OrderLine]
    schedules: list[Schedule]
    events: int


def look(order_id: int) -> Seen:
    with unscoped("a test looks at all there is"), unit_of_work(writes=False) as work:
        read = work.session.scalars
        order = read(select(Order).where(col(Order.id) == order_id)).one()
        lines = list(read(select(OrderLine).where(col(OrderLine.order_id) == order_id)))
        schedules = list(read(select(Schedule).where(col(Schedule.line_id).in_([x.id for x in lines]))))
        about = (col(EventSubject.kind) == "Order", col(EventSubject.subject_id) == order_id)
        return Seen(order, lines, schedules, len(list(read(select(EventSubject.event_id).where(*about)))))


def newest(table: Any, *where: Any) -> list[Any]:
    with unscoped("a test looks at all there is"), unit_of_work(writes=False) as work:
        return list(work.session.scalars(select(table).where(*where).order_by(table.id.desc()).limit(3)))


class Trade(RuleBasedStateMachine):
    """One order between chain master and Gearworks. ``seated`` and ``folder`` are set by the test."""

    seated: Seated
    folder: Path

    @initialize(lines=st.lists(st.lists(SMALL.filter(lambda q: q > 0), min_size=1, max_size=3), min_size=1, max_size=3),
                tolerant=st.booleans())  # fmt: skip
    def an_order_is_placed(self, lines: list[list[D]], tolerant: bool) -> None:
        self.today = clock.today_of(clock.now())
        item = self.seated.items["RV-40E"]
        buyer, seller = self.actor("buyer"), self.seated.firms[GEARWORKS]
        asked = [
            LineAsked(number, item, sum(days, D(0)), D("100"), [
                WantedDay(self.today + timedelta(days=5 * n), q) for n, q in enumerate(days, 1)
            ])
            for number, days in enumerate(lines, 1)
        ]  # fmt: skip
        over = OVER if tolerant else D(0)
        with unit_of_work(buyer) as work:
            orders.set_tolerance(work, buyer, seller_id=seller, given=ToleranceGiven(over, over, days_late=3))
            order = orders.place_order(
                work, buyer, seller_id=seller, number=f"P-{next(NUMBERS)}", currency="CNY", lines=asked
            )
            self.order_id, self.over = order.id or 0, over
        self.seen = look(self.order_id)

    def actor(self, likely: str, who: str | None = None) -> Actor:
        return self.seated.actors[who or LIKELY[likely]]

    def tries(self, actor: Actor, act: Callable[[UnitOfWork], Any]) -> None:
        """Act in a unit of work of its own; a refusal changes nothing, anything else leaves a fact and a newer version."""
        before = look(self.order_id)
        try:
            with unit_of_work(actor) as work:
                act(work)
        except DomainError:
            assert look(self.order_id) == before, "a refusal changed something"
            return
        self.seen = look(self.order_id)
        assert self.seen.events > before.events, "a change left no fact"
        if actor is not SYSTEM:
            assert self.seen.order.version > before.order.version, "a change left the version as it was"
            assert actor.party_id in (before.order.buyer_id, before.order.seller_id), "an outsider changed something"

    @rule(data=st.data(), who=WHO, answer=st.sampled_from(Answer), stale=st.sampled_from([0, 0, 0, 1]))
    def respond(self, data: Any, who: str | None, answer: Answer, stale: int) -> None:
        lines = [
            LineAnswered(
                data.draw(st.sampled_from(LineAnswer)), line.id, data.draw(st.sampled_from([None, Reason.CAPACITY])),
                data.draw(st.none() | SMALL),
                schedules=[PromisedDay(self.today + timedelta(days=d), q) for d, q in data.draw(
                    st.lists(st.tuples(st.sampled_from([0, 5, 7, 30]), SMALL), max_size=2))],
                backorder_maximum=data.draw(st.none() | SMALL),
            )
            for line in self.seen.lines if line.state in (LineState.OPEN, LineState.CHANGE_PROPOSED)
        ] if answer is Answer.CHANGED else []  # fmt: skip
        actor, version = self.actor("seller", who), self.seen.order.version - stale
        self.tries(actor, lambda work: orders.respond_to_order(
            work, actor, order_id=self.order_id, expected_version=version, answer=answer, reason=Reason.OTHER, lines=lines,
        ))  # fmt: skip

    @precondition(lambda self: self.seen.order.state is OrderState.COUNTERED)
    @rule(data=st.data(), who=WHO)
    def decide(self, data: Any, who: str | None) -> None:
        waiting = [x.id for x in self.seen.lines if x.state in (LineState.CHANGE_PROPOSED, LineState.ADDED_PROPOSED)]
        made = [LineDecision(i or 0, data.draw(st.sampled_from(Decision))) for i in waiting]
        response, actor = (
            newest(OrderResponse, col(OrderResponse.order_id) == self.order_id)[0].id,
            self.actor("buyer", who),
        )
        self.tries(actor, lambda work: orders.decide_on_response(
            work, actor, response_id=response, expected_version=self.seen.order.version, decisions=made,
        ))  # fmt: skip

    @precondition(lambda self: self.seen.order.state in (OrderState.CONFIRMED, OrderState.IN_DELIVERY))
    @rule(data=st.data(), who=WHO, outstanding=st.none() | SMALL)
    def ship(self, data: Any, who: str | None, outstanding: D | None) -> None:
        open_first = sorted(self.seen.schedules, key=lambda s: (not to_ship(s), s.id))
        schedule = data.draw(st.sampled_from(open_first))
        quantity = data.draw(st.sampled_from([to_ship(schedule), to_ship(schedule) + 1]) | SMALL)
        actor = self.actor("seller", who)
        self.tries(actor, lambda work: send_despatch_advice(
            work, actor, number=f"D-{next(NUMBERS)}", shipped_on=self.today, expected_on=None,
            lines=[Loaded(schedule.id or 0, quantity, outstanding)],
        ))  # fmt: skip

    @precondition(lambda self: any(in_transit(s) for s in self.seen.schedules))
    @rule(data=st.data(), who=WHO, accepted=SMALL | st.none(), rejected=st.sampled_from([D(0), D(0), D(1)]))
    def receive(self, data: Any, who: str | None, accepted: D | None, rejected: D) -> None:
        line = data.draw(st.sampled_from(newest(DespatchLine, col(DespatchLine.order_id) == self.order_id)))
        kept = line.quantity if accepted is None else accepted
        counted = Counted(line.id, kept + rejected, kept, rejected, Reason.OTHER)
        actor = self.actor("planner", who)
        self.tries(actor, lambda work: post_receipt(work, actor, advice_id=line.advice_id, lines=[counted]))

    @precondition(lambda self: self.seen.order.state in (OrderState.CONFIRMED, OrderState.IN_DELIVERY))
    @rule(data=st.data(), who=WHO)
    def close_short(self, data: Any, who: str | None) -> None:
        line, actor = data.draw(st.sampled_from(self.seen.lines)), self.actor("buyer", who)
        self.tries(actor, lambda work: orders.close_short(work, actor, line_id=line.id or 0))

    @rule(who=WHO)
    def require(self, who: str | None) -> None:
        actor = self.actor("buyer", who)
        asked = [Asked("02-04", "t", "zh", Format.PDF, self.today)]
        self.tries(actor, lambda work: require_documents(work, actor, order_id=self.order_id, asked=asked))

    @precondition(lambda self: newest(DocumentRequirement, col(DocumentRequirement.order_id) == self.order_id))
    @rule(data=st.data(), who=WHO)
    def submit(self, data: Any, who: str | None) -> None:
        asked = newest(DocumentRequirement, col(DocumentRequirement.order_id) == self.order_id)
        requirement, actor, seller = data.draw(st.sampled_from(asked)), self.actor("seller", who), self.actor("seller")
        digest = sha256(CONTENT).hexdigest()
        with unit_of_work(seller) as work:
            upload = open_upload(work, seller, filename="a.pdf", size=len(CONTENT), sha256=digest)
            path = self.folder / digest
            path.write_bytes(CONTENT)
            store_upload(work, upload, path, size=len(CONTENT), sha256=digest)
        self.tries(actor, lambda work: submit_document(
            work, actor, requirement_id=requirement.id, upload_id=upload.id or 0, number="1",
            revision=str(next(NUMBERS)), title="t", language="zh",
        ))  # fmt: skip

    @precondition(lambda self: self._revisions(RevisionState.CHECKING))
    @rule(verdict=st.sampled_from(Verdict))
    def check(self, verdict: Verdict) -> None:
        revision = self._revisions(RevisionState.CHECKING)[0]
        found = Checked(verdict, [], "application/pdf", 1, "", None)
        self.tries(SYSTEM, lambda work: finish_checks(work, revision_id=revision.id, checked=found))

    @precondition(lambda self: self._revisions(RevisionState.IN_REVIEW))
    @rule(who=WHO, verdict=st.sampled_from(ReviewVerdict))
    def review(self, who: str | None, verdict: ReviewVerdict) -> None:
        revision, actor = self._revisions(RevisionState.IN_REVIEW)[0], self.actor("quality", who)
        self.tries(actor, lambda work: review_document(
            work, actor, revision_id=revision.id, verdict=verdict, comments=[Remark("why")],
        ))  # fmt: skip

    @rule(who=WHO)
    def accept(self, who: str | None) -> None:
        actor = self.actor("buyer", who)
        self.tries(actor, lambda work: accept_delivery(work, actor, order_id=self.order_id))
        if self.seen.order.state is OrderState.ACCEPTED:
            assert not any(in_transit(s) for s in self.seen.schedules), "accepted with goods on the road"

    def _revisions(self, state: RevisionState) -> list[Any]:
        return newest(
            DocumentRevision, col(DocumentRevision.order_id) == self.order_id, col(DocumentRevision.state) == state
        )

    @invariant()
    def quantities_hold(self) -> None:
        """features.md 3.3: requested sums to the line; open, in transit and owed are never negative; over is bounded."""
        for line in self.seen.lines:
            own = [s for s in self.seen.schedules if s.line_id == line.id]
            assert sum((s.quantity for s in own), D(0)) == line.quantity
            for s in own:
                assert min(s.quantity, s.shipped, s.received, s.accepted, s.rejected, s.lost, s.never, to_ship(s)) >= 0
                assert s.received == s.accepted + s.rejected
                assert in_transit(s) >= 0
                kept = s.shipped - s.rejected - s.lost
                assert kept <= s.quantity * (1 + self.over / 100) and s.never <= s.quantity
                assert line.state not in DEAD or not s.shipped

    @invariant()
    def the_header_follows_from_its_lines(self) -> None:
        order = self.seen.order
        derived = order_state((line.state for line in self.seen.lines), acknowledged=order.acknowledged)
        assert order.state is derived or (order.state is OrderState.ACCEPTED and derived is OrderState.DELIVERED)

    @invariant()
    def nobody_but_the_parties_sees_it(self) -> None:
        with unit_of_work(writes=False) as work:
            for email in ACTORS:
                actor = self.seated.actors[email]
                seen = work.maybe(orders_visible_to(actor).where(col(Order.id) == self.order_id))
                assert (seen is not None) == (actor.party_id in (self.seen.order.buyer_id, self.seen.order.seller_id))

    def teardown(self) -> None:
        with unscoped("a test looks at all there is"), unit_of_work(writes=False) as work:
            assert list(audit.verify(work.session)) == []
            events = list(work.session.scalars(select(Event.id)))
            audited = list(work.session.scalars(select(audit.AuditEntry.event_id)))
            assert sorted(events) == sorted(audited), "every fact is audited once"
            assert list(work.session.scalars(select(DespatchAdvice.id).where(col(DespatchAdvice.version) < 1))) == []
