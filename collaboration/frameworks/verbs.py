"""What people do about framework agreements: draft, submit, approve, answer, amend, call off, end. Start here."""

from sqlmodel import col

from chain.firms.verbs import partner
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from chain.sharing.verbs import require_terms
from collaboration.frameworks import decisions
from collaboration.frameworks.amending import (
    accept_framework_amendment,
    approve_framework_amendment,
    decline_framework_amendment,
    propose_framework_amendment,
    withdraw_framework_amendment,
)
from collaboration.frameworks.approving import ask_approval, decide_approval, give_up_approval, open_approval
from collaboration.frameworks.awarded import check_as_awarded, drafted_from
from collaboration.frameworks.calling_off import call_off
from collaboration.frameworks.events import (
    FrameworkAccepted,
    FrameworkApproved,
    FrameworkDeclined,
    FrameworkDrafted,
    FrameworkEnded,
    FrameworkExpired,
    FrameworkRejected,
    FrameworkSubmitted,
    FrameworkWithdrawn,
)
from collaboration.frameworks.forms import FrameworkAwarded, LineDrafted
from collaboration.frameworks.forms import FrameworkDrafted as Drafted
from collaboration.frameworks.lifecycle import (
    FRAMEWORK_AMENDMENT_LIFE,
    FRAMEWORK_LIFE,
    FrameworkAmendmentSide,
    FrameworkSide,
    FrameworkState,
)
from collaboration.frameworks.moving import (
    breaks_of,
    framework_seen,
    framework_to_move,
    lines_of,
    open_amendment_of,
    prices_of,
    worth_with,
)
from collaboration.frameworks.tables import Framework, FrameworkLine, FrameworkPrice, FrameworkPriceBreak
from collaboration.frameworks.visibility import frameworks_visible_to
from collaboration.sourcing.ordering import award_to_turn
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotFound
from kernel.texts import words
from kernel.work import UnitOfWork

__all__ = [
    "accept_framework", "accept_framework_amendment", "approve_framework", "approve_framework_amendment", "call_off",
    "decline_framework", "decline_framework_amendment", "draft_framework", "draft_framework_from_award", "end_framework", "expire_framework",
    "propose_framework_amendment", "reject_framework", "submit_framework", "withdraw_framework",
    "withdraw_framework_amendment",
]  # fmt: skip


def draft_framework(
    work: UnitOfWork,
    actor: Actor,
    said: Drafted,
    *,
    framework_id: int | None = None,
    expected_version: int | None = None,
    quotation_id: int | None = None,
) -> Framework:
    """The buyer writes what it wants to agree on with a seller, or writes it anew. quotation_id: of an award it is made of.

    Raises NotFound, NotAllowedNow, Invalid, Stale."""
    require(actor, Role.BUYER)
    assert actor.party_id is not None
    decisions.check_drafted(said, today_of(work.now))
    if partner(work, actor, said.seller_id, field="sellerId").id == actor.party_id:
        raise Invalid("sellerId", "a firm agrees on nothing with itself", "不能与本单位签订框架协议")
    require_terms(work, actor.party_id, said.seller_id)
    items = _items(work, actor, said)
    if framework_id is None:
        found = Framework(
            number="", buyer_id=actor.party_id, seller_id=said.seller_id, currency=said.currency,
            valid_from=said.valid_from, valid_until=said.valid_until, quotation_id=quotation_id,
        )  # fmt: skip
    else:
        found = framework_to_move(
            work, actor, framework_id, "draft_framework", duty=(Role.BUYER,), expected_version=expected_version or 0
        )
        check_as_awarded(work, actor, found, said)
    _check_number(work, actor, said.number.strip(), found.id)
    found.number, found.seller_id, found.currency = said.number.strip(), said.seller_id, said.currency
    found.valid_from, found.valid_until, found.value_cap = said.valid_from, said.valid_until, said.value_cap
    found.note, found.reason, found.approved_worth = said.note.strip(), "", None
    work.add(found)
    assert found.id is not None
    _drop_lines(work, found.id)
    for line in said.lines:
        _write_line(work, found, line, items[line.item_id].unit)
    worth_with(work, found)
    work.record(FrameworkDrafted(framework_id=found.id))
    return found


def draft_framework_from_award(
    work: UnitOfWork, actor: Actor, *, quotation_id: int, said: FrameworkAwarded
) -> Framework:
    """The buyer turns all that one bid won into a draft: items, prices and minimum quantities as bid, what was awarded as caps.

    From there it is a framework like any other. Raises NotFound, NotAllowedNow, Invalid.
    """
    turned = award_to_turn(work, actor, quotation_id)
    try:
        found = draft_framework(work, actor, drafted_from(turned, said), quotation_id=quotation_id)
    except Invalid as refusal:
        if not any(field.startswith(("lines", "sellerId")) for field in refusal.fields):
            raise
        raise Invalid("quotationId", refusal.en, refusal.zh, rule=refusal.rule) from refusal
    for award in turned.awards:
        award.framework_id = found.id
    return found


def _items(work: UnitOfWork, actor: Actor, said: Drafted) -> dict[int, Item]:
    """The items of the lines, each one of the seller's that it still makes. Raises NotFound, Invalid."""
    offered = items_visible_to(actor).where(
        col(Item.firm_id) == said.seller_id, col(Item.id).in_({line.item_id for line in said.lines})
    )
    found = {item.id or 0: item for item in work.all(offered)}
    for n, line in enumerate(said.lines):
        if line.item_id not in found:
            raise NotFound(f"lines.{n}.itemId")
        if found[line.item_id].retired_on is not None:
            item = found[line.item_id]
            raise Invalid(f"lines.{n}.itemId", f"{item.number} is out of its maker's range", f"{item.number} 已停用")
    return found


def _check_number(work: UnitOfWork, actor: Actor, number: str, own_id: int | None) -> None:
    same = frameworks_visible_to(actor).where(
        col(Framework.buyer_id) == actor.party_id, col(Framework.number) == number
    )
    taken = work.maybe(same)
    if taken is not None and taken.id != own_id:
        raise Invalid("number", f"you have a framework numbered {number} already", f"框架协议编号 {number} 已存在")


def _drop_lines(work: UnitOfWork, framework_id: int) -> None:
    """What a draft said before: nobody but its own firm has agreed to any of it."""
    lines = lines_of(work, framework_id)
    prices = prices_of(work, [line.id or 0 for line in lines])
    flat = [price for own in prices.values() for price in own]
    breaks = breaks_of(work, [price.id or 0 for price in flat])
    for rows in ([step for own in breaks.values() for step in own], flat, lines):
        for row in rows:
            work.session.delete(row)
        work.session.flush()


def _write_line(work: UnitOfWork, framework: Framework, said: LineDrafted, unit: str) -> None:
    assert framework.id is not None
    clause = said.index_clause
    line = FrameworkLine(
        framework_id=framework.id, number=said.number, item_id=said.item_id, unit=unit, quantity_cap=said.quantity_cap,
        value_cap=said.value_cap, minimum_quantity=said.minimum_quantity,
    )  # fmt: skip
    if clause is not None:
        line.index_name, line.base_index, line.weight_percent = (
            clause.name.strip(),
            clause.base_index,
            clause.weight_percent,
        )
        line.most_rise_percent, line.most_fall_percent = clause.most_rise_percent, clause.most_fall_percent
        line.price_decimals, line.base_price = clause.price_decimals, said.price_breaks[0].unit_price
    work.add(line)
    assert line.id is not None
    price = work.add(FrameworkPrice(line_id=line.id, valid_from=framework.valid_from))
    assert price.id is not None
    for step in said.price_breaks:
        work.add(FrameworkPriceBreak(price_id=price.id, from_quantity=step.from_quantity, unit_price=step.unit_price))


def submit_framework(work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int) -> Framework:
    """Hand a draft to whom the firm's approval rules name for what it lets be spent. Raises NotFound, NotAllowedNow, Invalid, Stale."""
    found = framework_to_move(
        work, actor, framework_id, "submit_framework", duty=(Role.BUYER,), expected_version=expected_version
    )
    ask_approval(work, actor, found, worth_with(work, found))
    work.record(FrameworkSubmitted(framework_id=framework_id))
    return found


def _decided(
    work: UnitOfWork, actor: Actor, framework_id: int, expected_version: int, verb: str, reason: str
) -> Framework:
    found = framework_seen(work, actor, framework_id, expected_version)
    by: FrameworkSide | Side = FrameworkSide.APPROVER if found.buyer_id == actor.party_id else Side.SELLER
    found.state = FRAMEWORK_LIFE.after(found.state, verb, by=by)
    approval = open_approval(work, framework_id)
    decide_approval(work, actor, approval, is_approved=verb == "approve_framework", reason=reason)
    if approval.is_approved:
        found.approved_worth = approval.worth
    found.version += 1
    return found


def approve_framework(work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int) -> Framework:
    """Whom the rules name, or a lead, lets it be put to the seller; never one's own. Raises NotFound, NotAllowedNow, Stale."""
    found = _decided(work, actor, framework_id, expected_version, "approve_framework", "")
    work.record(FrameworkApproved(framework_id=framework_id))
    return found


def reject_framework(
    work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int, reason: str
) -> Framework:
    """The same person says no, and why: it is a draft again. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    said = words(reason, "reason", decisions.LONGEST_REASON)
    found = _decided(work, actor, framework_id, expected_version, "reject_framework", said)
    work.record(FrameworkRejected(framework_id=framework_id))
    return found


def withdraw_framework(work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int) -> Framework:
    """The buyer takes back what nobody has agreed to yet. Raises NotFound, NotAllowedNow, Stale."""
    before = framework_seen(work, actor, framework_id, expected_version).state
    found = framework_to_move(
        work, actor, framework_id, "withdraw_framework", duty=(Role.BUYER,), expected_version=expected_version
    )
    if before is FrameworkState.WAITING:
        give_up_approval(work, framework_id)
    work.record(FrameworkWithdrawn(framework_id=framework_id))
    return found


def accept_framework(work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int) -> Framework:
    """The seller agrees: from now on orders may be called off. Its prices begin today at the earliest.

    Raises NotFound, NotAllowedNow, Stale.
    """
    found = framework_to_move(
        work, actor, framework_id, "accept_framework", duty=(Role.SALES,), expected_version=expected_version
    )
    found.agreed_at, today = work.now, today_of(work.now)
    lines = lines_of(work, framework_id)
    for own in prices_of(work, [line.id or 0 for line in lines]).values():
        for price in own:
            price.agreed_at, price.valid_from = work.now, max(price.valid_from, today)
    work.record(FrameworkAccepted(framework_id=framework_id))
    return found


def decline_framework(
    work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int, reason: str
) -> Framework:
    """The seller does not agree, and says why. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    found = framework_to_move(
        work, actor, framework_id, "decline_framework", duty=(Role.SALES,), expected_version=expected_version
    )
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    work.record(FrameworkDeclined(framework_id=framework_id))
    return found


def end_framework(
    work: UnitOfWork, actor: Actor, *, framework_id: int, expected_version: int, reason: str
) -> Framework:
    """The buyer calls off no more under it; what was called off stands. Raises NotFound, NotAllowedNow, Invalid("reason"), Stale."""
    found = framework_to_move(
        work, actor, framework_id, "end_framework", duty=(Role.BUYER,), expected_version=expected_version
    )
    found.reason = words(reason, "reason", decisions.LONGEST_REASON)
    _close_amendment(work, framework_id)
    work.record(FrameworkEnded(framework_id=framework_id))
    return found


def expire_framework(work: UnitOfWork, *, framework_id: int) -> None:
    """Its last day has passed. Safe to run twice."""
    found = work.one(frameworks_visible_to(SYSTEM).where(col(Framework.id) == framework_id), lock=True)
    if found.valid_until >= today_of(work.now) or not FRAMEWORK_LIFE.verbs(found.state, Side.SYSTEM):
        return
    found.state = FRAMEWORK_LIFE.after(found.state, "expire_framework", by=Side.SYSTEM)
    found.version += 1
    _close_amendment(work, framework_id)
    work.record(FrameworkExpired(framework_id=framework_id))


def _close_amendment(work: UnitOfWork, framework_id: int) -> None:
    """What is still proposed has nothing left to change."""
    amendment = open_amendment_of(work, framework_id)
    if amendment is not None:
        amendment.state = FRAMEWORK_AMENDMENT_LIFE.after(
            amendment.state, "withdraw_framework_amendment", by=FrameworkAmendmentSide.PROPOSER
        )
        amendment.settled_at = work.now
