"""Lists as Excel files in base64: what they call things is asked of the batches, and what leaves is an export in the ledger."""

from base64 import b64encode
from typing import Any

from api.types.firms import prefecture_name
from chain.links.resting import note_shown
from kernel.access import Side
from oversight.resilience.saying import called


def names_of(info: Any) -> Any:
    """What a firm of a network is called: by name where the viewer may know it, else by alias."""

    def name(spot: Any) -> str:
        firm = None if spot.firm_id is None else info.context.batches["firm"].one(spot.firm_id)
        return called(spot, None if firm is None else firm.name)

    return name


def resilience_file(row: Any, info: Any) -> str:
    from exchange.lists import resilience  # openpyxl loads only where a file is made

    return _left(row, info, resilience.workbook(row, _words(row, info)))


def simulation_file(row: Any, info: Any) -> str:
    from exchange.lists import scenarios

    return _left(row, info, scenarios.outcome(row, _words(row, info), _orders(info)))


def comparison_file(row: Any, info: Any) -> str:
    from exchange.lists import scenarios

    return _left(row, info, scenarios.compared(row, _words(row, info)))


def official_file(row: Any, info: Any) -> str | None:
    """What an official reads of a chain; a firm has other lists."""
    from exchange.lists import officials

    if not row.official:
        return None
    chain = info.context.batches["chain"].one(row.chain_id)
    return b64encode(officials.workbook(row, _said_words(info, chain))).decode()


def _left(row: Any, info: Any, made: bytes) -> str:
    note_shown(info.context.work, info.context.acting, row.source.rests_on, export=True)
    return b64encode(made).decode()


def _words(row: Any, info: Any) -> Any:
    info.context.batches["stage"].expect(row.source.stages.values())
    return _said_words(info, info.context.batches["chain"].one(row.source.chain_id))


def _said_words(info: Any, chain: Any) -> Any:
    from exchange.lists.book import Words

    batches, lang = info.context.batches, info.context.lang

    def said(thing: Any) -> str:
        return "" if thing is None else str(thing.name if lang == "zh" else thing.name_en)

    return Words(
        said(chain), names_of(info),
        lambda stage_id: said(batches["stage"].one(stage_id)),
        lambda code: prefecture_name(code, lang) if code else "",
    )  # fmt: skip


def _orders(info: Any) -> Any:
    batches = info.context.batches

    def order(one: Any) -> tuple[str, str, str]:
        bought = one.buyer_id == info.context.acting.party_id
        found, item = batches["order"].one(one.order_id), batches["item"].one(one.item_id)
        side = Side.BUYER if bought else Side.SELLER
        return getattr(found, "number", ""), side.name, getattr(item, "number", "")

    return order
