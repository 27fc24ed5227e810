"""Propose, accept, decline and withdraw the terms two firms exchange under; nothing new begins before both accepted."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256 as digest

from sqlmodel import col

from chain.firms.tables import Firm
from chain.firms.verbs import partner
from chain.firms.visibility import firms_visible_to
from chain.sharing.decisions import NOTICE_DAYS, in_force
from chain.sharing.events import TermsAccepted, TermsDeclined, TermsProposed, TermsWithdrawn
from chain.sharing.lifecycle import TERMS_LIFE, TermsSide, TermsState
from chain.sharing.standard_terms import STANDARD_SHA256, STANDARD_TEXT
from chain.sharing.tables import TermsAcceptance, TermsText, TermsVersion
from chain.sharing.visibility import acceptances_visible_to, terms_between
from kernel import db
from kernel.access import SYSTEM, Actor, Role, require
from kernel.accounts.tables import Person
from kernel.accounts.visibility import people_visible_to
from kernel.clock import today_of
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule, Stale
from kernel.work import UnitOfWork

SIGNERS = (Role.LEAD, Role.SALES)
"""A firm's lead signs; where a firm has no lead, its sales."""
LONGEST_TEXT = 20_000
SIGNING = Rule("sharing.signer", "本单位主管", "your firm's lead")
ONE_PROPOSAL = Rule(
    "sharing.one_proposal", "对方答复或提出方撤回", "the answer to the open proposal, or its withdrawal"
)


def require_terms(work: UnitOfWork, one_party_id: int, other_party_id: int) -> None:
    """Both firms have accepted the terms in force between them today: the condition of anything new. Raises NotAllowedNow."""
    missing, number = missing_acceptances(work, one_party_id, other_party_id)
    if not missing:
        return
    names = {f.id: f.name for f in work.all(firms_visible_to(work.actor).where(col(Firm.id).in_(missing)))}
    zh, en = (joint.join(names.get(firm, unknown) for firm in missing)
              for joint, unknown in (("、", "对方"), (" and ", "the other firm")))  # fmt: skip
    raise NotAllowedNow(
        f"nothing new is begun before both firms accepted version {number} of their data-sharing terms; "
        f"not accepted yet by {en}",
        f"双方均接受数据共享条款第 {number} 版后方可开始新的往来；尚未接受：{zh}",
        rule=Rule("sharing.terms", f"{zh}接受条款", f"{en}, by accepting the terms"),
    )


def missing_acceptances(work: UnitOfWork, one: int, other: int) -> tuple[list[int], int]:
    """(which of two firms have not accepted the version in force today, its number)."""
    if one == other:
        return [], 0
    versions = work.all(terms_between(one, other))
    current = in_force(versions, today_of(work.now))
    if current is None:
        return sorted((one, other)), len(versions) + 1
    if current.state is TermsState.ACCEPTED:
        return [], current.number
    return [firm for firm in sorted((one, other)) if firm not in _signed(work, current)], current.number


def propose_terms(work: UnitOfWork, actor: Actor, *, partner_id: int, text: str, effective_on: date) -> TermsVersion:
    """Ask a partner to accept a text of one's own; the firm that proposes has accepted it.

    Until its day, and where the partner declines, what was in force stays so. Raises NotFound, NotAllowedNow, Invalid.
    """
    known = _partner_to_agree_with(work, actor, partner_id)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise Invalid("text", f"terms have 1 to {LONGEST_TEXT} characters", f"条款为 1 至 {LONGEST_TEXT} 个字符")
    versions = work.all(terms_between(actor.party_id or 0, known))
    if any(v.state is TermsState.PROPOSED for v in versions):
        raise NotAllowedNow(
            "a version is waiting for an answer already; accept or decline it, or take your own back",
            "已有一版条款等待答复；请先接受或不接受，或撤回本单位的提议",
            rule=ONE_PROPOSAL,
        )
    today = today_of(work.now)
    current = in_force(versions, today)
    earliest = today if current is None else today + timedelta(days=NOTICE_DAYS)
    if not earliest <= effective_on <= today + timedelta(days=366):
        raise Invalid(
            "effectiveOn", f"these terms take effect from {earliest} on, within a year",
            f"生效日应不早于 {earliest} 且在一年之内",
        )  # fmt: skip
    version = _write(work, actor.party_id or 0, known, text, effective_on, actor.party_id, versions)
    _sign(work, actor, version)
    work.record(
        TermsProposed(terms_id=version.id or 0, number=version.number, sha256=version.sha256, effective_on=effective_on)
    )
    return version


def accept_terms(work: UnitOfWork, actor: Actor, *, partner_id: int, sha256: str) -> TermsVersion:
    """Accept the open version of one's terms with a partner, or else the standard text, by the hash of what one read.

    Raises NotFound, NotAllowedNow, Stale where another text stands now.
    """
    known = _partner_to_agree_with(work, actor, partner_id)
    version, versions = _open_version(work, actor, known)
    today = today_of(work.now)
    if version is None:
        if in_force(versions, today) is not None:
            raise NotAllowedNow("there is nothing to accept: both have accepted", "双方均已接受，无需再次接受")
        if sha256 != STANDARD_SHA256:
            raise Stale(len(versions) + 1)
        version = _write(work, actor.party_id or 0, known, STANDARD_TEXT, None, None, versions)
    if sha256 != version.sha256:
        raise Stale(version.number)
    signed = _signed(work, version)
    outcome = "both" if signed - {actor.party_id} else "first"
    version.state = TERMS_LIFE.after(version.state, "accept_terms", by=_side(signed, actor), outcome=outcome)
    _sign(work, actor, version)
    work.record(
        TermsAccepted(terms_id=version.id or 0, number=version.number, sha256=sha256, by_both=outcome == "both")
    )
    return version


def decline_terms(work: UnitOfWork, actor: Actor, *, partner_id: int) -> TermsVersion:
    """Refuse the open version: what was in force stays so. Raises NotFound, NotAllowedNow."""
    version = _version_to_move(work, actor, partner_id, "decline_terms")
    work.record(TermsDeclined(terms_id=version.id or 0, number=version.number))
    return version


def withdraw_terms(work: UnitOfWork, actor: Actor, *, partner_id: int) -> TermsVersion:
    """Take back what the other firm has not accepted yet. Raises NotFound, NotAllowedNow."""
    version = _version_to_move(work, actor, partner_id, "withdraw_terms")
    work.record(TermsWithdrawn(terms_id=version.id or 0, number=version.number))
    return version


def _version_to_move(work: UnitOfWork, actor: Actor, partner_id: int, verb: str) -> TermsVersion:
    known = _partner_to_agree_with(work, actor, partner_id)
    version, _ = _open_version(work, actor, known)
    if version is None:
        raise NotAllowedNow("no version of the terms is waiting", "没有等待答复的条款")
    version.state = TERMS_LIFE.after(version.state, verb, by=_side(_signed(work, version), actor))
    return version


def signs(work: UnitOfWork, actor: Actor) -> bool:
    """Whether this person signs for its firm."""
    if actor.has(Role.LEAD):
        return True
    colleagues = people_visible_to(actor).where(col(Person.party_id) == actor.party_id, col(Person.closed_at).is_(None))
    leads = any(Role.LEAD in person.roles.split() for person in work.rows(colleagues))
    return actor.has(Role.SALES) and not leads


def _partner_to_agree_with(work: UnitOfWork, actor: Actor, partner_id: int) -> int:
    require(actor, *SIGNERS)
    known = partner(work, actor, partner_id, field="partnerId")
    assert actor.party_id is not None and known.id is not None
    if known.id == actor.party_id:
        raise NotFound("partnerId")
    if not signs(work, actor):
        raise NotAllowedNow(
            "terms are signed by your firm's lead; ask that colleague", "条款由本单位主管签署，请联系主管", rule=SIGNING
        )
    return known.id


def _open_version(work: UnitOfWork, actor: Actor, other: int) -> tuple[TermsVersion | None, Sequence[TermsVersion]]:
    versions = work.all(terms_between(actor.party_id or 0, other), lock=True)
    return next((v for v in versions if v.state is TermsState.PROPOSED), None), versions


def _side(signed: set[int], actor: Actor) -> TermsSide:
    return TermsSide.SIGNED if actor.party_id in signed else TermsSide.ASKED


def _signed(work: UnitOfWork, version: TermsVersion) -> set[int]:
    given = acceptances_visible_to(SYSTEM).where(col(TermsAcceptance.version_id) == version.id)
    return {row.firm_id for row in work.rows(given)}


def _sign(work: UnitOfWork, actor: Actor, version: TermsVersion) -> None:
    assert version.id is not None and actor.party_id is not None
    work.add(
        TermsAcceptance(
            version_id=version.id, firm_id=actor.party_id, by_user=actor.user_id, at=work.now, sha256=version.sha256
        )
    )


def _write(
    work: UnitOfWork, one: int, other: int, text: str, effective_on: date | None, proposer_id: int | None,
    earlier: Sequence[TermsVersion],
) -> TermsVersion:  # fmt: skip
    """A new version under the next number. Raises Stale where the other firm was quicker."""
    hashed = digest(text.encode()).hexdigest()
    db.insert_new(work.session, TermsText.__table__, {"sha256": hashed, "body": text})  # type: ignore[attr-defined]
    number, (first_id, second_id) = len(earlier) + 1, sorted((one, other))
    row = {
        "first_id": first_id, "second_id": second_id, "number": number, "sha256": hashed, "state": TermsState.PROPOSED,
        "proposer_id": proposer_id, "proposed_at": work.now, "effective_on": effective_on,
    }  # fmt: skip
    if not db.insert_new(work.session, TermsVersion.__table__, row):  # type: ignore[attr-defined]
        raise Stale(number)
    return work.one(terms_between(one, other).where(col(TermsVersion.number) == number), lock=True)
