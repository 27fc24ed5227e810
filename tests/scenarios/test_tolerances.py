"""What a tolerance bounds: any quantity over, and what a line is worth (features.md C11)."""

import pytest

from tests.scenarios.players import day, line, promise


def verdicts(outcome):
    return [x["verdict"] for x in outcome["response"]["lines"]]


@pytest.mark.feature("C11")
def test_any_quantity_over_and_a_value_limit_bound_what_the_rule_agrees(cast, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    wide = {"isOverUnlimited": True, "daysLate": 3}
    limit = {"valueLimit": "36015", "valueCurrency": "CNY"}
    set_ = master.tolerates(gearworks, **wide, **limit)["tolerance"]
    assert (set_["isOverUnlimited"], set_["valueLimit"]) == (True, {"amount": "36015", "currency": "CNY"})
    assert (
        gearworks.asks("tolerances")["tolerances"]["nodes"][0]["valueLimit"]["amount"] == "36015"
    )  # the seller reads it
    lines = [line("RV-40E", "10"), line("RV-80E", "10"), line("HD-25", "10")]
    order = master.places_order(to=gearworks, lines=lines)
    euros = master.places_order(to=gearworks, currency="EUR")

    answered = gearworks.responds(order, lines=[
        {"line": 1, "answer": "CHANGED", "quantity": "30"}, {"line": 2, "answer": "CHANGED", "quantity": "30.5"},
        {"line": 3, "answer": "CHANGED", "quantity": "9"},
    ])  # fmt: skip
    foreign = gearworks.responds(euros, lines=[{"line": 1, "answer": "CHANGED", "schedules": promise(d21="10")}])

    assert verdicts(answered) == ["BY_RULE", "WAITING", "WAITING"]
    assert verdicts(foreign) == ["WAITING"]
    assert "worth 36615.250 CNY, the rule is for 36015 CNY" in answered["response"]["lines"][1]["deviation"]
    master.decides(order, {2: "ACCEPT", 3: "CANCEL"})["order"]
    for number, state in ((1, "AGREED_BY_RULE"), (2, "WAITING")):
        days = [{"scheduleId": master.schedules_of(order, number)[0]["id"], "promisedOn": day(22)}]
        head = {"orderId": order["order"]["id"], "expectedVersion": master.version_of(order), "reason": "MATERIAL"}
        promised = gearworks.acts("repromise_order", head | {"days": days}, by="sales")["repromise"]
        assert promised["state"] == state
    assert gearworks.ships((order, 1, "99"))["despatchAdvice"]  # any quantity over may leave too
    with nothing_changes():
        for wrong, field in (
            ({"valueLimit": "5"}, "valueCurrency"), ({"valueCurrency": "CNY"}, "valueLimit"),
            ({"valueLimit": "0", "valueCurrency": "CNY"}, "valueLimit"),
            ({"valueLimit": "5", "valueCurrency": "XXQ"}, "valueCurrency"), ({"decideWithinHours": 4}, "defaultDecision"),
            ({"decideWithinHours": 2161, "defaultDecision": "REFUSE"}, "decideWithinHours"),
        ):  # fmt: skip
            refused = master.tolerates(gearworks, **wrong)
            assert (refused.refusals, refused.fields) == (["INVALID"], [field])
