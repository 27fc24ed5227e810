"""Where a firm is paid: two persons change it, buyers call back, and nobody else learns the number."""

from typing import Any

import pytest
from sqlalchemy import update

from kernel import db
from kernel.access import unscoped
from kernel.migrations.everything import every_table
from tests.scenarios.api import Outcome
from tests.scenarios.conftest import everything
from tests.scenarios.players import Cast, Player, day

NUMBER = "6222021102034567890"
DETAILS = {
    "holder": "苏州精齿传动有限公司",
    "bank": "中国银行苏州分行",
    "number": "6222 0211 0203 4567-890",
    "currency": "CNY",
}


def proposes(player: Player, by: str = "sales", **given: Any) -> Outcome:
    return player.acts("propose_financial_account", DETAILS | given, by=by)


def confirms(player: Player, account: str, by: str = "sales", version: int = 1) -> Outcome:
    return player.acts("confirm_financial_account", {"accountId": account, "expectedVersion": version}, by=by)


def calls(player: Player, account: str, by: str = "lead", **given: Any) -> Outcome:
    said = {
        "accountId": account, "outcome": "VERIFIED", "calledOn": day(0), "phone": "0512-6677 8899",
        "source": "CONTRACT", "spokeTo": "财务部 周",
    }  # fmt: skip
    return player.acts("record_callback", said | given, by=by)


def confirmed_account(cast: Cast) -> str:
    """Gearworks has one clerk, so the operator stands in as second person."""
    account = str(proposes(cast.gearworks, note="新电话 025-1234 5678")["financialAccount"]["id"])
    confirms(cast.operator, account)["confirmedId"]
    return account


def seen(player: Player, by: str = "buyer") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = player.asks("financial_accounts_page", by=by)["financialAccounts"]["nodes"]
    return found


@pytest.mark.feature("M2")
def test_a_buyer_reads_the_last_four_until_it_has_called_back_on_a_number_it_knew(cast: Cast) -> None:
    account = confirmed_account(cast)

    (before,) = seen(cast.chain_master)
    shown = {name: before[name] for name in ("maskedNumber", "number", "callback", "note", "openVerbs", "isOwn")}
    assert shown == {
        "maskedNumber": "•••• 7890", "number": None, "callback": "UNVERIFIED", "note": None, "openVerbs": [], "isOwn": False,
    }  # fmt: skip
    was = everything()
    assert calls(cast.chain_master, account, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    for wrong, field in (
        ({"phone": "+86 25 1234-5678"}, "phone"), ({"phone": "电话"}, "phone"), ({"outcome": "UNVERIFIED"}, "outcome"),
        ({"calledOn": day(1)}, "calledOn"), ({"calledOn": day(-1)}, "calledOn"), ({"spokeTo": " "}, "spokeTo"),
    ):  # fmt: skip
        refused = calls(cast.chain_master, account, **wrong)
        assert (refused.refusals, refused.fields) == (["INVALID"], [field])
    for outsider in (cast.rival, cast.bearing, cast.dealer, cast.carrier, cast.official, cast.operator):
        assert seen(outsider) == []
        assert calls(outsider, account, by="buyer").refusals == ["NOT_FOUND"]
    assert everything() == was

    calls(cast.chain_master, account)["financialAccount"]

    (after,) = seen(cast.chain_master)
    assert (after["number"], after["callback"], after["lastCall"]["phone"]) == (NUMBER, "VERIFIED", "0512-6677 8899")
    (own,) = seen(cast.gearworks)
    assert [(c["buyer"]["id"], c["outcome"]) for c in own["callbacks"]] == [(cast.chain_master.firm_id, "VERIFIED")]
    assert own["lastCall"] is None
    read = cast.gearworks.asks("access_ledger")["accessLedger"]["nodes"]
    assert {r["viewer"]["id"] for r in read if r["what"] == "account_number"} == {cast.chain_master.firm_id}


@pytest.mark.feature("M2")
def test_one_clerk_alone_cannot_confirm_and_the_operator_sees_no_more_than_the_tail(cast: Cast) -> None:
    account = proposes(cast.gearworks)["financialAccount"]["id"]
    assert seen(cast.chain_master) == []
    was = everything()

    alone = confirms(cast.gearworks, account)

    assert alone.refusals == ["NOT_ALLOWED_NOW"]
    assert "financial_account.two_persons" in str(alone.rule)
    assert confirms(cast.operator, account, version=7).refusals == ["STALE"]
    assert everything() == was
    (waiting,) = seen(cast.operator)
    told = {name: waiting[name] for name in ("holder", "bank", "number", "maskedNumber", "proposedByName", "openVerbs")}
    assert told == {
        "holder": None, "bank": None, "number": None, "maskedNumber": "•••• 7890", "proposedByName": None,
        "openVerbs": ["confirmFinancialAccount", "refuseFinancialAccount"],
    }  # fmt: skip
    no = {"accountId": account, "expectedVersion": 1, "reason": "户名不符"}
    cast.operator.acts("refuse_financial_account", no, by="buyer")["refusedId"]
    assert [(a["state"], a["reason"]) for a in seen(cast.gearworks)] == [("REFUSED", "户名不符")]
    assert seen(cast.operator) == []


@pytest.mark.feature("M2")
def test_in_a_firm_of_several_another_person_confirms_and_the_old_account_is_replaced(cast: Cast) -> None:
    first = proposes(cast.chain_master, number="32050001")["financialAccount"]["id"]
    assert seen(cast.operator) == []
    assert confirms(cast.operator, first).refusals == ["NOT_FOUND"]
    assert confirms(cast.chain_master, first, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    assert confirms(cast.chain_master, first, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert proposes(cast.chain_master, by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert proposes(cast.chain_master, number="3205-0001").fields == ["number"]
    confirms(cast.chain_master, first, by="lead")["confirmedId"]

    second = proposes(cast.chain_master, number="32050002", replacesId=first, by="lead")["financialAccount"]["id"]
    confirms(cast.chain_master, second, by="sales")["confirmedId"]

    assert [(a["number"], a["state"]) for a in seen(cast.chain_master, by="lead")] == [
        ("32050002", "CONFIRMED"), ("32050001", "REPLACED"),
    ]  # fmt: skip
    assert [a["number"] for a in seen(cast.chain_master)] == [None, None]
    (offered,) = seen(cast.dealer)
    assert (offered["maskedNumber"], offered["openVerbs"]) == ("•••• 0002", ["recordCallback"])

    calls(cast.dealer, second, by="buyer", outcome="DENIED")["financialAccount"]

    assert seen(cast.dealer)[0]["number"] is None
    told = [e["what"] for e in cast.chain_master.asks("inbox_page", by="lead")["inbox"]["nodes"]]
    assert told == ["callback_denied", "financial_account_confirmed"]


@pytest.mark.feature("M2")
def test_whoever_the_proposer_has_just_let_in_is_no_second_person(cast: Cast) -> None:
    made = {"email": "second@longteng.example", "name": "新人", "roles": ["SALES"]}
    person = cast.chain_master.acts("invite_person", made, by="lead")["person"]["id"]
    account = proposes(cast.chain_master, by="lead")["financialAccount"]["id"]
    again = Cast(type(cast.api)(cast.api.client))
    newcomer = Player(again.api, "second@longteng.example")

    assert confirms(newcomer, account).refusals == ["NOT_ALLOWED_NOW"]

    _let_in_long_ago("second@longteng.example")
    confirms(newcomer, account)["confirmedId"]
    assert person


def _let_in_long_ago(email: str) -> None:
    people = every_table().tables["person"]
    with unscoped("as if it had been eight days ago"), db.session(writes=True) as session:
        long_ago = update(people).where(people.c.email == email).values(invited_by=None)
        session.execute(long_ago)
        session.commit()
