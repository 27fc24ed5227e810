"""Manage the people of one's own firm."""

from typing import Any

import graphene

from api.payloads import Mutation, input_argument, needed, needed_list, number
from api.scalars import Text
from api.types import colleagues as types
from api.types import enums
from api.types.fields import maybe
from kernel.people import reads, verbs


def _link(row: Any, info: Any) -> str | None:
    return row.link and str(info.context.address(f"/welcome/{row.link}"))


class InvitePersonInput(graphene.InputObjectType):
    """Whom, and what for."""

    email = needed(Text, "E-mail address.")
    name = needed(Text, "Name.")
    roles = needed_list(enums.Role, "What it is to do; roles in conflict are refused.")


class InvitePerson(Mutation):
    """Somebody new for your firm. The link to set a first password is answered to you alone, this once, to hand over."""

    class Arguments:
        input = input_argument(InvitePersonInput)

    person = maybe(types.Colleague, "Who was invited.")
    link = maybe(graphene.String, "Where it sets its first password: good once, for two weeks.", resolver=_link)

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        person, token = verbs.invite_person(
            work, actor, email=input["email"], name=input["name"], roles=frozenset(input["roles"])
        )
        return {"person": reads.colleague(work, actor, person.id or 0), "link": token}


class RenewInvitationInput(graphene.InputObjectType):
    """Whom."""

    person_id = needed(graphene.ID, "A colleague who has not come yet.")


class RenewInvitation(Mutation):
    """The link once more, for a colleague who has set no password yet."""

    class Arguments:
        input = input_argument(RenewInvitationInput)

    person = maybe(types.Colleague, "Who is invited.")
    link = maybe(graphene.String, "Where it sets its first password: good once, for two weeks.", resolver=_link)

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        person, token = verbs.renew_invitation(work, actor, person_id=number("Person", input, "person_id"))
        return {"person": reads.colleague(work, actor, person.id or 0), "link": token}


class GiveRoleInput(graphene.InputObjectType):
    """Whom, which."""

    person_id = needed(graphene.ID, "A colleague; nobody gives himself a role.")
    role = needed(enums.Role, "The role.")


class GiveRole(Mutation):
    """One more duty for a colleague. Needs whoever manages your firm's people."""

    class Arguments:
        input = input_argument(GiveRoleInput)

    person = maybe(types.Colleague, "The colleague after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        person = verbs.give_role(work, actor, person_id=number("Person", input, "person_id"), role=input["role"])
        return {"person": reads.colleague(work, actor, person.id or 0)}


class WithdrawRoleInput(graphene.InputObjectType):
    """Whom, which."""

    person_id = needed(graphene.ID, "A colleague; nobody changes his own roles.")
    role = needed(enums.Role, "The role.")


class WithdrawRole(Mutation):
    """One duty less for a colleague, from its next request on. Needs whoever manages your firm's people."""

    class Arguments:
        input = input_argument(WithdrawRoleInput)

    person = maybe(types.Colleague, "The colleague after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        person = verbs.withdraw_role(work, actor, person_id=number("Person", input, "person_id"), role=input["role"])
        return {"person": reads.colleague(work, actor, person.id or 0)}


class ClosePersonInput(graphene.InputObjectType):
    """Whom."""

    person_id = needed(graphene.ID, "A colleague; nobody closes his own account.")


class ClosePerson(Mutation):
    """A colleague acts for your firm no more: sessions and tokens end at once. Needs whoever manages your firm's people."""

    class Arguments:
        input = input_argument(ClosePersonInput)

    person = maybe(types.Colleague, "The colleague after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        person = verbs.close_person(work, actor, person_id=number("Person", input, "person_id"))
        return {"person": reads.colleague(work, actor, person.id or 0)}


class PeopleActs:
    """The people of one's own firm."""

    invite_person = InvitePerson.Field(description=InvitePerson.__doc__)
    renew_invitation = RenewInvitation.Field(description=RenewInvitation.__doc__)
    give_role = GiveRole.Field(description=GiveRole.__doc__)
    withdraw_role = WithdrawRole.Field(description=WithdrawRole.__doc__)
    close_person = ClosePerson.Field(description=ClosePerson.__doc__)
