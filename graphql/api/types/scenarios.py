"""Scenarios a firm keeps, and several of them side by side."""

import graphene

from api.payloads import UserError, told
from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, camel, child, connection, ident, many, maybe, said
from api.types.firms import Chain, Node
from api.types.lists import comparison_file
from api.types.resilience import UnknownShare
from api.types.simulation import Simulation
from kernel import ids
from oversight.scenarios.reads import asked_of, scenario_verbs


class KeptShock(graphene.ObjectType):
    """One thing that happens, in the words `ShockInput` takes."""

    kind = said(enums.ShockKind, "What happens.")
    first = said(Date, "The first day.")
    last = maybe(Date, "The last day; null: it does not end.")
    firm = said(graphene.String, "The firm's `key` in `resilience`, or nothing; its name is told there, if at all.")
    stage_ids = many(graphene.ID, "Stages.", resolver=lambda row, info: [ids.seal("Stage", n) for n in row.stage_ids])
    prefectures = many(graphene.String, "GB/T 2260 codes.")
    origin = said(graphene.String, "From this prefecture.")
    destination = said(graphene.String, "To this prefecture.")
    left = said(graphene.Float, "Share of capacity that is left, 0 to 1.")
    delay_days = said(graphene.Int, "So many days later.")


class KeptSource(graphene.ObjectType):
    """备链: a further source, in the words `SourceInput` takes."""

    link_id = said(
        graphene.ID, "The link it stands beside.", resolver=lambda row, info: ids.seal("SupplyLink", row.link_id)
    )
    share = said(graphene.Float, "Share of the need it can carry.")
    ready_on = said(Date, "The day it delivers for the first time.")
    ramp_days = said(graphene.Int, "Days until it carries its full share.")


class SavedScenario(graphene.ObjectType):
    """A scenario your firm keeps: what is asked, never what came of it."""

    class Meta:
        interfaces = (Node,)

    id = ident("SavedScenario")
    chain = child(Chain, "chain", "chain_id", "The chain.")
    name = said(graphene.String, "Its name, one of a kind in your firm and chain.")
    begins_on = maybe(Date, "Day 0; null: it begins on the day it is run, and all its days move along.")
    days = said(graphene.Int, "How many days are looked at.")
    shocks = many(KeptShock, "What happens, if it is run today.",
                  resolver=lambda row, info: asked_of(row, info.context.today).shocks)  # fmt: skip
    with_backups = said(graphene.Boolean, "Your own backup sources run with it.",
                        resolver=lambda row, info: asked_of(row, info.context.today).with_backups)  # fmt: skip
    sources = many(KeptSource, "Further sources.", resolver=lambda row, info: asked_of(row, info.context.today).sources)
    saved_at = said(DateTime, "When it was saved or changed last.")
    saved_by = maybe(graphene.String, "By whom of your firm.",
                     resolver=lambda row, info: getattr(info.context.batches["person"].one(row.by_user), "name", None))  # fmt: skip
    version = said(graphene.Int, "Give it back when you change it.")
    open_verbs = many(graphene.String, "What you may do to it now, by mutation name.",
                      resolver=lambda row, info: [camel(v) for v in scenario_verbs(info.context.acting, row)])  # fmt: skip


SavedScenarioConnection = connection(SavedScenario, "SavedScenario")


class ComparedScenario(graphene.ObjectType):
    """One column of a comparison."""

    scenario = said(SavedScenario, "What was kept.", resolver=lambda row, info: row.saved)
    simulation = maybe(Simulation, "What it does today; null where it fits the chain no longer.",
                       resolver=lambda row, info: row.run)  # fmt: skip
    refusal = maybe(UserError, "Why it does not fit, such as a firm that is no more shown to you.",
                    resolver=lambda row, info: row.refused and told(row.refused, info.context.lang))  # fmt: skip


class ScenarioComparison(graphene.ObjectType):
    """Scenarios side by side, all over the same links: those your firm may see at this moment."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.source.chain_id))
    as_of = said(Date, "The day of the network.", resolver=lambda row, info: row.source.as_of)
    graph_version = said(graphene.String, "Of the network.", resolver=lambda row, info: row.source.graph.version)
    links_seen = said(graphene.Int, "Links in it.", resolver=lambda row, info: row.source.graph.m)
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.source.graph.unknown_share)
    columns = many(ComparedScenario, "As asked for.")
    xlsx = said(graphene.String, "The same as an Excel file in base64, with method and day; the ledger of who discloses links says that it was exported.",
                resolver=comparison_file)  # fmt: skip


USUAL_LENGTHS = {
    "SavedScenario.shocks": 3, "SavedScenario.sources": 2, "SavedScenario.openVerbs": 3, "KeptShock.stageIds": 1,
    "KeptShock.prefectures": 1, "ScenarioComparison.columns": 4,
}  # fmt: skip
