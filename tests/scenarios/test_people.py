"""A firm keeps its own people: its lead invites, gives and withdraws roles, closes accounts; nobody does so to himself."""

from typing import Any

import pytest
from sqlalchemy import update

from kernel import db
from kernel.access import unscoped
from kernel.migrations.everything import every_table
from tests.scenarios.api import Outcome
from tests.scenarios.conftest import everything
from tests.scenarios.players import Cast, Player


def people(player: Player, by: str = "buyer", **given: Any) -> dict[str, dict[str, Any]]:
    nodes = player.asks("people_page", by=by, **given)["people"]["nodes"]
    return {one["email"].split("@")[0]: one for one in nodes}


def invites(player: Player, email: str = "neu@longteng.example", *roles: str, by: str = "lead") -> Outcome:
    return player.acts("invite_person", {"email": email, "name": "新人", "roles": list(roles or ("QUALITY",))}, by=by)


def gives(player: Player, person: str, role: str, *, by: str = "lead", verb: str = "give_role") -> Outcome:
    return player.acts(verb, {"personId": people(player)[person]["id"], "role": role}, by=by)


def closes(player: Player, person: str, by: str = "lead") -> Outcome:
    return player.acts("close_person", {"personId": people(player)[person]["id"]}, by=by)


def test_an_invited_person_sets_a_password_by_a_link_that_works_once(cast: Cast) -> None:
    invited = invites(cast.chain_master)
    link, browser = invited["link"], cast.api.client

    assert (invited["person"]["waiting"], people(cast.chain_master)["neu"]["roles"]) == (True, ["QUALITY"])
    path = link[link.index("/welcome/") :]
    entered = browser.post(path, data={"password": "ein langes Wort 7", "again": "ein langes Wort 7"})

    assert entered.status_code in (302, 303)
    assert browser.get("/todo").status_code == 200
    assert browser.get(path).status_code == 404
    assert people(cast.chain_master)["neu"]["waiting"] is False
    known = {"personId": invited["person"]["id"]}
    assert cast.chain_master.acts("renew_invitation", known, by="lead").refusals == ["NOT_ALLOWED_NOW"]
    history = cast.chain_master.asks("history_page", id=invited["person"]["id"]).data["history"]["nodes"]
    assert [e["event"] for e in history] == ["PersonAdded", "PersonInvited", "PasswordSet"]


@pytest.mark.feature("M2")
def test_only_the_lead_manages_and_nobody_manages_himself(cast: Cast) -> None:
    before = everything()

    for refused in (
        invites(cast.chain_master, by="buyer"), gives(cast.chain_master, "planner", "QUALITY", by="sales"),
        closes(cast.chain_master, "planner", by="buyer"), gives(cast.chain_master, "lead", "SALES"),
        gives(cast.chain_master, "lead", "LEAD", verb="withdraw_role"), closes(cast.chain_master, "lead"),
        invites(cast.official, by="buyer"), invites(cast.operator, by="buyer"), closes(cast.gearworks, "sales", by="sales"),
    ):  # fmt: skip
        assert refused.refusals == ["NOT_ALLOWED_NOW"]
    for wrong, field in (
        (invites(cast.chain_master, "sales@rival.example"), "email"), (invites(cast.chain_master, "nobody"), "email"),
        (invites(cast.chain_master, "neu@longteng.example", "OPERATOR"), "roles"),
        (invites(cast.chain_master, "neu@longteng.example", "BUYER", "PLANNER"), "roles"),
        (gives(cast.chain_master, "buyer", "LEAD"), "role"), (gives(cast.chain_master, "buyer", "BUYER"), "role"),
        (gives(cast.chain_master, "buyer", "BUYER", verb="withdraw_role"), "role"),
    ):  # fmt: skip
        assert (wrong.refusals, wrong.fields) == (["INVALID"], [field])
    taken, no_address = invites(cast.chain_master, "sales@rival.example"), invites(cast.chain_master, "nobody")
    assert taken.errors == no_address.errors
    theirs = {"personId": people(cast.gearworks)["sales"]["id"]}
    assert cast.chain_master.acts("close_person", theirs, by="lead").refusals == ["NOT_FOUND"]
    assert everything() == before


def test_roles_hold_from_the_next_request_and_the_person_is_told(cast: Cast) -> None:
    gives(cast.chain_master, "sales", "QUALITY")["person"]
    given = {"supplierId": cast.gearworks.firm_id, "kind": "CCC"}
    cast.chain_master.acts("request_certificate", given, by="sales")["request"]

    gives(cast.chain_master, "sales", "QUALITY", verb="withdraw_role")["person"]

    assert cast.chain_master.acts("request_certificate", given, by="sales").refusals == ["NOT_ALLOWED_NOW"]
    told = [e["what"] for e in cast.chain_master.asks("inbox_page", by="sales")["inbox"]["nodes"]]
    assert told[:2] == ["role_withdrawn", "role_given"]


@pytest.mark.feature("M2")
def test_nobody_is_given_two_of_asking_approving_and_receiving(cast: Cast) -> None:
    """Asking: BUYER, or QUALITY for a supplier's standing; approving: LEAD; receiving: PLANNER."""
    before = everything()

    given = {
        (person, role): gives(cast.chain_master, person, role)
        for person, role in (("buyer", "LEAD"), ("quality", "LEAD"), ("planner", "LEAD"), ("buyer", "PLANNER"), ("planner", "BUYER"))
    }  # fmt: skip
    invited = [
        invites(cast.chain_master, "neu@longteng.example", *pair)
        for pair in (("BUYER", "LEAD"), ("QUALITY", "LEAD"), ("PLANNER", "LEAD"), ("BUYER", "PLANNER"))
    ]

    assert {pair: (one.refusals, one.fields) for pair, one in given.items()} == dict.fromkeys(
        given, (["INVALID"], ["role"])
    )
    assert [(one.refusals, one.fields) for one in invited] == [(["INVALID"], ["roles"])] * 4
    reasons = (
        "who asks does not approve", "who proposes a standing does not approve it", "who approves does not receive",
        "who orders does not receive",
    )  # fmt: skip
    assert all(reason in one.said for reason, one in zip(reasons, invited, strict=True))
    assert everything() == before


@pytest.mark.feature("M2")
def test_whoever_asked_for_a_standing_does_not_approve_it_himself(cast: Cast) -> None:
    master = cast.chain_master
    said = {"code": "REDUCER", "name": "减速机", "nameEn": "Reducers", "needs": [], "qualifiedOnly": False}
    where = {"categoryId": master.acts("add_category", said, by="lead")["category"]["id"]}
    asked = {"supplierId": cast.gearworks.firm_id, "standing": "APPROVED"} | where
    proposal = master.acts("propose_qualification", asked, by="quality")["proposal"]["id"]
    _holds_all(cast, "quality@longteng.example", "quality lead")
    found = master.asks("qualifications_page", filter={"side": "BUYER"})["qualifications"]["nodes"][0]["id"]
    version = master.asks("qualification_detail", id=found)["node"]["version"]
    decided = {"proposalId": proposal, "expectedVersion": version}
    before = everything()

    own = master.acts("approve_qualification", decided, by="quality")

    assert own.refusals == ["NOT_ALLOWED_NOW"]
    assert everything() == before
    assert master.acts("approve_qualification", decided, by="lead")["qualification"]["state"] == "APPROVED"


@pytest.mark.feature("M2")
def test_a_closed_account_is_out_at_once_and_keeps_its_name_in_history(cast: Cast) -> None:
    order = cast.chain_master.places_order(to=cast.gearworks)

    closes(cast.chain_master, "buyer")["person"]

    shut = cast.api.posts("buyer@longteng.example", {"query": "{ viewer { email } }"})
    assert shut.status_code == 401
    assert set(people(cast.chain_master, by="lead")) == {"planner", "quality", "sales", "lead"}
    assert people(cast.chain_master, by="lead", closed=True)["buyer"]["openVerbs"] == []
    history = cast.chain_master.asks("history_page", by="lead", id=order["order"]["id"])["history"]["nodes"]
    assert [(e["event"], e["byName"]) for e in history] == [("OrderPlaced", "采购员")]


def test_in_a_firm_without_a_lead_whoever_is_there_longest_manages_until_there_is_one(cast: Cast) -> None:
    second = invites(cast.gearworks, "zwei@gearworks.example", "SALES", by="sales")["person"]["id"]
    assert [one["manages"] for one in people(cast.gearworks).values()] == [True, False]

    cast.gearworks.acts("give_role", {"personId": second, "role": "LEAD"}, by="sales")["person"]

    assert [one["manages"] for one in people(cast.gearworks).values()] == [False, True]
    assert invites(cast.gearworks, "drei@gearworks.example", by="sales").refusals == ["NOT_ALLOWED_NOW"]
    conflicts = people(cast.gearworks)["sales"]["conflicts"]
    assert [(c["one"], c["other"]) for c in conflicts] == [("BUYER", "PLANNER")]


@pytest.mark.feature("M2")
def test_whoever_ordered_does_not_receive_and_whoever_received_does_not_accept_where_another_could(cast: Cast) -> None:
    _holds_all(cast, "buyer@longteng.example", "buyer planner")
    order = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(order)["order"]
    sent = cast.gearworks.ships((order, 1, "10"))
    before = everything()

    own = cast.chain_master.receives(sent, by="buyer")

    assert own.refusals == ["NOT_ALLOWED_NOW"] and "separated.post_receipt" in str(own.rule)
    assert everything() == before
    cast.chain_master.receives(sent)["receiptAdvice"]
    _holds_all(cast, "planner@longteng.example", "buyer planner")
    received = cast.chain_master.accepts_delivery(order, by="planner")
    assert received.refusals == ["NOT_ALLOWED_NOW"] and "separated.accept_delivery" in str(received.rule)
    cast.chain_master.accepts_delivery(order)["certificate"]


def test_one_clerk_alone_orders_receives_and_accepts(cast: Cast) -> None:
    order = cast.gearworks.places_order(to=cast.bearing, item="CRB-100", quantity="4")
    cast.bearing.accepts_all(order)["order"]

    cast.gearworks.receives(cast.bearing.ships((order, 1, "4")), by="buyer")["receiptAdvice"]

    cast.gearworks.accepts_delivery(order)["certificate"]


def _holds_all(cast: Cast, email: str, roles: str) -> None:
    """As a firm that gave its roles before they were told apart."""
    person = every_table().tables["person"]
    with unscoped("roles given before they were told apart"), db.session(writes=True) as session:
        session.execute(update(person).where(person.c.email == email).values(roles=roles))
        session.commit()
