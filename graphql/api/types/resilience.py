"""How much a chain, as one firm sees it, leans on whom: measures and the ways behind them."""

from math import isnan
from typing import Any

import graphene

from api.types import enums
from api.types.fields import Date, many, maybe, said
from api.types.firms import Chain, Item, Stage
from api.types.links import MapFirm
from api.types.lists import item_behind, names_of, resilience_file
from chain.links.resting import note_shown
from oversight.resilience.saying import exposed_sentence, sentence


class UnknownShare(graphene.ObjectType):
    """Of all links looked at, the share, 0 to 1, of which something is not known."""

    amount = said(graphene.Float, "Without an agreed amount in CNY in the last year; the median one stands in.")
    cover = said(graphene.Float, "Without stock of yours beside a use of yours.")
    evidence = said(graphene.Float, "Less than certain; their amounts are weighed by their confidence.")


class FirmRisk(graphene.ObjectType):
    """What the stop of one firm means, over what you may see."""

    key = said(graphene.String, "The firm's id, or its alias: what `firmReasons` takes.")
    firm = said(MapFirm, "The firm, by name or alias.")
    rank = said(graphene.Int, "1: it costs you most.", resolver=lambda row, info: row.risk.rank)
    score = said(graphene.Float, "ESRI: share, 0 to 1, of all output of the network that is lost.",
                 resolver=lambda row, info: row.risk.score)  # fmt: skip
    down = said(graphene.Float, "Of it, for want of inputs only.", resolver=lambda row, info: row.risk.down)
    up = said(graphene.Float, "Of it, for want of orders only.", resolver=lambda row, info: row.risk.up)
    own_loss = said(graphene.Float, "Share, 0 to 1, of your own output that is lost for want of inputs.",
                    resolver=lambda row, info: row.risk.own_loss)  # fmt: skip
    own_orders_loss = said(graphene.Float, "Share of your own output that is lost for want of orders.",
                           resolver=lambda row, info: row.risk.own_orders_loss)  # fmt: skip
    tier = maybe(graphene.Int, "Links to you: 1 a direct supplier; null where nothing of it reaches you.",
                 resolver=lambda row, info: row.risk.tier)  # fmt: skip
    reach = said(graphene.Int, "How many firms lose something.", resolver=lambda row, info: row.risk.reach)
    days = maybe(graphene.Float, "Days until you stop, at least; null where you never do.",
                 resolver=lambda row, info: row.risk.days)  # fmt: skip
    days_source = said(enums.CoverSource, "The worst evidence for these days.",
                       resolver=lambda row, info: row.risk.days_source)  # fmt: skip
    is_exact = said(graphene.Boolean, "The cascade was followed to its end; else losses below `theta` were not handed on.",
                    resolver=lambda row, info: row.risk.is_exact)  # fmt: skip
    is_single_point = said(
        graphene.Boolean,
        "It alone stops you, or a product of yours by its bill.",
        resolver=lambda row, info: row.risk.is_single_point,
    )
    stops_all = said(graphene.Boolean, "It alone stops all you make: by something no bill names, or all products.",
                     resolver=lambda row, info: row.risk.stops_all)  # fmt: skip
    stops = many(
        Item,
        "Your products that it alone stops, by their bills.",
        resolver=lambda row, info: _items(row.risk.stops, info),
    )
    is_articulation = said(graphene.Boolean, "Without it the network falls apart.",
                           resolver=lambda row, info: row.risk.is_articulation)  # fmt: skip
    nexus = said(graphene.Float, "Position rank minus spend rank, -1 to 1: high matters more by where it stands than by what is spent with it.",
                 resolver=lambda row, info: row.risk.nexus)  # fmt: skip


def _items(labels: Any, info: Any) -> list[Any]:
    return [info.context.batches["item"].one(item_behind(label)) for label in labels]


class FatalPair(graphene.ObjectType):
    """Two firms that stop you together, and neither alone."""

    first = said(FirmRisk, "One.", resolver=lambda row, info: row[0])
    second = said(FirmRisk, "The other.", resolver=lambda row, info: row[1])


def _number(name: str) -> Any:
    def resolve(row: Any, info: Any) -> float | None:
        value = getattr(row.measured, name)
        return None if isnan(value) else float(value)

    return resolve


class StageRisk(graphene.ObjectType):
    """On how few firms and prefectures a stage rests, over what you may see."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row.stage_id))
    firms = said(graphene.Int, "How many supply it.", resolver=lambda row, info: row.measured.firms)
    prefectures = maybe(
        graphene.Int, "In how many prefectures; null where you do not know that of all of them.",
        resolver=lambda row, info: None if row.unplaced else row.measured.regions,
    )  # fmt: skip
    firm_concentration = maybe(
        graphene.Float, "HHI by firm, over 0 to 1; null where no amount is known.", resolver=_number("firm")
    )
    prefecture_concentration = maybe(
        graphene.Float, "HHI by prefecture, where all are known.",
        resolver=lambda row, info: None if row.unplaced else _number("region")(row, info),
    )  # fmt: skip
    effective_suppliers = maybe(
        graphene.Float, "1 / HHI: so many equal ones would be as concentrated.", resolver=_number("effective")
    )
    is_single_source = said(graphene.Boolean, "One firm only.", resolver=lambda row, info: row.measured.single_source)
    is_single_prefecture = said(
        graphene.Boolean, "One prefecture only, as far as all are known.",
        resolver=lambda row, info: not row.unplaced and row.measured.single_region,
    )  # fmt: skip


class TierCount(graphene.ObjectType):
    """How many firms stand so many links from you."""

    tier = said(graphene.Int, "1: your direct suppliers.", resolver=lambda row, info: row[0])
    firms = said(graphene.Int, "How many.", resolver=lambda row, info: row[1])


class Gate(graphene.ObjectType):
    """A firm through which everything of some others must pass on its way to you (a dominator)."""

    firm = said(FirmRisk, "The firm.", resolver=lambda row, info: row[0])
    behind = said(graphene.Int, "How many others.", resolver=lambda row, info: row[1])


class StageCutOff(graphene.ObjectType):
    """The fewest firms without which nothing of a stage reaches you (minimum vertex cut); one alone is 卡脖子."""

    stage = said(Stage, "The stage.", resolver=lambda row, info: info.context.batches["stage"].one(row[0]))
    firms = many(FirmRisk, "One such set.", resolver=lambda row, info: row[1])


class Bridge(graphene.ObjectType):
    """Two firms whose connection is the only one between two parts of the network."""

    first = said(MapFirm, "One.", resolver=lambda row, info: row[0])
    second = said(MapFirm, "The other.", resolver=lambda row, info: row[1])


class ProductRisk(graphene.ObjectType):
    """A product of yours with a bill, and who stops it: it runs while each material has a supplier that runs."""

    item = maybe(
        Item,
        "The product.",
        resolver=lambda row, info: info.context.batches["item"].one(item_behind(row.stops.product)),
    )
    materials = said(graphene.Int, "What is bought for it, its own parts resolved, as far as this chain brings it.",
                     resolver=lambda row, info: len(row.stops.materials))  # fmt: skip
    unsupplied = said(graphene.Int, "Of these, those nobody you see supplies: they stop nothing here, since their source is not known.",
                      resolver=lambda row, info: len(row.stops.unsupplied))  # fmt: skip
    single_points = many(FirmRisk, "Who alone stops it; at most 100.", resolver=lambda row, info: row.single[:100])
    fatal_pairs = many(FatalPair, "Two that stop it together, at most 100.", resolver=lambda row, info: row.pairs[:100])
    pairs_known = said(graphene.Boolean, "Pairs were looked for; false where firms and products are too many to.",
                       resolver=lambda row, info: row.stops.pairs is not None)  # fmt: skip
    fewest = maybe(graphene.Int, "The fewest firms that stop it (minimal cut); null: more than two, or more than one where pairs are not known.",
                   resolver=lambda row, info: 1 if row.single else 2 if row.pairs else None)  # fmt: skip


def _exposure(name: str) -> Any:
    return lambda row, info: getattr(row.exposure, name)


class RiskExposure(graphene.ObjectType):
    """What the stop of a firm costs you from the day you stop until it has recovered (Simchi-Levi et al. 2014)."""

    of = said(FirmRisk, "The firm and its measures.")
    rank = maybe(
        graphene.Int, "1: you lose most; null where nothing is lost or it is not known.", resolver=_exposure("rank")
    )
    survive_days = said(
        graphene.Float, "Time to survive: days until you stop, at least.", resolver=_exposure("survive_days")
    )
    survive_source = said(enums.CoverSource, "The worst evidence for them.", resolver=_exposure("survive_source"))
    recover_days = maybe(graphene.Float, "Time to recover: of the slowest of its links that lead to you; null where not known.",
                         resolver=_exposure("recover_days"))  # fmt: skip
    recover_source = said(enums.RecoverSource, "Whence.", resolver=_exposure("recover_source"))
    is_least = said(
        graphene.Boolean, "Of some such link nothing is known: it may take longer.", resolver=_exposure("is_least")
    )
    gap_days = maybe(graphene.Float, "Recover less survive: over 0 is a risk. Null where one declared lead time stands on both sides.",
                     resolver=_exposure("gap_days"))  # fmt: skip
    share = said(graphene.Float, "Share, 0 to 1, of your output lost a day of the gap.", resolver=_exposure("share"))
    lost_days = maybe(graphene.Float, "Days of all your output lost, at most.", resolver=_exposure("lost_days"))
    money = maybe(graphene.Float, "The same in CNY, by what was agreed with your customers in the last year; null where nothing was.",
                  resolver=_exposure("money"))  # fmt: skip
    index = maybe(graphene.Float, "Risk exposure index, 0 to 1: over the largest.", resolver=_exposure("index"))
    sentence = said(graphene.String, "In words, in the language of the request.",
                    resolver=lambda row, info: exposed_sentence(row, info.context.lang, names_of(info)))  # fmt: skip


class Resilience(graphene.ObjectType):
    """A chain measured over the links your firm may see at this moment, and nothing else."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.source.chain_id))
    as_of = said(Date, "The day.", resolver=lambda row, info: row.source.as_of)
    graph_version = said(graphene.String, "Of the network measured: equal networks have equal versions.",
                         resolver=lambda row, info: row.measured.graph_version)  # fmt: skip
    eps = said(graphene.Float, "A sweep that takes no more than this from anyone ends a cascade.",
               resolver=lambda row, info: row.measured.eps)  # fmt: skip
    theta = said(graphene.Float, "Losses below it are not handed on; 0: scores are exact.",
                 resolver=lambda row, info: row.measured.theta)  # fmt: skip
    firms_seen = said(graphene.Int, "Firms in it.", resolver=lambda row, info: row.source.graph.n)
    links_seen = said(
        graphene.Int, "Links in it: neither ended nor disputed.", resolver=lambda row, info: row.source.graph.m
    )
    is_cut = said(
        graphene.Boolean, "There are more links than the 5000 looked at.", resolver=lambda row, info: row.source.is_cut
    )
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.measured.unknown_share)
    robustness = said(graphene.Float, "R, 0 to 0.5: how slowly it falls apart as firms go, largest first.",
                      resolver=lambda row, info: row.measured.robustness)  # fmt: skip
    firms = many(FirmRisk, "The others in it, first who costs you most; at most 1000.",
                 resolver=lambda row, info: row.firms[:1000])  # fmt: skip
    fatal_pairs = many(
        FatalPair, "Two that stop you together, at most 100.", resolver=lambda row, info: row.pairs[:100]
    )
    pairs_complete = said(graphene.Boolean, "There are no more such pairs.",
                          resolver=lambda row, info: row.measured.pairs_complete and len(row.pairs) <= 100)  # fmt: skip
    csv = said(graphene.String, "The firms by rank as a CSV file, with method and day; the ledger of who discloses links says that it was exported.",
               resolver=lambda row, info: _file(row, info).as_csv(row, info.context.lang, names_of(info)))  # fmt: skip
    graphml = said(graphene.String, "The network with its measures as GraphML; exported alike.",
                   resolver=lambda row, info: _file(row, info).as_graphml(row, names_of(info)))  # fmt: skip
    xlsx = said(
        graphene.String,
        "All lists as an Excel file in base64, with method and day; exported alike.",
        resolver=resilience_file,
    )
    products = many(ProductRisk, "Your products by your own bills in force, those that go into no other; at most 100.")
    unknown_needs = said(graphene.Float, "Of what these take, the share, 0 to 1, nobody you see supplies.",
                         resolver=lambda row, info: row.measured.unknown_needs)  # fmt: skip
    exposures = many(RiskExposure, "Whose stop stops you, most lost until recovery first, those not known last; at most 500.",
                     resolver=lambda row, info: row.exposed[:500])  # fmt: skip
    unknown_recovery = said(graphene.Float, "Of the links that lead to you, the share, 0 to 1, of which no days to recover are known.",
                            resolver=lambda row, info: row.exposures.unknown_share)  # fmt: skip
    output_per_day = maybe(graphene.Float, "What your customers agreed on in the last year, a day, in CNY; null where nothing.",
                           resolver=lambda row, info: row.exposures.output_per_day)  # fmt: skip
    tiers = many(
        TierCount, "Firms by links to you, nearest first.", resolver=lambda row, info: row.measured.narrow.by_tier
    )
    beyond_share = said(graphene.Float, "Of all paid on the way to you, the share, 0 to 1, that goes to firms of which you see no supplier, raw material left out: what lies beyond the tiers you see.",
                        resolver=lambda row, info: row.measured.narrow.beyond_share)  # fmt: skip
    gates = many(
        Gate, "Firms all of some others must pass, most first; at most 100.", resolver=lambda row, info: row.gates[:100]
    )
    cuts = many(StageCutOff, "For each stage of which something reaches you.")
    bridges = many(Bridge, "At most 100.", resolver=lambda row, info: row.bridges[:100])
    stages = many(StageRisk, "Every stage with a firm you see in it.")


class RiskStep(graphene.ObjectType):
    """One link on a way, from supplier to buyer."""

    supplier = said(MapFirm, "Who supplies.")
    buyer = said(MapFirm, "Who buys.")
    tier = said(graphene.Int, "Steps from the firm that stops.", resolver=lambda row, info: row.step.tier)
    share = said(graphene.Float, "What the buyer buys from it, of that stage or, if not essential, of all.",
                 resolver=lambda row, info: row.step.share)  # fmt: skip
    replaceable = said(graphene.Float, "Part of the loss that others of its stage can replace, 0 to 1.",
                       resolver=lambda row, info: 1.0 - row.step.sigma)  # fmt: skip
    essential = said(graphene.Boolean, "Without it the buyer stops.", resolver=lambda row, info: row.step.essential)
    cover_days = maybe(graphene.Float, "Days of stock the buyer holds, where that is known.",
                       resolver=lambda row, info: row.step.cover_days)  # fmt: skip
    loss = said(graphene.Float, "What the buyer loses, 0 to 1.", resolver=lambda row, info: row.step.loss)


class RiskWay(graphene.ObjectType):
    """A way from the firm that stops to you."""

    steps = many(RiskStep, "From the firm that stops on.")
    lost = said(graphene.Float, "Share of all output lost along it.", resolver=lambda row, info: row.path.lost)
    relief = said(
        graphene.Float,
        "How much lower the score is if its first link holds.",
        resolver=lambda row, info: row.path.relief,
    )
    counts = said(graphene.Boolean, "It is: a reason by itself.")
    sentence = said(graphene.String, "In words, in the language of the request.",
                    resolver=lambda row, info: sentence(row, info.context.lang, names_of(info)))  # fmt: skip


class FirmReasons(graphene.ObjectType):
    """Why a firm matters to you."""

    of = said(FirmRisk, "The firm and its measures.")
    ways = many(RiskWay, "The heaviest ways, at most three; those that are no reason by themselves come last.")


def _file(row: Any, info: Any) -> Any:
    from oversight.resilience import exporting  # networkx loads only where a file is made

    note_shown(info.context.work, info.context.acting, row.source.rests_on, export=True)
    return exporting


USUAL_LENGTHS = {
    "Resilience.firms": 60, "Resilience.fatalPairs": 10, "Resilience.stages": 6, "Resilience.tiers": 4, "Resilience.gates": 10, "Resilience.cuts": 6,
    "Resilience.bridges": 20, "Resilience.products": 10, "Resilience.exposures": 20, "ProductRisk.singlePoints": 4, "ProductRisk.fatalPairs": 4,
    "FirmRisk.stops": 1, "StageCutOff.firms": 2, "FirmReasons.ways": 3, "RiskWay.steps": 3,
}  # fmt: skip
