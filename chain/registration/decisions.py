"""What an application must hold, and which lines of its checklist still stand in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chain.firms.decisions import checked_text
from chain.registration.tables import CheckKind, CheckOwner, CheckResult
from kernel.access import Role
from kernel.errors import Invalid

OWNERS = {
    CheckKind.CREDIT_CODE: CheckOwner.PLATFORM, CheckKind.SAME_CODE: CheckOwner.PLATFORM,
    CheckKind.SIMILAR_NAME: CheckOwner.REVIEWER, CheckKind.PEOPLE: CheckOwner.APPLICANT,
    CheckKind.COMPANY_ROLE: CheckOwner.APPLICANT, CheckKind.DOCUMENTS: CheckOwner.REVIEWER,
}  # fmt: skip
"""Who answers for each line of the checklist."""
DUTIES = (Role.BUYER, Role.PLANNER, Role.QUALITY, Role.LEAD, Role.SALES, Role.DISPATCH)
"""The roles a firm gives its people."""
MOST_COLLEAGUES, MOST_PAPERS = 20, 10


@dataclass(frozen=True)
class Named:
    """Somebody who is to work for the firm."""

    email: str
    name: str
    roles: frozenset[Role]


def checked_people(people: Sequence[Named]) -> list[Named]:
    """The applicant first, then colleagues, each with an address of its own and a duty. Raises Invalid."""
    if len(people) > MOST_COLLEAGUES:
        raise Invalid(
            "colleagues",
            f"name at most {MOST_COLLEAGUES - 1} colleagues; add others once you are confirmed",
            f"最多填写 {MOST_COLLEAGUES - 1} 位同事，其余人员可在确认后添加",
        )
    found: list[Named] = []
    for place, one in enumerate(people):
        here = "ownRoles" if place == 0 else f"colleagues.{place - 1}.roles"
        if not one.roles or not one.roles <= set(DUTIES):
            raise Invalid(here, "give at least one duty of a firm's people", "请至少选择一项岗位职责")
        email = one.email.strip().lower()
        if "@" not in email or len(email) > 254 or not email.isprintable() or " " in email:
            raise Invalid(
                f"colleagues.{place - 1}.email",
                "give an e-mail address such as buyer@firm.example",
                "请填写有效的电子邮箱",
            )
        if email in {known.email for known in found}:
            raise Invalid(
                f"colleagues.{place - 1}.email", "each person has an address of its own", "每位人员的邮箱不得重复"
            )
        name = one.name if place == 0 else checked_text(f"colleagues.{place - 1}.name", one.name, most=80)
        found.append(Named(email, name, one.roles))
    return found


def in_the_way(results: Iterable[tuple[CheckKind, CheckResult]]) -> list[CheckKind]:
    """The lines of a checklist that are not passed, those that are not there included."""
    passed = {kind for kind, result in results if result is CheckResult.PASSED}
    return [kind for kind in CheckKind if kind not in passed]


def seen_by_applicant(kind: CheckKind, result: CheckResult) -> CheckResult:
    """A checklist line as the applicant reads it: whether a like name stands here would tell who else is here."""
    return CheckResult.OPEN if kind is CheckKind.SIMILAR_NAME else result
