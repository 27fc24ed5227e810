"""The buyer lets blocked lines pass with a reason; above its limit a second person approves."""

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import col

from collaboration.settlement import decisions
from collaboration.settlement.events import InvoiceReleased, ReleaseApproved
from collaboration.settlement.judging import PASSING
from collaboration.settlement.matching import terms_between
from collaboration.settlement.moving import invoice_to_move, lines_of
from collaboration.settlement.separations import PAYING
from collaboration.settlement.tables import Invoice, InvoiceLine, InvoiceRelease
from collaboration.settlement.visibility import invoice_releases_visible_to
from kernel.access import Actor, Role, require
from kernel.errors import Invalid, NotAllowedNow, NotFound, Rule
from kernel.people.separation import require_other
from kernel.quantities import ZERO
from kernel.texts import words
from kernel.work import UnitOfWork

NOTHING_WAITS = Rule(
    "invoice.release_waits", "采购方先放行被拦的行", "the buyer, by a release that needs a second person"
)


def standing_releases(work: UnitOfWork, actor: Actor, lines: Sequence[InvoiceLine]) -> Sequence[InvoiceRelease]:
    """Releases of these lines as they are judged now."""
    own = invoice_releases_visible_to(actor).where(
        col(InvoiceRelease.line_id).in_([line.id for line in lines]), col(InvoiceRelease.lapsed_at).is_(None)
    )
    return work.all(own.order_by(col(InvoiceRelease.id)), lock=True)


def release_invoice(
    work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int, line_ids: Sequence[int], reason: str
) -> Invoice:
    """Blocked lines may be paid all the same. All that is released of one invoice counts together against the limit.

    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    invoice, after = invoice_to_move(work, actor, invoice_id, expected_version, verb="release_invoice")
    invoice.state = after
    require(actor, Role.BUYER)
    said = words(reason, "reason", decisions.LONGEST_REASON)
    lines = {line.id: line for line in lines_of(work, actor, invoice_id)}
    standing = {release.line_id: release for release in standing_releases(work, actor, list(lines.values()))}
    _check_lines(lines, standing, line_ids)
    counted = [lines[i] for i in {*standing, *line_ids}]
    second = _needs_second(work, invoice, sum((x.line_amount - x.credited_amount for x in counted), ZERO))
    made = [
        work.add(
            InvoiceRelease(
                invoice_id=invoice_id, line_id=line_id, reason=said, released_by=actor.user_id, released_at=work.now,
                needs_second=second,
            )
        )
        for line_id in line_ids
    ]  # fmt: skip
    for earlier in standing.values():  # what was small enough alone is not so together
        earlier.needs_second = earlier.needs_second or second
    numbers = tuple(sorted(lines[i].number for i in line_ids))
    work.record(
        InvoiceReleased(
            release_ids=tuple(r.id or 0 for r in made), invoice_id=invoice_id, lines=numbers, waiting=second
        )
    )
    return invoice


def _check_lines(
    lines: dict[int | None, InvoiceLine], standing: dict[int, InvoiceRelease], line_ids: Sequence[int]
) -> None:
    if not line_ids or len(set(line_ids)) != len(line_ids):
        raise Invalid("invoiceLineIds", "name the lines to be released, each once", "请选择要放行的行，每行一次")
    for n, line_id in enumerate(line_ids):
        if line_id not in lines:
            raise NotFound(f"invoiceLineIds.{n}")
        line = lines[line_id]
        if line.outcome in PASSING or line_id in standing:
            raise Invalid(f"invoiceLineIds.{n}", f"line {line.number} needs no release", f"第 {line.number} 行无需放行")


def _needs_second(work: UnitOfWork, invoice: Invoice, amount: Decimal) -> bool:
    """Above the limit; of a limit in another currency, always."""
    terms = terms_between(work, buyer_id=invoice.buyer_id, seller_id=invoice.seller_id)
    if terms is None or terms.release_limit is None:
        return False
    return terms.currency != invoice.currency or amount > terms.release_limit


def approve_release(work: UnitOfWork, actor: Actor, *, invoice_id: int, expected_version: int) -> Invoice:
    """A second person lets pass what was released: neither who released it nor who decided on its orders.

    Raises NotFound, Stale, NotAllowedNow.
    """
    invoice, after = invoice_to_move(work, actor, invoice_id, expected_version, verb="approve_release")
    invoice.state = after
    require(actor, Role.LEAD)
    lines = lines_of(work, actor, invoice_id)
    waiting = [r for r in standing_releases(work, actor, lines) if r.needs_second and r.approved_at is None]
    if not waiting:
        raise NotAllowedNow(
            "nothing of this invoice waits for a second person", "该发票没有待第二人批准的放行", rule=NOTHING_WAITS
        )
    if any(release.released_by == actor.user_id for release in waiting):
        raise decisions.refuse_second(
            "you released it yourself, so another person approves it", "由您本人放行，须由另一位人员批准"
        )
    for order_id in sorted({line.order_id for line in lines if line.order_id is not None}):
        require_other(work, actor, PAYING, "Order", order_id)
    for release in waiting:
        release.approved_by, release.approved_at = actor.user_id, work.now
    own = {line.id: line.number for line in lines}
    numbers = tuple(sorted(own[release.line_id] for release in waiting))
    work.record(ReleaseApproved(release_ids=tuple(r.id or 0 for r in waiting), invoice_id=invoice_id, lines=numbers))
    return invoice
