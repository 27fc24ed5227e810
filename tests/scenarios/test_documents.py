"""Documents an order must come with: asked for, handed in, checked, reviewed, and what acceptance waits for (G1, G3, G4)."""

import pytest

from tests.rules.checks.drawings import signed_ofd
from tests.rules.checks.samples import at_opening, pdf, script, zipped
from tests.scenarios.players import day

ZIP = zipped([("a.txt", "hello")])


@pytest.fixture
def order(cast):
    placed = cast.chain_master.places_order(to=cast.gearworks)
    cast.gearworks.accepts_all(placed)
    return placed


@pytest.fixture
def needed(cast, order):
    return cast.chain_master.requires_documents(order)["requirements"][0]


def delivered(cast, order):
    cast.chain_master.receives(cast.gearworks.ships((order, 1, "10")))


def stands(cast, order):
    """(requirement's state, its revisions and theirs)."""
    (one,) = cast.gearworks.documents_of(order)
    return one["state"], {r["revision"]: r["state"] for r in one["revisions"]}


def test_a_required_document_has_class_title_language_format_day_and_reviewer(cast, order):
    line = cast.chain_master.lines_of(order)[1]["id"]

    cast.chain_master.requires_documents(
        order,
        {"documentType": "02-02", "title": "装配图", "language": "en", "format": "PDF_A", "due": day(5),
         "reviewer": "quality@longteng.example", "orderLineId": line},
        {"documentType": "03-02", "title": "操作手册", "due": day(40)},
    )  # fmt: skip

    drawing, manual = cast.gearworks.documents_of(order)
    told = tuple(drawing[name] for name in ("documentType", "documentTypeName", "title", "language", "format", "due"))
    assert told == ("02-02", "drawings and plans", "装配图", "en", "PDF_A", day(5))
    assert (drawing["orderLine"]["number"], drawing["state"], drawing["dueSoon"], drawing["overdue"]) == (
        1, "REQUIRED", True, False,
    )  # fmt: skip
    assert (manual["orderLine"], manual["reviewer"], manual["dueSoon"]) == (None, None, False)
    assert cast.chain_master.documents_of(order)[0]["reviewer"] == "质量工程师"


@pytest.mark.parametrize(("asked", "code", "field"), [
    ({"documentType": "02-99"}, "INVALID", "documentType"), ({"title": " "}, "INVALID", "title"),
    ({"title": "x" * 201}, "INVALID", "title"), ({"language": "Chinese"}, "INVALID", "language"),
    ({"due": day(-2)}, "INVALID", "due"), ({"reviewer": "planner@longteng.example"}, "INVALID", "reviewer"),
    ({"reviewer": "sales@gearworks.example"}, "INVALID", "reviewer"), ({"orderLineId": "A" * 22}, "NOT_FOUND", "orderLineId"),
])  # fmt: skip
def test_a_wrong_requirement_is_told_by_its_field(cast, order, nothing_changes, asked, code, field):
    with nothing_changes():
        refused = cast.chain_master.requires_documents(order, {}, asked)

    assert (refused.refusals, refused.fields) == ([code], [f"requirements.1.{field}"])


def test_documents_are_asked_for_by_the_buyer_and_on_what_he_read(cast, order, nothing_changes):
    with nothing_changes():
        assert cast.gearworks.requires_documents(order).refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.requires_documents(order, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.chain_master.requires_documents(order, expectedVersion=1).refusals == ["STALE"]
        none = cast.chain_master.acts(
            "require_documents", {"orderId": order["order"]["id"], "requirements": []}, by="buyer"
        )
    assert (none.refusals, none.fields) == (["INVALID"], ["requirements"])


def test_bytes_that_are_not_the_declared_ones_are_not_taken(cast, needed, nothing_changes):
    declared = pdf()
    other = declared[:-1] + b"?"
    opened = cast.gearworks.uploads(declared, sent=other)
    assert (opened.refusals, opened.fields) == (["INVALID"], ["sha256"])
    assert cast.gearworks.uploads(declared, sent=declared + b"x").refusals == ["LIMIT"]
    assert cast.gearworks.uploads(declared, sent=declared[:-1]).refusals == ["INVALID"]

    given = {"requirementId": needed["id"], "uploadId": opened.data["upload"]["id"], "number": "1", "revision": "A",
             "title": "t", "language": "zh"}  # fmt: skip
    with nothing_changes():
        refused = cast.gearworks.acts("submit_document", given, by="sales")
    assert (refused.refusals, refused.fields) == (["NOT_ALLOWED_NOW"], ["uploadId"])


@pytest.mark.parametrize(("given", "code", "field"), [
    ({"size": 0}, "INVALID", "size"), ({"size": -1}, "INVALID", "size"), ({"size": 52428801}, "LIMIT", "size"),
    ({"filename": "../a.pdf"}, "INVALID", "filename"), ({"filename": "a" * 256}, "INVALID", "filename"),
    ({"sha256": "xyz"}, "INVALID", "sha256"),
])  # fmt: skip
def test_a_wrong_upload_is_told_by_its_field(cast, nothing_changes, given, code, field):
    with nothing_changes():
        refused = cast.gearworks.acts(
            "open_upload", {"filename": "a.pdf", "size": 9, "sha256": "0" * 64} | given, by="sales"
        )

    assert (refused.refusals, refused.fields) == ([code], [field])


@pytest.mark.parametrize(("content", "failed"), [
    (ZIP, "file-type"), (pdf(at_opening(script())), "pdf-active-content"), (pdf()[:200], "pdf-opens"),
], ids=["zip named pdf", "runs a script", "broken"])  # fmt: skip
def test_a_file_that_is_not_fit_goes_back_to_the_seller_and_says_why(cast, order, needed, content, failed):
    handed = cast.gearworks.hands_in(needed, content)

    assert stands(cast, order) == ("REQUIRED", {"A": "CHECKS_FAILED"})
    (seen,) = cast.gearworks.documents_of(order)[0]["revisions"]
    findings = {f["check"]: f for f in seen["findings"]}
    assert findings[failed]["verdict"] == "FAILED" and findings[failed]["cure"]
    assert seen["job"]["state"] == "DONE"
    assert cast.gearworks.todo() == ["SEND_DESPATCH_ADVICE", "SUBMIT_DOCUMENT"]
    assert cast.chain_master.reviews(handed["revision"]).refusals == ["NOT_ALLOWED_NOW"]


def test_a_good_file_is_kept_with_a_preview_and_fetched_by_both(cast, order, needed):
    content = pdf()

    cast.gearworks.hands_in(needed, content)

    (seen,) = cast.chain_master.documents_of(order)[0]["revisions"]
    fetched = cast.api.client.get(seen["url"])
    assert (fetched.status_code, fetched.data) == (200, content)
    assert cast.api.client.get(seen["previewUrl"]).data[:4] == b"\x89PNG"


@pytest.mark.feature("G3")
def test_the_reviewer_is_told_what_the_document_says_of_itself_and_who_signed(cast, order):
    needed = cast.chain_master.requires_documents(order, {"format": "OFD"}, {})["requirements"]
    cast.gearworks.hands_in(needed[0], signed_ofd(), "drawing.ofd", number="GB-4711", revision="B")
    cast.gearworks.hands_in(needed[1], pdf(words="CERT-1 Rev. B"))

    drawing, certificate = (
        {f["check"]: f for f in d["revisions"][0]["findings"]} for d in cast.chain_master.documents_of(order)
    )
    assert {d["revisions"][0]["state"] for d in cast.chain_master.documents_of(order)} == {"IN_REVIEW"}
    assert drawing["ofd-digests"]["verdict"] == "PASSED"
    assert (drawing["ofd-signatures"]["verdict"], "王工 20260328071354Z" in drawing["ofd-signatures"]["message"]) == (
        "WARNED",
        True,
    )
    assert drawing["title-block"]["message"].count("GB-4711") == 0 and "B" in drawing["title-block"]["message"]
    assert (certificate["title-block"]["verdict"], certificate["title-block"]["cure"] != "") == ("WARNED", True)
    assert "A" in certificate["title-block"]["message"] and "CERT-1" not in certificate["title-block"]["message"]


def test_comments_are_numbered_and_a_returned_document_comes_again(cast, order, needed, nothing_changes):
    first = cast.gearworks.hands_in(needed, pdf())

    with nothing_changes():
        unsaid = cast.chain_master.reviews(first["revision"], "REVISE")
        elsewhere = cast.chain_master.reviews(first["revision"], "REVISE", "no", page=2)
    assert (unsaid.refusals, unsaid.fields) == (["INVALID"], ["comments"])
    assert (elsewhere.refusals, elsewhere.fields) == (["INVALID"], ["comments.0.page"])

    returned = cast.chain_master.reviews(first["revision"], "REVISE", "缺少炉号", "日期不清", page=1)
    assert returned["revision"]["review"]["comments"] == [
        {"number": 1, "page": 1, "text": "缺少炉号"}, {"number": 2, "page": 1, "text": "日期不清"},
    ]  # fmt: skip
    assert stands(cast, order) == ("REQUIRED", {"A": "RETURNED"})

    with nothing_changes():
        same = cast.chain_master.reviews(first["revision"])
    assert same.refusals == ["NOT_ALLOWED_NOW"]
    again = cast.gearworks.hands_in(needed, pdf(), revision="A")
    assert (again.refusals, again.fields) == (["INVALID"], ["revision"])
    second = cast.gearworks.hands_in(needed, pdf(words="Second try"), revision="B")
    cast.chain_master.reviews(second["revision"], "APPROVED_WITH_COMMENTS", "下次注明批次")
    assert stands(cast, order) == ("SATISFIED", {"A": "RETURNED", "B": "RELEASED"})


def test_a_rejected_document_is_owed_again(cast, order, needed):
    handed = cast.gearworks.hands_in(needed, pdf())

    cast.chain_master.reviews(handed["revision"], "REJECTED", "错误的资料")

    assert stands(cast, order) == ("REQUIRED", {"A": "REJECTED"})


def test_one_revision_is_released_and_a_newer_one_takes_its_place(cast, order, needed):
    first = cast.gearworks.hands_in(needed, pdf())
    cast.chain_master.reviews(first["revision"])
    second = cast.gearworks.hands_in(needed, pdf(words="Newer"), revision="B")
    assert stands(cast, order) == ("SATISFIED", {"A": "RELEASED", "B": "IN_REVIEW"})

    cast.chain_master.reviews(second["revision"])

    assert stands(cast, order) == ("SATISFIED", {"A": "SUPERSEDED", "B": "RELEASED"})


def test_a_newer_submission_takes_the_place_of_one_under_review(cast, order, needed, nothing_changes):
    first = cast.gearworks.hands_in(needed, pdf())

    cast.gearworks.hands_in(needed, pdf(words="Newer"), revision="B")

    assert stands(cast, order) == ("SUBMITTED", {"A": "SUPERSEDED", "B": "IN_REVIEW"})
    with nothing_changes():
        assert cast.chain_master.reviews(first["revision"]).refusals == ["NOT_ALLOWED_NOW"]


def test_a_document_is_reviewed_by_its_reviewer_and_nobody_else(cast, order, nothing_changes):
    handed = cast.gearworks.hands_in(cast.chain_master.requires_documents(order)["requirements"][0], pdf())

    with nothing_changes():
        assert cast.chain_master.reviews(handed["revision"], by="buyer").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.gearworks.reviews(handed["revision"]).refusals == ["NOT_ALLOWED_NOW"]
        assert cast.rival.reviews(handed["revision"]).refusals == ["NOT_FOUND"]


@pytest.mark.parametrize(("given", "field"), [
    ({"number": ""}, "number"), ({"number": "x" * 61}, "number"), ({"revision": "x" * 21}, "revision"),
    ({"title": "x" * 201}, "title"), ({"language": "en"}, "language"),
])  # fmt: skip
def test_a_wrong_submission_is_told_by_its_field(cast, order, needed, nothing_changes, given, field):
    upload = cast.gearworks.uploads(pdf())["upload"]["id"]
    said = {
        "requirementId": needed["id"],
        "uploadId": upload,
        "number": "1",
        "revision": "A",
        "title": "t",
        "language": "zh",
    }

    with nothing_changes():
        refused = cast.gearworks.acts("submit_document", said | given, by="sales")

    assert (refused.refusals, refused.fields) == (["INVALID"], [field])


def test_a_file_of_another_firm_is_not_found(cast, order, needed, nothing_changes):
    theirs = cast.rival.uploads(pdf())["upload"]["id"]
    said = {
        "requirementId": needed["id"],
        "uploadId": theirs,
        "number": "1",
        "revision": "A",
        "title": "t",
        "language": "zh",
    }

    with nothing_changes():
        refused = cast.gearworks.acts("submit_document", said, by="sales")

    assert (refused.refusals, refused.fields) == (["NOT_FOUND"], ["uploadId"])


def test_acceptance_waits_for_receipt_document_and_review_and_names_them(cast, order, needed, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks

    def refused():
        with nothing_changes():
            outcome = master.accepts_delivery(order)
        assert (outcome.refusals, outcome.fields) == (["NOT_ALLOWED_NOW"], ["orderId"])
        assert "acceptance.complete" in outcome.rule
        return outcome.said

    assert refused() == "acceptance waits for: receipt of line 1; document 02-04 “材质证明”"
    delivered(cast, order)
    assert refused() == "acceptance waits for: document 02-04 “材质证明”"
    handed = gearworks.hands_in(needed, pdf())
    assert refused() == "acceptance waits for: document 02-04 “材质证明” (handed in, its review is open)"
    master.reviews(handed["revision"], "REVISE", "again")
    assert refused() == "acceptance waits for: document 02-04 “材质证明”"
    master.reviews(gearworks.hands_in(needed, pdf(words="2"), revision="B")["revision"])
    assert master.accepts_delivery(order).refusals == []


def test_a_delivery_is_accepted_by_the_buyer_alone_and_on_what_he_read(cast, order, nothing_changes):
    delivered(cast, order)
    version = cast.chain_master.version_of(order)
    needed = cast.chain_master.requires_documents(order)["requirements"][0]
    cast.chain_master.reviews(cast.gearworks.hands_in(needed, pdf())["revision"])

    with nothing_changes():
        assert cast.chain_master.accepts_delivery(order, by="planner").refusals == ["NOT_ALLOWED_NOW"]
        assert cast.gearworks.accepts_delivery(order).refusals == ["NOT_ALLOWED_NOW"]
        assert cast.rival.accepts_delivery(order).refusals == ["NOT_FOUND"]
        assert cast.chain_master.accepts_delivery(order, expectedVersion=version).refusals == ["STALE"]
    assert cast.chain_master.accepts_delivery(order, expectedVersion=cast.chain_master.version_of(order)).refusals == []


def test_handing_in_and_reviewing_let_the_version_of_the_order_grow(cast, order, needed):
    before = cast.chain_master.version_of(order)

    handed = cast.gearworks.hands_in(needed, pdf())
    between = cast.chain_master.version_of(order)
    cast.chain_master.reviews(handed["revision"])

    assert (between, cast.chain_master.version_of(order)) == (before + 1, before + 2)


def test_after_acceptance_nothing_moves(cast, order, needed, nothing_changes):
    master, gearworks = cast.chain_master, cast.gearworks
    delivered(cast, order)
    master.reviews(gearworks.hands_in(needed, pdf())["revision"])
    waiting = gearworks.hands_in(needed, pdf(words="late"), revision="B")
    upload = gearworks.uploads(pdf(words="later"))["upload"]["id"]
    master.accepts_delivery(order)
    late = {
        "requirementId": needed["id"],
        "uploadId": upload,
        "number": "1",
        "revision": "C",
        "title": "t",
        "language": "zh",
    }

    with nothing_changes():
        refused = [
            gearworks.accepts_all(order), gearworks.ships((order, 1, "1")), master.closes_short(order),
            master.requires_documents(order), gearworks.acts("submit_document", late, by="sales"),
            master.reviews(waiting["revision"]), master.accepts_delivery(order),
        ]  # fmt: skip
    assert [one.refusals for one in refused] == [["NOT_ALLOWED_NOW"]] * 7
    assert master.sees(order)["openVerbs"] == gearworks.sees(order)["openVerbs"] == []
