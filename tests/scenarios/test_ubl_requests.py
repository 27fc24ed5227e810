"""A buyer's own system drafts requests by UBL files: what we give out comes back whole, everything else is told by sentences."""

from pathlib import Path

import pytest

from kernel import clock
from tests.scenarios.players import day, fresh
from tests.scenarios.sourcing import instant, issues, seen, versioned
from tests.scenarios.test_ubl import edited, sends, taken

pytestmark = pytest.mark.feature("K2")
KIND = "REQUEST_FOR_QUOTATION"
OWN_NUMBER = "<cac:BuyersItemIdentification><cbc:ID>LT-9</cbc:ID></cac:BuyersItemIdentification>"
OASIS = Path(__file__).parents[1] / "samples" / "ubl" / "oasis" / "UBL-RequestForQuotation-2.1-Example.xml"
HELD = ("title", "note", "currency", "incoterm", "closesAt", "awardBy", "lines")


@pytest.fixture(autouse=True)
def _clock_is_put_right():
    yield
    clock.set_to(None)


def test_a_buyers_system_drafts_a_request_and_adds_its_invitees_file_by_file(cast, nothing_changes):
    master, gearworks, rival = cast.chain_master, cast.gearworks, cast.rival
    closes = instant(hours=30)
    rfq = issues(master, gearworks, rival, closesAt=closes, note="含木箱\n两次交付")
    number, mine = fresh("ERP"), [(f"<cbc:ID>{rfq['number']}</cbc:ID>", "<cbc:ID>{}</cbc:ID>")]
    copies = [taken(one, KIND, rfq["id"], by="sales") for one in (gearworks, rival)]
    first, second = (edited(copy, (mine[0][0], mine[0][1].format(number))) for copy in copies)
    with nothing_changes():
        tried = sends(master, KIND, first, by="buyer", dryRun=True)["outcome"]
        assert (f"{number} drafted: 2 line(s)" in str(tried["done"]), tried["warnings"]) == (True, [])
        assert sends(master, KIND, first, by="sales").refusals == ["NOT_ALLOWED_NOW"]
        others = sends(gearworks, KIND, first, by="buyer")
        assert (others.refusals, "its own buyer" in others.errors[0]["message"]) == (["INVALID", "INVALID"], True)

    drafted = sends(master, KIND, first, by="buyer")["outcome"]["subjectId"]
    again = sends(master, KIND, first, by="buyer")["outcome"]
    assert (again["subjectId"], "nothing was changed" in str(again["done"])) == (drafted, True)
    more = sends(master, KIND, second, by="buyer")["outcome"]
    assert "invited too" in str(more["done"])
    draft, origin = seen(master, {"id": drafted}), seen(master, rfq)
    assert {name: draft[name] for name in HELD} == {name: origin[name] for name in HELD}
    assert {one["supplier"]["id"] for one in draft["invitations"]} == {gearworks.firm_id, rival.firm_id}
    assert (draft["state"], seen(gearworks, draft)) == ("DRAFT", None)

    as_much = sends(master, KIND, edited(second, (">100<", ">100.0<")), by="buyer")["outcome"]
    assert "nothing was changed" in str(as_much["done"])
    with nothing_changes():
        for wrong, field, said in (
            (((">100<", ">101<"),), "ID", "asks for something else"),
            (((number, rfq["number"]),), "ID", "no draft any more"),
            (((number, fresh("ERP")), ('unitCode="BX"', 'unitCode="??"')), "@unitCode", "unit code"),
            (((number, fresh("ERP")), (f"<cbc:StartDate>{day(60)}", "<cbc:StartDate>2020-01-01"),
              (f"<cbc:EndDate>{day(60)}", "<cbc:EndDate>2020-01-01")), "LineItem/Delivery", "RequestForQuotationLine 2"),
            (((number, fresh("ERP")), (day(10), "2020-01-01")), "RequestedValidityPeriod/EndDate", "decide"),
            (((number, fresh("ERP")), (">DAP<", ">XYZ<")), "DeliveryTerms/ID", "Incoterms"),
            (((number, fresh("ERP")), ("MADEM0002", "MADEM0099"), ("苏州精齿", "杭州精齿")), "SellerSupplierParty/Party", "none of your partners"),
        ):  # fmt: skip
            refused = sends(master, KIND, edited(first, *wrong), by="buyer")
            assert refused.refusals == ["INVALID"], (field, refused.errors)
            assert field in refused.errors[0]["message"] and said in refused.errors[0]["message"], refused.errors
    assert master.acts("approve_rfq", versioned(draft), by="buyer").refusals == ["NOT_ALLOWED_NOW"]
    assert master.acts("approve_rfq", versioned(draft), by="lead")["rfq"]["state"] == "APPROVED"


def test_a_foreign_request_is_understood_aloud_or_refused_by_sentences(cast, nothing_changes):
    master = cast.chain_master
    sample = OASIS.read_bytes()
    with nothing_changes():
        refused = sends(master, KIND, sample, by="buyer")
        assert "SellerSupplierParty/Party" in refused.errors[0]["message"]
    known = edited(
        sample, ("2008-04-24", day(5)), ("2008-05-06", day(30)), ("2008-05-10", day(40)),
        ("<cbc:Name>Delcomputer A/S", "<cbc:Name>苏州精齿传动有限公司"),
        ("T3400</cbc:Name>", f"T3400</cbc:Name>{OWN_NUMBER}"),
    )  # fmt: skip
    with nothing_changes():
        refused = sends(master, KIND, edited(known, (day(5), "9999-12-31")), by="buyer")
        assert "SubmissionDueDate: bids close" in refused.errors[0]["message"]
    outcome = sends(master, KIND, known, by="buyer")
    told = str(outcome["outcome"]["done"])
    assert "17:00 in China" in told and "30 days after the close" in told and "not given; DAP" in told
    assert "UUID" in told and "taken as yours" in told  # what is not held, and whose it was taken to be
    draft = seen(master, {"id": outcome["outcome"]["subjectId"]})
    assert draft["lines"][0]["title"] == "LT-9 Dell PrecisionTM T3400"
    assert (draft["title"], draft["currency"], [one["unit"] for one in draft["lines"]]) == (
        "Bestilling af computere", "DKK", ["NIU"] * 4,
    )  # fmt: skip
