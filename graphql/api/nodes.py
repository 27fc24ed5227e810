"""Any thing by its id: each kind with the read that finds it for a viewer, or does not."""

from collections.abc import Callable
from typing import Any

from api.context import Context
from chain.links import reads as links
from kernel import ids
from kernel.accounts import reads as accounts
from kernel.errors import NotFound
from kernel.progress import reads as progress
from kernel.uploads import reads as uploads

Find = Callable[[Context, int], Any]


def _batched(name: str) -> Find:
    def find(context: Context, number: int) -> Any:
        found = context.batches[name].one(number)
        if found is None:
            raise NotFound("id")
        return found

    return find


def _link(context: Context, number: int) -> Any:
    return links.supply_link(context.work, context.acting, number, context.today)


KINDS: dict[str, Find] = {
    "Firm": _batched("firm"), "Chain": _batched("chain"), "Stage": _batched("stage"), "Item": _batched("item"),
    "Order": _batched("order"), "OrderLine": _batched("line"), "Schedule": _batched("schedule"),
    "OrderResponse": _batched("response"), "OrderResponseLine": _batched("response_line"),
    "Tolerance": _batched("tolerance"), "DespatchAdvice": _batched("advice"),
    "DespatchLine": _batched("despatch_line"), "ReceiptAdvice": _batched("receipt"),
    "DocumentRequirement": _batched("requirement"), "Document": _batched("document"),
    "DocumentRevision": _batched("revision"), "AcceptanceCertificate": _batched("acceptance"),
    "SupplyLink": _link,
    "LinkDisclosure": lambda c, n: links.disclosure(c.work, c.acting, n),
    "Job": lambda c, n: progress.job(c.work, c.acting, n),
    "Upload": lambda c, n: uploads.upload(c.work, c.acting, n),
    "Person": lambda c, n: accounts.person(c.work, c.acting, n),
}  # fmt: skip
"""Outward kind -> how to find one; every kind an event can be about stands here too."""

TAGS = {ids.tag(kind): kind for kind in KINDS}
TYPES = frozenset(KINDS) - {"Person", "Upload"}
"""The kinds that are also types of the schema reachable by ``node``."""


def find(context: Context, outward: str) -> tuple[str, int, Any]:
    """(kind, row number, row) behind an id. Raises NotFound alike for made-up, foreign and hidden ones."""
    try:
        kind, number = ids.unseal(outward, TAGS)
    except NotFound:
        kind, number = "Order", ids.sought("Order", outward)  # sought all the same: it takes as long as a hidden one
    try:
        return kind, number, KINDS[kind](context, number)
    except NotFound:
        raise NotFound("id") from None
