"""Applications to join: what is filled in, the checklist, the decisions."""

from typing import Any

import graphene

from api.scalars import BigInt, DateTime
from api.types import enums
from api.types.fields import camel, children, connection, ident, many, maybe, said
from api.types.firms import Firm, Node
from chain.registration.reads import applicant_to_let_in, application_verbs
from kernel.access import any_of
from kernel.accounts.letting_in import invitation
from kernel.handouts import Handout, hand_out


def _file_address(row: Any, info: Any) -> str:
    return str(info.context.address(f"/files/{hand_out(Handout(row.sha256, row.filename), info.context.work.now)}"))


def _link(number: int | None, info: Any) -> str | None:
    """Where somebody sets a first password, while it has none."""
    waiting = info.context.batches["not_let_in"].one(number)
    return waiting and str(info.context.address(f"/welcome/{invitation(number or 0, info.context.work.now)}"))


class ApplicationColleague(graphene.ObjectType):
    """Somebody who is to work for the firm once it is confirmed; the applicant first."""

    email = said(graphene.String, "E-mail address.")
    name = said(graphene.String, "Name.")
    link = maybe(graphene.String, "Where it sets its first password, for a colleague to hand over; empty once it has one.",
                 resolver=lambda row, info: _link(row.person_id, info))  # fmt: skip
    roles = many(enums.Role, "What it is to do.", resolver=lambda row, info: sorted(any_of(row.roles.split())))


class ApplicationPaper(graphene.ObjectType):
    """A file handed in."""

    kind = said(enums.PaperKind, "What it is.")
    filename = said(graphene.String, "Its name.")
    size = said(BigInt, "Bytes.")
    added_at = said(DateTime, "When it was handed in.")
    url = said(graphene.String, "Address of the file, good for five minutes.", resolver=_file_address)


class ApplicationCheck(graphene.ObjectType):
    """One line of the checklist."""

    kind = said(enums.CheckKind, "What is looked at.")
    owner = said(enums.CheckOwner, "Who answers for it.")
    result = said(enums.CheckResult, "How it stands.")
    note = said(graphene.String, "What was found; may be empty.")
    by_name = maybe(
        graphene.String,
        "Who answered it, where you may know; empty for the platform.",
        resolver=lambda row, info: getattr(info.context.batches["person"].one(row.by_user), "name", None),
    )
    checked_at = maybe(DateTime, "When.")


class ApplicationReview(graphene.ObjectType):
    """What the reviewer decided."""

    verdict = said(enums.ApplicationVerdict, "Yes or no.")
    reason = said(graphene.String, "Why not; empty for yes.")
    decided_at = said(DateTime, "When.")


class Application(graphene.ObjectType):
    """A firm asks to join. Whoever invited it sees how far it is, and nothing that was filled in."""

    class Meta:
        interfaces = (Node,)

    id = ident("Application")
    state = said(enums.ApplicationState, "Where it stands.")
    email = said(graphene.String, "Who was invited.")
    version = said(graphene.Int, "Grows with each step; the steps want it.")
    created_at = said(DateTime, "When it was invited.")
    submitted_at = maybe(DateTime, "When it was submitted last.")
    mine = said(graphene.Boolean, "You are the applicant.",
                resolver=lambda row, info: row.applicant_id == info.context.acting.user_id)  # fmt: skip
    inviter_name = said(graphene.String, "The firm that invited it, by name; empty for the platform.")
    invited_by = maybe(Firm, "The firm that invited it, where you may know of that; empty for the platform.",
                       resolver=lambda row, info: info.context.batches["firm"].one(row.inviter_id))  # fmt: skip
    firm = maybe(Firm, "The firm, once its data are there and as far as you may know of it.",
                 resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id))  # fmt: skip
    link = maybe(graphene.String, "Where the applicant sets its first password, for whoever invited it to hand over.",
                 resolver=lambda row, info: _link(applicant_to_let_in(info.context.acting, row), info))  # fmt: skip
    colleagues = children(ApplicationColleague, "application_colleagues", "Who is to do what.")
    papers = children(ApplicationPaper, "application_papers", "What was handed in.")
    checks = children(ApplicationCheck, "application_checks", "The checklist so far.")
    reviews = children(ApplicationReview, "application_reviews", "Decisions, the newest first.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name; the next step first.",
                      resolver=lambda row, info: [camel(v) for v in application_verbs(info.context.acting, row)])  # fmt: skip


ApplicationConnection = connection(Application, "Application")


class ApplicationFilter(graphene.InputObjectType):
    """Which applications; conditions are joined by and."""

    states = graphene.InputField(
        graphene.List(graphene.NonNull(enums.ApplicationState)), description="In one of these states."
    )
    mine = graphene.InputField(graphene.Boolean, description="Your own only.")


USUAL_LENGTHS = {
    "Application.colleagues": 3, "Application.papers": 3, "Application.checks": 6, "Application.reviews": 2,
    "Application.openVerbs": 5, "ApplicationColleague.roles": 4, "Query.nearFirms": 3,
}  # fmt: skip
"""How long the short unpaged lists usually are."""
