"""The life of a request for quotation, of one supplier's invitation and of one quotation (features.md 3.1, 3.2)."""

from enum import StrEnum

from kernel.access import Side
from kernel.lifecycle import Lifecycle, Move


class RfqState(StrEnum):
    """Where a request for quotation stands."""

    DRAFT = "draft"  # known to its buyer's firm alone; waits for another person's approval
    APPROVED = "approved"
    ISSUED = "issued"  # its invitees know of it and bid
    CLOSED = "closed"  # the bids are opened, all together
    AWARDED = "awarded"
    PARTLY_AWARDED = "partly_awarded"
    NOT_AWARDED = "not_awarded"
    CANCELLED = "cancelled"


class InvitationState(StrEnum):
    """How far one invitee is."""

    INVITED = "invited"
    VIEWED = "viewed"
    DECLINED = "declined"
    INTENDS = "intends"  # means to bid; or has bid, and an amendment waits for its word
    QUOTED = "quoted"
    LATE = "late"  # nothing came in time, something came after
    WITHDRAWN = "withdrawn"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"


class ClarificationState(StrEnum):
    """Where a question of the buyer about one opened bid stands."""

    OPEN = "open"  # its bidder owes an answer
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"  # by the buyer, with a reason the bidder reads
    LAPSED = "lapsed"  # a further round or the end of the request came before an answer


class QuotationState(StrEnum):
    """Where one version of a quotation stands."""

    SUBMITTED = "submitted"  # sealed
    STANDING = "standing"  # open in an auction that runs; nobody but its bidder reads it before the end
    DRAFT = "draft"  # sealed, made for what was asked before an amendment; does not count unless confirmed
    SUPERSEDED = "superseded"  # a newer version stands in its place
    WITHDRAWN = "withdrawn"
    LATE = "late"  # came after the close; stays sealed for ever
    OPENED = "opened"
    FORMER = "former"  # was opened, and stands no longer: its bidder bid again in a later round, or took it back
    AWARDED = "awarded"
    PARTLY_AWARDED = "partly_awarded"
    NOT_AWARDED = "not_awarded"


BUYER, SELLER, SYSTEM = Side
RFQ, INVITED, BID, CLARIFICATION = RfqState, InvitationState, QuotationState, ClarificationState
FREE = {INVITED.INVITED, INVITED.VIEWED, INVITED.INTENDS, INVITED.DECLINED, INVITED.WITHDRAWN}
"""States of an invitation in which no bid of it stands."""

RFQ_LIFE = Lifecycle(
    ("request for quotation", "询价单"),
    #    verb                   by      while in                       becomes             outcome
    Move("draft_rfq",           BUYER,  {RFQ.DRAFT, RFQ.APPROVED},     RFQ.DRAFT),
    Move("approve_rfq",         BUYER,  {RFQ.DRAFT},                   RFQ.APPROVED),
    Move("issue_rfq",           BUYER,  {RFQ.APPROVED},                RFQ.ISSUED),
    Move("amend_rfq",           BUYER,  {RFQ.ISSUED},                  RFQ.ISSUED),
    Move("answer_rfq_question", BUYER,  {RFQ.ISSUED},                  RFQ.ISSUED),
    Move("close_rfq",           BUYER,  {RFQ.ISSUED},                  RFQ.CLOSED),
    Move("close_rfq",           SYSTEM, {RFQ.ISSUED},                  RFQ.CLOSED),
    Move("open_rfq_round",      BUYER,  {RFQ.CLOSED},                  RFQ.ISSUED),
    Move("cancel_rfq",          BUYER,  {RFQ.DRAFT, RFQ.APPROVED, RFQ.ISSUED, RFQ.CLOSED}, RFQ.CANCELLED),
    # What invitees do moves their invitation; these rows say while the request stands where.
    *(Move(verb,                SELLER, {RFQ.ISSUED},                  RFQ.ISSUED) for verb in (
        "view_rfq", "ask_rfq_question", "intend_to_quote", "decline_rfq", "confirm_quotation", "withdraw_quotation",
    )),
    Move("submit_quotation",    SELLER, {RFQ.ISSUED},                  RFQ.ISSUED),
    Move("submit_quotation",    SELLER, {RFQ.CLOSED},                  RFQ.CLOSED),
    Move("state_comparison_terms", BUYER, {RFQ.ISSUED},                RFQ.ISSUED),
    Move("state_comparison_terms", BUYER, {RFQ.CLOSED},                RFQ.CLOSED),
    Move("award_rfq",           BUYER,  {RFQ.CLOSED},                  RFQ.AWARDED,        "all"),
    Move("award_rfq",           BUYER,  {RFQ.CLOSED},                  RFQ.PARTLY_AWARDED, "some"),
    Move("award_rfq",           BUYER,  {RFQ.CLOSED},                  RFQ.NOT_AWARDED,    "none"),
    Move("ask_clarification",   BUYER,  {RFQ.CLOSED},                  RFQ.CLOSED),
    Move("order_award",         BUYER,  {RFQ.AWARDED},                 RFQ.AWARDED),
    Move("order_award",         BUYER,  {RFQ.PARTLY_AWARDED},          RFQ.PARTLY_AWARDED),
    begins={RFQ.DRAFT},
)  # fmt: skip

INVITATION_LIFE = Lifecycle(
    ("invitation", "邀请"),
    #    verb                   by      while in                               becomes           outcome
    Move("view_rfq",            SELLER, {INVITED.INVITED},                     INVITED.VIEWED),
    Move("ask_rfq_question",    SELLER, {INVITED.INVITED},                     INVITED.VIEWED),
    Move("ask_rfq_question",    SELLER, {INVITED.VIEWED},                      INVITED.VIEWED),
    Move("ask_rfq_question",    SELLER, {INVITED.INTENDS},                     INVITED.INTENDS),
    Move("ask_rfq_question",    SELLER, {INVITED.QUOTED},                      INVITED.QUOTED),
    Move("intend_to_quote",     SELLER, {INVITED.INVITED, INVITED.VIEWED, INVITED.DECLINED}, INVITED.INTENDS),
    Move("decline_rfq",         SELLER, {INVITED.INVITED, INVITED.VIEWED, INVITED.INTENDS},  INVITED.DECLINED),
    Move("submit_quotation",    SELLER, FREE | {INVITED.QUOTED},               INVITED.QUOTED,   "in_time"),
    Move("submit_quotation",    SELLER, FREE | {INVITED.LATE},                 INVITED.LATE,     "late"),
    Move("submit_quotation",    SELLER, {INVITED.QUOTED},                      INVITED.QUOTED,   "late"),
    Move("confirm_quotation",   SELLER, {INVITED.INTENDS},                     INVITED.QUOTED),
    Move("withdraw_quotation",  SELLER, {INVITED.QUOTED, INVITED.INTENDS},     INVITED.WITHDRAWN),
    Move("amend_rfq",           BUYER,  {INVITED.QUOTED},                      INVITED.INTENDS),
    Move("open_rfq_round",      BUYER,  FREE | {INVITED.LATE},                 INVITED.INVITED),
    Move("open_rfq_round",      BUYER,  {INVITED.QUOTED},                      INVITED.QUOTED),
    Move("award_rfq",           BUYER,  {INVITED.QUOTED},                      INVITED.AWARDED,  "won"),
    Move("award_rfq",           BUYER,  {INVITED.QUOTED},                      INVITED.NOT_AWARDED, "lost"),
    begins={INVITED.INVITED},
)  # fmt: skip

QUOTATION_LIFE = Lifecycle(
    ("quotation", "报价"),
    #    verb                  by      while in                      becomes           outcome
    Move("submit_quotation",   SELLER, {BID.SUBMITTED, BID.DRAFT, BID.STANDING}, BID.SUPERSEDED),
    Move("amend_rfq",          BUYER,  {BID.SUBMITTED},              BID.DRAFT),
    Move("confirm_quotation",  SELLER, {BID.DRAFT},                  BID.SUBMITTED),
    Move("confirm_quotation",  SELLER, {BID.OPENED},                 BID.OPENED),
    Move("withdraw_quotation", SELLER, {BID.SUBMITTED, BID.DRAFT},   BID.WITHDRAWN),
    Move("withdraw_quotation", SELLER, {BID.OPENED},                 BID.FORMER),
    *(Move("close_rfq",        by,     {BID.SUBMITTED, BID.STANDING}, BID.OPENED) for by in (BUYER, SYSTEM)),
    *(Move("close_rfq",        by,     {BID.OPENED},                 BID.FORMER) for by in (BUYER, SYSTEM)),
    Move("award_rfq",          BUYER,  {BID.OPENED},                 BID.AWARDED,        "all"),
    Move("award_rfq",          BUYER,  {BID.OPENED},                 BID.PARTLY_AWARDED, "some"),
    Move("award_rfq",          BUYER,  {BID.OPENED},                 BID.NOT_AWARDED,    "none"),
    begins={BID.SUBMITTED, BID.STANDING, BID.LATE},
)  # fmt: skip

CLARIFICATION_LIFE = Lifecycle(
    ("clarification", "澄清"),
    #    verb                      by      while in              becomes
    Move("answer_clarification",   SELLER, {CLARIFICATION.OPEN}, CLARIFICATION.ANSWERED),
    Move("withdraw_clarification", BUYER,  {CLARIFICATION.OPEN}, CLARIFICATION.WITHDRAWN),
    Move("open_rfq_round",         BUYER,  {CLARIFICATION.OPEN}, CLARIFICATION.LAPSED),
    Move("cancel_rfq",             BUYER,  {CLARIFICATION.OPEN}, CLARIFICATION.LAPSED),
    begins={CLARIFICATION.OPEN},
)  # fmt: skip
