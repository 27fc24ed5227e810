"""What a scenario does to a chain as one firm sees it, and how one is asked for."""

import graphene

from api.payloads import needed, needed_list, optional, optional_list
from api.types import enums
from api.types.backups import BackupSource
from api.types.fields import Date, Quantity, many, maybe, said
from api.types.firms import Chain, Item, Stage, prefecture_name
from api.types.links import MapFirm
from api.types.lists import simulation_file
from api.types.orders import Order
from api.types.resilience import UnknownShare
from kernel.access import Side


class ShockInput(graphene.InputObjectType):
    """One thing that happens. Of what a kind does not ask for nothing is read."""

    kind = needed(enums.ShockKind, "What happens.")
    first = needed(Date, "The first day.")
    last = optional(Date, "The last day; it does not end when nothing is said.")
    firm = optional(graphene.String, "FIRM_DOWN: the firm's `key` in `resilience`.")
    stage_ids = optional_list(graphene.ID, "STAGE_CUT: one stage; POWER_RATIONING: one or more.")
    prefectures = optional_list(
        graphene.String,
        "GB/T 2260 codes. PREFECTURE_DOWN: one; SUPPLY_STOP: one or more; POWER_RATIONING: where, or everywhere.",
    )
    origin = optional(graphene.String, "LANE_DELAY: from this prefecture.")
    destination = optional(graphene.String, "LANE_DELAY: to this prefecture.")
    left = optional(graphene.Float, "Share of capacity that is left, 0 to 1; 0 when nothing is said.")
    delay_days = optional(graphene.Int, "LANE_DELAY: goods come so many days later.")


class SourceInput(graphene.InputObjectType):
    """备链: a further source of what one of your links brings."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")
    share = needed(graphene.Float, "Share of the need it can carry; 1: all of it.")
    ready_on = needed(Date, "The day it delivers for the first time.")
    ramp_days = optional(graphene.Int, "Days until it carries its full share; 0 when nothing is said.")


class ScenarioInput(graphene.InputObjectType):
    """Dated shocks in any mix."""

    begins = optional(Date, "Day 0; today when nothing is said.")
    days = optional(graphene.Int, "How many days are looked at, 1 to 365; 180 when nothing is said.")
    shocks = needed_list(ShockInput, "What happens, 1 to 20 things.")
    sources = optional_list(SourceInput, "Further sources, at most 20: the scenario is run without and with them.")
    with_backups = optional(
        graphene.Boolean,
        "Run the backup sources your firm has noted beside them, each ready so many days after day 0 as lie before it; yes unless said.",
    )


class FirmHit(graphene.ObjectType):
    """What one firm goes through."""

    key = said(graphene.String, "Its `key` in `resilience`.")
    firm = said(MapFirm, "The firm, by name or alias.")
    stops_on = maybe(Date, "The first day it can make nothing.", resolver=lambda row, info: row.hit.stops_on)
    depth = said(
        graphene.Float, "Its largest loss of a day, 0 to 1 of normal.", resolver=lambda row, info: row.hit.depth
    )
    normal_on = maybe(Date, "From this day it makes the normal amount for good; null: not within the days looked at.",
                      resolver=lambda row, info: row.hit.normal_on)  # fmt: skip
    lost = said(
        graphene.Float, "Money not made, in CNY of the network's amounts.", resolver=lambda row, info: row.hit.lost
    )


class StageLoss(graphene.ObjectType):
    """What a stage loses."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row[0]))
    lost = said(graphene.Float, "Money not made.", resolver=lambda row, info: row[1])


class PrefectureLoss(graphene.ObjectType):
    """What a prefecture loses, as far as you know who is there."""

    prefecture = said(graphene.String, "GB/T 2260 code.", resolver=lambda row, info: row[0])
    prefecture_name = said(graphene.String, "Name in the language of the request.",
                           resolver=lambda row, info: prefecture_name(row[0], info.context.lang))  # fmt: skip
    lost = said(graphene.Float, "Money not made.", resolver=lambda row, info: row[1])


class ScenarioOutcome(graphene.ObjectType):
    """One run over the days looked at."""

    own = maybe(FirmHit, "What you go through.")
    firms_hit = said(
        graphene.Int, "How many firms lose more than 1/1000 on some day.", resolver=lambda row, info: len(row.hits)
    )
    tiers_hit = said(graphene.Int, "How many links from where it strikes the furthest of them is.",
                     resolver=lambda row, info: row.outcome.tiers_hit)  # fmt: skip
    lost = said(graphene.Float, "Money not made in all.", resolver=lambda row, info: row.outcome.lost)
    lost_by_day = many(
        graphene.Float, "Money not made, day by day from day 0.", resolver=lambda row, info: row.outcome.lost_by_day
    )
    hits = many(FirmHit, "Who loses, most first; at most 500.", resolver=lambda row, info: row.hits[:500])
    by_stage = many(StageLoss, "By stage.")
    by_prefecture = many(PrefectureLoss, "By prefecture.")


class OrderAtRisk(graphene.ObjectType):
    """What is due on an order while whoever has to ship it cannot make the normal amount."""

    order = maybe(Order, "The order.", resolver=lambda row, info: info.context.batches["order"].one(row.order_id))
    side = said(enums.Side, "BUYER: a supplier of yours may be late; SELLER: you may be.",
                resolver=lambda row, info: Side.BUYER if row.buyer_id == info.context.acting.party_id else Side.SELLER)  # fmt: skip
    item = maybe(Item, "What.", resolver=lambda row, info: info.context.batches["item"].one(row.item_id))
    due_on = said(Date, "The agreed day, or the wanted one until then.")
    quantity = said(Quantity, "What is not shipped yet.",
                    resolver=lambda row, info: {"value": row.quantity, "unit": row.unit})  # fmt: skip


class TimeToStop(graphene.ObjectType):
    """A firm that stops, and why, along the links."""

    key = said(graphene.String, "Its `key` in `resilience`.")
    firm = said(MapFirm, "The firm, by name or alias.")
    stops_on = said(Date, "The first day it makes nothing.", resolver=lambda row, info: row.stop.on)
    supplier = maybe(MapFirm, "For want of whose deliveries; null: it is struck itself.")
    cover_days = maybe(graphene.Float, "How long its stock of them lasted.",
                       resolver=lambda row, info: None if row.supplier is None else row.stop.cover)  # fmt: skip
    is_assumed = said(graphene.Boolean, "Nobody stated that stock: 15 days are taken.",
                      resolver=lambda row, info: row.stop.assumed)  # fmt: skip


class Simulation(graphene.ObjectType):
    """A scenario run over the links your firm may see at this moment."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.source.chain_id))
    graph_version = said(graphene.String, "Of the network.", resolver=lambda row, info: row.source.graph.version)
    as_of = said(Date, "The day of the network.", resolver=lambda row, info: row.source.as_of)
    begins = said(Date, "Day 0.", resolver=lambda row, info: row.asked.begins)
    days = said(graphene.Int, "How many days were looked at.", resolver=lambda row, info: row.found.days)
    score = said(graphene.Float, "Share of all output lost, 0 to 1, if the worst days lasted (ESRI of that shock).",
                 resolver=lambda row, info: row.found.score)  # fmt: skip
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.source.graph.unknown_share)
    orders_at_risk = many(OrderAtRisk, "Of your orders, by day, what may come or go out late as things are; at most 200.",
                          resolver=lambda row, info: row.at_risk[:200])  # fmt: skip
    without = said(ScenarioOutcome, "As things are.")
    stops = many(TimeToStop, "Who stops first along the links, as things are, by day; at most 500. Full stops alone, each "
                 "source still working taken to carry the whole input: `hits` tells of the rest.",
                 resolver=lambda row, info: row.stops[:500])  # fmt: skip
    xlsx = said(graphene.String, "The same as an Excel file in base64, with method and day; the ledger of who discloses links says that it was exported.",
                resolver=simulation_file)  # fmt: skip
    with_sources = maybe(ScenarioOutcome, "With the further sources; null where there are none.")
    backups = many(BackupSource, "Of your own backup sources those that ran with them.")


USUAL_LENGTHS = {
    "Simulation.ordersAtRisk": 30,
    "Simulation.stops": 20, "ScenarioOutcome.lostByDay": 180, "ScenarioOutcome.hits": 60, "ScenarioOutcome.byStage": 6, "ScenarioOutcome.byPrefecture": 13,
}  # fmt: skip
