"""Acts on statements of a period, as their stories tell them."""

from tests.scenarios.players import day, fresh, what

DUTY = {"BUYER": "buyer", "SELLER": "sales"}


def drafts(player, partner, side, *, since=-1, until=-1, currency="CNY", by=None):
    """A statement of the days from and until so many days from today."""
    said = {
        "side": side, "partnerId": partner.firm_id, "currency": currency, "periodFrom": day(since), "periodUntil": day(until),
    }  # fmt: skip
    return player.acts("draft_statement", said, by=by or DUTY[side])


def shown(player, statement, *, by="buyer"):
    return player.asks("statement_page", by=by, id=what(statement))["statement"]


def on(player, statement, verb, *, by=None, **given):
    """An act on a statement in the version this firm sees."""
    found = shown(player, statement)
    said = {"statementId": what(statement), "expectedVersion": found["version"] if found else 1} | given
    return player.acts(verb, said, by=by or DUTY[found["side"] if found else "BUYER"])


def disputes(player, statement, *lines, **given):
    """lines: (line number, reason, words[, figures])."""
    own = {line["number"]: line["id"] for line in shown(player, statement)["lines"]}
    said = [
        {"statementLineId": own[number], "reason": reason, "note": note} | (figures[0] if figures else {})
        for number, reason, note, *figures in lines
    ]
    return on(player, statement, "dispute_statement", lines=said, **given)


def answers(player, statement, outcomes, **given):
    """outcomes: line number -> outcome, or (outcome, words)."""
    said = []
    for line in shown(player, statement)["lines"]:
        for dispute in line["disputes"]:
            if dispute["state"] == "OPEN" and line["number"] in outcomes:
                outcome = outcomes[line["number"]]
                outcome, note = outcome if isinstance(outcome, tuple) else (outcome, "")
                said.append({"disputeId": dispute["id"], "outcome": outcome, "note": note})
    return on(player, statement, "answer_statement_disputes", answers=said, **given)


def confirms(player, statement, *aside, **given):
    """aside: numbers of lines left for the next statement."""
    own = {line["number"]: line["id"] for line in shown(player, statement)["lines"]}
    return on(player, statement, "confirm_statement", setAside=[own[n] for n in aside], **given)


def bills(player, statement, **given):
    said = {"number": fresh("INV"), "issuedOn": day(0), "dueOn": day(30), "taxPercent": "13"} | given
    return on(player, statement, "invoice_statement", **said)


def figures(statement):
    return [
        (line["number"], line["source"], line["quantity"], line["unitPrice"], line["lineAmount"])
        for line in statement["lines"]
    ]
