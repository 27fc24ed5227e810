"""A firm's own people: invite one, give and withdraw roles, close an account. Its lead does it; nobody to himself."""

from collections.abc import Sequence

from sqlmodel import col

from kernel.access import SYSTEM, Actor, Role
from kernel.accounts.decisions import managers
from kernel.accounts.letting_in import invitation
from kernel.accounts.tables import Person
from kernel.accounts.verbs import add_person, end_proofs
from kernel.accounts.visibility import people_visible_to
from kernel.errors import Invalid, Limit, NotAllowedNow, Rule
from kernel.inbox.tables import InboxReason
from kernel.inbox.verbs import tell_person
from kernel.people.decisions import FIRM_ROLES, conflicts_of, is_waiting
from kernel.people.events import InvitationRenewed, PersonClosed, PersonInvited, RoleGiven, RoleWithdrawn
from kernel.work import UnitOfWork

MOST_WAITING = 20
MANAGER = Rule(
    "people.manager", "本单位主管；无主管时为最早开户的人员", "your firm's lead; without one, whoever is there longest"
)
OTHER_MANAGER = Rule("people.not_oneself", "本单位另一位主管", "another lead of your firm")


def open_people(work: UnitOfWork, party_id: int, *, lock: bool = False) -> Sequence[Person]:
    """The people of a firm whose accounts are open, first come first."""
    people = people_visible_to(SYSTEM).where(col(Person.party_id) == party_id, col(Person.closed_at).is_(None))
    return work.all(people.order_by(col(Person.id)), lock=lock)


def require_manager(work: UnitOfWork, actor: Actor) -> Sequence[Person]:
    """The actor manages its firm's people; all of them, locked so that two managers take turns. Raises NotAllowedNow."""
    people = (
        [] if actor.party_id is None or not actor.has(*FIRM_ROLES) else open_people(work, actor.party_id, lock=True)
    )
    if actor.user_id not in {person.id for person in managers(people)}:
        raise NotAllowedNow(
            "people and their roles are kept by your firm's lead; ask there",
            "人员与角色由本单位主管管理，请与其联系",
            rule=MANAGER,
        )
    return people


def invite_person(
    work: UnitOfWork, actor: Actor, *, email: str, name: str, roles: frozenset[Role]
) -> tuple[Person, str]:
    """Somebody new for one's own firm, and the token of the link by which it sets its first password, to hand over.

    Raises NotAllowedNow, Invalid("email", "name" or "roles"), Limit. A taken address is refused as one that is none.
    """
    people = require_manager(work, actor)
    called = " ".join(name.split())
    if not 1 <= len(called) <= 80 or not called.isprintable():
        raise Invalid("name", "a name has 1 to 80 characters", "姓名需 1 至 80 个字")
    _check_roles(roles)
    if sum(map(is_waiting, people)) >= MOST_WAITING:
        raise Limit(
            f"{MOST_WAITING} invited people have not come yet; close some first", f"已有 {MOST_WAITING} 位受邀人员尚未启用，请先关闭部分账号",
            rule=Rule("people.waiting", "受邀人员启用账号，或本单位主管关闭", "the invited, by coming; or your lead, by closing some"),
        )  # fmt: skip
    try:
        person = add_person(work, SYSTEM, email=email, name=called, roles=roles, party_id=actor.party_id)
    except Invalid:
        raise Invalid(
            "email", "this address cannot be invited; mend it, or ask the platform's operator",
            "该邮箱无法邀请，请核对，或联系平台运营方",
        ) from None  # fmt: skip
    assert person.id is not None
    person.invited_by = actor.user_id
    work.record(PersonInvited(person_id=person.id))
    return person, invitation(person.id, work.now)


def renew_invitation(work: UnitOfWork, actor: Actor, *, person_id: int) -> tuple[Person, str]:
    """The link once more, for somebody who has not come yet. Raises NotFound, NotAllowedNow."""
    person = _other(work, actor, person_id)
    if not is_waiting(person):
        raise NotAllowedNow(
            "this person has set a password already", "该人员已设置密码，无需再次邀请",
            rule=Rule("people.let_in", "无需再次邀请", "nobody: there is nothing to hand over"),
        )  # fmt: skip
    work.record(InvitationRenewed(person_id=person_id))
    return person, invitation(person_id, work.now)


def give_role(work: UnitOfWork, actor: Actor, *, person_id: int, role: Role) -> Person:
    """One more duty for a colleague. Raises NotFound, NotAllowedNow, Invalid("role")."""
    person = _other(work, actor, person_id)
    held = _roles(person)
    if role in held:
        raise Invalid("role", "this person has that role already", "该人员已具有该角色")
    _check_roles(held | {role}, field="role", added=role)
    _hold(person, held | {role})
    work.record(RoleGiven(person_id=person_id, role=role))
    _tell(work, person_id, "role_given", role)
    return person


def withdraw_role(work: UnitOfWork, actor: Actor, *, person_id: int, role: Role) -> Person:
    """One duty less for a colleague, from its next request on. Raises NotFound, NotAllowedNow, Invalid("role")."""
    person = _other(work, actor, person_id)
    held = _roles(person)
    if role not in held:
        raise Invalid("role", "this person does not have that role", "该人员不具有该角色")
    if held == {role}:
        raise Invalid("role", "the last role stays; close the account instead", "最后一个角色不能收回，可改为关闭账号")
    _hold(person, held - {role})
    work.record(RoleWithdrawn(person_id=person_id, role=role))
    _tell(work, person_id, "role_withdrawn", role)
    return person


def close_person(work: UnitOfWork, actor: Actor, *, person_id: int) -> Person:
    """A colleague acts for the firm no more: sessions and tokens end at once. Raises NotFound, NotAllowedNow.

    Nobody closes his own account, so whoever manages the people last cannot go.
    """
    person = _other(work, actor, person_id)
    person.closed_at = work.now
    end_proofs(work, person_id)
    work.record(PersonClosed(person_id=person_id))
    return person


def _other(work: UnitOfWork, actor: Actor, person_id: int) -> Person:
    """A colleague with an open account, locked with all of the firm. Raises NotFound, NotAllowedNow."""
    mine = people_visible_to(actor).where(col(Person.party_id) == actor.party_id, col(Person.id) == person_id)
    work.one(mine.where(col(Person.closed_at).is_(None)), field="personId")
    people = require_manager(work, actor)
    if person_id == actor.user_id:
        raise NotAllowedNow(
            "nobody changes his own roles or closes his own account; ask another lead",
            "不能更改本人的角色或关闭本人账号，请由另一位主管办理",
            rule=OTHER_MANAGER,
        )
    return next(one for one in people if one.id == person_id)


def _roles(person: Person) -> frozenset[Role]:
    return frozenset(Role(word) for word in person.roles.split())


def _hold(person: Person, roles: frozenset[Role]) -> None:
    person.roles = " ".join(sorted(roles))


def _check_roles(roles: frozenset[Role], *, field: str = "roles", added: Role | None = None) -> None:
    """Roles a firm may give, none in conflict with another. ``added``: only what this one brings is looked at."""
    if not roles or (roles if added is None else {added}) - set(FIRM_ROLES):
        names = ", ".join(role.name for role in FIRM_ROLES)
        raise Invalid(field, f"give one or more of {names}", "请选择本单位可授予的角色")
    for conflict in conflicts_of(roles):
        if added is None or added in (conflict.one, conflict.other):
            raise Invalid(
                field, f"{conflict.one.name} and {conflict.other.name} do not go together: {conflict.en}",
                f"两种角色不能由同一人担任：{conflict.zh}",
                rule=Rule("duties.conflict", "本单位主管将其授予另一人员", "your lead, by giving one of them to another person"),
            )  # fmt: skip


def _tell(work: UnitOfWork, person_id: int, what: str, role: Role) -> None:
    tell_person(
        work, person_id=person_id, reason=InboxReason.TOLD, subject=("Person", person_id), what=what,
        once=f"{what}:{role}:{work.now.isoformat()}",
    )  # fmt: skip
