"""What changed in a chain, as one firm sees it, between two days."""

from typing import TYPE_CHECKING, Any

import graphene

from api.types.fields import Date, many, maybe, said
from api.types.firms import Chain, Item, Stage
from api.types.links import MapFirm, SupplyLink
from api.types.lists import OWN_NUMBER, changes_file, item_behind

if TYPE_CHECKING:
    from oversight.resilience.changes import ChangesSeen


class _Of:
    """A part of a difference beside the whole it is of."""

    def __init__(self, seen: "ChangesSeen", part: Any) -> None:
        self.seen, self.part = seen, part


def _parts(name: str) -> Any:
    return lambda row, info: [_Of(row, part) for part in getattr(row.found, name)]


def _firms(name: str) -> Any:
    return lambda row, info: [row.seen.firms[key] for key in getattr(row.part, name)]


def _item(row: Any, info: Any) -> Any:
    return info.context.batches["item"].one(item_behind(row.part.label))


def _stage(row: Any, info: Any) -> Any:
    number = row.seen.after.stages.get(row.part.label)
    return None if number is None else info.context.batches["stage"].one(number)


class SourcesChange(graphene.ObjectType):
    """The sources of what one buyer needs became one, or more than one."""

    buyer = said(MapFirm, "Who needs it.", resolver=lambda row, info: row.seen.firms[row.part.buyer])
    number = maybe(graphene.String, "What: your own number of it,",
                   resolver=lambda row, info: row.part.label[len(OWN_NUMBER):] if row.part.label.startswith(OWN_NUMBER) else None)  # fmt: skip
    item = maybe(Item, "or its maker's item,", resolver=_item)
    stage = maybe(Stage, "or, where no item is told, the stage it comes from.", resolver=_stage)
    before = many(MapFirm, "Who could meet it.", resolver=_firms("before"))
    after = many(MapFirm, "Who can now.", resolver=_firms("after"))


class RiskMover(graphene.ObjectType):
    """A firm whose stop costs you more or less than it did, by a hundredth of your output at least."""

    firm = said(MapFirm, "Who.", resolver=lambda row, info: row.seen.firms[row.part.key])
    own_loss_before = maybe(graphene.Float, "Share of your own output lost for want of inputs; null where it was not in the network.",
                            resolver=lambda row, info: row.part.before and row.part.before.own_loss)  # fmt: skip
    own_loss_after = maybe(graphene.Float, "And now; null where it is not.",
                           resolver=lambda row, info: row.part.after and row.part.after.own_loss)  # fmt: skip
    rank_before = maybe(
        graphene.Int, "Its rank then.", resolver=lambda row, info: row.part.before and row.part.before.rank
    )
    rank_after = maybe(graphene.Int, "Its rank now.", resolver=lambda row, info: row.part.after and row.part.after.rank)


class ChangedPair(graphene.ObjectType):
    """Two firms that stop you together, and neither alone."""

    first = said(MapFirm, "One.", resolver=lambda row, info: row.seen.firms[row.part[0]])
    second = said(MapFirm, "The other.", resolver=lambda row, info: row.seen.firms[row.part[1]])


def _named(name: str) -> Any:
    return lambda row, info: [row.firms[key] for key in getattr(row.found, name)][:MOST]


MOST = 200


class ChainChanges(graphene.ObjectType):
    """A chain on two days, both looked at with what is shown to your firm today. Lists hold 200 at most; counts are of all."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.after.chain_id))
    since = said(Date, "The end of this day ...", resolver=lambda row, info: row.before.as_of)
    until = said(Date, "... beside the end of this one.", resolver=lambda row, info: row.after.as_of)
    links_before = said(graphene.Int, "Links that stood.", resolver=lambda row, info: row.before.graph.m)
    links_after = said(graphene.Int, "Links that stand.", resolver=lambda row, info: row.after.graph.m)
    is_cut = said(graphene.Boolean, "There are more links than the 5000 looked at.",
                  resolver=lambda row, info: row.before.is_cut or row.after.is_cut)  # fmt: skip
    gained_count = said(graphene.Int, "Links gained.", resolver=lambda row, info: len(row.found.gained))
    lost_count = said(graphene.Int, "Links lost.", resolver=lambda row, info: len(row.found.lost))
    gained = many(SupplyLink, "Links that stand now and did not.", resolver=lambda row, info: row.found.gained[:MOST])
    lost = many(SupplyLink, "Links that stood and have ended. A link disputed today stands on neither day.",
                resolver=lambda row, info: row.found.lost[:MOST])  # fmt: skip
    narrowed = many(
        SourcesChange, "Needs left with one source.", resolver=lambda row, info: _parts("narrowed")(row, info)[:MOST]
    )
    widened = many(SourcesChange, "Needs that had one source and have more.",
                   resolver=lambda row, info: _parts("widened")(row, info)[:MOST])  # fmt: skip
    new_single_points = many(MapFirm, "Firms that alone stop you now.", resolver=_named("new_single_points"))
    gone_single_points = many(MapFirm, "Firms that do not any more.", resolver=_named("gone_single_points"))
    new_pairs = many(
        ChangedPair, "Pairs that stop you now.", resolver=lambda row, info: _parts("new_pairs")(row, info)[:MOST]
    )
    gone_pairs = many(
        ChangedPair, "Pairs that do not any more.", resolver=lambda row, info: _parts("gone_pairs")(row, info)[:MOST]
    )
    xlsx = said(graphene.String, "All of it as an Excel file in base64, with method and days; the ledger of who discloses links says that it was exported.",
                resolver=changes_file)  # fmt: skip
    movers = many(RiskMover, "Whose stop costs you more or less, most first, at most 20.", resolver=_parts("movers"))


USUAL_LENGTHS = {
    **{f"ChainChanges.{name}": 5 for name in (
        "gained", "lost", "narrowed", "widened", "newSinglePoints", "goneSinglePoints", "newPairs", "gonePairs", "movers",
    )},
    "SourcesChange.before": 2, "SourcesChange.after": 2,
}  # fmt: skip
