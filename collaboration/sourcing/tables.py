"""A request for quotation, who is invited, what was asked and answered, the quotations sealed and opened."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from collaboration.sourcing.lifecycle import ClarificationState, InvitationState, QuotationState, RfqState
from kernel.access import scope
from kernel.db import RowNumber, UtcDateTime, key, maybe_word, ref, word
from kernel.quantities import ZERO, Exact


class Incoterm(StrEnum):
    """Who carries goods how far at whose cost, in the words of Incoterms 2020."""

    EXW = "exw"
    FCA = "fca"
    FAS = "fas"
    FOB = "fob"
    CFR = "cfr"
    CIF = "cif"
    CPT = "cpt"
    CIP = "cip"
    DAP = "dap"
    DPU = "dpu"
    DDP = "ddp"


class TermKind(StrEnum):
    """What a comparison rests on that no bid says."""

    RATE = "rate"
    DELIVERY = "delivery"


class BidKind(StrEnum):
    """Whether a line of a quotation offers what was asked or something in its place."""

    BID = "bid"
    ALTERNATE = "alternate"


class RoundVisibility(StrEnum):
    """What bidders learn of one another's bids while a further round runs."""

    NONE = "none"  # bids are sealed
    RANK = "rank"  # a reverse auction: each reads its own place
    BEST_PRICE = "best_price"  # a reverse auction: each reads the lowest total


class RoundReason(StrEnum):
    """Why a further round is opened; all who are asked into it read that."""

    PRICES_TOO_HIGH = "prices_too_high"
    OFFERS_TOO_CLOSE = "offers_too_close"
    TOO_FEW_OFFERS = "too_few_offers"
    CLARIFIED = "clarified"  # what is asked for is clearer now
    OTHER = "other"


class Rfq(SQLModel, table=True):
    """``number`` is the buyer's own. ``amendment``: 0 as issued. ``award_by``: offers must hold until that day.

    ``round``: that runs or ran last; ``closes_at`` and ``closed_early`` are its. ``pooled``: what is asked for is of several
    firms, which order their shares themselves.

    ``public_key`` seals bids; ``wrapped_key`` is its private half, gone once bids are opened or nobody is to open them.
    ``written_by``: who wrote the draft as it stands. ``closed_early``: why, where the buyer did not wait.
    """

    __tablename__ = "rfq"
    __table_args__ = (UniqueConstraint("buyer_id", "number"), Index("rfq_due", "state", "closes_at"))
    id: int | None = key()
    buyer_id: int = ref("firm", index=False)
    number: str = Field(max_length=60)
    title: str = Field(max_length=120)
    note: str = Field(default="", max_length=4000)
    currency: str = Field(max_length=3)
    incoterm: Incoterm = word(Incoterm)
    category_id: int | None = ref("qualification_category", nullable=True, index=False)
    state: RfqState = word(RfqState, RfqState.DRAFT)
    amendment: int = 0
    closes_at: datetime = Field(sa_type=UtcDateTime)
    award_by: date
    written_by: int = Field(sa_type=RowNumber)
    approved_by: int | None = Field(default=None, sa_type=RowNumber)
    issued_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_early: str = Field(default="", max_length=400)
    cancelled: str = Field(default="", max_length=400)
    not_awarded: str = Field(default="", max_length=400)
    round: int = 1
    pooled: bool = False
    public_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    wrapped_key: bytes | None = Field(default=None, sa_type=LargeBinary)
    version: int = 1


class RfqLine(SQLModel, table=True):
    """What is asked for, once per amendment: those of the request's own amendment stand, the others are its history."""

    __tablename__ = "rfq_line"
    __table_args__ = (UniqueConstraint("rfq_id", "amendment", "number"),)
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    amendment: int = 0
    number: int
    title: str = Field(max_length=200)
    quantity: Decimal = Field(sa_type=Exact)
    unit: str = Field(max_length=3)
    wanted_on: date


class RfqAmendment(SQLModel, table=True):
    """What an amendment changed, in the buyer's words, and when."""

    __tablename__ = "rfq_amendment"
    __table_args__ = (UniqueConstraint("rfq_id", "number"),)
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    number: int
    text: str = Field(max_length=1000)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    amended_at: datetime = Field(sa_type=UtcDateTime)


class RfqRound(SQLModel, table=True):
    """One round of bids; the first has its row once a second is opened. ``note``: the buyer's, beside ``reason``.

    Of an auction: ``least_step`` of the request's currency each new bid of a firm is lower than its last; a bid within the last
    ``extension_minutes`` moves the end by as much, ``most_extensions`` times at most, ``extensions`` times so far.
    """

    __tablename__ = "rfq_round"
    __table_args__ = (UniqueConstraint("rfq_id", "number"),)
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    number: int
    visibility: RoundVisibility = word(RoundVisibility)
    reason: RoundReason | None = maybe_word(RoundReason)
    note: str = Field(default="", max_length=400)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_early: str = Field(default="", max_length=400)
    least_step: Decimal = Field(default=ZERO, sa_type=Exact)
    extension_minutes: int = 0
    most_extensions: int = 0
    extensions: int = 0


class RfqInvitation(SQLModel, table=True):
    """One supplier is asked. ``reason``: why it declined. No invitee learns of another.

    ``round``: the last it is asked into; ``left_out``: why it is not asked into the next.
    """

    __tablename__ = "rfq_invitation"
    __table_args__ = (UniqueConstraint("rfq_id", "supplier_id"),)
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    supplier_id: int = ref("firm")
    state: InvitationState = word(InvitationState, InvitationState.INVITED)
    reason: str = Field(default="", max_length=400)
    viewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    round: int = 1
    left_out: str = Field(default="", max_length=400)


class RfqQuestion(SQLModel, table=True):
    """What one invitee asks; once answered, all read both, and none but asker and buyer whose question it was."""

    __tablename__ = "rfq_question"
    id: int | None = key()
    rfq_id: int = ref("rfq")
    invitation_id: int = ref("rfq_invitation", index=False)
    text: str = Field(max_length=1000)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=2000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Quotation(SQLModel, table=True):
    """One version of one invitee's bid. All it says lies in ``sealed``; the rest is filled in at the opening.

    ``amendment``: of the request, to which it holds. ``spoiled``: it could not be opened, for somebody has touched it.
    ``round``: it was made in. ``total``: of all lines in the request's currency, where an auction ranks it.
    """

    __tablename__ = "quotation"
    __table_args__ = (UniqueConstraint("invitation_id", "number"), Index("quotation_of", "rfq_id", "state"))
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    invitation_id: int = ref("rfq_invitation", index=False)
    number: int
    amendment: int
    round: int = 1
    state: QuotationState = word(QuotationState)
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    by_user: int = Field(sa_type=RowNumber)
    sealed: bytes = Field(sa_type=LargeBinary)
    spoiled: bool = False
    currency: str = Field(default="", max_length=3)
    incoterm: Incoterm | None = maybe_word(Incoterm)
    valid_until: date | None = None
    note: str = Field(default="", max_length=1000)
    total: Decimal | None = Field(default=None, sa_type=Exact)


class RfqClarification(SQLModel, table=True):
    """What the buyer asks one bidder about its opened bid, and what that answers; nobody else learns that it was asked.

    It changes nothing of the bid. ``reason``: why the buyer took the question back.
    """

    __tablename__ = "rfq_clarification"
    id: int | None = key()
    rfq_id: int = ref("rfq")
    invitation_id: int = ref("rfq_invitation")
    quotation_id: int = ref("quotation", index=False)
    state: ClarificationState = word(ClarificationState, ClarificationState.OPEN)
    text: str = Field(max_length=1000)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=2000)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=400)


class QuotationLine(SQLModel, table=True):
    """An opened offer for one line. ``line_units`` of the request's unit are ``item_units`` of the item's.

    Money is in the quotation's currency: ``tooling_cost`` once, ``freight`` for the whole line. ``rank``: by total cost among
    all offers of the line, at the award; its bidder reads its own alone.
    """

    __tablename__ = "quotation_line"
    id: int | None = key()
    quotation_id: int = ref("quotation")
    line_number: int
    kind: BidKind = word(BidKind)
    item_id: int = ref("item", index=False)
    line_units: int = 1
    item_units: int = 1
    minimum_quantity: Decimal = Field(default=ZERO, sa_type=Exact)
    lead_time_days: int
    tooling_cost: Decimal = Field(default=ZERO, sa_type=Exact)
    freight: Decimal = Field(default=ZERO, sa_type=Exact)
    note: str = Field(default="", max_length=200)
    rank: int | None = None


class PriceBreak(SQLModel, table=True):
    """From a quantity on, in the item's unit, this is the price per unit of the item."""

    __tablename__ = "price_break"
    __table_args__ = (UniqueConstraint("quotation_line_id", "from_quantity"),)
    id: int | None = key()
    quotation_line_id: int = ref("quotation_line", index=False)
    from_quantity: Decimal = Field(sa_type=Exact)
    unit_price: Decimal = Field(sa_type=Exact)


class ComparisonTerm(SQLModel, table=True):
    """Stated by the buyer, its own. A rate: so much of the request's currency is one of ``word``, as on that day.

    Delivery: so many percent of the goods come on top of an offer on the terms ``word``.
    """

    __tablename__ = "comparison_term"
    __table_args__ = (UniqueConstraint("rfq_id", "kind", "word"),)
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    kind: TermKind = word(TermKind)
    word: str = Field(max_length=3)
    amount: Decimal = Field(sa_type=Exact)
    as_on: date | None = None


class RfqAward(SQLModel, table=True):
    """So much of a line goes to an offer, in the request's unit. ``reason``: the buyer's own, where it is not the lowest.

    ``total_cost``: of what is awarded, in the request's currency. ``order_id``: the order placed for it, ``framework_id``: the
    framework drafted from it; one of the two at most, and none of a pooled request.
    """

    __tablename__ = "rfq_award"
    __table_args__ = (
        UniqueConstraint("rfq_id", "quotation_line_id"),
        CheckConstraint("order_id IS NULL OR framework_id IS NULL", name="award_becomes_one"),
    )
    id: int | None = key()
    rfq_id: int = ref("rfq", index=False)
    quotation_line_id: int = ref("quotation_line", index=False)
    line_number: int
    quantity: Decimal = Field(sa_type=Exact)
    total_cost: Decimal = Field(sa_type=Exact)
    reason: str = Field(default="", max_length=400)
    order_id: int | None = ref("purchase_order", nullable=True)
    framework_id: int | None = ref("framework", nullable=True)


scope(
    "rfq", "rfq_line", "rfq_amendment", "rfq_round", "rfq_invitation", "rfq_question", "rfq_clarification", "quotation", "quotation_line", "price_break",
    "comparison_term", "rfq_award",
    because="who is asked for what, and who bids how much, is the buyer's and each bidder's own secret",
)  # fmt: skip
