"""How a buyer matches invoices: said by a lead, for all sellers or for one."""

from sqlmodel import col

from chain.firms.verbs import partner
from collaboration.settlement import decisions
from collaboration.settlement.events import SettlementTermsSet
from collaboration.settlement.forms import TermsGiven
from collaboration.settlement.tables import SettlementTerms
from collaboration.settlement.visibility import settlement_terms_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid
from kernel.work import UnitOfWork


def set_settlement_terms(
    work: UnitOfWork, actor: Actor, given: TermsGiven, *, seller_id: int | None = None
) -> SettlementTerms:
    """From now on: what waits is judged anew by a reaction; what was submitted keeps the share held then.

    seller_id: for this seller alone, in place of what holds for all. Raises NotFound, NotAllowedNow, Invalid.
    """
    require(actor, Role.LEAD)
    assert actor.party_id is not None
    if seller_id is not None and partner(work, actor, seller_id, field="sellerId").id == actor.party_id:
        raise Invalid("sellerId", "a firm sends itself no invoices", "不能对本单位设定")
    decisions.check_terms(given)
    own = settlement_terms_visible_to(actor).where(col(SettlementTerms.seller_id).is_not_distinct_from(seller_id))
    terms = work.maybe(own, lock=True)
    if terms is None:
        terms = SettlementTerms(buyer_id=actor.party_id, seller_id=seller_id, currency=given.currency, set_at=work.now)
    for name, value in vars(given).items():
        setattr(terms, name, value)
    terms.set_at = work.now
    work.add(terms)
    assert terms.id is not None
    work.record(SettlementTermsSet(terms_id=terms.id))
    return terms
