"""The other firm confirms a statement or disputes it line by line; its maker answers each dispute."""

from collections.abc import Collection, Sequence

from sqlmodel import col

from collaboration.statements import decisions
from collaboration.statements.events import StatementConfirmed, StatementDisputed, StatementDisputesAnswered
from collaboration.statements.forms import Answered, Disputed
from collaboration.statements.lifecycle import DisputeState
from collaboration.statements.moving import lines_of, release, require_duty, statement_to_move, write_edition
from collaboration.statements.reads import stood_by
from collaboration.statements.tables import Statement, StatementDispute
from collaboration.statements.visibility import statement_disputes_visible_to
from kernel.access import Actor
from kernel.errors import Invalid, Rule
from kernel.work import UnitOfWork

STOOD_BY = Rule(
    "statement.set_aside_after_answer",
    "先提出异议，待制单方答复维持后再移出本期",
    "disputing the line first, and reading its maker's answer",
)


def dispute_statement(
    work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int, disputes: Sequence[Disputed]
) -> Statement:
    """Say which lines are wrong, why, and what they should say. Raises NotFound, Stale, NotAllowedNow, Invalid."""
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="dispute_statement")
    require_duty(actor, statement)
    lines = {line.id: line for line in lines_of(work, statement_id) if line.id is not None and not line.is_set_aside}
    decisions.check_disputes(disputes, lines)
    statement.state = after
    for one in disputes:
        work.session.add(
            StatementDispute(
                statement_id=statement_id, line_id=one.line_id, edition=statement.edition, reason=one.reason,
                note=one.note.strip(), right_quantity=one.right_quantity, right_price=one.right_price,
                disputed_at=work.now, disputed_by=actor.user_id,
            )
        )  # fmt: skip
    work.session.flush()
    numbers = tuple(sorted(lines[one.line_id].number for one in disputes))
    work.record(StatementDisputed(statement_id=statement_id, lines=numbers))
    return statement


def answer_statement_disputes(
    work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int, answers: Sequence[Answered]
) -> Statement:
    """Answer every open dispute: correct the line, stand by it, or set it aside for the next statement.

    What a corrected statement read before stays as its earlier edition. Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="answer_statement_disputes")
    require_duty(actor, statement)
    own = statement_disputes_visible_to(actor).where(
        col(StatementDispute.statement_id) == statement_id, col(StatementDispute.state) == DisputeState.OPEN
    )
    waiting = {one.id: one for one in work.all(own, lock=True)}
    decisions.check_answers(answers, waiting.values())
    lines = {line.id: line for line in lines_of(work, statement_id)}
    changed = False
    for n, answer in enumerate(answers):
        dispute = waiting[answer.dispute_id]
        line = lines[dispute.line_id]
        dispute.state, dispute.answer = answer.outcome, answer.note.strip()
        dispute.answered_at, dispute.answered_by = work.now, actor.user_id
        if answer.outcome is DisputeState.CORRECTED:
            right = decisions.corrected(line, dispute, f"answers.{n}")
            line.quantity, line.unit_price, line.line_amount = right.quantity, right.unit_price, right.line_amount
        elif answer.outcome is DisputeState.SET_ASIDE:
            line.is_set_aside = True
            release([line], work.now)
        changed |= answer.outcome is not DisputeState.UPHELD
    _check_any(list(lines.values()), "answers")
    statement.state = after
    if changed:
        statement.edition += 1
        write_edition(work, statement, list(lines.values()))
    work.record(StatementDisputesAnswered(statement_id=statement_id, edition=statement.edition))
    return statement


def _check_any(lines: Sequence[object], field: str) -> None:
    if all(getattr(line, "is_set_aside", False) for line in lines):
        raise Invalid(
            field,
            "every line would be set aside: withdraw the statement instead",
            "所有行都移出本期时，请改为撤回对账单",
        )


def confirm_statement(
    work: UnitOfWork, actor: Actor, *, statement_id: int, expected_version: int, set_aside: Collection[int] = ()
) -> Statement:
    """Agree to the statement as it reads now: both are bound, and the seller may invoice it.

    set_aside: lines its maker stood by that are still disputed; they are left for the next statement.
    Raises NotFound, Stale, NotAllowedNow, Invalid.
    """
    statement, after = statement_to_move(work, actor, statement_id, expected_version, verb="confirm_statement")
    require_duty(actor, statement)
    lines = lines_of(work, statement_id)
    disputes = work.all(
        statement_disputes_visible_to(actor)
        .where(col(StatementDispute.statement_id) == statement_id)
        .order_by(col(StatementDispute.id))
    )
    allowed = stood_by(disputes)
    for n, line_id in enumerate(set_aside):
        if line_id not in allowed:
            raise Invalid(
                f"setAside.{n}", "a line is set aside once you disputed it and its maker stands by it",
                "只有提出过异议且对方答复维持的行才能移出本期", rule=STOOD_BY,
            )  # fmt: skip
    aside = [line for line in lines if line.id in set(set_aside) and not line.is_set_aside]
    if aside:
        for line in aside:
            line.is_set_aside = True
        release(aside, work.now)
        _check_any(lines, "setAside")
        statement.edition += 1
        write_edition(work, statement, lines)
    statement.state, statement.agreed_at = after, work.now
    numbers = tuple(line.number for line in aside)
    work.record(StatementConfirmed(statement_id=statement_id, edition=statement.edition, set_aside=numbers))
    return statement
