"""Who may do and see what of certificates and qualification."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from chain.certificates import verbs as certificates
from chain.certificates import visibility as proving
from chain.certificates.decisions import Needed
from chain.certificates.forms import Given
from chain.certificates.tables import CertificateKind, CertificateVerdict
from chain.certificates.verbs import finish_certificate_check
from chain.qualification import verbs as qualification
from chain.qualification import visibility as qualifying
from chain.qualification.lifecycle import Standing
from jobs.certificates import watch_certificates
from kernel import ids
from kernel.access import Actor, Role
from kernel.clock import today_of
from kernel.uploads.tables import Upload, UploadState
from kernel.work import unit_of_work
from seeds.cast import LONGTENG
from tests.rules.checks.samples import pdf
from tests.scenarios.players import Player, day
from tests.scenarios.reactions import react
from tests.secrecy.knowing import Ledger, Table, one_of, party_of, under
from tests.secrecy.world import World

LONGTENG_PEOPLE = "buyer planner quality sales lead"
NOBODY_ELSE = "bearing steel dealer carrier jiangsu suzhou operator"
OTHERS = f"rival {NOBODY_ELSE}"

_OWN = {"done": "gearworks", "NOT_FOUND": f"{LONGTENG_PEOPLE} {OTHERS}", "NOT_ALLOWED_NOW": "stranger"}
_LEAD = {"done": "lead", "NOT_ALLOWED_NOW": "buyer planner quality sales stranger", "NOT_FOUND": f"gearworks {OTHERS}"}
_QUALITY = {
    "done": "quality",
    "NOT_ALLOWED_NOW": "buyer planner sales lead stranger",
    "NOT_FOUND": f"gearworks {OTHERS}",
}

ACCESS: dict[str, dict[str, str]] = {
    "add_category": {"done": "lead", "NOT_ALLOWED_NOW": f"buyer planner quality sales gearworks {OTHERS} stranger"},
    "add_certificate": {"done": "gearworks", "NOT_ALLOWED_NOW": "buyer planner lead carrier jiangsu suzhou operator stranger", "NOT_FOUND": "quality sales rival bearing steel dealer"},
    "approve_qualification": _LEAD,
    "assign_items": {"done": "quality lead", "NOT_ALLOWED_NOW": "buyer planner sales stranger", "NOT_FOUND": f"gearworks {OTHERS}"},
    "block_supplier": _LEAD,
    "categorized_items": {"seen": LONGTENG_PEOPLE, "empty": f"gearworks {OTHERS} stranger"},
    "certificate_file": {"seen": f"{LONGTENG_PEOPLE} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "certificate_requests_page": {"seen": f"{LONGTENG_PEOPLE} gearworks bearing", "empty": "rival steel dealer carrier jiangsu suzhou operator stranger"},
    "certificates_page": {"seen": f"{LONGTENG_PEOPLE} gearworks rival", "empty": f"{NOBODY_ELSE} stranger"},
    "change_category": _LEAD,
    "decline_qualification": _LEAD,
    "hide_certificate": _OWN,
    "propose_qualification": _QUALITY,
    "qualification_detail": {"seen": f"{LONGTENG_PEOPLE} gearworks", "NOT_FOUND": f"{OTHERS} stranger"},
    "qualification_page": {"seen": LONGTENG_PEOPLE, "empty": f"gearworks {OTHERS} stranger"},
    "qualifications_page": {"seen": f"{LONGTENG_PEOPLE} gearworks rival", "empty": f"{NOBODY_ELSE} stranger"},
    "refuse_certificate_request": _OWN,
    "renew_certificate": _OWN,
    "request_certificate": {"done": "quality bearing", "INVALID": "gearworks", "NOT_ALLOWED_NOW": "buyer planner sales lead operator stranger", "NOT_FOUND": "rival steel dealer carrier jiangsu suzhou"},
    "show_certificate": _OWN,
    "unblock_supplier": _LEAD,
    "verify_certificate": {"done": "quality", "NOT_ALLOWED_NOW": "buyer planner sales lead gearworks stranger", "NOT_FOUND": OTHERS},
    "withdraw_certificate": _OWN,
}  # fmt: skip


def _paper(world: World, until: int = 500) -> dict[str, Any]:
    return {
        "number": "新",
        "issuer": "新",
        "validFrom": day(0),
        "validUntil": day(until),
        "uploadId": world.made["upload"],
    }


def _category(**more: Any) -> dict[str, Any]:
    return {"name": "新", "nameEn": "New", "needs": [], "qualifiedOnly": False} | more


def _own(world: World) -> dict[str, Any]:
    return {"certificateId": world.made["certificate"], "expectedVersion": 1}


def _pair(world: World) -> dict[str, Any]:
    return {"supplierId": world.cast.gearworks.firm_id, "categoryId": world.made["category"]}


INPUTS = {
    "add_category": lambda w: _category(code="NEW"),
    "add_certificate": lambda w: {"kind": "CCC", "paper": _paper(w)},
    "approve_qualification": lambda w: {"proposalId": w.made["proposal"], "expectedVersion": 2},
    "assign_items": lambda w: {"categoryId": w.made["category"], "itemIds": [w.cast.chain_master.item("HD-25")]},
    "block_supplier": lambda w: _pair(w) | {"reason": "新"},
    "change_category": lambda w: _category(categoryId=w.made["category"], expectedVersion=1),
    "decline_qualification": lambda w: {"proposalId": w.made["proposal"], "reason": "新"},
    "hide_certificate": lambda w: {"certificateId": w.made["certificate"], "buyerId": w.cast.chain_master.firm_id},
    "propose_qualification": lambda w: _pair(w) | {"standing": "CONDITIONAL", "condition": "新"},
    "refuse_certificate_request": lambda w: {"requestId": w.made["certificate request"], "reason": "新"},
    "renew_certificate": lambda w: _own(w) | {"paper": _paper(w)},
    "request_certificate": lambda w: {"supplierId": w.cast.gearworks.firm_id, "kind": "CCC"},
    "show_certificate": lambda w: {"certificateId": w.made["unshown certificate"], "buyerId": w.cast.chain_master.firm_id},
    "unblock_supplier": lambda w: {"qualificationId": w.made["blocked"], "expectedVersion": 2, "reason": "新"},
    "verify_certificate": lambda w: {"versionId": w.made["certificate version"], "verdict": "VERIFIED"},
    "withdraw_certificate": _own,
}  # fmt: skip
VARIABLES = {
    "categorized_items": lambda w: {"categoryId": w.made["category"]},
    "certificate_file": lambda w: {"id": w.made["certificate version"]},
    "qualification_detail": lambda w: {"id": w.made["qualification"]},
}


def _sees_certificate(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    shown = any(
        (s.certificate_id, s.buyer_id) == (row.id, party_of(actor)) and s.hidden_at is None
        for s in ledger.of("certificate_showing")
    )
    return row.owner_id == party_of(actor) or shown


def _sees_category(ledger: Ledger, row: Any, actor: Actor | None) -> bool:
    stands = any((q.category_id, q.supplier_id) == (row.id, party_of(actor)) for q in ledger.of("qualification"))
    return row.buyer_id == party_of(actor) or stands


TABLES = {table.name: table for table in (
    Table("certificate", "Certificate", proving.certificates_visible_to, _sees_certificate),
    Table("certificate_version", "CertificateVersion", proving.versions_visible_to, under("certificate_id", "certificate")),
    Table("certificate_showing", "CertificateShowing", proving.showings_visible_to, one_of("owner_id", "buyer_id")),
    Table("certificate_verification", "CertificateVerification", proving.verifications_visible_to, one_of("owner_id", "buyer_id")),
    Table("certificate_request", "CertificateRequest", proving.requests_visible_to, one_of("buyer_id", "supplier_id")),
    Table("certificate_reminder", None, proving.reminders_visible_to, one_of("firm_id")),
    Table("qualification_category", "QualificationCategory", qualifying.categories_visible_to, _sees_category),
    Table("categorized_item", None, qualifying.assigned_visible_to, one_of("buyer_id")),
    Table("qualification", "Qualification", qualifying.qualifications_visible_to, one_of("buyer_id", "supplier_id")),
    Table("qualification_proposal", "QualificationProposal", qualifying.proposals_visible_to, one_of("buyer_id")),
    Table("qualification_note", None, qualifying.notes_visible_to, one_of("buyer_id")),
)}  # fmt: skip


def prepare(world: World) -> None:
    """Longteng relies on Gearworks' certificate, has blocked Rival, waits for a certificate and for its lead."""
    cast = world.cast
    longteng, gearworks = world.party_of(cast.chain_master), world.party_of(cast.gearworks)
    category = _listed(world, "轴承类", "CRB-200", longteng, gearworks, world.party_of(cast.rival))
    world.made["category"] = category
    other = _listed(world, "谐波类", "RV-80E", longteng, gearworks)
    certificate = _certificate(world, cast.gearworks, "甲", longteng)
    world.made["certificate"], world.made["certificate version"] = certificate["id"], certificate["latest"]["id"]
    _certify(world, certificate)
    world.made["unshown certificate"] = _certificate(world, cast.gearworks, "乙")["id"]
    _certificate(world, cast.rival, "丙")
    pair = {"supplierId": cast.gearworks.firm_id, "categoryId": category, "standing": "APPROVED"}
    said = pair | {"note": world.marked("秘-内部评语-精齿", longteng)}
    proposed = cast.chain_master.acts("propose_qualification", said, by="quality")["proposal"]
    approved = {"proposalId": proposed["id"], "expectedVersion": 2}
    world.made["qualification"] = cast.chain_master.acts("approve_qualification", approved, by="lead")["qualification"][
        "id"
    ]
    waiting = {"standing": "CONDITIONAL", "condition": world.marked("秘-待批条件", longteng)}
    said = {"supplierId": cast.gearworks.firm_id, "categoryId": other} | waiting
    world.made["proposal"] = cast.chain_master.acts("propose_qualification", said, by="quality")["proposal"]["id"]
    _blocked(world, category)
    _asked_for(world)


def _listed(world: World, name: str, item: str, *knowing: int) -> str:
    said = {
        "code": f"C{len(world.made)}", "name": world.marked(f"秘-类别-{name}", *knowing), "nameEn": "C",
        "needs": [{"kind": "ISO_9001"}], "qualifiedOnly": False,
    }  # fmt: skip
    made: str = world.cast.chain_master.acts("add_category", said, by="lead")["category"]["id"]
    sorted_in = {"categoryId": made, "itemIds": [world.cast.chain_master.item(item)]}
    world.cast.chain_master.acts("assign_items", sorted_in, by="quality")["category"]
    return made


def _certificate(world: World, owner: Player, mark: str, *shown: int) -> Any:
    knowing = (world.party_of(owner), *shown)
    file = owner.uploads(pdf(words=mark), world.marked(f"秘-证书-{mark}.pdf", *knowing))["upload"]["id"]
    paper = {
        "number": world.marked(f"秘-证书号-{mark}", *knowing), "issuer": "某机构", "uploadId": file,
        "scope": world.marked(f"秘-证书范围-{mark}", *knowing), "validFrom": day(-9), "validUntil": day(55),
    }  # fmt: skip
    return owner.acts("add_certificate", {"kind": "ISO_9001", "paper": paper}, by="sales")["certificate"]


def _certify(world: World, certificate: Any) -> None:
    """Shown to Longteng, verified by it, its end told to both."""
    cast = world.cast
    shown = {"certificateId": certificate["id"], "buyerId": cast.chain_master.firm_id}
    cast.gearworks.acts("show_certificate", shown, by="sales")["certificate"]
    remark = world.marked("秘-核实意见", world.party_of(cast.chain_master), world.party_of(cast.gearworks))
    said = {"versionId": certificate["latest"]["id"], "verdict": "VERIFIED", "reason": remark}
    cast.chain_master.acts("verify_certificate", said, by="quality")["verification"]
    watch_certificates()
    react()


def _blocked(world: World, category: str) -> None:
    longteng, rival = world.party_of(world.cast.chain_master), world.party_of(world.cast.rival)
    said = {
        "supplierId": world.cast.rival.firm_id, "categoryId": category, "reason": world.marked("秘-停用原因", longteng),
        "told": world.marked("秘-停用告知", longteng, rival),
    }  # fmt: skip
    world.made["blocked"] = world.cast.chain_master.acts("block_supplier", said, by="lead")["qualification"]["id"]


def _asked_for(world: World) -> None:
    cast = world.cast
    for supplier, mark in ((cast.gearworks, "精齿"), (cast.bearing, "恒轴")):
        both = (world.party_of(cast.chain_master), world.party_of(supplier))
        said = {"supplierId": supplier.firm_id, "kind": "ISO_14001", "note": world.marked(f"秘-索取说明-{mark}", *both)}
        request = cast.chain_master.acts("request_certificate", said, by="quality")["request"]
        world.made.setdefault("certificate request", request["id"])
        if supplier is cast.bearing:
            refused = {"requestId": request["id"], "reason": world.marked(f"秘-拒绝理由-{mark}", *both)}
            supplier.acts("refuse_certificate_request", refused, by="sales")["request"]


def _many(world: Any, at: Any) -> dict[str, Any]:
    """Standings, certificates, requests and sorted items, as many as the growing world has suppliers."""
    planted: dict[str, Any] = world.__dict__.setdefault("qualified", {"suppliers": 0})
    master = world.seated.firms[LONGTENG]
    people = {role: Actor(9000 + n, master, frozenset({role})) for n, role in enumerate((Role.QUALITY, Role.LEAD))}
    with unit_of_work() as work:
        if "category" not in planted:
            needs = [Needed(CertificateKind.ISO_9001), Needed(CertificateKind.CCC)]
            made = qualification.add_category(
                work, people[Role.LEAD], code="GROWN", name="增", name_en="Grown", needs=needs, qualified_only=False
            )
            planted["category"] = made.id
        for number in range(planted["suppliers"], world.made):
            _stands(work, world, people, number, planted)
        planted["suppliers"] = world.made
    return planted


def _stands(work: Any, world: Any, people: dict[Role, Actor], number: int, planted: dict[str, Any]) -> None:
    quality, today = people[Role.QUALITY], today_of(work.now)
    found = world.cast.chain_master.asks("items", filter={"number": f"G-{number}"})["items"]["nodes"][0]
    item_id, firm_id = ids.number_of("Item", found["id"]), ids.number_of("Firm", found["maker"]["id"])
    seller = Actor(7000 + number, firm_id, frozenset({Role.SALES}))
    upload = work.add(
        Upload(
            party_id=firm_id, filename="a.pdf", size=1, sha256=sha256(b"a").hexdigest(), state=UploadState.STORED,
            opened_at=work.now, expires_at=work.now + timedelta(days=1),
        )
    )  # fmt: skip
    paper = Given("N", "某机构", "", today, today + timedelta(days=50))
    held = certificates.add_certificate(
        work, seller, kind=CertificateKind.ISO_9001, named=None, given=paper, upload_id=upload.id
    )
    version = work.one(proving.versions_visible_to(seller))
    finish_certificate_check(work, version_id=version.id, clean=True)
    certificates.show_certificate(work, seller, certificate_id=held.id or 0, buyer_id=quality.party_id or 0)
    certificates.verify_certificate(work, quality, version_id=version.id, verdict=CertificateVerdict.VERIFIED)
    certificates.request_certificate(work, quality, supplier_id=firm_id, kind=CertificateKind.CCC, named=None)
    qualification.assign_items(work, quality, category_id=planted["category"], item_ids=[item_id])
    proposal = qualification.propose_qualification(
        work, quality, supplier_id=firm_id, category_id=planted["category"], standing=Standing.CONDITIONAL,
        condition="补证", note="记",
    )  # fmt: skip
    planted["qualification"], planted["version"] = proposal.qualification_id, version.id


ALL = {"first": 100}
UNDER = {
    "categorized_items": lambda w, at: (
        ALL | {"categoryId": ids.seal("QualificationCategory", _many(w, at)["category"])}
    ),
    "certificate_file": lambda w, at: {"id": ids.seal("CertificateVersion", _many(w, at)["version"])},
    "certificate_requests_page": lambda w, at: ALL | {"filter": {}} if _many(w, at) else {},
    "certificates_page": lambda w, at: ALL if _many(w, at) else {},
    "qualification_detail": lambda w, at: {"id": ids.seal("Qualification", _many(w, at)["qualification"])},
    "qualification_page": lambda w, at: ALL if _many(w, at) else {},
    "qualifications_page": lambda w, at: ALL if _many(w, at) else {},
}
