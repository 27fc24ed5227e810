"""One buyer's matrix with something of everything, planted through the API."""

from typing import Any

from tests.rules.checks.samples import pdf
from tests.scenarios.players import Cast, Player, day
from tests.scenarios.reactions import react


def certified(owner: Player, kind: str, until: int, number: str) -> Any:
    upload = owner.uploads(pdf(words=number), f"{number}.pdf")["upload"]["id"]
    paper = {
        "number": number, "issuer": "中国质量认证中心", "scope": "精密减速机的设计、制造与服务", "validFrom": day(-700),
        "validUntil": day(until), "uploadId": upload,
    }  # fmt: skip
    made = owner.acts("add_certificate", {"kind": kind, "paper": paper}, by="sales")["certificate"]
    react()
    return made


def relied_on(buyer: Player, owner: Player, certificate: Any) -> None:
    shown = {"certificateId": certificate["id"], "buyerId": buyer.firm_id}
    owner.acts("show_certificate", shown, by="sales")["certificate"]
    said = {"versionId": certificate["latest"]["id"], "verdict": "VERIFIED"}
    buyer.acts("verify_certificate", said, by="quality")["verification"]


def category(buyer: Player, code: str, name: str, needs: list[str], items: list[str], *, strict: bool = False) -> str:
    said = {
        "code": code,
        "name": name,
        "nameEn": code.title(),
        "needs": [{"kind": k} for k in needs],
        "qualifiedOnly": strict,
    }
    made: str = buyer.acts("add_category", said, by="lead")["category"]["id"]
    if items:
        sorted_in = {"categoryId": made, "itemIds": [buyer.item(i) for i in items]}
        buyer.acts("assign_items", sorted_in, by="quality")["category"]
    return made


def approved(buyer: Player, supplier: Player, where: str) -> str:
    said = {"supplierId": supplier.firm_id, "categoryId": where, "standing": "APPROVED", "note": "现场审核 92 分"}
    proposal = buyer.acts("propose_qualification", said, by="quality")["proposal"]
    given = {"proposalId": proposal["id"], "expectedVersion": 2}
    made: str = buyer.acts("approve_qualification", given, by="lead")["qualification"]["id"]
    return made


def plant(cast: Cast) -> dict[str, str]:
    """Gearworks: approved as gearbox maker, its ISO 9001 ends in 25 days; proposed for harmonic drives. Rival: blocked."""
    buyer = cast.chain_master
    react()
    reducers = category(buyer, "REDUCER", "减速机", ["ISO_9001"], ["RV-40E", "RV-80E", "RC-40"], strict=True)
    harmonic = category(buyer, "HARMONIC", "谐波减速机", ["ISO_9001", "ISO_14001"], ["HD-25"])
    quality = certified(cast.gearworks, "ISO_9001", 25, "QMS-2024-0381")
    relied_on(buyer, cast.gearworks, quality)
    made = {"reducers": reducers, "harmonic": harmonic, "certificate": quality["id"]}
    made["qualification"] = approved(buyer, cast.gearworks, reducers)
    said = {
        "supplierId": cast.gearworks.firm_id,
        "categoryId": harmonic,
        "standing": "CONDITIONAL",
        "condition": "三个月内取得 ISO 14001",
    }
    buyer.acts("propose_qualification", said | {"note": "样机试用良好"}, by="quality")["proposal"]
    blocked = {
        "supplierId": cast.rival.firm_id,
        "categoryId": reducers,
        "reason": "检测报告不实",
        "told": "暂停新订单，请联系质量部",
    }
    made["blocked"] = buyer.acts("block_supplier", blocked, by="lead")["qualification"]["id"]
    asked = {"supplierId": cast.gearworks.firm_id, "kind": "ISO_14001", "note": "谐波类评定需要"}
    made["request"] = buyer.acts("request_certificate", asked, by="quality")["request"]["id"]
    return made
