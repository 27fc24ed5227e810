"""Several chains beside one another, as one firm sees them."""

from typing import Any

import graphene

from api.types.fields import Date, many, maybe, said
from api.types.firms import Chain
from api.types.resilience import FirmRisk, UnknownShare


def _fewest_days(row: Any, info: Any) -> float | None:
    from oversight.resilience.side_by_side import fewest_days  # loads numba, which is there once something was measured

    return fewest_days(row)


class ChainMeasures(graphene.ObjectType):
    """One chain in a few figures, over what your firm may see of it; the whole stands in `resilience`."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.source.chain_id))
    as_of = said(Date, "The day.", resolver=lambda row, info: row.source.as_of)
    graph_version = said(graphene.String, "Of the network.", resolver=lambda row, info: row.measured.graph_version)
    firms_seen = said(graphene.Int, "Firms in it.", resolver=lambda row, info: row.source.graph.n)
    links_seen = said(graphene.Int, "Links in it.", resolver=lambda row, info: row.source.graph.m)
    is_cut = said(
        graphene.Boolean, "There are more links than are looked at.", resolver=lambda row, info: row.source.is_cut
    )
    single_points = said(graphene.Int, "Firms that alone stop you.",
                         resolver=lambda row, info: sum(one.risk.is_single_point for one in row.firms))  # fmt: skip
    fatal_pairs = said(
        graphene.Int, "Pairs of firms that stop you together.", resolver=lambda row, info: len(row.pairs)
    )
    pairs_complete = said(
        graphene.Boolean, "There are no more.", resolver=lambda row, info: row.measured.pairs_complete
    )
    fewest_days = maybe(graphene.Float, "Days until you stop, at least, whoever stops; null where nobody's stop stops you.",
                        resolver=_fewest_days)  # fmt: skip
    single_source_stages = said(graphene.Int, "Stages with one supplier only.",
                                resolver=lambda row, info: sum(one.measured.single_source for one in row.stages))  # fmt: skip
    largest_score = said(graphene.Float, "The largest ESRI of a firm in it.",
                         resolver=lambda row, info: max((one.risk.score for one in row.firms), default=0.0))  # fmt: skip
    robustness = said(graphene.Float, "R, 0 to 0.5.", resolver=lambda row, info: row.measured.robustness)
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.measured.unknown_share)


class SharedPlace(graphene.ObjectType):
    """What a firm means in one of the chains."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    risk = said(FirmRisk, "The firm and its measures there.")


class SharedFirm(graphene.ObjectType):
    """A firm you meet in more than one chain, under one name or one alias."""

    key = said(graphene.String, "What `resilience` calls it.")
    places = many(SharedPlace, "Where.")


class ChainsSideBySide(graphene.ObjectType):
    """The chains in which your firm sees a link, at most 20."""

    chains = many(ChainMeasures, "Each over what your firm may see of it.")
    shared = many(SharedFirm, "Firms you meet in two or more of them, in most of them first; at most 200.")


USUAL_LENGTHS = {"ChainsSideBySide.chains": 4, "ChainsSideBySide.shared": 20, "SharedFirm.places": 2}
