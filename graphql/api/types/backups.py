"""备链: further sources a buyer prepares for its own links, how far its inputs are covered, what one more would buy."""

from typing import Any

import graphene

from api.payloads import needed, optional
from api.scalars import DateTime
from api.types import enums
from api.types.fields import Date, camel, child, connection, described, ident, many, maybe, said
from api.types.firms import Chain, Firm, Node
from api.types.links import MapFirm, SupplyLink
from api.types.resilience import UnknownShare
from chain.backups.lifecycle import BackupSourceState as StateWord
from chain.backups.reads import backup_source_verbs

BackupSourceState = described("BackupSourceState", StateWord, "How far a backup source has come.", {
    StateWord.CANDIDATE: "Somebody thought of it.", StateWord.QUALIFIED: "Your firm has approved it as a supplier of this item's category.",
    StateWord.TRIAL: "It makes trial lots.", StateWord.READY: "It could deliver from today.", StateWord.DROPPED: "It counts nowhere any more.",
})  # fmt: skip
PARTS = {
    "fit_days": "fitDays", "qualification_days": "qualificationDays", "trial_days": "trialDays",
    "spare_weeks": "spareDays", "tooling_days": "toolingDays",
}  # fmt: skip
"""What the network calls a part, and what the field is called that holds it."""


class BackupReadiness(graphene.ObjectType):
    """In how many days a source delivers: fit, then the longer of tooling and qualification with trial; by then spare capacity."""

    days = said(graphene.Float, "At least so many days, where `unknown` names parts nobody has told.")
    waits_for = maybe(graphene.String, "The part that takes most of them, by its field; null where nothing is left.",
                      resolver=lambda row, info: PARTS.get(row.waits_for))  # fmt: skip
    unknown = many(graphene.String, "Parts nobody has told, by their fields.",
                   resolver=lambda row, info: [PARTS[part] for part in row.unknown])  # fmt: skip


class BackupSource(graphene.ObjectType):
    """备链: a further source of what one of your links brings. Known to your firm alone."""

    class Meta:
        interfaces = (Node,)

    id = ident("BackupSource")
    link = child(SupplyLink, "supply_link", "link_id", "The link by which your firm buys.", required=False)
    firm = maybe(
        Firm,
        "Who it is, where you deal with it.",
        resolver=lambda row, info: info.context.batches["firm"].one(row.firm_id),
    )
    working_name = said(graphene.String, "What you call it; empty where you named the firm only.")
    state = said(BackupSourceState, "How far it has come.")
    fit_days = maybe(graphene.Int, "Days until it is clear that it fits, as noted; null: nobody has said.")
    qualification_days = maybe(graphene.Int, "Days to qualify it, as noted.")
    trial_days = maybe(graphene.Int, "Days of trial that are left, as noted.")
    spare_days = maybe(graphene.Int, "Days until it has capacity to spare, as noted.")
    tooling_days = maybe(graphene.Int, "Days until tools are made, as noted.")
    share = said(graphene.Float, "Share of the need it can carry; 1: all of it.")
    ramp_days = said(graphene.Int, "Days from its first delivery until it carries that.")
    is_approved = said(
        graphene.Boolean,
        "Your firm approves it today as a supplier in the category of the item; while it does not, it counts as a candidate.",
    )
    is_ready = said(graphene.Boolean, "READY, and still approved: it covers the input.")
    readiness = said(BackupReadiness, "What lies before it today: what its state holds is done.")
    recorded_at = said(DateTime, "When it was noted.")
    changed_at = said(DateTime, "When it last changed.")
    version = said(graphene.Int, "Grows with each change; every answer to it wants it.")
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(verb) for verb in backup_source_verbs(info.context.acting, row)],
    )  # fmt: skip


BackupSourceConnection = connection(BackupSource, "BackupSource")


class BackupSourceFilter(graphene.InputObjectType):
    """Which sources; conditions are joined by and."""

    chain_id = graphene.InputField(graphene.ID, description="For links of this chain.")
    link_id = graphene.InputField(graphene.ID, description="For this link.")
    states = graphene.InputField(graphene.List(graphene.NonNull(BackupSourceState)), description="Standing here.")


class BoughtInput(graphene.ObjectType):
    """One thing your firm buys: by your own number where its links have one, else by the maker's item."""

    links = many(SupplyLink, "The links that bring it, neither ended nor disputed.")
    essentiality = said(enums.Essentiality, "How essential it is: the gravest of its links.")
    is_stated = said(graphene.Boolean, "Your firm said so of one of its links; else the chain's table does.")
    need = said(
        graphene.Float,
        "Money a year, in CNY of agreed orders, the median link's where none is known; weighed by confidence.",
    )
    need_known = said(graphene.Boolean, "At least one amount was agreed in the last year.")
    has_second = said(graphene.Boolean, "Two firms supply it.")
    is_covered = said(graphene.Boolean, "Two firms supply it, or a backup source is ready.")
    backups = many(BackupSource, "Its sources that are not dropped.")


def _found(name: str) -> Any:
    return lambda row, info: getattr(row.found, name)


class BackupCoverage(graphene.ObjectType):
    """How far your essential inputs of a chain are covered by a second live supplier or a ready backup source."""

    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.source.chain_id))
    as_of = said(Date, "The day.", resolver=lambda row, info: row.source.as_of)
    graph_version = said(graphene.String, "Of the network it was made from.",
                         resolver=lambda row, info: row.source.graph.version)  # fmt: skip
    is_cut = said(
        graphene.Boolean, "There are more links than the 5000 looked at.", resolver=lambda row, info: row.source.is_cut
    )
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.source.graph.unknown_share)
    essential = said(graphene.Int, "How many essential inputs there are.", resolver=_found("items"))
    covered = said(graphene.Float, "Of them, by number, 0 to 1, those that are covered.", resolver=_found("share"))
    covered_need = said(graphene.Float, "The same, each input counted by its need in money.",
                        resolver=_found("share_of_need"))  # fmt: skip
    carried = said(graphene.Float, "Of their need in money, 0 to 1, what second suppliers and ready sources could deliver.",
                   resolver=_found("carried"))  # fmt: skip
    bare = said(graphene.Int, "How many have no source in sight, not even a candidate.",
                resolver=lambda row, info: len(row.found.bare))  # fmt: skip
    inputs = many(BoughtInput, "All you buy in the chain, uncovered essential ones first; at most 500.",
                  resolver=lambda row, info: row.inputs[:500])  # fmt: skip


class SecondSourceInput(graphene.InputObjectType):
    """One more source of what a link of yours brings."""

    link_id = needed(graphene.ID, "A supply link by which your firm buys.")
    share = needed(graphene.Float, "Share of the need it can carry, over 0 to 10; 1: all of it.")
    ready_in_days = optional(graphene.Int, "In how many days it delivers first; 0 when nothing is said.")
    ramp_days = optional(graphene.Int, "Days until it carries its full share; 0 when nothing is said.")
    days = optional(graphene.Int, "How many days are looked at, 1 to 365; 180 when nothing is said.")
    with_backups = optional(
        graphene.Boolean, "The sources you have noted already stand by in both runs; yes unless said."
    )


class BeforeAfter(graphene.ObjectType):
    """A figure without and with one more source."""

    without = maybe(graphene.Float, "As things are.", resolver=lambda row, info: row[0])
    with_source = maybe(graphene.Float, "With it.", resolver=lambda row, info: row[1])


class SecondSourceBought(graphene.ObjectType):
    """What one more source would buy: the link's supplier stops today for good, without it and with it."""

    graph_version = said(graphene.String, "Of the network.", resolver=lambda row, info: row.source.graph.version)
    as_of = said(
        Date, "The day of the network, on which the supplier stops.", resolver=lambda row, info: row.source.as_of
    )
    days = said(graphene.Int, "How many days were looked at.", resolver=lambda row, info: row.asked.days)
    supplier = said(MapFirm, "Who stops.")
    need_per_day = said(graphene.Float, "Money a day of the input when all is normal.")
    stop_days = said(BeforeAfter, "Days until you stop; null: never.")
    firms_stopping = said(BeforeAfter, "How many firms stop.")
    lost = said(BeforeAfter, "Money not made in all.")
    own_lost = said(BeforeAfter, "Money you do not make.")
    score = said(BeforeAfter, "ESRI of the supplier: share, 0 to 1, of all output lost, the source running in full.")
    own_loss = said(BeforeAfter, "Share of your own output lost for want of inputs, the source running in full.")
    concentration = said(BeforeAfter, "HHI by firm of the supplier's stage, over 0 to 1.")
    backups = many(BackupSource, "Sources noted already that stood by in both.")
    unknown_share = said(UnknownShare, "What is not known.", resolver=lambda row, info: row.source.graph.unknown_share)


USUAL_LENGTHS = {
    "BackupReadiness.unknown": 2, "BackupSource.openVerbs": 3, "BoughtInput.links": 1, "BoughtInput.backups": 1,
    "BackupCoverage.inputs": 60, "SecondSourceBought.backups": 5, "Simulation.backups": 5,
}  # fmt: skip
