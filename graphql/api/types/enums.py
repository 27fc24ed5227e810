"""The words of the contract, each described once."""

from api.types.fields import described
from chain.firms.tables import FirmRole as FirmRoleWord
from chain.links.decisions import Basis
from chain.links.lifecycle import LinkState as LinkStateWord
from chain.links.tables import EvidenceKind as EvidenceKindWord
from collaboration.logistics.lifecycle import DespatchState as DespatchStateWord
from collaboration.orders import lifecycle, tables
from collaboration.orders.decisions import DeviationKind
from delivery.checks.findings import Verdict as CheckVerdictWord
from delivery.checks.formats import Format
from delivery.documents.lifecycle import RevisionState as RevisionStateWord
from delivery.documents.tables import ReviewVerdict as ReviewVerdictWord
from delivery.requirements.lifecycle import RequirementState as RequirementStateWord
from kernel.access import Role as RoleWord
from kernel.access import Side as SideWord
from kernel.progress.tables import JobState as JobStateWord

Role = described("Role", RoleWord, "What a person may do for its party; no role implies another.", {
    RoleWord.BUYER: "Places orders, decides on answers, accepts deliveries.", RoleWord.PLANNER: "Receives goods.",
    RoleWord.QUALITY: "Reviews documents.", RoleWord.LEAD: "Approves.",
    RoleWord.SALES: "Answers orders, ships, submits documents.", RoleWord.DISPATCH: "Carries goods.",
    RoleWord.OFFICIAL: "Reads the aggregates of a region.", RoleWord.OPERATOR: "Runs the installation.",
    RoleWord.SYSTEM: "A job of the platform.",
})  # fmt: skip
Side = described("Side", SideWord, "On which side of a deal.", {
    SideWord.BUYER: "The firm that ordered.", SideWord.SELLER: "The firm that delivers.",
    SideWord.SYSTEM: "A rule both agreed to.",
})  # fmt: skip
FirmRole = described("FirmRole", FirmRoleWord, "What a firm is in its chain.", {
    FirmRoleWord.CHAIN_MASTER: "链主: its orders make the chain move.", FirmRoleWord.SUPPLIER: "Makes and sells items.",
    FirmRoleWord.DEALER: "Buys products and sells them on.", FirmRoleWord.CARRIER: "Carries goods.",
})  # fmt: skip
OrderState = described("OrderState", lifecycle.OrderState, "Where an order stands; derived from its lines.", {
    lifecycle.OrderState.PLACED: "The seller owes an answer.",
    lifecycle.OrderState.ACKNOWLEDGED: "The seller has seen it (AB) and still owes an answer.",
    lifecycle.OrderState.COUNTERED: "Answered with changes (CA) that wait for the buyer.",
    lifecycle.OrderState.CONFIRMED: "Agreed: both are bound.", lifecycle.OrderState.REJECTED: "No duty remains (RE).",
    lifecycle.OrderState.IN_DELIVERY: "Goods are on their way or partly received.",
    lifecycle.OrderState.DELIVERED: "Every live line is received or closed short.",
    lifecycle.OrderState.ACCEPTED: "Goods and documents are accepted by certificate.",
    lifecycle.OrderState.CANCELLED: "The buyer wants none of it any more.",
})  # fmt: skip
LineState = described("LineState", lifecycle.LineState, "Where one line of an order stands.", {
    lifecycle.LineState.OPEN: "The seller owes an answer.",
    lifecycle.LineState.CHANGE_PROPOSED: "The seller offers other terms; the buyer owes a decision.",
    lifecycle.LineState.ADDED_PROPOSED: "The seller offers a line that was not asked for.",
    lifecycle.LineState.CONFIRMED: "Both are bound.", lifecycle.LineState.REJECTED: "The seller will not deliver.",
    lifecycle.LineState.CANCELLED: "The buyer no longer wants it.",
    lifecycle.LineState.PART_SHIPPED: "Some is on its way.", lifecycle.LineState.SHIPPED: "All is on its way.",
    lifecycle.LineState.PART_RECEIVED: "Some has come.", lifecycle.LineState.RECEIVED: "All has come and is accepted.",
    lifecycle.LineState.CLOSED_SHORT: "Less than agreed came, and no more will.",
})  # fmt: skip
ResponseState = described("ResponseState", lifecycle.ResponseState, "Where one answer stands.", {
    lifecycle.ResponseState.NOTED: "An acknowledgement; it asks for nothing.",
    lifecycle.ResponseState.WAITING: "At least one line waits for the buyer.",
    lifecycle.ResponseState.AGREED: "Nothing waits any more.",
    lifecycle.ResponseState.AGREED_BY_RULE: "Agreed inside the pair's tolerance, without a person.",
    lifecycle.ResponseState.REFUSED: "The buyer took none of what waited.",
    lifecycle.ResponseState.SUPERSEDED: "A newer answer stands in its place.",
})  # fmt: skip
OrderAnswer = described("OrderAnswer", tables.Answer, "The header of an answer (UBL OrderResponseCode).", {
    tables.Answer.ACKNOWLEDGED: "AB: received, a further answer follows.", tables.Answer.ACCEPTED: "AP: accepted unchanged.",
    tables.Answer.REJECTED: "RE: rejected, with a reason.", tables.Answer.CHANGED: "CA: accepted with changes, line by line.",
})  # fmt: skip
LineAnswer = described("LineAnswer", tables.LineAnswer, "What an answer says of one line (UNCL 1229).", {
    tables.LineAnswer.ACCEPTED: "5: as ordered.", tables.LineAnswer.CHANGED: "3: other quantity, days, price or item.",
    tables.LineAnswer.REJECTED: "7: not accepted, with a reason.", tables.LineAnswer.ADDED: "1: a line the buyer did not ask for.",
    tables.LineAnswer.ALREADY_DELIVERED: "42: was delivered before this answer.",
})  # fmt: skip
LineVerdict = described("LineVerdict", tables.Verdict, "What became of one answered line.", {
    tables.Verdict.AGREED: "As asked, or a rejection that needs no decision.",
    tables.Verdict.BY_RULE: "Inside the pair's tolerance; `rule` names it.", tables.Verdict.WAITING: "Waits for the buyer.",
    tables.Verdict.ACCEPTED: "The buyer accepted it.", tables.Verdict.REFUSED: "The buyer refused; the original stands.",
    tables.Verdict.CANCELLED: "The buyer cancelled the line.", tables.Verdict.SUPERSEDED: "A newer answer took its place.",
})  # fmt: skip
DifferenceKind = described("DifferenceKind", DeviationKind, "In what an answer differs from what was asked.", {
    DeviationKind.ITEM: "Another item.", DeviationKind.QUANTITY: "More or less.", DeviationKind.PRICE: "Dearer or cheaper.",
    DeviationKind.DAY: "Earlier or later.", DeviationKind.BACKORDER: "Some of it later, without a day.",
})  # fmt: skip
LineDecision = described("LineDecision", tables.Decision, "What the buyer makes of a changed or added line.", {
    tables.Decision.ACCEPT: "The offered terms bind both.", tables.Decision.REFUSE: "The original stands; the seller answers anew.",
    tables.Decision.CANCEL: "The line is no longer wanted.",
})  # fmt: skip
Reason = described("Reason", tables.Reason, "Why a line is changed or rejected, or goods are.", {
    tables.Reason.CAPACITY: "Not enough capacity.", tables.Reason.MATERIAL: "Material is missing or faulty.",
    tables.Reason.PRICE: "The price.", tables.Reason.SPECIFICATION: "Does not meet or cannot meet the specification.",
    tables.Reason.MINIMUM_QUANTITY: "Below the minimum quantity.", tables.Reason.CALENDAR: "Holidays or shut-down.",
    tables.Reason.CREDIT: "Credit.", tables.Reason.DISCONTINUED: "The item is no longer made.",
    tables.Reason.TRANSPORT: "Transport.", tables.Reason.OTHER: "Another; say it in the note.",
})  # fmt: skip
DespatchState = described("DespatchState", DespatchStateWord, "Where goods on the road are.", {
    DespatchStateWord.DESPATCHED: "On their way.", DespatchStateWord.PART_RECEIVED: "Some lines were received.",
    DespatchStateWord.RECEIVED: "Every line was received.",
})  # fmt: skip
RequirementState = described("RequirementState", RequirementStateWord, "Where a required document stands.", {
    RequirementStateWord.REQUIRED: "Owed by the seller.", RequirementStateWord.SUBMITTED: "Being checked or reviewed.",
    RequirementStateWord.SATISFIED: "A revision is released.",
})  # fmt: skip
RevisionState = described("RevisionState", RevisionStateWord, "Where a revision of a document stands.", {
    RevisionStateWord.CHECKING: "The file is being checked.", RevisionStateWord.CHECKS_FAILED: "The file is not fit; submit another.",
    RevisionStateWord.IN_REVIEW: "Waits for the reviewer.", RevisionStateWord.RETURNED: "To be revised (C).",
    RevisionStateWord.REJECTED: "Rejected (D).", RevisionStateWord.RELEASED: "Released (A, or B with comments).",
    RevisionStateWord.SUPERSEDED: "A newer revision took its place.",
})  # fmt: skip
CheckVerdict = described("CheckVerdict", CheckVerdictWord, "What a check says of a file.", {
    CheckVerdictWord.PASSED: "In order.", CheckVerdictWord.WARNED: "Usable, with something to know.",
    CheckVerdictWord.FAILED: "Not fit.", CheckVerdictWord.NOT_CHECKED: "The file could not be checked safely.",
})  # fmt: skip
ReviewVerdict = described("ReviewVerdict", ReviewVerdictWord, "What a reviewer says.", {
    ReviewVerdictWord.APPROVED: "A.", ReviewVerdictWord.APPROVED_WITH_COMMENTS: "B: released, comments to be heeded.",
    ReviewVerdictWord.REVISE: "C: revise and submit again.", ReviewVerdictWord.REJECTED: "D.",
})  # fmt: skip
DocumentFormat = described("DocumentFormat", Format, "The file format a document is asked for in.", {
    f: f"{f.name.replace('_', '/')} file." if f is not Format.ANY else "Any format of this list, by the file's name." for f in Format
})  # fmt: skip
LinkState = described("LinkState", LinkStateWord, "What the two ends say of a supply link.", {
    LinkStateWord.DECLARED: "One end says so.", LinkStateWord.CONFIRMED: "Both stand by it, by word or by an agreed order.",
    LinkStateWord.ENDED: "It is over.",
})  # fmt: skip
LinkBasis = described("LinkBasis", Basis, "What a link on the map rests on: its strongest kind of evidence.", {
    Basis.DECLARED: "A declaration only.", Basis.SURVEYED: "A survey.", Basis.SEEN_IN_ORDERS: "Seen in orders, despatches or receipts.",
})  # fmt: skip
EvidenceKind = described("EvidenceKind", EvidenceKindWord, "What a link can rest on.", {
    EvidenceKindWord.DECLARATION: "A firm's own word.", EvidenceKindWord.SURVEY: "A survey.",
    EvidenceKindWord.ORDER: "An agreed order line.", EvidenceKindWord.DESPATCH: "A despatch advice.",
    EvidenceKindWord.RECEIPT: "A receipt.",
})  # fmt: skip
JobState = described("JobState", JobStateWord, "How far long work is.", {
    JobStateWord.QUEUED: "Not begun.", JobStateWord.RUNNING: "Under way.", JobStateWord.DONE: "Ended well.",
    JobStateWord.FAILED: "Ended without a result; `message` says why.",
})  # fmt: skip
