"""Change a firm's record, add, change and close its sites; merge two records of one firm."""

from typing import Any

import graphene

from api.payloads import Mutation, given, input_argument, maybe_number, needed, number, optional
from api.scalars import Text
from api.types.fields import maybe
from api.types.firms import Firm, Site
from api.types.mergers import FirmMerger
from chain.firms import reads, verbs
from collaboration.merging import reads as merging_reads
from collaboration.merging import verbs as merging


class ReachFirmInput(graphene.InputObjectType):
    """A firm you do not find here."""

    name = needed(Text, "Registered name.")
    code = needed(Text, "Unified social credit code, 18 characters.")
    prefecture = needed(Text, "GB/T 2260 code of its prefecture.")


class ReachFirm(Mutation):
    """Write down a firm that has not joined, for your firm's eyes alone: an order reaches it by a guest's link. Needs the role BUYER."""

    class Arguments:
        input = input_argument(ReachFirmInput)

    firm = maybe(Firm, "What was written down. Whether the firm has joined is neither looked up nor told.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        firm = verbs.reach_firm(work, actor, name=input["name"], code=input["code"], prefecture=input["prefecture"])
        return {"firm": reads.firms_by_id(work, actor, [firm.id or 0])[0]}


class ChangeFirmInput(graphene.InputObjectType):
    """What is to be different; what is left out stays."""

    firm_id = needed(graphene.ID, "The firm.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = optional(Text, "Registered name; the operator's to change.")
    prefecture = optional(Text, "GB/T 2260 code of its prefecture; the operator's to change.")
    name_en = optional(Text, "English name.")
    makes = optional(Text, "What it makes or does, at most 400 characters.")


class ChangeFirm(Mutation):
    """Mend a firm's record: one's own with the role LEAD or SALES, any as the operator."""

    class Arguments:
        input = input_argument(ChangeFirmInput)

    firm = maybe(Firm, "The record after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        firm_id = number("Firm", input, "firm_id")
        told = {name: given(input, name) for name in ("name", "prefecture", "name_en", "makes")}
        verbs.change_firm(work, actor, firm_id=firm_id, expected_version=input["expected_version"], **told)
        return {"firm": reads.firms_by_id(work, actor, [firm_id])[0]}


class AddSiteInput(graphene.InputObjectType):
    """A place of your firm."""

    firm_id = optional(graphene.ID, "Whose; your own firm's without it. The operator names one.")
    code = needed(Text, "Your own short code for it, once in your firm.")
    name = needed(Text, "Name.")
    prefecture = needed(Text, "GB/T 2260 code of its prefecture.")
    address = optional(Text, "Street and number.")


class AddSite(Mutation):
    """Add a place where your firm makes, keeps or takes in goods. Needs the role LEAD or SALES."""

    class Arguments:
        input = input_argument(AddSiteInput)

    site = maybe(Site, "The site.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        site = verbs.add_site(
            work, actor, firm_id=maybe_number("Firm", input, "firm_id"), code=input["code"], name=input["name"],
            prefecture=input["prefecture"], address=given(input, "address", ""),
        )  # fmt: skip
        return {"site": site}


class ChangeSiteInput(graphene.InputObjectType):
    """What is to be different; what is left out stays."""

    site_id = needed(graphene.ID, "The site.")
    expected_version = needed(graphene.Int, "The version you read.")
    name = optional(Text, "Name.")
    prefecture = optional(Text, "GB/T 2260 code of its prefecture.")
    address = optional(Text, "Street and number.")


class ChangeSite(Mutation):
    """Mend a site; its code stays. Needs the role LEAD or SALES."""

    class Arguments:
        input = input_argument(ChangeSiteInput)

    site = maybe(Site, "The site after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        told = {name: given(input, name) for name in ("name", "prefecture", "address")}
        site = verbs.change_site(
            work, actor, site_id=number("Site", input, "site_id"), expected_version=input["expected_version"], **told
        )
        return {"site": site}


class CloseSiteInput(graphene.InputObjectType):
    """Which site is given up."""

    site_id = needed(graphene.ID, "The site.")
    expected_version = needed(graphene.Int, "The version you read.")


class CloseSite(Mutation):
    """Nothing is made or taken in there any more; what names it keeps naming it. Needs the role LEAD or SALES."""

    class Arguments:
        input = input_argument(CloseSiteInput)

    site = maybe(Site, "The site after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        site = verbs.close_site(
            work, actor, site_id=number("Site", input, "site_id"), expected_version=input["expected_version"]
        )
        return {"site": site}


class ProposeMergerInput(graphene.InputObjectType):
    """Two records of one firm."""

    survivor_id = needed(graphene.ID, "The record that stays.")
    merged_id = needed(graphene.ID, "The record that goes into it.")
    reason = needed(Text, "Why they are one firm.")


class ProposeMerger(Mutation):
    """The operator proposes that two records are one firm; a second person must agree. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(ProposeMergerInput)

    merger = maybe(FirmMerger, "The proposal.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        made = merging.propose_merger(
            work, actor, survivor_id=number("Firm", input, "survivor_id"),
            merged_id=number("Firm", input, "merged_id"), reason=input["reason"],
        )  # fmt: skip
        return {"merger": merging_reads.merger(work, actor, made.id or 0)}


class MergerInput(graphene.InputObjectType):
    """Which proposal."""

    merger_id = needed(graphene.ID, "The proposal.")


class AgreeToMerger(Mutation):
    """A second person agrees: everything of the one record becomes the other's. Needs OPERATOR, or LEAD of the firm that stays."""

    class Arguments:
        input = input_argument(MergerInput)

    merger = maybe(FirmMerger, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        merger_id = number("FirmMerger", input, "merger_id")
        merging.agree_to_merger(work, actor, merger_id=merger_id)
        return {"merger": merging_reads.merger(work, actor, merger_id)}


class RefuseMerger(Mutation):
    """A second person says that these are two firms. Needs OPERATOR, or LEAD of the firm that was to stay."""

    class Arguments:
        input = input_argument(MergerInput)

    merger = maybe(FirmMerger, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        merger_id = number("FirmMerger", input, "merger_id")
        merging.refuse_merger(work, actor, merger_id=merger_id)
        return {"merger": merging_reads.merger(work, actor, merger_id)}


class WithdrawMerger(Mutation):
    """An operator takes an open proposal back. Needs the role OPERATOR."""

    class Arguments:
        input = input_argument(MergerInput)

    merger = maybe(FirmMerger, "The proposal after it.")

    @staticmethod
    def act(work: Any, actor: Any, input: Any) -> dict[str, Any]:
        merger_id = number("FirmMerger", input, "merger_id")
        merging.withdraw_merger(work, actor, merger_id=merger_id)
        return {"merger": merging_reads.merger(work, actor, merger_id)}


class FirmActs:
    """What is done to firms, their sites and their records."""

    reach_firm = ReachFirm.Field(description=ReachFirm.__doc__)
    change_firm = ChangeFirm.Field(description=ChangeFirm.__doc__)
    add_site = AddSite.Field(description=AddSite.__doc__)
    change_site = ChangeSite.Field(description=ChangeSite.__doc__)
    close_site = CloseSite.Field(description=CloseSite.__doc__)
    propose_merger = ProposeMerger.Field(description=ProposeMerger.__doc__)
    agree_to_merger = AgreeToMerger.Field(description=AgreeToMerger.__doc__)
    refuse_merger = RefuseMerger.Field(description=RefuseMerger.__doc__)
    withdraw_merger = WithdrawMerger.Field(description=WithdrawMerger.__doc__)
