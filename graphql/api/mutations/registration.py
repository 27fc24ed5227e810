"""Invite a firm, fill in its application, decide on it."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, needed, needed_list, number, optional, optional_list
from api.scalars import Text
from api.types import enums
from api.types.fields import maybe
from api.types.registration import Application
from chain.registration import verbs
from chain.registration.decisions import Named
from chain.registration.verbs import Paper


class InviteFirmInput(graphene.InputObjectType):
    """Who is to apply for a firm that is not here yet."""

    email = needed(Text, "E-mail address of the person.")
    name = needed(Text, "The person's name.")


class InviteFirm(Mutation):
    """Let somebody apply for a firm that is not here yet. Needs the role LEAD or OPERATOR."""

    class Arguments:
        input = input_argument(InviteFirmInput)

    application = maybe(Application, "The application, to be begun by that person.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        return {"application": verbs.invite_firm(work, actor, email=input["email"], name=input["name"])}


class BeginApplicationInput(graphene.InputObjectType):
    """Your application."""

    application_id = needed(graphene.ID, "The application.")


class BeginApplication(Mutation):
    """The invited person takes the application up."""

    class Arguments:
        input = input_argument(BeginApplicationInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.begin_application(work, actor, application_id=number("Application", input, "application_id"))
        return {"application": found}


class DescribeCompanyInput(graphene.InputObjectType):
    """Which firm it is."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = needed(Text, "Registered name, as in the business licence.")
    code = needed(Text, "Unified social credit code, 18 characters.")
    prefecture = needed(Text, "GB/T 2260 code of its prefecture.")
    name_en = optional(Text, "English name.")
    makes = optional(Text, "What it makes or does, at most 400 characters.")


class DescribeCompany(Mutation):
    """Say which firm it is; the code is checked at once. What was said before is replaced."""

    class Arguments:
        input = input_argument(DescribeCompanyInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.describe_company(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"], name=input["name"], code=input["code"],
            prefecture=input["prefecture"], name_en=given(input, "name_en", ""), makes=given(input, "makes", ""),
        )  # fmt: skip
        return {"application": found}


class ColleagueInput(graphene.InputObjectType):
    """Somebody who is to work for the firm."""

    email = needed(Text, "E-mail address.")
    name = needed(Text, "Name.")
    roles = needed_list(enums.Role, "What it is to do.")


class InviteUsersInput(graphene.InputObjectType):
    """Who will do what once the firm is confirmed."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")
    own_roles = needed_list(enums.Role, "What you will do.")
    colleagues = optional_list(ColleagueInput, "Your colleagues, at most 19; those named before are replaced.")


class InviteUsers(Mutation):
    """Say what you and which colleagues will do; their accounts come once the firm is confirmed."""

    class Arguments:
        input = input_argument(InviteUsersInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        named = [Named(c["email"], c["name"], frozenset(c["roles"])) for c in given(input, "colleagues", [])]
        found = verbs.invite_users(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"], own_roles=frozenset(input["own_roles"]), colleagues=named,
        )  # fmt: skip
        return {"application": found}


class SelectCompanyRoleInput(graphene.InputObjectType):
    """What the firm is."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")
    role = needed(enums.FirmRole, "What it is in its chain.")


class SelectCompanyRole(Mutation):
    """Say what the firm is in its chain."""

    class Arguments:
        input = input_argument(SelectCompanyRoleInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.select_company_role(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"], role=input["role"],
        )  # fmt: skip
        return {"application": found}


class PaperInput(graphene.InputObjectType):
    """A file, its bytes sent."""

    kind = needed(enums.PaperKind, "What it is.")
    upload_id = needed(graphene.ID, "The file.")


class UploadDocumentsInput(graphene.InputObjectType):
    """Papers of the firm."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")
    papers = needed_list(PaperInput, "Which; beside those that are there. At most 10 in all.")


class UploadDocuments(Mutation):
    """Hand in the firm's papers: the business licence at least."""

    class Arguments:
        input = input_argument(UploadDocumentsInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        papers = [Paper(p["kind"], number("Upload", p, "upload_id")) for p in input["papers"]]
        found = verbs.upload_documents(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"], papers=papers,
        )  # fmt: skip
        return {"application": found}


class DecideOnApplicationInput(graphene.InputObjectType):
    """Which application."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")


class SubmitApplication(Mutation):
    """The applicant has looked everything over; the reviewer owes an answer."""

    class Arguments:
        input = input_argument(DecideOnApplicationInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.submit_application(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"application": found}


class RecordCheckInput(graphene.InputObjectType):
    """How a line of the checklist stands."""

    application_id = needed(graphene.ID, "The application.")
    kind = needed(enums.CheckKind, "Which line.")
    passed = needed(graphene.Boolean, "All is well.")
    note = optional(Text, "What was found; needed when it is not passed. The applicant reads it.")


class RecordCheck(Mutation):
    """The reviewer answers a line of the checklist that is its own. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(RecordCheckInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.record_check(
            work, actor, application_id=number("Application", input, "application_id"), kind=input["kind"],
            passed=input["passed"], note=given(input, "note", ""),
        )  # fmt: skip
        return {"application": found}


class ConfirmApplication(Mutation):
    """The firm joins: it may trade, and the people it named may sign in. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(DecideOnApplicationInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.confirm_application(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"],
        )  # fmt: skip
        return {"application": found}


class DeclineApplicationInput(graphene.InputObjectType):
    """Which application, and why not."""

    application_id = needed(graphene.ID, "The application.")
    expected_version = needed(graphene.Int, "The version you read.")
    reason = needed(Text, "Why; the applicant reads it.")


class DeclineApplication(Mutation):
    """Send an application back with a reason; it may be mended and submitted again. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(DeclineApplicationInput)

    application = maybe(Application, "The application after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        found = verbs.decline_application(
            work, actor, application_id=number("Application", input, "application_id"),
            expected_version=input["expected_version"], reason=input["reason"],
        )  # fmt: skip
        return {"application": found}


class RegistrationActs:
    """What is done to applications."""

    invite_firm = InviteFirm.Field(description=InviteFirm.__doc__)
    begin_application = BeginApplication.Field(description=BeginApplication.__doc__)
    describe_company = DescribeCompany.Field(description=DescribeCompany.__doc__)
    invite_users = InviteUsers.Field(description=InviteUsers.__doc__)
    select_company_role = SelectCompanyRole.Field(description=SelectCompanyRole.__doc__)
    upload_documents = UploadDocuments.Field(description=UploadDocuments.__doc__)
    submit_application = SubmitApplication.Field(description=SubmitApplication.__doc__)
    record_check = RecordCheck.Field(description=RecordCheck.__doc__)
    confirm_application = ConfirmApplication.Field(description=ConfirmApplication.__doc__)
    decline_application = DeclineApplication.Field(description=DeclineApplication.__doc__)
