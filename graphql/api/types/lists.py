"""Lists as Excel files in base64: what they call things is asked of the batches, and what leaves is an export in the ledger."""

from base64 import b64encode
from functools import partial
from typing import Any

from api.types.firms import prefecture_name
from chain.links.resting import note_shown
from collaboration.orders.reads import total_of
from collaboration.statements.reads import day_of
from kernel import ids
from kernel.access import Side
from kernel.clock import today_of
from kernel.errors import NotFound
from oversight.resilience.saying import called

OWN_NUMBER = "= "
"""Before what its buyer calls a need itself."""


def names_of(info: Any) -> Any:
    """What a firm of a network is called: by name where the viewer may know it, else by alias."""

    def name(spot: Any) -> str:
        firm = None if spot.firm_id is None else info.context.batches["firm"].one(spot.firm_id)
        return called(spot, None if firm is None else firm.name)

    return name


def resilience_file(row: Any, info: Any) -> str:
    from exchange.lists import resilience  # openpyxl loads only where a file is made

    return _left(row, info, resilience.workbook(row, _words(row.source, info), label=_labels(row.source, info)))


def simulation_file(row: Any, info: Any) -> str:
    from exchange.lists import scenarios

    return _left(row, info, scenarios.outcome(row, _words(row.source, info), _orders(info)))


def comparison_file(row: Any, info: Any) -> str:
    from exchange.lists import scenarios

    return _left(row, info, scenarios.compared(row, _words(row.source, info)))


def official_file(row: Any, info: Any) -> str | None:
    """What an official reads of a chain; a firm has other lists."""
    from exchange.lists import officials

    if not row.official:
        return None
    chain = info.context.batches["chain"].one(row.chain_id)
    return b64encode(officials.workbook(row, _said_words(info, chain))).decode()


def run_file(row: Any, info: Any) -> str:
    from exchange.lists import resilience

    made = resilience.of_run(row, _words(row.seen.source, info), label=_labels(row.seen.source, info))
    return _left(row.seen, info, made)


def changes_file(row: Any, info: Any) -> str:
    from exchange.lists import changes

    return _left(
        row, info, changes.workbook(row, _words(row.after, info), _item_number(info), _need(row, info)), row.rests_on
    )


def expect_products(context: Any, found: Any) -> None:
    """The items that are told of a measured network."""
    products = [one.stops for one in found.products]
    labels = [one.product for one in products] + [label for one in products for label in one.unsupplied]
    context.batches["item"].expect(item_behind(label) for label in labels)


def _labels(source: Any, info: Any) -> Any:
    return lambda label: label_said(label, source.stages, info)


def marks_file(row: Any, info: Any) -> str:
    """Of the firm's own links alone: nothing of it was disclosed, so no ledger tells of it."""
    from exchange.lists import marks

    batches, lang = info.context.batches, info.context.lang
    batches["item"].expect(s.item_id for need in row.needs for s in need.sources)

    def item(number: int) -> tuple[str, str]:
        found = batches["item"].one(number)
        return getattr(found, "number", ""), getattr(found, "name", "")

    made = marks.workbook(
        row, chain=_said(batches["chain"].one(row.chain_id), lang), item=item, firm=partial(_called, info),
        place=lambda code: prefecture_name(code, lang),
    )  # fmt: skip
    return b64encode(made).decode()


def framework_file(row: Any, info: Any) -> str:
    """Of an agreement the reader is party to: no ledger tells of it."""
    from exchange.lists import frameworks

    batches = info.context.batches
    lines = batches["framework_lines"].many(row.id)
    items = {line.id: batches["item"].one(line.item_id) for line in lines}
    orders = batches["framework_orders"].many(row.id)
    made = frameworks.workbook(
        row, buyer=_called(info, row.buyer_id), seller=_called(info, row.seller_id), today=info.context.today,
        lines=[
            (x, batches["framework_usage"].one(x.id), getattr(items[x.id], "number", ""), getattr(items[x.id], "name", ""))
            for x in lines
        ],
        orders=[(o, today_of(o.placed_at), total_of(batches["lines"].many(o.id))) for o in orders],
        prices=[
            (x, p, batches["framework_price_breaks"].many(p.id))
            for x in lines for p in batches["framework_prices"].many(x.id) if p.agreed_at is not None
        ],
    )  # fmt: skip
    return b64encode(made).decode()


def _called(info: Any, firm_id: int) -> str:
    return getattr(info.context.batches["firm"].one(firm_id), "name", "")


def _item_number(info: Any) -> Any:
    return lambda item_id: getattr(info.context.batches["item"].one(item_id), "number", "")


def _need(row: Any, info: Any) -> Any:
    """What is needed: by the reader's own number, the maker's item, or its stage."""
    return lambda one: label_said(one.label, row.after.stages, info)


def label_said(label: str, stages: Any, info: Any) -> str:
    """What a network calls a need, in words. stages: code to row number."""
    if label.startswith(OWN_NUMBER):
        return label[len(OWN_NUMBER) :]
    number = item_behind(label)
    if number is not None:
        return str(_item_number(info)(number))
    return _said(info.context.batches["stage"].one(stages.get(label)), info.context.lang)


def item_behind(label: str) -> int | None:
    """The row number of the item a network calls so; None for an own number or a stage."""
    try:
        return ids.number_of("Item", label)
    except NotFound:
        return None


def _left(row: Any, info: Any, made: bytes, rests_on: Any = None) -> str:
    shown = row.source.rests_on if rests_on is None else rests_on
    note_shown(info.context.work, info.context.acting, shown, export=True)
    return b64encode(made).decode()


def _said(thing: Any, lang: str) -> str:
    return "" if thing is None else str(thing.name if lang == "zh" else thing.name_en)


def _words(source: Any, info: Any) -> Any:
    info.context.batches["stage"].expect(source.stages.values())
    return _said_words(info, info.context.batches["chain"].one(source.chain_id))


def _said_words(info: Any, chain: Any) -> Any:
    from exchange.lists.book import Words

    batches, lang = info.context.batches, info.context.lang
    return Words(
        _said(chain, lang), names_of(info),
        lambda stage_id: _said(batches["stage"].one(stage_id), lang),
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


def invoices_file(rows: Any, info: Any, *, blocked: Any, left: Any) -> str:
    """Of the firm's own invoices alone: nothing of it was disclosed, so no ledger tells of it."""
    from exchange.lists import invoices

    batches = info.context.batches

    def order(line: Any) -> tuple[str, int | None, str]:
        found = batches["line"].one(line.order_line_id)
        if found is None:
            return "", None, line.description
        item = batches["item"].one(found.item_id)
        what = line.description or f"{getattr(item, 'number', '')} {getattr(item, 'name', '')}".strip()
        return batches["order"].one(found.order_id).number, found.number, what

    made = invoices.workbook(
        rows, lines=batches["invoice_lines"].many, notes=batches["credit_notes"].many, order=order,
        firm=partial(_called, info), day=info.context.today,
        blocked=lambda row: blocked(row, info), left=left,
    )  # fmt: skip
    return b64encode(made).decode()


def statement_file(row: Any, info: Any) -> str:
    """Both firms' own: nothing of it was disclosed, so no ledger tells of it."""
    from exchange.lists import statements

    batches = info.context.batches

    def order(line: Any) -> tuple[str, int, str, str]:
        item, ordered = batches["item"].one(line.item_id), batches["line"].one(line.order_line_id)
        number = batches["order"].one(line.order_id).number
        return number, ordered.number, getattr(item, "number", ""), getattr(item, "name", "")

    made = statements.workbook(
        row, lines=batches["statement_lines"].many(row.id), disputes=batches["statement_disputes"].many(row.id),
        order=order, firm=partial(_called, info), day=day_of,
    )  # fmt: skip
    return b64encode(made).decode()
