"""The words of the contract, each described once."""

from api.types.fields import described
from chain.certificates import lifecycle as proving
from chain.certificates import tables as proven
from chain.essentiality.tables import Essentiality as EssentialityWord
from chain.firms.tables import FirmRole as FirmRoleWord
from chain.firms.tables import FirmStanding as FirmStandingWord
from chain.links.decisions import Basis
from chain.links.lifecycle import LinkState as LinkStateWord
from chain.links.lifecycle import ProposalState as ProposalStateWord
from chain.links.tables import DisputeReason as DisputeReasonWord
from chain.links.tables import EvidenceKind as EvidenceKindWord
from chain.links.tables import ShareBand as ShareBandWord
from chain.network.measure import CoverSource as CoverSourceWord
from chain.network.measure import RecoverSource as RecoverSourceWord
from chain.qualification import lifecycle as qualifying
from chain.qualification import tables as qualified
from chain.qualification.reads import Sought as SoughtWord
from chain.registration import lifecycle as applying
from chain.registration import tables as applied
from chain.requests.lifecycle import DataRequestState as DataRequestStateWord
from chain.requests.tables import Criticality as CriticalityWord
from chain.requests.tables import DataKind as DataKindWord
from chain.sharing import tables as sharing
from chain.sharing.lifecycle import TermsState as TermsStateWord
from collaboration.guests.tables import Channel as ChannelWord
from collaboration.logistics.lifecycle import DespatchState as DespatchStateWord
from collaboration.merging.lifecycle import MergerState as MergerStateWord
from collaboration.orders import lifecycle, tables
from collaboration.orders.decisions import DeviationKind
from collaboration.orders.warnings import WarningCode
from collaboration.planning.tables import Outcome as OutcomeWord
from collaboration.scorecards import lifecycle as contesting
from collaboration.scorecards import tables as scored
from collaboration.scorecards.decisions import Band as BandWord
from delivery.checks.findings import Verdict as CheckVerdictWord
from delivery.checks.formats import Format
from delivery.documents.lifecycle import RevisionState as RevisionStateWord
from delivery.documents.tables import ReviewVerdict as ReviewVerdictWord
from delivery.requirements.lifecycle import RequirementState as RequirementStateWord
from exchange.sheets import lifecycle as sheet_lives
from exchange.sheets import tables as sheets
from kernel.access import Role as RoleWord
from kernel.access import Side as SideWord
from kernel.progress.tables import JobState as JobStateWord
from oversight.publishing.tables import Measure as MeasureWord
from oversight.resilience.asking import ShockKind as ShockKindWord

Role = described("Role", RoleWord, "What a person may do for its party; no role implies another.", {
    RoleWord.BUYER: "Places orders, decides on answers, accepts deliveries.", RoleWord.PLANNER: "Receives goods.",
    RoleWord.QUALITY: "Reviews documents.", RoleWord.LEAD: "Approves.",
    RoleWord.SALES: "Answers orders, ships, submits documents.", RoleWord.DISPATCH: "Carries goods.",
    RoleWord.APPLICANT: "Fills in its firm's application, and does nothing else until that is confirmed.",
    RoleWord.OFFICIAL: "Reads the aggregates of a region.", RoleWord.OPERATOR: "Runs the installation.",
    RoleWord.GUEST: "Answers one document by a signed link, without an account.",
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
FirmStanding = described("FirmStanding", FirmStandingWord, "Whether a firm may trade here.", {
    FirmStandingWord.APPLYING: "Its application is not confirmed yet.", FirmStandingWord.CONFIRMED: "It trades.",
    FirmStandingWord.MERGED: "A duplicate: another record stands for it.",
    FirmStandingWord.REACHED: "You wrote it down: an order reaches it by a guest's link only.",
})  # fmt: skip
OrderState = described("OrderState", lifecycle.OrderState, "Where an order stands; derived from its lines.", {
    lifecycle.OrderState.PLACED: "The seller owes an answer.",
    lifecycle.OrderState.ACKNOWLEDGED: "The seller has seen it (AB) and still owes an answer.",
    lifecycle.OrderState.COUNTERED: "Answered with changes (CA) that wait for the buyer.",
    lifecycle.OrderState.CONFIRMED: "Agreed: both are bound.", lifecycle.OrderState.REJECTED: "The seller rejected all of it; no duty remains (RE).",
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
    lifecycle.ResponseState.LAPSED: "The buyer's time passed and nothing was taken; the original stands.",
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
    tables.Verdict.COUNTERED: "The buyer asked for other terms; the seller answers those.",
    tables.Verdict.ACCEPTED_BY_DEFAULT: "The buyer's time passed; it had said that it accepts then.",
    tables.Verdict.REFUSED_BY_DEFAULT: "The buyer's time passed; the original stands.",
    tables.Verdict.CANCELLED: "The buyer cancelled the line.", tables.Verdict.SUPERSEDED: "A newer answer took its place.",
})  # fmt: skip
DifferenceKind = described("DifferenceKind", DeviationKind, "In what an answer differs from what was asked.", {
    DeviationKind.ITEM: "Another item.", DeviationKind.QUANTITY: "More or less.", DeviationKind.PRICE: "Dearer or cheaper.",
    DeviationKind.DAY: "Earlier or later.", DeviationKind.BACKORDER: "Some of it later, without a day.",
    DeviationKind.VALUE: "Not in itself: the line is worth more than the tolerance is for.",
})  # fmt: skip
DefaultDecision = described("DefaultDecision", tables.DefaultDecision, "What is decided for a buyer that has let its time pass.", {
    tables.DefaultDecision.ACCEPT: "The offered terms bind both.",
    tables.DefaultDecision.REFUSE: "The original stands; the seller answers anew.",
})  # fmt: skip
LineDecision = described("LineDecision", tables.Decision, "What the buyer makes of a changed or added line.", {
    tables.Decision.ACCEPT: "The offered terms bind both.", tables.Decision.REFUSE: "The original stands; the seller answers anew.",
    tables.Decision.COUNTER: "Other terms are asked from now on; the seller answers those.", tables.Decision.CANCEL: "The line is no longer wanted.",
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
    LinkStateWord.DISPUTED: "The other end says that it is wrong; it counts nowhere until the two agree.",
    LinkStateWord.ENDED: "It is over; either end may declare it anew.",
})  # fmt: skip
ProposalState = described("LinkProposalState", ProposalStateWord, "How a proposed link stands.", {
    ProposalStateWord.PROPOSED: "Waits for the other firm.", ProposalStateWord.ACCEPTED: "It has become a confirmed link.",
    ProposalStateWord.DECLINED: "The partner says no.", ProposalStateWord.WITHDRAWN: "Taken back.",
    ProposalStateWord.EXPIRED: "Nobody took it up in time.",
})  # fmt: skip
ShareBand = described("ShareBand", ShareBandWord, "How much of its need of an item a buyer covers by one link.", {
    ShareBandWord.UP_TO_10: "Up to a tenth.", ShareBandWord.UP_TO_30: "More than 10 % up to 30 %.",
    ShareBandWord.UP_TO_50: "More than 30 % up to a half.", ShareBandWord.UP_TO_80: "More than a half up to 80 %.",
    ShareBandWord.ABOVE_80: "More than 80 %, and there is another source.", ShareBandWord.SOLE: "All of it: no other source.",
})  # fmt: skip
DisputeReason = described("DisputeReason", DisputeReasonWord, "Why an end says that a link is wrong.", {
    DisputeReasonWord.NOT_OUR_CUSTOMER: "There is no trade with that firm.",
    DisputeReasonWord.NOT_OUR_ITEM: "Not in that item.", DisputeReasonWord.WRONG_SITE: "From or to another site.",
    DisputeReasonWord.NO_LONGER: "There was; it is over.", DisputeReasonWord.OTHER: "See the note.",
})  # fmt: skip
LinkBasis = described("LinkBasis", Basis, "What a link on the map rests on: its strongest kind of evidence.", {
    Basis.DECLARED: "A declaration only.", Basis.SURVEYED: "A survey.", Basis.SEEN_IN_ORDERS: "Seen in orders, despatches or receipts.",
})  # fmt: skip
ShockKind = described("ShockKind", ShockKindWord, "What happens in a scenario.", {
    ShockKindWord.FIRM_DOWN: "A firm keeps part of its capacity, or none.", ShockKindWord.PREFECTURE_DOWN: "All firms of a prefecture do.",
    ShockKindWord.STAGE_CUT: "All firms of a stage do.", ShockKindWord.POWER_RATIONING: "All firms of some stages, everywhere or in some prefectures, do.",
    ShockKindWord.SUPPLY_STOP: "Nothing comes from some prefectures.", ShockKindWord.LANE_DELAY: "What goes from one prefecture to another comes later.",
})  # fmt: skip
CoverSource = described("CoverSource", CoverSourceWord, "Whence days of cover are known.", {
    CoverSourceWord.EVIDENCE: "Stock counted beside what is used of it.", CoverSourceWord.DECLARED: "Lead times as their makers declare them.",
    CoverSourceWord.UNKNOWN: "Not known for some link of the way: none is counted there.",
})  # fmt: skip
RecoverSource = described("RecoverSource", RecoverSourceWord, "Whence days to recover are known.", {
    RecoverSourceWord.STATED: "Your own word on the link.", RecoverSourceWord.DECLARED: "The lead time its maker declares.",
    RecoverSourceWord.UNKNOWN: "Not known: nothing is reckoned.",
})  # fmt: skip
EvidenceKind = described("EvidenceKind", EvidenceKindWord, "What a link can rest on.", {
    EvidenceKindWord.DECLARATION: "A firm's own word.", EvidenceKindWord.SURVEY: "A survey.",
    EvidenceKindWord.ORDER: "An agreed order line.", EvidenceKindWord.DESPATCH: "A despatch advice.",
    EvidenceKindWord.RECEIPT: "A receipt.",
})  # fmt: skip
NeedOutcome = described("NeedOutcome", OutcomeWord, "What became of a need.", {
    OutcomeWord.COVERED: "Stock and confirmed orders are enough.",
    OutcomeWord.EXPLODED: "Made here: the bill in force says of what.",
    OutcomeWord.NO_BILL: "Made here, and no bill in force says of what.",
    OutcomeWord.PASSED_ON: "Bought: passed on to its supplier, which lets you look.",
    OutcomeWord.NOT_SHARED: "Bought: its supplier does not let you look; the plan ends here.",
    OutcomeWord.CIRCULAR: "It leads back to itself, here or in tiers you may not see.",
})  # fmt: skip
JobState = described("JobState", JobStateWord, "How far long work is.", {
    JobStateWord.QUEUED: "Not begun.", JobStateWord.RUNNING: "Under way.", JobStateWord.DONE: "Ended well.",
    JobStateWord.FAILED: "Ended without a result; `message` says why.",
})  # fmt: skip
ApplicationState = described("ApplicationState", applying.ApplicationState, "Where an application stands, named after the step to be done next.", {
    applying.ApplicationState.CREATED: "Invited; nobody has begun.",
    applying.ApplicationState.ADD_COMPANY_DATA: "The applicant says which firm it is.",
    applying.ApplicationState.INVITE_USER: "The applicant says who will do what.",
    applying.ApplicationState.SELECT_COMPANY_ROLE: "The applicant says what the firm is in its chain.",
    applying.ApplicationState.UPLOAD_DOCUMENTS: "The applicant hands in the firm's papers.",
    applying.ApplicationState.VERIFY: "The applicant looks everything over and submits.",
    applying.ApplicationState.SUBMITTED: "The reviewer owes an answer.",
    applying.ApplicationState.CONFIRMED: "The firm has joined.",
    applying.ApplicationState.DECLINED: "Sent back with a reason; may be mended and submitted again.",
})  # fmt: skip
PaperKind = described("PaperKind", applied.PaperKind, "What an applicant hands in.", {
    applied.PaperKind.BUSINESS_LICENCE: "营业执照; needed.", applied.PaperKind.OTHER: "Anything else.",
    applied.PaperKind.AUTHORISATION: "The firm's letter that this person acts for it.",
})  # fmt: skip
CheckKind = described("CheckKind", applied.CheckKind, "What is looked at before a firm is confirmed.", {
    applied.CheckKind.CREDIT_CODE: "The code's check character holds (GB 32100).",
    applied.CheckKind.SAME_CODE: "No other firm has the code.",
    applied.CheckKind.SIMILAR_NAME: "A near-same name in the prefecture is looked at by a person.",
    applied.CheckKind.PEOPLE: "Somebody is named, with duties.",
    applied.CheckKind.COMPANY_ROLE: "The firm said what it is in its chain.",
    applied.CheckKind.DOCUMENTS: "The business licence is there and shows this firm.",
})  # fmt: skip
CheckOwner = described("CheckOwner", applied.CheckOwner, "Who answers for a check.", {
    applied.CheckOwner.PLATFORM: "The platform, by rule.", applied.CheckOwner.APPLICANT: "The applicant.",
    applied.CheckOwner.REVIEWER: "The reviewer.",
})  # fmt: skip
CheckResult = described("CheckResult", applied.CheckResult, "How a check stands.", {
    applied.CheckResult.OPEN: "Not looked at yet.", applied.CheckResult.PASSED: "All is well.",
    applied.CheckResult.TO_REVIEW: "The reviewer must look.", applied.CheckResult.FAILED: "Not well; the note says why.",
})  # fmt: skip
ApplicationVerdict = described("ApplicationVerdict", applied.ApplicationVerdict, "What the reviewer decided.", {
    applied.ApplicationVerdict.CONFIRMED: "The firm joins.",
    applied.ApplicationVerdict.DECLINED: "Not as it stands; the reason says why.",
})  # fmt: skip
MergerState = described("MergerState", MergerStateWord, "Where a proposal to merge two records stands.", {
    MergerStateWord.PROPOSED: "Waits for a second person.", MergerStateWord.AGREED: "Done: one record stands for both.",
    MergerStateWord.REFUSED: "They are two firms.", MergerStateWord.WITHDRAWN: "Taken back.",
})  # fmt: skip
_KIND, _VERDICT = proven.CertificateKind, proven.CertificateVerdict
CertificateKind = described("CertificateKind", _KIND, "What a certificate is about.", {
    _KIND.ISO_9001: "Quality management.", _KIND.IATF_16949: "Quality management of car makers' suppliers.",
    _KIND.ISO_14001: "Environmental management.", _KIND.CCC: "China Compulsory Certification, 3C.",
    _KIND.OTHER: "Another; `named` says which.",
})  # fmt: skip
CertificateState = described("CertificateState", proving.CertificateState, "Whether its supplier stands by it; its days say whether it holds.", {
    proving.CertificateState.HELD: "It stands.", proving.CertificateState.WITHDRAWN: "Taken back before its day.",
})  # fmt: skip
CertificateFileState = described("CertificateFileState", proving.FileState, "What the checks say of the scan.", {
    proving.FileState.CHECKING: "Being checked.", proving.FileState.CLEAN: "May be opened.",
    proving.FileState.UNFIT: "Damaged or dangerous; another is needed.",
})  # fmt: skip
CertificateRequestState = described("CertificateRequestState", proving.RequestState, "What became of a request.", {
    proving.RequestState.ASKED: "The supplier owes an answer.", proving.RequestState.ANSWERED: "One was shown.",
    proving.RequestState.REFUSED: "The supplier will not; `refusal` says why.",
})  # fmt: skip
CertificateVerdict = described("CertificateVerdict", _VERDICT, "What a buyer makes of one version.", {
    _VERDICT.VERIFIED: "It may be relied on.", _VERDICT.NOT_ACCEPTED: "It may not; `reason` says why.",
})  # fmt: skip
_NOTE = qualified.NoteKind
SupplierStanding = described("SupplierStanding", qualifying.Standing, "Where a supplier stands with one buyer in one category.", {
    qualifying.Standing.POTENTIAL: "Known, not yet qualified.", qualifying.Standing.APPROVED: "Qualified; all certificates hold.",
    qualifying.Standing.CONDITIONAL: "Something is missing or has run out; an order needs a reason.",
    qualifying.Standing.BLOCKED: "No new orders.",
})  # fmt: skip
QualificationProposalState = described("QualificationProposalState", qualifying.ProposalState, "What became of a proposal.", {
    qualifying.ProposalState.OPEN: "Waits for a lead.", qualifying.ProposalState.APPROVED: "Became the standing.",
    qualifying.ProposalState.DECLINED: "Not taken.", qualifying.ProposalState.OVERTAKEN: "The supplier was blocked meanwhile.",
})  # fmt: skip
QualificationNoteKind = described("QualificationNoteKind", _NOTE, "On what occasion an internal note was written.", {
    _NOTE.PROPOSED: "With a proposal.", _NOTE.DECIDED: "With an approval.", _NOTE.DECLINED: "Why not.",
    _NOTE.BLOCKED: "Why blocked.", _NOTE.UNBLOCKED: "Why no longer blocked.",
    _NOTE.ORDERED: "Why an order was placed under conditions.",
})  # fmt: skip
SoughtStanding = described("SoughtStanding", SoughtWord, "What a list of standings is narrowed to.", {
    SoughtWord.EXPIRING: "Approved; something it rests on ends within 60 days.",
    SoughtWord.EXPIRED: "Conditional because something ran out.", SoughtWord.CONDITIONAL: "Conditional for any reason.",
    SoughtWord.BLOCKED: "Blocked.", SoughtWord.PROPOSED: "A proposal waits for your lead.",
})  # fmt: skip
SheetKind = described("SheetKind", sheets.SheetKind, "What the rows of a sheet are.", {
    sheets.SheetKind.FIRMS: "Firms, by credit code.", sheets.SheetKind.SITES: "Sites, by firm and code.",
    sheets.SheetKind.ITEMS: "Items, by their maker's number.",
    sheets.SheetKind.CROSS_REFERENCES: "What a buyer calls an item, and its terms.",
    sheets.SheetKind.OPEN_LINES: "Lines your firm owes an answer to; taken in they are answers.",
    sheets.SheetKind.SUPPLY_LINKS: "Who supplies which item to whom, from where to where.",
})  # fmt: skip
SheetFormat = described("SheetFormat", sheets.SheetFormat, "In which form a sheet is given out.", {
    sheets.SheetFormat.XLSX: "An Excel workbook; codes keep all their digits.",
    sheets.SheetFormat.CSV: "Text with commas, UTF-8 with its mark.",
})  # fmt: skip
RowChoice = described("RowChoice", sheets.RowChoice, "What becomes of the good rows of a file with bad ones.", {
    sheets.RowChoice.ALL: "All rows are written, or none.", sheets.RowChoice.VALID: "The valid rows are written.",
})  # fmt: skip
_IMPORT = sheet_lives.ImportState
SheetImportState = described("SheetImportState", _IMPORT, "How far an import is.", {
    _IMPORT.READING: "A job reads the file; nothing is changed.", _IMPORT.PREVIEWED: "Waits for you to run it.",
    _IMPORT.UNREADABLE: "No such sheet could be read; `message` says why.", _IMPORT.RUNNING: "A job writes the rows.",
    _IMPORT.DONE: "Written.", _IMPORT.FAILED: "Nothing was written; `message` says why.",
})  # fmt: skip
_METRIC, _BAND = scored.Metric, BandWord
ScorecardMetric = described("ScorecardMetric", _METRIC, "What a scorecard measures, from events only.", {
    _METRIC.OTIF_AGREED: "Percent of deliveries wholly accepted by the agreed day.",
    _METRIC.OTIF_ORIGINAL: "Percent wholly accepted by the day first asked.",
    _METRIC.ANSWER_HOURS: "Hours from order to answer.", _METRIC.PROMISE_DRIFT: "Days the agreed day is after the first promised.",
    _METRIC.PPM: "Parts per million rejected of what was received.",
    _METRIC.DOCUMENTS: "Percent of required documents handed in by their day.",
})  # fmt: skip
ScorecardBand = described("ScorecardBand", _BAND, "What a score means for new orders.", {
    _BAND.GOOD: "Nothing stands in the way.", _BAND.WARN: "The buyer is warned.", _BAND.BLOCK: "No new orders.",
    _BAND.NONE: "Too little was counted, or the buyer has set no limits.",
})  # fmt: skip
OrderWarningCode = described("OrderWarningCode", WarningCode, "What a warning about an order's seller says.", {
    WarningCode.SCORE_LOW: "Its score is below where your firm wants to be warned.",
    WarningCode.NO_ACCOUNT: "It has stated no bank account to be paid to.",
    WarningCode.ACCOUNT_UNVERIFIED: "Your firm has not called back about its bank account.",
    WarningCode.ACCOUNT_DENIED: "Called back, it did not stand by its bank account.",
})  # fmt: skip
ContestState = described("ContestState", contesting.ContestState, "What became of an objection.", {
    contesting.ContestState.OPEN: "The buyer owes an answer.", contesting.ContestState.AGREED: "Both agree: it does not count.",
    contesting.ContestState.REFUSED: "It goes on counting.",
})  # fmt: skip
TermsState = described("TermsState", TermsStateWord, "Where a version of two firms' terms stands.", {
    TermsStateWord.PROPOSED: "At least one of the two has not accepted it.", TermsStateWord.ACCEPTED: "Both have.",
    TermsStateWord.DECLINED: "The one asked will not have it: what was in force stays so.",
    TermsStateWord.WITHDRAWN: "Taken back before the other accepted.",
})  # fmt: skip
FieldClass = described("FieldClass", sharing.FieldClass, "What kind of secret a grant is about.", {
    sharing.FieldClass.PRICE: "What a firm asks for an item.", sharing.FieldClass.COST: "What it costs to make.",
    sharing.FieldClass.IDENTITY: "Who stands behind an alias.", sharing.FieldClass.DRAWING: "Documents of an item.",
    sharing.FieldClass.CAPACITY: "How many can be made in a month.",
})  # fmt: skip
SharingLevel = described("SharingLevel", sharing.Level, "How much a grant shows.", {
    sharing.Level.NONE: "Nothing: an exception from a wider grant.", sharing.Level.BAND: "Between which two fixed edges it lies.",
    sharing.Level.EXACT: "The figure itself.",
})  # fmt: skip
GrantScope = described("GrantScope", sharing.GrantScope, "What a grant reaches; of two that reach a thing the narrower decides, of equals the newer.", {
    sharing.GrantScope.ALL: "All the owner has of the class.", sharing.GrantScope.CHAIN: "Items of one chain.",
    sharing.GrantScope.ITEM: "One item.", sharing.GrantScope.LINK: "One supply link, and its item.",
})  # fmt: skip
StatedKind = described("StatedKind", sharing.StatedKind, "What a firm states of an item of its own.", {
    sharing.StatedKind.LIST_PRICE: "What it asks for one unit: class PRICE.", sharing.StatedKind.UNIT_COST: "What one unit costs it: class COST.",
    sharing.StatedKind.MONTHLY_CAPACITY: "How many units it can make in a month: class CAPACITY.",
})  # fmt: skip
AllocatedKind = described("AllocatedKind", sharing.AllocatedKind, "What a firm sets apart for one partner.", {
    sharing.AllocatedKind.STOCK: "What lies ready for it.", sharing.AllocatedKind.PLANNED_OUTPUT: "What will be made for it between two days.",
    sharing.AllocatedKind.DAYS_OF_SUPPLY: "For how many days what lies there will last.",
})  # fmt: skip
DataKind = described("DataKind", DataKindWord, "What may be asked for of another firm's data.", {
    DataKindWord.IDENTITY: "The name behind an alias.", DataKindWord.CAPACITY: "How much a month is there for the asker.",
    DataKindWord.STOCK: "How much lies there for the asker.", DataKindWord.LEAD_TIME: "Days from order to despatch.",
})  # fmt: skip
Criticality = described("Criticality", CriticalityWord, "How much hangs on an answer, as the asker sees it.", {
    CriticalityWord.LOW: "Good to know.", CriticalityWord.MEDIUM: "Plans depend on it.",
    CriticalityWord.HIGH: "Deliveries depend on it.",
})  # fmt: skip
DataRequestState = described("DataRequestState", DataRequestStateWord, "Where a data request stands.", {
    DataRequestStateWord.PENDING: "Not answered yet.",
    DataRequestStateWord.APPROVED: "Granted: the asker reads the answers until the last day.",
    DataRequestStateWord.REFUSED: "Not granted; no reason is given.", DataRequestStateWord.EXPIRED: "Its last day has passed.",
    DataRequestStateWord.TERMINATED: "Ended by one of its ends.",
})  # fmt: skip
Amendment = described("Amendment", tables.Amendment, "What of a placed order is open between its two firms.", {
    tables.Amendment.CHANGE: "A change by the buyer.", tables.Amendment.CANCELLATION: "A cancellation one side asked for.",
})  # fmt: skip
GuestChannel = described("GuestChannel", ChannelWord, "How the person at the other end of a link is verified.", {
    ChannelWord.MAIL: "A code is mailed to the address.",
    ChannelWord.PHONE: "The inviting firm calls the number and reads a code out.",
})  # fmt: skip
PublishedMeasure = described("PublishedMeasure", MeasureWord, "What a published figure counts.", {
    MeasureWord.FIRMS: "Firms at work at the stage.", MeasureWord.LINKS: "Confirmed supply links of the stage's items.",
})  # fmt: skip
Essentiality = described("Essentiality", EssentialityWord, "What a buyer loses with an input.", {
    EssentialityWord.ESSENTIAL: "All its output: without it the line stops.", EssentialityWord.LINEAR: "The input's share of all it buys.",
    EssentialityWord.NEGLIGIBLE: "Nothing.",
})  # fmt: skip
