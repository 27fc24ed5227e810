"""Who of which firm read or exported what of a firm's under which grant (B7)."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from jobs.exchanges import give_out
from jobs.nightly import forget_what_has_ended
from kernel import clock
from kernel.ledger import keeping
from tests.rules.checks.samples import pdf
from tests.scenarios.players import day


def ledger_of(player, **filter):
    return player.asks("access_ledger", filter=filter)["accessLedger"]["nodes"]


@pytest.mark.feature("B7")
def test_reading_disclosed_links_is_entered_once_an_hour_with_firm_duty_and_grant(cast, after_days):
    (given,) = cast.gearworks.asks("link_disclosures")["linkDisclosures"]["nodes"]
    (link,) = [link for link in cast.chain_master.links() if link["disclosed"]]
    cast.chain_master.links()
    cast.chain_master.asks("node", id=link["id"])

    one, listed = ledger_of(cast.gearworks)
    for entry in (one, listed):
        assert (entry["viewer"]["id"], entry["roles"]) == (cast.chain_master.firm_id, ["BUYER"])
        assert (entry["grantKind"], entry["grantId"], entry["exported"]) == ("LinkDisclosure", given["id"], False)
    assert [(e["what"], e["subjectKind"], e["rows"]) for e in (one, listed)] == [
        ("disclosed_links", "SupplyLink", 1), ("disclosed_links", "Chain", 1),
    ]  # fmt: skip
    assert one["subjectId"] in {link["id"] for link in cast.gearworks.links()}
    assert one["subjectId"] != link["id"], "the owner's name for it is not the viewer's"
    for other in (cast.chain_master, cast.bearing, cast.rival, cast.operator):
        assert ledger_of(other) == []

    after_days(1)
    cast.chain_master.links()
    assert [len(ledger_of(cast.gearworks, **f)) for f in ({}, {"since": day(0)}, {"until": day(-1)})] == [3, 1, 2]
    assert len(ledger_of(cast.gearworks, partnerId=cast.chain_master.firm_id)) == 3
    assert ledger_of(cast.gearworks, partnerId=cast.bearing.firm_id) == []


@pytest.mark.feature("B7")
def test_what_cannot_be_entered_is_not_handed_out(cast, monkeypatch):
    def disk_full(readings, now):
        raise OperationalError("INSERT", {}, Exception("disk is full"))

    monkeypatch.setattr(keeping, "keep_apart", disk_full)
    chain = cast.chain_master.chain()

    shut = cast.chain_master.asks("supply_links", chainId=chain)
    assert (shut.status, shut.data) == (503, {})
    assert cast.steel.asks("supply_links", chainId=chain).status == 200

    monkeypatch.undo()
    assert len([link for link in cast.chain_master.links() if link["disclosed"]]) == 1
    assert len(ledger_of(cast.gearworks)) == 1


@pytest.mark.feature("B7")
def test_a_fetched_file_and_an_exported_answer_are_entered(cast):
    order = cast.chain_master.places_order(to=cast.gearworks)
    (needed,) = cast.chain_master.requires_documents(order)["requirements"]
    handed = cast.gearworks.hands_in(needed, pdf())
    cast.gearworks.accepts_all(order)

    for player in (cast.gearworks, cast.chain_master):
        shown = player.asks("revision", id=handed["revision"]["id"])["node"]
        assert cast.api.client.get(shown["url"]).status_code == 200
    give_out("ubl-order-response", order["order"]["number"], email="buyer@longteng.example")
    give_out("ubl-order-response", order["order"]["number"], email="buyer@longteng.example")

    told = [(e["what"], e["viewer"]["id"], e["exported"]) for e in ledger_of(cast.gearworks)]
    buyer = cast.chain_master.firm_id
    assert told == [("order_answer", buyer, True)] * 2 + [("document_file", buyer, False)]
    assert len(ledger_of(cast.gearworks, exported=True)) == 2


def test_an_entry_is_kept_two_years(cast):
    cast.chain_master.links()

    for days, left in ((731, 1), (733, 0)):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            forget_what_has_ended()
        assert len(ledger_of(cast.gearworks)) == left
