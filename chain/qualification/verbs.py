"""What people do about qualification: categories, propose, approve, decline, block, unblock; and what lapses by itself."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlmodel import col

from chain.certificates.decisions import Needed
from chain.certificates.reads import proofs_between
from chain.firms.verbs import partner
from chain.qualification.categories import add_category, assign_items, category_of, change_category
from chain.qualification.decisions import Evidence, check_may_order, evidence, needed_of, standing_on
from chain.qualification.events import (
    ConditionalOrderNoted,
    QualificationApproved,
    QualificationDeclined,
    QualificationLapsed,
    QualificationProposed,
    QualificationRestored,
    SupplierBlocked,
    SupplierUnblocked,
)
from chain.qualification.lifecycle import PROPOSAL_LIFE, QUALIFICATION_LIFE, ProposalState, Standing
from chain.qualification.tables import (
    CategorizedItem,
    NoteKind,
    Qualification,
    QualificationCategory,
    QualificationNote,
    QualificationProposal,
)
from chain.qualification.visibility import (
    assigned_visible_to,
    categories_visible_to,
    proposals_visible_to,
    qualifications_visible_to,
)
from kernel.access import SYSTEM, Actor, Role, Side, require
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, Rule, Stale
from kernel.inbox.verbs import settle_told
from kernel.texts import words
from kernel.work import UnitOfWork

__all__ = [
    "add_category", "approve_qualification", "assign_items", "block_supplier", "change_category", "decline_qualification",
    "propose_qualification", "require_qualified", "settle_standings", "unblock_supplier",
]  # fmt: skip

OTHER_PERSON = Rule(
    "qualification.four_eyes", "本单位另一位主管审批", "another lead of your firm, who did not propose it"
)
PROOF = Rule(
    "qualification.certificates", "供应商展示证书并经采购方质量人员核实",
    "the supplier showing its certificates and the buyer's quality person verifying them",
)  # fmt: skip
LONGEST_WORDS = 400
"""What a lead writes of a standing at its longest, in characters."""


def propose_qualification(
    work: UnitOfWork, actor: Actor, *, supplier_id: int, category_id: int, standing: Standing, condition: str = "",
    until: date | None = None, note: str = "",
) -> QualificationProposal:  # fmt: skip
    """A quality person proposes to approve a supplier in a category, or to do so on conditions. A lead decides.

    Raises NotFound, NotAllowedNow, Invalid.
    """
    partner(work, actor, supplier_id, field="supplierId")
    category_of(work, actor, category_id)
    require(actor, Role.QUALITY)
    if standing not in (Standing.APPROVED, Standing.CONDITIONAL):
        raise Invalid("standing", "propose APPROVED or CONDITIONAL", "仅可提议“合格”或“有条件合格”")
    told = words(condition, "condition", LONGEST_WORDS, least=1 if standing is Standing.CONDITIONAL else 0)
    if until is not None and until <= today_of(work.now):
        raise Invalid("until", "a qualification holds beyond today", "资格有效期应晚于今天")
    qualification = _standing(work, actor, supplier_id, category_id)
    qualification.state = QUALIFICATION_LIFE.after(qualification.state, "propose_qualification", by=Side.BUYER)
    assert qualification.id is not None
    if _open_proposals(work, actor, qualification.id):
        raise NotAllowedNow(
            "a proposal for this supplier and category waits for your lead already", "该供应商在此类别的提议正待主管审批",
            rule=Rule("qualification.one_proposal", "本单位主管先行审批", "your lead, by deciding on it"),
        )  # fmt: skip
    qualification.version += 1
    proposal = work.add(
        QualificationProposal(
            qualification_id=qualification.id, buyer_id=qualification.buyer_id, standing=standing, until=until,
            condition=told, proposed_at=work.now, by_user=actor.user_id,
        )
    )  # fmt: skip
    _note(work, actor, qualification, NoteKind.PROPOSED, note, least=0)
    assert proposal.id is not None
    work.record(QualificationProposed(proposal_id=proposal.id, standing=standing))
    return proposal


def _standing(work: UnitOfWork, actor: Actor, supplier_id: int, category_id: int) -> Qualification:
    """The standing of a supplier in one's category, locked; begun as potential where there is none."""
    assert actor.party_id is not None
    if supplier_id == actor.party_id:
        raise Invalid("supplierId", "a firm does not qualify itself", "不能评定本单位")
    own = qualifications_visible_to(actor).where(
        col(Qualification.buyer_id) == actor.party_id, col(Qualification.supplier_id) == supplier_id,
        col(Qualification.category_id) == category_id,
    )  # fmt: skip
    return work.maybe(own, lock=True) or work.add(
        Qualification(buyer_id=actor.party_id, supplier_id=supplier_id, category_id=category_id, changed_at=work.now)
    )


def _open_proposals(work: UnitOfWork, actor: Actor, qualification_id: int) -> Sequence[QualificationProposal]:
    waiting = proposals_visible_to(actor).where(
        col(QualificationProposal.qualification_id) == qualification_id,
        col(QualificationProposal.state) == ProposalState.OPEN,
    )
    return work.all(waiting, lock=True)


def _note(
    work: UnitOfWork, actor: Actor, qualification: Qualification, kind: NoteKind, text: str, *, least: int = 1,
    field: str = "note",
) -> None:  # fmt: skip
    told = words(text, field, LONGEST_WORDS, least=least)
    assert qualification.id is not None
    if told:
        work.add(
            QualificationNote(
                qualification_id=qualification.id, buyer_id=qualification.buyer_id, kind=kind, text=told,
                written_at=work.now, by_user=actor.user_id,
            )
        )  # fmt: skip


def _to_decide(work: UnitOfWork, actor: Actor, proposal_id: int) -> tuple[QualificationProposal, Qualification]:
    """A proposal of one's firm and its standing, both locked, for a lead who did not propose it."""
    seen = proposals_visible_to(actor).where(col(QualificationProposal.id) == proposal_id)
    proposal = work.one(seen, field="proposalId")
    require(actor, Role.LEAD)
    if proposal.by_user == actor.user_id:
        raise NotAllowedNow(
            "who proposes does not approve: ask another lead",
            "提议人不能审批自己的提议，请由另一位主管审批",
            rule=OTHER_PERSON,
        )
    mine = qualifications_visible_to(actor).where(col(Qualification.id) == proposal.qualification_id)
    return work.one(seen, lock=True), work.one(mine, lock=True)


def approve_qualification(
    work: UnitOfWork, actor: Actor, *, proposal_id: int, expected_version: int, note: str = ""
) -> Qualification:
    """A lead makes a proposal the supplier's standing. Fully approved only while every certificate needed holds.

    Raises NotFound, NotAllowedNow, Stale.
    """
    proposal, qualification = _to_decide(work, actor, proposal_id)
    PROPOSAL_LIFE.after(proposal.state, "approve_qualification", by=Side.BUYER)
    if qualification.version != expected_version:
        raise Stale(qualification.version)
    known = _evidence(work, [qualification])[qualification.id or 0]
    if proposal.standing is Standing.APPROVED and (known.missing or _past(proposal.until, today_of(work.now))):
        raise NotAllowedNow(
            "certificates this category needs are missing or not verified; have them shown, or approve on conditions",
            "该类别要求的证书尚缺或未核实；请索取并核实，或改为有条件合格",
            rule=PROOF,
        )  # fmt: skip
    proposal.state = PROPOSAL_LIFE.after(proposal.state, "approve_qualification", by=Side.BUYER)
    proposal.decided_at = work.now
    qualification.state = QUALIFICATION_LIFE.after(
        qualification.state, "approve_qualification", by=Side.BUYER, outcome=proposal.standing
    )
    qualification.until, qualification.condition, qualification.lapsed_on = proposal.until, proposal.condition, None
    _moved(work, qualification)
    _note(work, actor, qualification, NoteKind.DECIDED, note, least=0)
    settle(work, qualification)
    assert qualification.id is not None
    work.record(
        QualificationApproved(
            qualification_id=qualification.id, proposal_id=proposal_id, state=qualification.state, until=proposal.until
        )
    )
    return qualification


def _past(until: date | None, on: date) -> bool:
    return until is not None and until < on


def _moved(work: UnitOfWork, qualification: Qualification) -> None:
    qualification.version += 1
    qualification.changed_at = work.now


def decline_qualification(work: UnitOfWork, actor: Actor, *, proposal_id: int, reason: str) -> QualificationProposal:
    """A lead does not take a proposal; the standing stays. Raises NotFound, NotAllowedNow, Invalid("reason")."""
    proposal, qualification = _to_decide(work, actor, proposal_id)
    proposal.state = PROPOSAL_LIFE.after(proposal.state, "decline_qualification", by=Side.BUYER)
    proposal.decided_at = work.now
    _note(work, actor, qualification, NoteKind.DECLINED, reason, field="reason")
    qualification.version += 1
    work.record(QualificationDeclined(proposal_id=proposal_id))
    return proposal


def block_supplier(
    work: UnitOfWork, actor: Actor, *, supplier_id: int, category_id: int, reason: str, told: str = ""
) -> Qualification:
    """A lead stops new orders to a supplier in a category. ``reason`` stays inside, ``told`` is what the supplier reads.

    Orders already placed go on. Raises NotFound, NotAllowedNow, Invalid.
    """
    partner(work, actor, supplier_id, field="supplierId")
    category_of(work, actor, category_id)
    require(actor, Role.LEAD)
    qualification = _standing(work, actor, supplier_id, category_id)
    assert qualification.id is not None
    qualification.state = QUALIFICATION_LIFE.after(qualification.state, "block_supplier", by=Side.BUYER)
    for proposal in _open_proposals(work, actor, qualification.id):
        proposal.state = PROPOSAL_LIFE.after(proposal.state, "block_supplier", by=Side.BUYER)
        proposal.decided_at = work.now
        settle_told(work, subject=("QualificationProposal", proposal.id or 0), whats=["qualification_proposed"])
    qualification.condition = words(told, "told", LONGEST_WORDS, least=0)
    qualification.lapsed_on, qualification.lapses_on = None, None
    _moved(work, qualification)
    _note(work, actor, qualification, NoteKind.BLOCKED, reason, field="reason")
    work.record(SupplierBlocked(qualification_id=qualification.id))
    return qualification


def unblock_supplier(
    work: UnitOfWork, actor: Actor, *, qualification_id: int, expected_version: int, reason: str
) -> Qualification:
    """A lead lifts a block: the supplier is potential again, to be qualified anew by two persons.

    Raises NotFound, NotAllowedNow, Stale, Invalid("reason").
    """
    mine = qualifications_visible_to(actor).where(col(Qualification.buyer_id) == actor.party_id)
    qualification = work.one(mine.where(col(Qualification.id) == qualification_id), lock=True, field="qualificationId")
    require(actor, Role.LEAD)
    qualification.state = QUALIFICATION_LIFE.after(qualification.state, "unblock_supplier", by=Side.BUYER)
    if qualification.version != expected_version:
        raise Stale(qualification.version)
    qualification.condition, qualification.until = "", None
    _moved(work, qualification)
    _note(work, actor, qualification, NoteKind.UNBLOCKED, reason, field="reason")
    work.record(SupplierUnblocked(qualification_id=qualification_id))
    return qualification


def settle_standings(
    work: UnitOfWork, *, supplier_id: int | None = None, buyer_id: int | None = None, category_id: int | None = None,
    day_passed: bool = False,
) -> int:  # fmt: skip
    """Let standings follow the certificates they rest on; how many changed. ``day_passed``: only those past their day.

    Safe to run any number of times.
    """
    touched = qualifications_visible_to(SYSTEM).where(
        col(Qualification.state).in_((Standing.APPROVED, Standing.CONDITIONAL))
    )
    for column, value in (("supplier_id", supplier_id), ("buyer_id", buyer_id), ("category_id", category_id)):
        if value is not None:
            touched = touched.where(col(getattr(Qualification, column)) == value)
    if day_passed:
        # What lapsed may be whole again by a renewal verified before its first day.
        touched = touched.where(
            (col(Qualification.lapses_on) < today_of(work.now)) | col(Qualification.lapsed_on).is_not(None)
        )
    found = work.all(touched.order_by(col(Qualification.id)), lock=True)
    known = _evidence(work, found)
    return sum(settle(work, one, known[one.id or 0]) for one in found)


def settle(work: UnitOfWork, qualification: Qualification, known: Evidence | None = None) -> bool:
    """One standing after its certificates: approved lapses, what only lapsed is restored; whether its state moved."""
    known = known or _evidence(work, [qualification])[qualification.id or 0]
    today = today_of(work.now)
    qualification.lapses_on = known.lapses_on
    incomplete = bool(known.missing) or _past(qualification.until, today)
    if qualification.state is Standing.APPROVED and incomplete:
        lapse_qualification(work, qualification, known)
        return True
    if qualification.state is Standing.CONDITIONAL and qualification.lapsed_on is not None and not incomplete:
        restore_qualification(work, qualification)
        return True
    return False


def lapse_qualification(work: UnitOfWork, qualification: Qualification, known: Evidence) -> None:
    """Something it rested on holds no longer: approved becomes conditional by itself."""
    qualification.state = QUALIFICATION_LIFE.after(qualification.state, "lapse_qualification", by=Side.SYSTEM)
    qualification.lapsed_on = today_of(work.now)
    _moved(work, qualification)
    assert qualification.id is not None
    missing = tuple(n.named or n.kind.value for n in known.missing)
    work.record(
        QualificationLapsed(qualification_id=qualification.id, missing=missing, state=Standing(qualification.state))
    )


def restore_qualification(work: UnitOfWork, qualification: Qualification) -> None:
    """All it had lost is back and verified, and nobody had set a condition: approved again by itself."""
    qualification.state = QUALIFICATION_LIFE.after(qualification.state, "restore_qualification", by=Side.SYSTEM)
    qualification.lapsed_on = None
    _moved(work, qualification)
    assert qualification.id is not None
    work.record(QualificationRestored(qualification_id=qualification.id, state=Standing(qualification.state)))


def _evidence(work: UnitOfWork, found: Iterable[Qualification]) -> dict[int, Evidence]:
    """Qualification number -> what its certificates come to today."""
    found = list(found)
    today = today_of(work.now)
    categories = categories_visible_to(SYSTEM).where(col(QualificationCategory.id).in_({q.category_id for q in found}))
    needs: dict[int | None, list[Needed]] = {c.id: [needed_of(k) for k in c.needs] for c in work.all(categories)}
    proofs = proofs_between(work, SYSTEM, {(q.buyer_id, q.supplier_id) for q in found})
    return {q.id or 0: evidence(needs[q.category_id], proofs[q.buyer_id, q.supplier_id], q.until, today) for q in found}


def require_qualified(
    work: UnitOfWork, actor: Actor, *, supplier_id: int, item_ids: Collection[int], reason: str | None = None
) -> None:
    """Whether a buyer may order these items of a supplier, line by line. A conditional one needs a reason, which is kept.

    Raises NotAllowedNow. No category, no rule.
    """
    own = assigned_visible_to(actor).where(col(CategorizedItem.item_id).in_(item_ids))
    category = {row.item_id: row.category_id for row in work.all(own) if row.category_id is not None}
    if not category:
        return
    rules = categories_visible_to(actor).where(col(QualificationCategory.id).in_(set(category.values())))
    strict = {c.id for c in work.all(rules) if c.qualified_only}
    mine = qualifications_visible_to(actor).where(
        col(Qualification.buyer_id) == actor.party_id, col(Qualification.supplier_id) == supplier_id,
        col(Qualification.category_id).in_(set(category.values())),
    )  # fmt: skip
    standings = {q.category_id: q for q in work.all(mine)}
    why = words(reason, "conditionalReason", LONGEST_WORDS) if reason else None
    noted = set()
    for position, item_id in enumerate(item_ids):
        if item_id not in category:
            continue
        found = standings.get(category[item_id])
        counts = standing_on(found.state, found.lapses_on, today_of(work.now)) if found else None
        check_may_order(
            counts, qualified_only=category[item_id] in strict, reason=why, place=f"lines.{position}.itemId"
        )
        if found and counts is Standing.CONDITIONAL and why and found.id not in noted:
            noted.add(found.id)
            _note(work, actor, found, NoteKind.ORDERED, why)
            work.record(ConditionalOrderNoted(qualification_id=found.id or 0))
