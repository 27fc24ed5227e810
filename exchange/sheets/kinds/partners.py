"""The other firm of a row, by its credit code, and the item two firms share, by its maker's number."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col

from chain.firms.decisions import is_credit_code
from chain.firms.tables import Firm
from chain.firms.visibility import firms_visible_to
from chain.items.tables import Item
from chain.items.visibility import items_visible_to
from exchange.sheets import reads
from exchange.sheets.columns import Column, Holds
from exchange.sheets.judging import Judged
from kernel.access import Actor
from kernel.bulk import portions
from kernel.work import UnitOfWork

SUPPLIER = Column(
    "supplier", "供应方信用代码", "Supplier's credit code", Holds.CODE, "91320000MADEM0901G", "18 位；本单位供货时可不填",
    "18 characters; may be empty where you supply", fold=True, also=("供应商", "供应方", "supplier code", "供应商信用代码"),
)  # fmt: skip
BUYER = Column(
    "buyer", "采购方信用代码", "Buyer's credit code", Holds.CODE, "91320000MADEM0902K", "18 位；本单位采购时可不填",
    "18 characters; may be empty where you buy", fold=True, also=("客户", "采购方", "buyer code", "客户信用代码"),
)  # fmt: skip
ITEM = Column(
    "item_number", "供应方物料号", "Supplier's item number", Holds.CODE, "RV-40E", "供应方自己的物料号", "The supplier's own number",
    key=True, also=("物料号", "item number", "item", "料号"),
)  # fmt: skip


@dataclass
class Pair:
    """Who supplies whom with what, as one row says it."""

    supplier: Any
    buyer: Any
    item: Any


@dataclass
class Partners:
    """What the rows of a sheet name, looked up once: firms by credit code, items by (maker, number)."""

    own: Any
    firms: dict[str, Any] = field(default_factory=dict)
    items: dict[tuple[int, str], Any] = field(default_factory=dict)

    def pair(self, judged: Judged) -> Pair | None:
        """None when it was complained of."""
        supplier, buyer = self._firm(judged, "supplier"), self._firm(judged, "buyer")
        if judged.faults:
            return None
        pair = Pair(supplier or self.own, buyer or self.own, None)
        if pair.supplier.id == pair.buyer.id:
            judged.refuse(
                "supplier" if supplier is None else "buyer", "a row names your firm and one other", "每行应为本单位与另一单位之间",
                "give the other firm's credit code", "请填写对方的统一社会信用代码",
            )  # fmt: skip
            return None
        if self.own.id not in (pair.supplier.id, pair.buyer.id):
            judged.refuse("supplier", "a firm speaks for its own trade", "只能填写本单位参与的供应关系")
            return None
        number = judged.values["item_number"]
        pair.item = self.items.get((pair.supplier.id, number))
        if pair.item is None:
            judged.refuse(
                "item_number", f"{number[:60]} is no item of {pair.supplier.name} that you may know of",
                f"{pair.supplier.name} 没有贵单位可见的物料 {number[:60]}", "correct the number, or let the supplier add the item first",
                "请更正物料号，或请供应方先登记该物料",
            )  # fmt: skip
            return None
        return pair

    def _firm(self, judged: Judged, name: str) -> Any:
        code = judged.values.get(name)
        if code is None:
            return None
        if not is_credit_code(_plain(code)):
            judged.refuse(
                name, "this is no unified social credit code: its 18 characters do not check", "统一社会信用代码有误：18 位校验不通过",
                "correct it; format the column as text", "请更正，并将该列设为文本格式",
            )  # fmt: skip
            return None
        found = self.firms.get(_plain(code))
        if found is None:
            judged.refuse(
                name, "no partner of yours has this credit code", "贵单位的合作伙伴中没有该信用代码",
                "correct it; a firm you have no link with yet is proposed to on the page of supply links",
                "请更正；尚无往来的企业请先在供应关系页面提议",
            )  # fmt: skip
        return found


def _plain(code: str) -> str:
    return code.replace(" ", "").upper()


def named(work: UnitOfWork, actor: Actor, rows: Sequence[Judged]) -> Partners:
    """The firms and items that rows name, as far as the actor may know of them."""
    own = reads.own_firm(work, actor)
    found = Partners(own, {own.code: own})
    codes = {
        _plain(str(judged.values[name])) for judged in rows for name in ("supplier", "buyer") if judged.values.get(name)
    }
    for part in portions(codes):
        known = firms_visible_to(actor).where(col(Firm.code).in_(part), col(Firm.merged_into_id).is_(None))
        found.firms |= {firm.code: firm for firm in work.rows(known)}
    makers = [firm.id for firm in found.firms.values()]
    for numbers in portions({judged.values["item_number"] for judged in rows if judged.values.get("item_number")}):
        for some in portions(makers):
            shared = items_visible_to(actor).where(col(Item.firm_id).in_(some), col(Item.number).in_(numbers))
            found.items |= {(item.firm_id, item.number): item for item in work.rows(shared)}
    return found
