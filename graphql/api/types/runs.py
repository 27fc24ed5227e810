"""A chain measured by jobs: how far it is, and what was found."""

from typing import Any

import graphene

from api.scalars import DateTime
from api.types.fields import Date, camel, connection, described, ident, many, maybe, said
from api.types.firms import Chain, Node
from api.types.lists import expect_products, run_file
from api.types.resilience import Resilience
from oversight.runs import lifecycle, listing

ResilienceRunState = described("ResilienceRunState", lifecycle.RunState, "How far a run is.", {
    lifecycle.RunState.GATHERING: "What your firm may see is gathered.",
    lifecycle.RunState.MEASURING: "Firm after firm is closed.",
    lifecycle.RunState.DONE: "All is measured.",
    lifecycle.RunState.CANCELLED: "Stopped; what is measured is kept.",
    lifecycle.RunState.FAILED: "It could not be measured; the message says why.",
})  # fmt: skip


class RunResult(graphene.ObjectType):
    """What a run found."""

    is_current = said(
        graphene.Boolean,
        "It is of the network as it stands now; of one of over 5000 links, it was gathered today. What is not current is history.",
    )
    resilience = said(Resilience, "The measures of that day.", resolver=lambda row, info: row.seen)
    xlsx = said(graphene.String, "The same as an Excel file in base64, which says first whether it is history; the ledger of who discloses links says that it was exported.",
                resolver=run_file)  # fmt: skip


def _result(row: Any, info: Any) -> Any:
    from oversight.runs import reads  # what computes loads only where something is measured

    found = reads.run_result(info.context.work, info.context.acting, row)
    if found is not None:
        info.context.batches["firm"].expect(firm.firm_id for firm in found.seen.source.firms[:1000])
        expect_products(info.context, found.seen)
    return found


class ResilienceRun(graphene.ObjectType):
    """One measuring of all your firm may see of a chain, in pieces; known to your firm alone."""

    class Meta:
        interfaces = (Node,)

    id = ident("ResilienceRun")
    chain = said(Chain, "The chain.", resolver=lambda row, info: info.context.batches["chain"].one(row.chain_id))
    state = said(ResilienceRunState, "How far it is.")
    done = said(graphene.Int, "Pieces measured.")
    total = said(graphene.Int, "Pieces in all; 0 while it is gathered.")
    exact_firms = said(
        graphene.Int, "Of how many firms the score is exact in a network of over 5000 firms.",
        resolver=lambda row, info: row.top,
    )  # fmt: skip
    firms = said(graphene.Int, "Firms in the network; 0 while it is gathered.")
    links = said(graphene.Int, "Links in it.")
    as_of = maybe(Date, "The day of the network.")
    graph_version = maybe(graphene.String, "Of the network: equal networks have equal versions.")
    asked_at = said(DateTime, "When it was asked for.")
    ended_at = maybe(DateTime, "When it ended.")
    message = said(
        graphene.String, "Why it failed.",
        resolver=lambda row, info: row.message_zh if info.context.lang == "zh" else row.message_en,
    )  # fmt: skip
    is_concealed = said(
        graphene.Boolean, "A disclosure it rests on has ended: its result is not told any more; measure anew.",
        resolver=lambda row, info: listing.is_concealed(info.context.work, info.context.acting, row),
    )  # fmt: skip
    result = maybe(RunResult, "What it found; null until it is done, and when it is concealed.", resolver=_result)
    open_verbs = many(
        graphene.String, "What you may do to it now, by mutation name.",
        resolver=lambda row, info: [camel(verb) for verb in listing.run_verbs(info.context.acting, row)],
    )  # fmt: skip


ResilienceRunConnection = connection(ResilienceRun, "ResilienceRun")
NODES = [ResilienceRun]
USUAL_LENGTHS = {"ResilienceRun.openVerbs": 1}
