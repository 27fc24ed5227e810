"""A framework made of an award: what the bid that won says, as lines and caps of a draft, and that its redrafts keep that."""

from collections.abc import Mapping
from decimal import Decimal

from collaboration.frameworks import decisions
from collaboration.frameworks.forms import AwardedCap, FrameworkAwarded, FrameworkDrafted, LineDrafted, Step
from collaboration.frameworks.tables import Framework
from collaboration.sourcing.ordering import Turned, award_of, charges_of, source_of
from kernel.access import Actor
from kernel.errors import Invalid, NotAllowedNow
from kernel.quantities import ZERO, plain, positive
from kernel.work import UnitOfWork


def drafted_from(turned: Turned, said: FrameworkAwarded) -> FrameworkDrafted:
    """The draft that comes of what one bid won. Raises Invalid, NotAllowedNow."""
    offered = _by_item(turned)
    caps = _caps(said, offered)
    lines = []
    for number, (item_id, (steps, least, quantity)) in enumerate(offered.items(), start=1):
        cap = caps.get(item_id, AwardedCap(item_id, quantity))
        lines.append(LineDrafted(number, item_id, steps, cap.quantity_cap, cap.value_cap, None, least))
    return FrameworkDrafted(
        number=said.number, seller_id=turned.supplier_id, currency=turned.quotation.currency, valid_from=said.valid_from,
        valid_until=said.valid_until, lines=lines, value_cap=said.value_cap, note=_note(turned, said.note),
    )  # fmt: skip


def check_as_awarded(work: UnitOfWork, actor: Actor, found: Framework, said: FrameworkDrafted) -> None:
    """A redraft of what was made of an award. Raises Invalid."""
    if found.quotation_id is not None:
        offered = _by_item(award_of(work, actor, found.quotation_id))
        awarded = {item_id: (steps, least) for item_id, (steps, least, _) in offered.items()}
        decisions.check_as_awarded(said, found.seller_id, found.currency, awarded)


Offered = tuple[list[Step], Decimal, Decimal]
"""(prices, the least of one call-off, how much was awarded), all in the item's unit."""


def _by_item(turned: Turned) -> dict[int, Offered]:
    """Item -> what was offered and awarded of it. One awarded in two lines at the same prices is one line of a framework."""
    found: dict[int, Offered] = {}
    for award in turned.awards:
        offer = turned.offers[award.quotation_line_id]
        steps = [Step(one.from_quantity, one.unit_price) for one in turned.breaks[offer.id]]
        least = max(offer.minimum_quantity, steps[0].from_quantity)
        before = found.get(offer.item_id)
        if before is not None and before[:2] != (steps, least):
            raise NotAllowedNow(
                "one item won in two lines at different prices, and a framework has one price for an item; order it instead",
                "同一物料以不同价格中标两行，而框架协议中一个物料只有一套价格；请改为下订单", rule=decisions.AS_AWARDED,
            )  # fmt: skip
        so_far = before[2] if before else ZERO
        found[offer.item_id] = (steps, least, so_far + turned.quantity_of(award))
    return found


def _caps(said: FrameworkAwarded, offered: Mapping[int, Offered]) -> dict[int, AwardedCap]:
    found: dict[int, AwardedCap] = {}
    for n, cap in enumerate(said.caps):
        place = f"caps.{n}"
        if cap.item_id not in offered or cap.item_id in found:
            raise Invalid(
                f"{place}.itemId", "name an item this bid won, once", "请填写该报价中标的物料，每个物料一次", rule=decisions.AS_AWARDED
            )  # fmt: skip
        for name, amount in (("quantityCap", cap.quantity_cap), ("valueCap", cap.value_cap)):
            if amount is not None:
                positive(amount, f"{place}.{name}")
        if cap.quantity_cap is None and cap.value_cap is None and said.value_cap is None:
            raise Invalid(
                f"{place}.quantityCap", "say a cap in quantity or value, or one over all lines", "请填写数量上限或金额上限，或总金额上限"
            )  # fmt: skip
        least = offered[cap.item_id][1]
        if cap.quantity_cap is not None and cap.quantity_cap < least:
            raise Invalid(
                f"{place}.quantityCap", f"the bid sells no less than {plain(least)} at once", f"报价的最小订货量为 {plain(least)}",
                rule=decisions.MINIMUM,
            )  # fmt: skip
        found[cap.item_id] = cap
    return found


def _note(turned: Turned, said: str) -> str:
    """The buyer's words, and what the bid asks beside its prices, where there is room for that."""
    quotation = turned.quotation
    assert quotation.currency is not None
    head, beside = source_of(turned.rfq, quotation), []
    for award in turned.awards:
        offer = turned.offers[award.quotation_line_id]
        parts = [f"交货期 {offer.lead_time_days} 天", *charges_of(offer, quotation.currency)]
        beside.append(f"询价第 {award.line_number} 行：{'，'.join(parts)}")
    own = [said.strip()] if said.strip() else []
    whole = "\n".join([*own, head, *beside])
    return whole if len(whole) <= decisions.LONGEST_NOTE else "\n".join([*own, head])
