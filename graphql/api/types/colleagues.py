"""The people of one's own firm, and who may do what."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types import enums
from api.types.fields import camel, connection, ident, many, maybe, said


def _why(row: Any, info: Any) -> str:
    return str(row.zh if info.context.lang == "zh" else row.en)


class DutyConflict(graphene.ObjectType):
    """Two roles one person does not hold together, where its firm has somebody else."""

    one = said(enums.Role, "One of them.")
    other = said(enums.Role, "The other.")
    why = said(graphene.String, "In one sentence, in the language of the request.", resolver=_why)


class Colleague(graphene.ObjectType):
    """A person of your own firm."""

    id = ident("Person")
    email = said(graphene.String, "E-mail address.")
    name = said(graphene.String, "Name.")
    roles = many(enums.Role, "What it may do.")
    conflicts = many(DutyConflict, "Roles it holds that do not go together.")
    manages = said(graphene.Boolean, "It manages your firm's people.")
    waiting = said(graphene.Boolean, "Invited; has set no password yet.")
    is_you = said(graphene.Boolean, "You.", resolver=lambda row, info: row.id == info.context.acting.user_id)
    created_at = said(DateTime, "Since when it has an account.")
    closed_at = maybe(DateTime, "When the account was closed.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(verb) for verb in row.verbs])  # fmt: skip


ColleagueConnection = connection(Colleague, "Colleague")


class Duty(graphene.ObjectType):
    """An act, and who may do it; no more than that: each act has its own conditions besides."""

    subject = said(
        graphene.String,
        "What it is about: orders, documents, items, links, sharing, qualification, firms, money, exchange, people or own.",
    )
    act = said(graphene.String, "The mutation.", resolver=lambda row, info: camel(row.verb))
    roles = many(
        enums.Role, "Any of these roles; none where every person may.", resolver=lambda row, info: sorted(row.roles)
    )
    by_manager = said(
        graphene.Boolean, "Only whoever manages the firm's people.", resolver=lambda row, info: row.manager
    )


class Separation(graphene.ObjectType):
    """Whoever did the first act to a thing does not do the second to it."""

    first = said(graphene.String, "The first act.", resolver=lambda row, info: camel(row.first))
    then = said(graphene.String, "The second act.", resolver=lambda row, info: camel(row.then))
    strict = said(graphene.Boolean, "In the smallest firm too; else only where somebody else has the role.")
    why = said(graphene.String, "In one sentence, in the language of the request.", resolver=_why)


class Duties(graphene.ObjectType):
    """Who may do what, and what two persons do."""

    acts = many(Duty, "Each act with the roles that may.")
    conflicts = many(DutyConflict, "Roles that do not go together.")
    separations = many(Separation, "Acts on one thing that two persons do.")


USUAL_LENGTHS = {
    "Colleague.roles": 3, "Colleague.conflicts": 1, "Colleague.openVerbs": 4, "Duty.roles": 2, "Duties.acts": 120,
    "Duties.conflicts": 5, "Duties.separations": 5,
}  # fmt: skip
