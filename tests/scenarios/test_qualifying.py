"""Certificates are given once, shown to whom the supplier chooses, verified by who relies on them, and run out."""

import pytest

from jobs.certificates import watch_certificates
from tests.rules.checks.samples import pdf
from tests.scenarios.players import day, line
from tests.scenarios.reactions import react

pytestmark = pytest.mark.feature("A3")
ISO = {"kind": "ISO_9001"}


def scan(player, words="ISO 9001"):
    return player.uploads(pdf(words=words), "iso9001.pdf")["upload"]["id"]


def paper(player, *, until, number="Q-1", since=-30, words="ISO 9001"):
    return {
        "number": number, "issuer": "中质认证", "scope": "减速机设计与制造", "validFrom": day(since), "validUntil": day(until),
        "uploadId": scan(player, words),
    }  # fmt: skip


def adds(player, *, until=400, kind="ISO_9001", **given):
    said = {"kind": kind, "paper": paper(player, until=until)} | given
    return player.acts("add_certificate", said, by="sales")["certificate"]


def shows(player, certificate, buyer):
    return player.acts("show_certificate", {"certificateId": certificate["id"], "buyerId": buyer.firm_id}, by="sales")


def seen(player, **given):
    return player.asks("certificates_page", filter=given or None)["certificates"]["nodes"]


def latest(player, certificate):
    (found,) = [c for c in seen(player) if c["id"] == certificate["id"]]
    return found["versions"][0]


def verifies(buyer, certificate, verdict="VERIFIED", **given):
    said = {"versionId": latest(buyer, certificate)["id"], "verdict": verdict} | given
    return buyer.acts("verify_certificate", said, by="quality")


def category(buyer, *items, needs=(ISO,), qualified_only=False, code="REDUCER"):
    said = {"code": code, "name": "减速机", "nameEn": "Reducers", "needs": list(needs), "qualifiedOnly": qualified_only}
    made = buyer.acts("add_category", said, by="lead")["category"]
    given = {"categoryId": made["id"], "itemIds": [buyer.item(number) for number in items]}
    buyer.acts("assign_items", given, by="quality")["category"]
    return made


def proposes(buyer, supplier, where, standing="APPROVED", **given):
    said = {"supplierId": supplier.firm_id, "categoryId": where["id"], "standing": standing} | given
    return buyer.acts("propose_qualification", said, by="quality")


def standing(player, side="BUYER"):
    (found,) = player.asks("qualifications_page", filter={"side": side})["qualifications"]["nodes"]
    return found


def approves(buyer, proposed, **given):
    said = {"proposalId": proposed["proposal"]["id"], "expectedVersion": detail(buyer, standing(buyer))["version"]}
    return buyer.acts("approve_qualification", said | given, by="lead")


def detail(player, qualification):
    return player.asks("qualification_detail", id=qualification["id"])["node"]


def qualified(cast, *, until=400, **given):
    """Gearworks is approved for reducers on one ISO 9001 certificate."""
    where = category(cast.chain_master, "RV-40E", "RC-40", **given)
    certificate = adds(cast.gearworks, until=until)
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]
    verifies(cast.chain_master, certificate)["verification"]
    approves(cast.chain_master, proposes(cast.chain_master, cast.gearworks, where))["qualification"]
    return where, certificate


def waits(player, duty="sales"):
    """How much waits for an answer in somebody's inbox."""
    return player.asks("inbox_counts", by=duty)["inboxCounts"]["mustAnswer"]


def test_a_certificate_given_once_is_seen_by_those_it_is_shown_to_and_by_no_other(cast):
    certificate = adds(cast.gearworks)

    assert (certificate["state"], certificate["latest"]["fileState"]) == ("HELD", "CHECKING")
    assert latest(cast.gearworks, certificate)["fileState"] == "CLEAN"
    assert seen(cast.chain_master) == []

    assert [
        s["buyer"]["id"] for s in shows(cast.gearworks, certificate, cast.chain_master)["certificate"]["showings"]
    ] == [cast.chain_master.firm_id]
    assert [c["id"] for c in seen(cast.chain_master, side="BUYER")] == [certificate["id"]]
    assert seen(cast.rival) == [] and seen(cast.bearing) == []
    version = latest(cast.chain_master, certificate)
    assert cast.chain_master.asks("certificate_file", id=version["id"])["node"]["url"].startswith("http")
    assert cast.rival.asks("certificate_file", id=version["id"]).problems[0]["extensions"]["code"] == "NOT_FOUND"
    assert shows(cast.gearworks, certificate, cast.chain_master).refusals == ["INVALID"]

    hidden = {"certificateId": certificate["id"], "buyerId": cast.chain_master.firm_id}
    assert cast.gearworks.acts("hide_certificate", hidden, by="sales")["certificate"]["showings"] == []
    assert seen(cast.chain_master) == []


def test_a_hostile_scan_is_opened_by_nobody_and_verified_by_nobody(cast, nothing_changes):
    said = {"number": "X", "issuer": "某机构", "validFrom": day(-1), "validUntil": day(90)}
    upload = cast.gearworks.uploads(b"MZ this is a program", "iso9001.pdf")["upload"]["id"]
    certificate = cast.gearworks.acts(
        "add_certificate", ISO | {"paper": said | {"uploadId": upload}}, by="sales"
    )["certificate"]  # fmt: skip
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]

    version = latest(cast.chain_master, certificate)
    assert version["fileState"] == "UNFIT"
    assert cast.chain_master.asks("certificate_file", id=version["id"])["node"]["url"] is None
    with nothing_changes():
        refused = verifies(cast.chain_master, certificate)
    assert refused.refusals == ["NOT_ALLOWED_NOW"]
    assert refused.rule.startswith("certificate.file_clean")


def test_a_buyer_asks_once_and_the_supplier_shows_or_says_why_not(cast):
    asked = {"supplierId": cast.gearworks.firm_id, "kind": "OTHER", "named": "UL 1740"}
    request = cast.chain_master.acts("request_certificate", asked, by="quality")["request"]

    assert request["state"] == "ASKED"
    again = cast.chain_master.acts("request_certificate", asked | {"named": "ul　1740"}, by="quality")
    assert (again.refusals, again.fields) == (["INVALID"], ["kind"])
    (waiting,) = cast.gearworks.asks("certificate_requests_page", filter={"side": "SELLER"})["certificateRequests"][
        "nodes"
    ]
    assert (waiting["named"], waiting["openVerbs"]) == ("UL 1740", ["showCertificate", "refuseCertificateRequest"])
    assert waits(cast.gearworks) == 1
    said = {"requestId": request["id"], "reason": "正在办理，预计三月取得"}
    assert cast.rival.acts("refuse_certificate_request", said, by="sales").refusals == ["NOT_FOUND"]
    assert cast.gearworks.acts("refuse_certificate_request", said, by="sales")["request"]["state"] == "REFUSED"

    assert waits(cast.gearworks) == 0
    certificate = adds(cast.gearworks, kind="OTHER", named="UL 1740")
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]
    (answered,) = cast.chain_master.asks("certificate_requests_page", filter={"side": "BUYER"})["certificateRequests"][
        "nodes"
    ]
    assert (answered["state"], waits(cast.chain_master, "quality")) == ("ANSWERED", 1)
    verifies(cast.chain_master, certificate)["verification"]
    assert waits(cast.chain_master, "quality") == 0


def test_one_person_proposes_and_another_approves_on_verified_certificates_only(cast, nothing_changes):
    where = category(cast.chain_master, "RV-40E")
    proposed = proposes(cast.chain_master, cast.gearworks, where, note="现场审核 92 分")
    assert proposed["proposal"]["state"] == "OPEN"
    assert detail(cast.chain_master, standing(cast.chain_master))["state"] == "POTENTIAL"
    assert (waits(cast.chain_master, "lead"), waits(cast.chain_master, "quality")) == (1, 0)

    with nothing_changes():
        assert proposes(cast.chain_master, cast.gearworks, where).refusals == ["NOT_ALLOWED_NOW"]
        refused = approves(cast.chain_master, proposed)
    assert (refused.refusals, refused.rule.split(" ")[0]) == (["NOT_ALLOWED_NOW"], "qualification.certificates")

    certificate = adds(cast.gearworks)
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]
    verifies(cast.chain_master, certificate)["verification"]
    assert approves(cast.chain_master, proposed)["qualification"]["state"] == "APPROVED"
    assert waits(cast.chain_master, "lead") == 0
    own = standing(cast.gearworks, "SELLER")
    assert (own["state"], own["missing"], own["lapsesOn"]) == ("APPROVED", [], day(400))
    own = detail(cast.gearworks, own)
    assert (own["notes"], own["proposal"], own["openVerbs"]) == ([], None, [])
    assert [n["text"] for n in detail(cast.chain_master, standing(cast.chain_master))["notes"]] == ["现场审核 92 分"]


def test_a_lead_may_decline_and_a_block_overtakes_what_waits(cast):
    where = category(cast.chain_master, "RV-40E")
    proposed = proposes(cast.chain_master, cast.gearworks, where, "CONDITIONAL", condition="三个月内取得 ISO 9001")
    said = {"proposalId": proposed["proposal"]["id"], "reason": "先补证书"}
    assert cast.chain_master.acts("decline_qualification", said, by="quality").refusals == ["NOT_ALLOWED_NOW"]
    assert cast.chain_master.acts("decline_qualification", said, by="lead")["proposal"]["state"] == "DECLINED"

    waiting = proposes(cast.chain_master, cast.gearworks, where, "CONDITIONAL", condition="试用")
    blocked = {
        "supplierId": cast.gearworks.firm_id,
        "categoryId": where["id"],
        "reason": "虚假检测报告",
        "told": "暂停新订单",
    }
    assert cast.chain_master.acts("block_supplier", blocked, by="quality").refusals == ["NOT_ALLOWED_NOW"]
    assert cast.chain_master.acts("block_supplier", blocked, by="lead")["qualification"]["state"] == "BLOCKED"
    refused = approves(cast.chain_master, waiting)
    assert refused.refusals == ["NOT_ALLOWED_NOW"]
    proposal = cast.chain_master.history_of(waiting["proposal"])
    assert [event["event"] for event in proposal] == ["QualificationProposed"]
    assert "OVERTAKEN".lower() in refused.said

    own = standing(cast.gearworks, "SELLER")
    assert (own["state"], own["condition"]) == ("BLOCKED", "暂停新订单")
    assert "虚假" not in str(detail(cast.gearworks, own))
    assert cast.rival.asks("qualification_detail", id=own["id"]).problems[0]["extensions"]["code"] == "NOT_FOUND"


def test_orders_heed_the_standing_and_say_who_can_lift_it(cast, nothing_changes):
    where = category(cast.chain_master, "RV-40E", "RC-40", qualified_only=True)

    with nothing_changes():
        refused = cast.chain_master.places_order(to=cast.gearworks, item="RV-40E")
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["lines.0.itemId"])
    assert refused.rule.startswith("qualification.qualified_only")
    assert cast.chain_master.places_order(to=cast.gearworks, item="HD-25").refusals == []

    proposed = proposes(cast.chain_master, cast.gearworks, where, "CONDITIONAL", condition="补 ISO 9001")
    approves(cast.chain_master, proposed)["qualification"]
    with nothing_changes():
        refused = cast.chain_master.places_order(to=cast.gearworks, item="RV-40E")
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["conditionalReason"])
    placed = cast.chain_master.places_order(to=cast.gearworks, item="RV-40E", conditionalReason="产线停线在即")
    assert placed["order"]["state"] == "PLACED"
    notes = detail(cast.chain_master, standing(cast.chain_master))["notes"]
    assert [(n["kind"], n["text"]) for n in notes] == [("ORDERED", "产线停线在即")]
    assert "停线" not in str(cast.gearworks.sees(placed)) + str(cast.gearworks.history_of(placed))

    said = {"supplierId": cast.gearworks.firm_id, "categoryId": where["id"], "reason": "停线索赔未决"}
    cast.chain_master.acts("block_supplier", said, by="lead")["qualification"]
    mixed = [line("HD-25", "1"), line("RV-40E", "1")]
    with nothing_changes():
        refused = cast.chain_master.places_order(to=cast.gearworks, lines=mixed, conditionalReason="急")
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["lines.1.itemId"])
    assert refused.rule.startswith("qualification.blocked")
    assert cast.gearworks.accepts_all(placed).refusals == []

    own = detail(cast.chain_master, standing(cast.chain_master))
    freed = {"qualificationId": own["id"], "expectedVersion": own["version"], "reason": "已和解"}
    assert cast.chain_master.acts("unblock_supplier", freed | {"expectedVersion": 1}, by="lead").refusals == ["STALE"]
    assert cast.chain_master.acts("unblock_supplier", freed, by="lead")["qualification"]["state"] == "POTENTIAL"


def test_the_end_is_told_60_30_and_7_days_before_once_each_even_after_a_standstill(cast, after_days):
    _, certificate = qualified(cast, until=70)

    def told(player):
        (found,) = [c for c in seen(player) if c["id"] == certificate["id"]]
        return sorted(r["days"] for r in found["reminders"])

    watch_certificates()
    assert (told(cast.gearworks), told(cast.chain_master)) == ([], [])
    after_days(10)
    watch_certificates()
    watch_certificates()
    assert (told(cast.gearworks), told(cast.chain_master)) == ([60], [60])
    react()
    before = {
        p: p.asks("inbox_counts", by="quality")["inboxCounts"]["open"] for p in (cast.gearworks, cast.chain_master)
    }
    after_days(55)  # nobody ran the job for 55 days: the 30th passed, the 7th is near
    watch_certificates()
    watch_certificates()
    assert (told(cast.gearworks), told(cast.chain_master)) == ([7, 60], [7, 60])
    react()
    after = {p: p.asks("inbox_counts", by="quality")["inboxCounts"]["open"] for p in before}
    assert {after[p] - before[p] for p in before} == {1}
    assert told_states(cast) == "APPROVED"


def told_states(cast):
    return standing(cast.chain_master)["state"]


def test_what_runs_out_becomes_conditional_by_itself_and_a_verified_renewal_restores_it(cast, after_days):
    _, certificate = qualified(cast, until=20)
    after_days(20)
    watch_certificates()
    assert told_states(cast) == "APPROVED"

    after_days(1)
    assert told_states(cast) == "CONDITIONAL"  # at once, whether or not the job has run
    assert cast.chain_master.places_order(to=cast.gearworks, item="RV-40E").refusals == ["NOT_ALLOWED_NOW"]
    watch_certificates()
    watch_certificates()
    lapsed = standing(cast.gearworks, "SELLER")
    assert (lapsed["state"], lapsed["lapsedOn"], lapsed["missing"]) == (
        "CONDITIONAL",
        day(0),
        [{"kind": "ISO_9001", "named": ""}],
    )
    events = [event["event"] for event in cast.gearworks.history_of(lapsed)]
    assert events == ["QualificationApproved", "QualificationLapsed"]

    given = {
        "certificateId": certificate["id"],
        "expectedVersion": 1,
        "paper": paper(cast.gearworks, until=300, number="Q-2", since=0),
    }
    cast.gearworks.acts("renew_certificate", given, by="sales")["certificate"]
    assert told_states(cast) == "CONDITIONAL"  # the buyer has not looked at it yet
    verifies(cast.chain_master, certificate, "NOT_ACCEPTED", reason="扫描不清")["verification"]
    assert told_states(cast) == "CONDITIONAL"
    verifies(cast.chain_master, certificate)["verification"]
    assert told_states(cast) == "APPROVED"
    assert [e["event"] for e in cast.gearworks.history_of(lapsed)] == [*events, "QualificationRestored"]
    assert cast.chain_master.places_order(to=cast.gearworks, item="RV-40E").refusals == []


def test_what_a_lead_made_conditional_no_certificate_restores(cast):
    where = category(cast.chain_master, "RV-40E")
    proposed = proposes(cast.chain_master, cast.gearworks, where, "CONDITIONAL", condition="交付稳定三个月后复评")
    approves(cast.chain_master, proposed)["qualification"]

    certificate = adds(cast.gearworks)
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]
    verifies(cast.chain_master, certificate)["verification"]
    watch_certificates()

    assert (told_states(cast), standing(cast.chain_master)["missing"]) == ("CONDITIONAL", [])


def test_taking_a_certificate_back_or_needing_another_lets_the_standing_lapse(cast):
    where, certificate = qualified(cast)
    given = {
        "categoryId": where["id"], "expectedVersion": 1, "name": "减速机", "nameEn": "Reducers", "qualifiedOnly": False,
        "needs": [ISO, {"kind": "ISO_14001"}],
    }  # fmt: skip
    cast.chain_master.acts("change_category", given, by="lead")["category"]
    assert (told_states(cast), [m["kind"] for m in standing(cast.gearworks, "SELLER")["missing"]]) == (
        "CONDITIONAL",
        ["ISO_14001"],
    )
    cast.chain_master.acts("change_category", given | {"expectedVersion": 2, "needs": [ISO]}, by="lead")["category"]
    assert told_states(cast) == "APPROVED"

    both = {"certificateId": certificate["id"], "buyerId": cast.chain_master.firm_id}
    cast.gearworks.acts("hide_certificate", both, by="sales")["certificate"]
    assert told_states(cast) == "CONDITIONAL"
    shows(cast.gearworks, certificate, cast.chain_master)["certificate"]
    react()
    given = {"certificateId": certificate["id"], "expectedVersion": 1}
    assert cast.gearworks.acts("withdraw_certificate", given, by="sales")["certificate"]["state"] == "WITHDRAWN"
    assert told_states(cast) == "CONDITIONAL"
