"""Amend a framework agreement: one side proposes other caps, days or prices, the other agrees; prices never reach back."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import col

from collaboration.frameworks import decisions
from collaboration.frameworks.approving import (
    ask_approval,
    check_may_decide,
    decide_approval,
    give_up_approval,
    may_decide,
    named_approver,
    open_approval,
)
from collaboration.frameworks.decisions import Called, index_price
from collaboration.frameworks.events import (
    FrameworkAmendmentAccepted,
    FrameworkAmendmentApproved,
    FrameworkAmendmentDeclined,
    FrameworkAmendmentProposed,
    FrameworkAmendmentWithdrawn,
)
from collaboration.frameworks.forms import Amended, IndexClause, LineAmended, Step
from collaboration.frameworks.lifecycle import (
    FRAMEWORK_AMENDMENT_LIFE,
    FRAMEWORK_LIFE,
    FrameworkAmendmentSide,
    FrameworkAmendmentState,
)
from collaboration.frameworks.moving import (
    DUTY,
    breaks_of,
    cap_changes_of,
    framework_seen,
    lines_of,
    open_amendment_of,
    prices_of,
    worth_with,
)
from collaboration.frameworks.tables import (
    Framework,
    FrameworkAmendment,
    FrameworkAmendmentLine,
    FrameworkApproval,
    FrameworkLine,
    FrameworkPrice,
    FrameworkPriceBreak,
)
from collaboration.frameworks.visibility import framework_amendments_visible_to, side_of
from collaboration.orders.capping import called_under
from collaboration.requisitions.reads import APPROVERS
from kernel.access import Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow
from kernel.quantities import ZERO, positive
from kernel.texts import words
from kernel.work import UnitOfWork

BY = FrameworkAmendmentSide


def propose_framework_amendment(
    work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int, said: Amended
) -> FrameworkAmendment:
    """One firm says what is to be otherwise; the last agreement stands until the other accepts.

    What lets the buyer spend more than was approved waits for whom its rules name first. A price a line's index makes is
    reckoned here from the index as it was read. Raises NotFound, Stale, NotAllowedNow, Invalid naming the field.
    """
    framework = framework_seen(work, actor, framework_id, expected_version)
    side = side_of(framework, actor)
    framework.state = FRAMEWORK_LIFE.after(framework.state, "propose_framework_amendment", by=side)
    require(actor, *DUTY[side])
    framework.version += 1
    if open_amendment_of(work, framework_id) is not None:
        raise NotAllowedNow(
            "an amendment of this framework is open, one at a time; settle that one first",
            "该框架协议有一项未决的变更，同一时间只能有一项；请先了结该项", rule=decisions.ONE_OPEN,
        )  # fmt: skip
    lines = {line.id or 0: line for line in lines_of(work, framework_id)}
    _check(work, framework, said, lines)
    amendment = _write(work, actor, framework, said)
    _write_lines(work, amendment, said.lines, lines, today_of(work.now))
    worth = worth_with(work, framework, amendment)
    if amendment.proposed_by is Side.BUYER and worth > (framework.approved_worth or ZERO):
        amendment.state = FrameworkAmendmentState.WAITING
        ask_approval(work, actor, framework, worth, amendment_id=amendment.id)
    else:
        amendment.proposed_at = work.now
    told = framework_id if amendment.proposed_at else None
    work.record(FrameworkAmendmentProposed(framework_id=framework_id, told_of=told, number=amendment.number))
    return amendment


def _check(work: UnitOfWork, framework: Framework, said: Amended, lines: dict[int, FrameworkLine]) -> None:
    today = today_of(work.now)
    words(said.note, "note", decisions.LONGEST_NOTE, least=0)
    if said.valid_until is None and said.value_cap is None and not said.lines:
        raise Invalid("lines", "say what is to be otherwise", "请填写需变更的内容")
    if said.valid_until is not None:
        decisions.check_until(said.valid_until, today)
    called = _called(work, framework.id or 0)
    if said.value_cap is not None:
        positive(said.value_cap, "valueCap")
        decisions.check_not_below_called(said.value_cap, _sum(called.values()).value, "valueCap")
    seen = set[int]()
    for n, one in enumerate(said.lines):
        place = f"lines.{n}"
        if one.line_id not in lines:
            raise Invalid(f"{place}.lineId", "this line is not of this framework", "该行不属于此框架协议")
        if one.line_id in seen:
            raise Invalid(f"{place}.lineId", "this line is named twice", "同一行重复填写")
        seen.add(one.line_id)
        _check_line(one, lines[one.line_id], called.get(one.line_id, Called()), place, today)


def _check_line(said: LineAmended, line: FrameworkLine, called: Called, place: str, today: date) -> None:
    priced = bool(said.price_breaks) + (said.index is not None)
    if said.quantity_cap is None and said.value_cap is None and not priced:
        raise Invalid(f"{place}.lineId", "say what of this line is to be otherwise", "请填写该行需变更的内容")
    for name, cap, so_far in (
        ("quantityCap", said.quantity_cap, called.quantity), ("valueCap", said.value_cap, called.value),
    ):  # fmt: skip
        if cap is not None:
            decisions.check_not_below_called(positive(cap, f"{place}.{name}"), so_far, f"{place}.{name}")
    if priced > 1:
        raise Invalid(
            f"{place}.priceBreaks",
            "a price is said, or reckoned from its index, not both",
            "价格或直接填写，或按指数计算，二者择一",
        )
    if bool(priced) != (said.price_from is not None):
        raise Invalid(f"{place}.priceFrom", "a new price says from which day on", "新价格须填写生效日期")
    if said.price_from is not None:
        decisions.check_not_retroactive(said.price_from, today, f"{place}.priceFrom")
    if said.price_breaks:
        decisions.check_breaks(said.price_breaks, f"{place}.priceBreaks", line.minimum_quantity)
        if line.index_name:
            decisions.check_one_price(said.price_breaks, f"{place}.priceBreaks")
    if said.index is not None:
        if not line.index_name:
            raise Invalid(
                f"{place}.index", "this line's price follows no index", "该行未约定按指数调价", rule=decisions.NO_CLAUSE
            )
        decisions.check_index(said.index, today, f"{place}.index")


def _write(work: UnitOfWork, actor: Actor, framework: Framework, said: Amended) -> FrameworkAmendment:
    assert framework.id is not None
    earlier = framework_amendments_visible_to(actor).where(col(FrameworkAmendment.framework_id) == framework.id)
    last = max((one.number for one in work.all(earlier)), default=0)
    return work.add(
        FrameworkAmendment(
            framework_id=framework.id, number=last + 1, state=FrameworkAmendmentState.PROPOSED,
            proposed_by=side_of(framework, actor), by_user=actor.user_id, written_at=work.now, note=said.note.strip(),
            valid_until=said.valid_until, value_cap=said.value_cap,
        )
    )  # fmt: skip


def _write_lines(
    work: UnitOfWork, amendment: FrameworkAmendment, said: Sequence[LineAmended], lines: dict[int, FrameworkLine],
    today: date,
) -> None:  # fmt: skip
    assert amendment.id is not None
    for n, one in enumerate(said):
        if one.quantity_cap is not None or one.value_cap is not None:
            work.add(
                FrameworkAmendmentLine(
                    amendment_id=amendment.id,
                    line_id=one.line_id,
                    quantity_cap=one.quantity_cap,
                    value_cap=one.value_cap,
                )
            )
        if one.price_from is None:
            continue
        price = FrameworkPrice(line_id=one.line_id, amendment_id=amendment.id, valid_from=one.price_from)
        breaks = one.price_breaks
        if one.index is not None:
            breaks = [_by_index(work, lines[one.line_id], one, price, f"lines.{n}.index.value")]
        work.add(price)
        assert price.id is not None
        for step in breaks:
            work.add(
                FrameworkPriceBreak(price_id=price.id, from_quantity=step.from_quantity, unit_price=step.unit_price)
            )


def _by_index(work: UnitOfWork, line: FrameworkLine, said: LineAmended, price: FrameworkPrice, place: str) -> Step:
    """The one price the line's clause makes of its index, beside what it costs until then. Raises Invalid."""
    assert said.index is not None and said.price_from is not None and line.base_price is not None
    agreed = [one for one in prices_of(work, [line.id or 0])[line.id or 0] if one.agreed_at is not None]
    standing = decisions.price_entry_on(agreed, said.price_from)
    assert standing is not None and standing.id is not None
    (before,) = breaks_of(work, [standing.id])[standing.id]
    price.index_value, price.index_on, price.index_source = said.index.value, said.index.on, said.index.source.strip()
    price.price_before = before.unit_price
    made = index_price(
        clause_of(line), base_price=line.base_price, index=said.index.value, price_before=before.unit_price
    )
    if made.price <= 0 or made.price == before.unit_price:
        raise Invalid(place, "with this value the price stays as it is", "按该指数计算，价格没有变化")
    return Step(ZERO, made.price)


def clause_of(line: FrameworkLine) -> IndexClause:
    """The clause of a line that has one."""
    assert line.base_index is not None and line.weight_percent is not None and line.price_decimals is not None
    return IndexClause(
        line.index_name, line.base_index, line.weight_percent, line.price_decimals, line.most_rise_percent,
        line.most_fall_percent,
    )  # fmt: skip


def _to_move(
    work: UnitOfWork, actor: Actor, amendment_id: int, expected_version: int, verb: str
) -> tuple[FrameworkAmendment, Framework]:
    """The amendment moved on by the verb, with its framework. Raises NotFound, Stale, NotAllowedNow."""
    seen = framework_amendments_visible_to(actor).where(col(FrameworkAmendment.id) == amendment_id)
    framework = framework_seen(work, actor, work.one(seen, field="amendmentId").framework_id, expected_version)
    amendment = work.one(seen, lock=True, field="amendmentId")
    own = side_of(framework, actor) is amendment.proposed_by
    by = BY.PROPOSER if own else BY.ANSWERER
    if verb == "approve_framework_amendment" and own and amendment.proposed_by is Side.BUYER:
        by = BY.APPROVER
    amendment.state = FRAMEWORK_AMENDMENT_LIFE.after(amendment.state, verb, by=by)
    framework.version += 1
    return amendment, framework


def approve_framework_amendment(
    work: UnitOfWork, actor: Actor, *, amendment_id: int, expected_version: int
) -> FrameworkAmendment:
    """Whom the buyer's rules name lets a colleague's amendment be put to the seller. Raises NotFound, NotAllowedNow, Stale."""
    amendment, framework = _to_move(work, actor, amendment_id, expected_version, "approve_framework_amendment")
    approval = open_approval(work, amendment.framework_id, amendment_id)
    decide_approval(work, actor, approval, is_approved=True)
    framework.approved_worth, amendment.proposed_at = approval.worth, work.now
    work.record(FrameworkAmendmentApproved(framework_id=amendment.framework_id, number=amendment.number))
    return amendment


def accept_framework_amendment(
    work: UnitOfWork, actor: Actor, *, amendment_id: int, expected_version: int
) -> FrameworkAmendment:
    """The other firm agrees: caps, days and prices are what was proposed from now on, and from their day on.

    At the buyer, what lets it spend more than was approved is for whom its rules name. Raises NotFound, NotAllowedNow, Stale.
    """
    amendment, framework = _to_move(work, actor, amendment_id, expected_version, "accept_framework_amendment")
    _check_duty(work, actor, amendment, framework)
    today, lines = today_of(work.now), lines_of(work, amendment.framework_id)
    called = _called(work, amendment.framework_id)
    changes = cap_changes_of(work, amendment_id)
    for line in lines:
        change, so_far = changes.get(line.id or 0), called.get(line.id or 0, Called())
        if change is not None:
            decisions.check_not_below_called(change.quantity_cap, so_far.quantity, "")
            decisions.check_not_below_called(change.value_cap, so_far.value, "")
            line.quantity_cap = line.quantity_cap if change.quantity_cap is None else change.quantity_cap
            line.value_cap = line.value_cap if change.value_cap is None else change.value_cap
    for own in prices_of(work, [line.id or 0 for line in lines]).values():
        for price in [one for one in own if one.amendment_id == amendment_id]:
            decisions.check_not_retroactive(price.valid_from, today)
            price.agreed_at = work.now
    if amendment.value_cap is not None:
        decisions.check_not_below_called(amendment.value_cap, _sum(called.values()).value, "")
        framework.value_cap = amendment.value_cap
    if amendment.valid_until is not None:
        decisions.check_until(amendment.valid_until, today)
        framework.valid_until = amendment.valid_until
    amendment.settled_at = work.now
    work.record(FrameworkAmendmentAccepted(framework_id=amendment.framework_id, number=amendment.number))
    return amendment


def _check_duty(work: UnitOfWork, actor: Actor, amendment: FrameworkAmendment, framework: Framework) -> None:
    worth = worth_with(work, framework, amendment)
    if not _asks_approval(framework, amendment, worth):
        require(actor, *DUTY[side_of(framework, actor)], Role.LEAD)
        return
    require(actor, *APPROVERS)
    named = named_approver(work, actor, framework, worth, asked_by=0)
    check_may_decide(actor, named)
    work.add(
        FrameworkApproval(
            framework_id=amendment.framework_id, amendment_id=amendment.id, worth=worth, asked_by=amendment.by_user,
            asked_at=amendment.written_at, approver_id=named, decided_by=actor.user_id, decided_at=work.now,
            is_approved=True,
        )
    )  # fmt: skip
    framework.approved_worth = worth


def _asks_approval(framework: Framework, amendment: FrameworkAmendment, worth: Decimal) -> bool:
    """Whether what the seller proposes lets the buyer spend more than its firm has approved."""
    return amendment.proposed_by is Side.SELLER and worth > (framework.approved_worth or ZERO)


def may_accept(work: UnitOfWork, actor: Actor, amendment: FrameworkAmendment, framework: Framework) -> bool:
    """Whether it is for this very person, of the other firm, to accept an amendment that is proposed."""
    worth = worth_with(work, framework, amendment)
    if not _asks_approval(framework, amendment, worth):
        return actor.has(*DUTY[side_of(framework, actor)], Role.LEAD)
    try:
        return may_decide(actor, named_approver(work, actor, framework, worth, asked_by=0))
    except Invalid:  # the firm has rules, and none in this currency
        return False


def decline_framework_amendment(
    work: UnitOfWork, actor: Actor, *, amendment_id: int, expected_version: int, reason: str
) -> FrameworkAmendment:
    """The other firm does not agree, and says why: what was agreed stands. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    amendment, framework = _to_move(work, actor, amendment_id, expected_version, "decline_framework_amendment")
    require(actor, *DUTY[side_of(framework, actor)], Role.LEAD)
    amendment.reason, amendment.settled_at = words(reason, "reason", decisions.LONGEST_REASON), work.now
    work.record(FrameworkAmendmentDeclined(framework_id=amendment.framework_id, number=amendment.number))
    return amendment


def withdraw_framework_amendment(
    work: UnitOfWork, actor: Actor, *, amendment_id: int, expected_version: int
) -> FrameworkAmendment:
    """The firm that proposed it takes it back; so may its lead. Raises NotFound, NotAllowedNow, Stale."""
    amendment, framework = _to_move(work, actor, amendment_id, expected_version, "withdraw_framework_amendment")
    require(actor, *DUTY[side_of(framework, actor)], Role.LEAD)
    amendment.settled_at = work.now
    if amendment.proposed_at is None:
        give_up_approval(work, amendment.framework_id, amendment_id)
    told = amendment.framework_id if amendment.proposed_at else None
    work.record(FrameworkAmendmentWithdrawn(framework_id=amendment.framework_id, told_of=told, number=amendment.number))
    return amendment


def _called(work: UnitOfWork, framework_id: int) -> dict[int, Called]:
    """Line -> what all orders under it call off."""
    return {line_id: _sum(own.values()) for line_id, own in called_under(work, framework_id).items()}


def _sum(parts: Iterable[Called]) -> Called:
    return sum(parts, Called())
